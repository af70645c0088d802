import type { ErrorCode, Format, NDArray } from '../kernel/index.js';

/** Several arrays of any shapes, by names that whoever calls has chosen: the gradients of a network. */
export type Arrays = Readonly<Record<string, NDArray>>;
/** The lengths of the axes of an array that is asked for, outermost first. */
export type Lengths = readonly number[];

/** What a formula takes: numbers and words for hyper-parameters, arrays for data. */
export type Argument = number | string | boolean | NDArray | Arrays | Lengths;
/** Arguments by name. One that is left out has no entry. */
export type Inputs = Readonly<Record<string, Argument>>;

/** An answer, or one part of it. */
export type Part = number | NDArray | Arrays;
/** An answer that has several parts, by name. */
export type Parts = Readonly<Record<string, Part>>;
/** What a formula gives: one answer, or an answer in several parts. */
export type Value = number | NDArray | Parts;

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
 * | `score`           | any finite double; only compared, and so never moved            |
 * | `uniform`         | a random draw in [0, 1)                                         |
 * | `normal`          | a random draw from the standard normal distribution             |
 * | `lengths`         | no array, but the shape of one: whole numbers from 1            |
 * | `function`        | the id of a formula of chapter `calculus`                       |
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
  | 'choice'
  | 'score'
  | 'uniform'
  | 'normal'
  | 'lengths'
  | 'function';

/**
 * What the elements of an array are to one another. Inputs are drawn, shrunk and moved inside it.
 *
 * | structure           | meaning                                                             |
 * |---------------------|---------------------------------------------------------------------|
 * | `symmetric`         | square, equal to its transpose                                      |
 * | `positive-definite` | symmetric, with eigenvalues above 0, well away from it              |
 * | `full-rank`         | as many independent rows, or columns, as it can have                |
 * | `rank-deficient`    | fewer of them: some are sums of others                              |
 * | `sorted`            | each row along the last axis in ascending order                     |
 * | `permutation`       | each row along the last axis the whole numbers below its length     |
 * | `mask`              | 1 where to look and 0 where not to                                  |
 * | `steps`             | the first axis is time: one gradient after another                  |
 * | `points`            | a point in each row, which may coincide, gather or lie on a grid    |
 */
export type Structure =
  | 'symmetric'
  | 'positive-definite'
  | 'full-rank'
  | 'rank-deficient'
  | 'sorted'
  | 'permutation'
  | 'mask'
  | 'steps'
  | 'points';

/**
 * The shape of an input or output: `'scalar'`; `'any'`, of rank one or more; `'list'`, for
 * none to six arrays of any shapes under names; the name of the input whose shape it shares;
 * or its axes, each a length or a symbol that means the same length wherever it stands, with
 * `'...'` for any number of leading axes. A symbol of an output that no input has is a length
 * that hangs on the elements: the points of a curve.
 */
export type Shape = 'scalar' | 'any' | 'list' | (string & {}) | readonly (string | number)[];

export interface InputSpec {
  readonly kind: Kind;
  /** Absent: a hyper-parameter, passed as a plain number (or word, or truth value). */
  readonly shape?: Shape;
  /** What an absent argument means. Inputs without a default are required, unless `optional`. */
  readonly default?: number | string | boolean;
  /** An array that may be left out: a mask, class weights. */
  readonly optional?: true;
  readonly structure?: Structure;
  /**
   * Draws of a random generator, which a formula takes as an argument so that its value is
   * pinned. A subject that is asked for a sample of its own is not given them.
   */
  readonly random?: true;
  /**
   * Set where what becomes of an element hangs on a comparison with this: comparing is exact in
   * every format, and so it is never moved.
   */
  readonly compared?: true;
  /** The least value allowed, where the kind alone does not say: a first iteration. */
  readonly min?: number;
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

/**
 * What an answer leaves open. It is brought into the form nearest to the right one, and then
 * compared.
 *
 * | free               | meaning                                                               |
 * |--------------------|-----------------------------------------------------------------------|
 * | `signs of rows`    | each row along the last axis may be negated                           |
 * | `signs of columns` | each column of a matrix may be negated                                |
 * | `labels`           | groups may be numbered otherwise, in all parts that number them       |
 * | `order of ties`    | of a ranking of indices: what is tied by the input `ties` may stand in any order |
 */
export type Free = 'signs of rows' | 'signs of columns' | 'labels' | 'order of ties';

/** An answer, or one part of an answer. */
export interface OutputSpec {
  readonly kind: 'real' | 'label' | 'binary' | 'count';
  readonly shape: Shape;
  /** What it is, in a few words: for answers of several parts. */
  readonly meaning?: string;
  /** Promised bounds, held to exactly: no rounding excuses a negative square. */
  readonly min?: number;
  readonly max?: number;
  readonly free?: Free;
  /** For an order of ties: the input by whose elements the answer ranks. */
  readonly ties?: string;
  /**
   * Over which elements the spread of the reference is shared, where a right method errs by
   * the size of all of them: `whole` for eigenvalues, `columns` for eigenvectors.
   */
  readonly shared?: 'whole' | 'columns' | 'rows';
  /** Room for this part beyond the spread, by its own flat indices; see {@link DeclaredScale}. */
  readonly scale?: DeclaredScale<never>;
  /** Set for a part that no gradient is taken through: a cotangent has no such part. */
  readonly constant?: true;
}

/**
 * Room beyond the spread of the reference, for a formula where a legitimate method loses more
 * than the conditioning of the question explains. At the standard level only, unless `always`.
 */
export interface DeclaredScale<In = Inputs> {
  /**
   * The scale of each output element, by its flat index, in the unit of the output. Infinity
   * where the question leaves the element open, for laws to judge.
   */
  readonly of: (inputs: In, result: Float64Array, index: number, format: Format) => number;
  readonly reason: string;
  readonly always?: boolean;
  /** Where it is Infinity a sum on the way may overflow: what is not finite will do as well. */
  readonly overflows?: true;
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
  /** What is answered; absent for an answer in several parts. */
  readonly output?: OutputSpec;
  /** The parts of an answer that has several, by name; absent for any other. */
  readonly outputs?: Readonly<Record<string, OutputSpec>>;
  /**
   * The lengths that an axis is drawn from, by its symbol, where the usual ones would not do: an
   * optimiser that only ever makes one step says nothing of its momentum.
   */
  readonly lengths?: Readonly<Record<string, readonly number[]>>;
  /**
   * Lengths, by symbol, that are asked for once at the exhaustive level: what goes wrong only in
   * the long run, as ten thousand steps.
   */
  readonly endurance?: Readonly<Record<string, number>>;
  /**
   * Which inputs are asked about, where the kinds of the arguments alone do not say; others are
   * drawn again, and no input is shrunk out of it. Both classes present; every point nearer to one
   * centre than to all others, by more than rounding makes up. The format is the subject's.
   */
  readonly asks?: (inputs: In, format: Format) => boolean;
  /**
   * Set where every element of the answer comes from the elements at its own place alone, along
   * whatever history: the roundings of its budget are counted for one element.
   */
  readonly alone?: true;
  /** What a subject is given when it is asked for a sample, in place of the random inputs. */
  readonly sample?: { readonly inputs: Readonly<Record<string, InputSpec>> };
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

/** The parts of an answer; one, named `output`, where it has no names. */
export function outputsOf(
  spec: Pick<Spec, 'output' | 'outputs'>,
): Readonly<Record<string, OutputSpec>> {
  return spec.outputs ?? { output: spec.output! };
}
