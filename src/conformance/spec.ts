import type { ErrorCode, Format, NDArray } from '../kernel/index.js';

/** What a formula takes and gives: numbers for hyper-parameters, arrays for data. */
export type Argument = number | string | boolean | NDArray;
export type Inputs = Readonly<Record<string, Argument>>;
export type Value = number | NDArray;

/** A gradient: for each input that the formula is differentiable in, an array of its shape. */
export type Gradient = Readonly<Record<string, NDArray>>;

/**
 * What the elements of an input are, which decides how they are generated, how the judge
 * moves them, and what is out of their domain.
 *
 * | kind              | elements                                                        |
 * |-------------------|-----------------------------------------------------------------|
 * | `real`            | any finite double                                               |
 * | `positive`        | finite, above 0                                                 |
 * | `non-negative`    | finite, at least 0                                              |
 * | `unit`            | in [0, 1]                                                       |
 * | `distribution`    | in [0, 1], each row along the last axis summing to 1            |
 * | `log-probability` | at most 0                                                       |
 * | `sign`            | −1 or 1                                                         |
 * | `binary`          | 0 or 1                                                          |
 * | `label`           | an integer in [0, classes)                                      |
 * | `count`           | an integer of at least 0                                        |
 * | `choice`          | one of `choices`: a word, a number or a truth value             |
 */
export type Kind =
  | 'real'
  | 'positive'
  | 'non-negative'
  | 'unit'
  | 'distribution'
  | 'log-probability'
  | 'sign'
  | 'binary'
  | 'label'
  | 'count'
  | 'choice';

/**
 * The shape of an input or output: `'scalar'`; `'any'`, of rank one or more; the name of the
 * input whose shape it shares; or its axes, each a length or a symbol that means the same
 * length wherever it stands, with `'...'` for any number of leading axes.
 */
export type Shape = 'scalar' | 'any' | (string & {}) | readonly (string | number)[];

export interface InputSpec {
  readonly kind: Kind;
  /** Absent: a hyper-parameter, passed as a plain number (or word, or truth value). */
  readonly shape?: Shape;
  /** What an absent argument means. Inputs without a default are required. */
  readonly default?: number | string | boolean;
  /** The largest value allowed, where the kind alone does not say: `alpha` of leaky ReLU. */
  readonly max?: number;
  /**
   * Where the formula changes branch. Numbers: elements that lie on a seam. `true`, for a
   * hyper-parameter: elements, or differences of a pair, that lie on its value.
   */
  readonly seams?: true | readonly number[];
  /** For labels: the symbol of the axis that counts the classes. */
  readonly classes?: string;
  /** For choices. */
  readonly choices?: readonly (string | number | boolean)[];
  /**
   * Values beyond the kind on which the contract gives an answer: ±Infinity, NaN, or the value
   * of a hyper-parameter, by its name: the label that is ignored.
   */
  readonly special?: readonly (number | string)[];
}

export interface OutputSpec {
  readonly kind: 'real' | 'label' | 'binary';
  readonly shape: Shape;
  /** Promised bounds, held to exactly: no rounding excuses a negative square. */
  readonly min?: number;
  readonly max?: number;
}

/**
 * Room beyond the spread of the reference, for a formula where a legitimate method loses more
 * than the conditioning of the question explains. At the standard level only, unless `always`.
 */
export interface DeclaredScale<In = Inputs> {
  /** The scale of each output element, by its flat index, in the unit of the output. */
  readonly of: (inputs: In, result: Float64Array, index: number, format: Format) => number;
  readonly reason: string;
  readonly always?: boolean;
}

/** A convention that reputable libraries disagree about. How it computes stands in `properties`. */
export interface VariantSpec {
  readonly meaning: string;
  /** Libraries that follow it, each with the place where it says so. */
  readonly usedBy: readonly string[];
}

/** The contract of a formula, as plain data. */
export interface Spec<In = Inputs> {
  /** Chapter and name: `losses/binary-cross-entropy`. Never changes. */
  readonly id: string;
  /** As it begins a sentence: `Huber loss`. */
  readonly name: string;
  readonly latex: string;
  readonly inputs: { readonly [Name in keyof In]-?: InputSpec };
  readonly output: OutputSpec;
  /** The inputs that a gradient is taken with respect to; absent: the formula has no gradient. */
  readonly differentiable?: readonly (keyof In & string)[];
  /** What is refused, by error code, in words. */
  readonly errors: Partial<Readonly<Record<ErrorCode, string>>>;
  readonly scale?: DeclaredScale<In>;
  readonly gradientScale?: DeclaredScale<In>;
  readonly variants?: Readonly<Record<string, VariantSpec>>;
  /** The chapter of the source document, then the literature. */
  readonly sources: readonly string[];
  /** Where the documents err and what was decided, by erratum id. */
  readonly errata?: Readonly<Record<string, string>>;
}
