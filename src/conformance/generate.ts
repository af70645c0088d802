import {
  type Format,
  formats,
  type NDArray,
  type Precision,
  roundTo,
  type Stream,
  sizeOf,
  stream,
} from '../kernel/index.js';
import type { Argument, InputSpec, Inputs, Kind, Shape, Spec } from './spec.js';

/*
 * Inputs that find bugs. Uniform numbers find almost none; what finds them is an array with a
 * style (all large, all tied, all near a branch), arguments that degenerate together, and
 * every such ingredient taking its turn (the measurements stand in CALIBRATION.md).
 */

/** Draws inputs of one formula, in one precision. */
export interface Generator {
  /** Every choice that a draw may make, by name: `prediction: large`, `delta: omitted`. */
  readonly ingredients: readonly string[];
  /** The inputs of run number `index`, the same for ever for the same seed. */
  draw(seed: number, index: number): Inputs;
}

export interface GeneratorOptions {
  readonly precision: Precision;
  /** Leave out ±Infinity, NaN and the like: laws speak of numbers. */
  readonly finite?: boolean;
}

/** Two runs in three are forced to use one ingredient, in turn; the third is left free. */
const FORCED = [true, true, false];
/** Dry draws after which the ingredients count as known: each has one chance in ten at least. */
const DRY_DRAWS = 100;

export function generatorOf(spec: Spec, options: GeneratorOptions): Generator {
  const key = `${options.precision}/${options.finite}`;
  const known = generators.get(spec) ?? new Map<string, Generator>();
  generators.set(spec, known);
  let generator = known.get(key);
  if (generator === undefined) {
    generator = remembering(newGenerator(spec, options));
    known.set(key, generator);
  }
  return generator;
}

/** Generators are asked for by many checks and subjects, and learning the ingredients costs time. */
const generators = new WeakMap<Spec, Map<string, Generator>>();

/** Keeps the inputs of the last seed: every check of a formula asks for the same. */
function remembering({ ingredients, draw }: Generator): Generator {
  let remembered: number | undefined;
  const drawn = new Map<number, Inputs>();
  return {
    ingredients,
    draw(seed, index) {
      if (seed !== remembered) drawn.clear();
      remembered = seed;
      const inputs = drawn.get(index) ?? draw(seed, index);
      drawn.set(index, inputs);
      return inputs;
    },
  };
}

function newGenerator(spec: Spec, options: GeneratorOptions): Generator {
  const met = new Set<string>();
  const draws = stream(`${spec.id}/dry`);
  for (let dry = 0; dry < DRY_DRAWS; dry++) {
    drawInputs(spec, new Chooser(draws, undefined, met), options);
  }
  const ingredients = [...met].sort();
  return {
    ingredients,
    draw(seed, index) {
      const round = Math.floor(index / FORCED.length) * 2 + (index % FORCED.length);
      const forced = FORCED[index % FORCED.length]
        ? ingredients[round % ingredients.length]
        : undefined;
      return drawInputs(spec, new Chooser(stream(`${seed}/${spec.id}/${index}`), forced), options);
    },
  };
}

/** One free draw, for whoever brings a stream of their own. */
export function drawOnce(
  spec: Spec,
  draws: Stream,
  options: GeneratorOptions = { precision: 'float64' },
): Inputs {
  return drawInputs(spec, new Chooser(draws), options);
}

/** Makes the choices of one draw: at random, but for the one that is forced. */
class Chooser {
  constructor(
    readonly draws: Stream,
    private readonly forced?: string,
    private readonly met?: Set<string>,
  ) {}

  get isLearning(): boolean {
    return this.met !== undefined;
  }

  chooseStyle<Option>(
    label: string,
    options: Readonly<Record<string, Option>>,
    behind?: string,
  ): Option {
    const names = namesOf(options);
    const { met } = this;
    if (met !== undefined) for (const name of names) met.add(`${label}: ${name}`);
    let forced: Option | undefined;
    if (this.forced !== undefined) {
      if (isOption(this.forced, label)) forced = options[this.forced.slice(label.length + 2)];
      if (behind !== undefined && isOption(this.forced, behind)) forced = options.free;
    }
    return forced ?? options[this.draws.pick(names)]!;
  }

  /** `behind` is the label of the choice that the option `free` leads to: its turn needs that one. */
  choose<Result>(
    label: string,
    options: Readonly<Record<string, () => Result>>,
    behind?: string,
  ): Result {
    const names = Object.keys(options);
    const { met } = this;
    if (met !== undefined) for (const name of names) met.add(`${label}: ${name}`);
    let forced: (() => Result) | undefined;
    if (this.forced !== undefined) {
      if (isOption(this.forced, label)) forced = options[this.forced.slice(label.length + 2)];
      if (behind !== undefined && isOption(this.forced, behind)) forced = options.free;
    }
    return (forced ?? options[this.draws.pick(names)]!)();
  }

  /** True with the given probability, or because it is the run's turn. */
  sometimes(ingredient: string, probability: number): boolean {
    this.met?.add(ingredient);
    return this.draws.chance(probability) || ingredient === this.forced;
  }
}

const names = new WeakMap<object, readonly string[]>();

function namesOf(options: object): readonly string[] {
  let known = names.get(options);
  if (known === undefined) names.set(options, (known = Object.keys(options)));
  return known;
}

/** True for `label: option`, without a string in between. */
function isOption(ingredient: string, label: string): boolean {
  return ingredient.startsWith(label) && ingredient.startsWith(': ', label.length);
}

// ---- one draw ---------------------------------------------------------------------------

function drawInputs(spec: Spec, chooser: Chooser, options: GeneratorOptions): Inputs {
  const format = formats[options.precision];
  const inputs: Record<string, Argument> = {};
  const entries = Object.entries(spec.inputs);
  // Hyper-parameters first: arrays may want to lie on their seams.
  for (const [name, input] of entries) {
    if (!isArraySpec(input)) {
      const value = drawParameter(name, input, chooser, options.finite === true);
      if (value !== undefined) inputs[name] = value;
    }
  }
  const lengths = new Lengths(chooser);
  const arrays = entries.filter(([, input]) => isArraySpec(input));
  const together = drawTogether(chooser, arrays);
  const plain: Record<string, NDArray> = {};
  for (const [name, input] of arrays) {
    const shape = lengths.shapeOf(input.shape!, inputs);
    const mate = mateOf(input, spec, plain);
    const context: ArrayContext = {
      name,
      input,
      shape,
      chooser,
      format,
      seams: seamsOf(input, mate, spec, inputs),
      classes: input.classes === undefined ? SOME_CLASSES : lengths.of(input.classes),
      long: lengths.long,
    };
    const data = drawArray(context, mate, together);
    // A mate is shown without its special values, which may not be special here.
    plain[name] = { shape, data };
    const specials = specialsOf(spec, input, inputs);
    inputs[name] = {
      shape,
      data: withSpecials(data, context, specials, options.finite === true),
    };
  }
  return roundInputs(spec, inputs, options.precision);
}

/** Labels that no axis counts. */
const SOME_CLASSES = 5;

/** The inputs as a subject of that precision sees them. */
export function roundInputs(spec: Spec, inputs: Inputs, precision: Precision): Inputs {
  if (precision === 'float64') return inputs;
  const rounded: Record<string, Argument> = {};
  for (const name in inputs) {
    const argument = inputs[name]!;
    const { kind } = spec.inputs[name]!;
    if (precision === 'float32' && typeof argument === 'object' && kind !== 'positive') {
      if (kind === 'label' || kind === 'count' || kind === 'choice') rounded[name] = argument;
      else {
        const { data } = argument;
        const held = new Float64Array(data.length);
        for (let i = 0; i < held.length; i++) held[i] = Math.fround(data[i]!);
        rounded[name] = { shape: argument.shape, data: held };
      }
      continue;
    }
    const round = (value: number): number => {
      const nearest = roundTo(precision, value);
      // 1e-8 is positive, and 0 in float16.
      return nearest === 0 && kind === 'positive' && value > 0
        ? formats[precision].smallestNormal
        : nearest;
    };
    const exact = kind === 'label' || kind === 'count' || kind === 'choice';
    if (typeof argument === 'number' && !exact) {
      rounded[name] = round(argument);
    } else if (typeof argument === 'object' && !exact) {
      rounded[name] = { shape: argument.shape, data: argument.data.map(round) };
    } else {
      rounded[name] = argument;
    }
  }
  return rounded;
}

/** True for inputs that are arrays; the others are hyper-parameters. */
export function isArraySpec(input: InputSpec): boolean {
  return input.shape !== undefined && input.shape !== 'scalar';
}

/** Degeneracies strike all arguments together: one at a time misses bugs. */
type Together = 'free' | 'zero' | 'constant' | 'big' | 'small';

function drawTogether(
  chooser: Chooser,
  arrays: readonly (readonly [string, InputSpec])[],
): Together {
  if (arrays.length < 2) return 'free';
  if (chooser.sometimes('together: zero', 0.04)) return 'zero';
  const counts = arrays.filter(([, { kind }]) => kind === 'count');
  if (counts.length > 1 && chooser.sometimes('together: big', 0.04)) return 'big';
  const reals = arrays.filter(([, { kind }]) => kind === 'real');
  if (reals.length > 1 && chooser.sometimes('together: small', 0.04)) return 'small';
  return chooser.sometimes('together: constant', 0.04) ? 'constant' : 'free';
}

/** The first array of the same kind and shape that was drawn already: this one may resemble it. */
function mateOf(
  { kind, shape }: InputSpec,
  spec: Spec,
  drawn: Readonly<Record<string, NDArray>>,
): NDArray | undefined {
  for (const [other, array] of Object.entries(drawn)) {
    const input = spec.inputs[other]!;
    const sameShape = shape === other || (String(shape) === String(input.shape) && shape !== 'any');
    if (sameShape && kind === input.kind) return array;
  }
  return undefined;
}

/** Where elements of an array change branch: its own seams, and those of the hyper-parameters. */
function seamsOf(
  input: InputSpec,
  mate: NDArray | undefined,
  spec: Spec,
  drawn: Inputs,
): readonly number[] {
  const seams = Array.isArray(input.seams) ? [...input.seams] : [];
  for (const [name, parameter] of Object.entries(spec.inputs)) {
    if (parameter.seams !== true) continue;
    const value = drawn[name] ?? parameter.default;
    if (Number.isFinite(value) && (mate !== undefined || !hasMates(spec))) {
      seams.push(Number(value), -Number(value));
    }
  }
  return seams;
}

function hasMates(spec: Spec): boolean {
  const inputs = Object.values(spec.inputs);
  return inputs.some(
    ({ kind, shape }) => typeof shape === 'string' && kind === spec.inputs[shape]?.kind,
  );
}

// ---- shapes -----------------------------------------------------------------------------

/** So long that an array spread evenly over ±4 meets every band of width 0.01. */
const LONG = 1024;

/** The lengths of the axes of one draw, by symbol. */
class Lengths {
  private readonly known = new Map<string, number>();
  private leading: readonly number[] | undefined;
  /** The arrays are long, and so are filled densely: see {@link dense}. */
  long = false;

  constructor(private readonly chooser: Chooser) {}

  shapeOf(shape: Shape, drawn: Inputs): readonly number[] {
    if (shape === 'any') return this.any();
    if (typeof shape === 'string') return (drawn[shape] as NDArray).shape;
    return shape.flatMap((axis) => {
      if (typeof axis === 'number') return [axis];
      return axis === '...' ? this.leadingAxes() : [this.of(axis)];
    });
  }

  of(symbol: string): number {
    const known = this.known.get(symbol);
    if (known !== undefined) return known;
    const { draws } = this.chooser;
    const length = this.chooser.sometimes(`axis ${symbol}: long`, 0.03)
      ? draws.integer(33, 48)
      : this.chooser.choose(`axis ${symbol}`, {
          one: () => 1,
          two: () => 2,
          few: () => draws.integer(3, 5),
          many: () => draws.integer(6, 16),
        });
    this.known.set(symbol, length);
    return length;
  }

  private leadingAxes(): readonly number[] {
    const { draws } = this.chooser;
    this.leading ??= this.chooser.choose('leading axes', {
      none: () => [],
      one: () => [draws.integer(1, 5)],
      two: () => [draws.integer(1, 3), draws.integer(1, 3)],
    });
    return this.leading;
  }

  private any(): readonly number[] {
    const { draws } = this.chooser;
    this.long = this.chooser.sometimes('size: long', 0.01);
    if (this.long) return [LONG];
    return this.chooser.choose('size', {
      one: () => [1],
      few: () => [draws.integer(2, 8)],
      many: () => [draws.integer(9, 64)],
      full: () => [64],
      matrix: () => [draws.integer(1, 8), draws.integer(1, 8)],
      tensor: () => [draws.integer(1, 4), draws.integer(1, 4), draws.integer(1, 4)],
    });
  }
}

// ---- arrays -----------------------------------------------------------------------------

interface ArrayContext {
  readonly name: string;
  readonly input: InputSpec;
  readonly shape: readonly number[];
  readonly chooser: Chooser;
  readonly format: Format;
  readonly seams: readonly number[];
  readonly classes: number;
  readonly long: boolean;
}

function drawArray(
  context: ArrayContext,
  mate: NDArray | undefined,
  together: Together,
): Float64Array {
  const data =
    drawAlike(context, mate, together) ?? dense(context, mate) ?? drawKind(context, mate);
  const { max } = context.input;
  return max === undefined ? data : data.map((element) => Math.min(element, max));
}

/**
 * One element in each of as many even steps as there are elements, in random order; beside a
 * mate, the differences are spread so.
 */
function dense(context: ArrayContext, mate: NDArray | undefined): Float64Array | undefined {
  const { draws } = context.chooser;
  if (!context.long) return undefined;
  const ranges: Partial<Record<InputSpec['kind'], readonly [number, number]>> = {
    real: [-4, 4],
    positive: [0, 8],
    'non-negative': [0, 8],
    unit: [0, 1],
  };
  const range = ranges[context.input.kind];
  if (range === undefined) return undefined;
  if (context.input.kind === 'unit' && mate !== undefined) return undefined;
  const [low, high] = range;
  const count = sizeOf(context.shape);
  const steps = draws.shuffled(Array.from({ length: count }, (_, step) => step));
  return fill(context, (i) => {
    const value = low + ((high - low) * (steps[i]! + 1 - draws.uniform())) / count;
    return context.input.kind === 'real' && mate !== undefined ? mate.data[i]! + value : value;
  });
}

function drawKind(context: ArrayContext, mate: NDArray | undefined): Float64Array {
  switch (context.input.kind) {
    case 'real':
      return mate === undefined ? drawReals(context) : drawMate(context, mate);
    case 'positive':
    case 'non-negative':
      return drawPositives(context);
    case 'unit':
      return mate === undefined ? drawUnits(context) : drawUnitMate(context, mate);
    case 'distribution':
      return mate === undefined ? drawDistributions(context) : drawDistributionMate(context, mate);
    case 'log-probability':
      return drawLogProbabilities(context);
    case 'sign':
      return drawTwoValued(context, -1, 1);
    case 'binary':
      return drawTwoValued(context, 0, 1);
    case 'label':
      return drawLabels(context);
    case 'count':
      return drawCounts(context);
    case 'choice':
      throw new Error(`generate: ${context.name} must be a number to fill an array, got a choice`);
  }
}

function fill(context: ArrayContext, element: (index: number) => number): Float64Array {
  const data = new Float64Array(sizeOf(context.shape));
  for (let i = 0; i < data.length; i++) data[i] = element(i);
  return data;
}

/** Kinds of which 0 is a value. */
const WITH_ZERO: readonly Kind[] = [
  'real',
  'non-negative',
  'unit',
  'log-probability',
  'binary',
  'count',
];

/** The array that degenerates with all others; undefined for a kind that cannot. */
function drawAlike(
  context: ArrayContext,
  mate: NDArray | undefined,
  together: Together,
): Float64Array | undefined {
  const { input, chooser } = context;
  const { draws } = chooser;
  if (together === 'zero' && WITH_ZERO.includes(input.kind)) return fill(context, () => 0);
  if (together === 'big' && input.kind === 'count') return fill(context, () => bigCount(context));
  if (together === 'small' && input.kind === 'real') return drawSmall(context);
  if (together !== 'constant') return undefined;
  const constants: Partial<Record<Kind, () => number>> = {
    real: () => draws.pick([draws.integer(-64, 64) / 16, 0.1, 1 / 3]),
    positive: () => draws.pick([draws.integer(1, 64) / 16, 0.1, 1 / 3]),
    'non-negative': () => draws.pick([draws.integer(1, 64) / 16, 0.1, 1 / 3]),
    unit: () => draws.pick([draws.integer(1, 15) / 16, 0.1, 1 / 3]),
    'log-probability': () => -draws.pick([draws.integer(1, 64) / 16, 0.1, 1 / 3]),
    count: () => draws.integer(1, 60),
  };
  const constant = constants[input.kind];
  if (constant === undefined) return undefined;
  const same = mate !== undefined && draws.chance(0.5);
  const value = same ? mate.data[0]! : constant();
  return fill(context, () => value);
}

/** Of one size, far below 1: where squares are lost beside 1, and differences from it cancel. */
function drawSmall(context: ArrayContext): Float64Array {
  const { draws } = context.chooser;
  const size = 10 ** between(draws, -12, -3);
  return fill(context, () => signed(draws, size * between(draws, 0.1, 1)));
}

type Style = (context: ArrayContext, draws: Stream) => Float64Array;

const isWide = (format: Format): boolean => format.largest > 1e30;

/** Made once: a draw that makes fourteen closures to call one costs more than the call. */
const realStyles: Readonly<Record<string, Style>> = {
  large: (context, draws) => {
    const logLargest = Math.log(context.format.largest);
    return fill(context, () => signed(draws, between(draws, 0.98, 1.45) * logLargest));
  },
  offset: (context, draws) => {
    const base = signed(draws, 10 ** (isWide(context.format) ? draws.integer(5, 8) : 2));
    return fill(context, () => base + draws.integer(-64, 64) / 16);
  },
  constant: (context, draws) => {
    const value = draws.pick([draws.integer(-64, 64) / 16, 0.1, -2 / 3, between(draws, -10, 10)]);
    return fill(context, () => value);
  },
  zeros: (context) => fill(context, () => 0),
  ties: (context, draws) => {
    const values = [0, 1, 2].map(() => draws.integer(-64, 64) / 16);
    return fill(context, () => draws.pick(values));
  },
  integers: (context, draws) => fill(context, () => draws.integer(-10, 10)),
  'log-uniform': (context, draws) => {
    const most = isWide(context.format) ? 6 : 4;
    return fill(context, () => signed(draws, 10 ** between(draws, -8, most)));
  },
  tiny: (context, draws) => fill(context, () => signed(draws, tiny(draws, context.format))),
  huge: (context, draws) => fill(context, () => signed(draws, huge(draws, context.format))),
  sixteenths: (context, draws) => fill(context, () => draws.integer(-64, 64) / 16),
  uniform: (context, draws) => fill(context, () => between(draws, -10, 10)),
  // Where e⁻ˣ falls below a rounding of 1, gates close and approximations give way to limits.
  'closing gates': (context, draws) => {
    const gate = Math.log(1 / context.format.unit);
    return fill(context, () => signed(draws, between(draws, 0.2, 1.2) * gate));
  },
  'near one': (context, draws) => fill(context, () => signed(draws, between(draws, 0, 2))),
};
const realStylesAtSeams: Readonly<Record<string, Style>> = {
  ...realStyles,
  seams: (context, draws) => fill(context, () => nearSeam(draws, context.seams, context.format)),
};

function drawReals(context: ArrayContext): Float64Array {
  const { chooser, seams, name } = context;
  const styles = seams.length > 0 ? realStylesAtSeams : realStyles;
  return touchUp(context, chooser.chooseStyle(name, styles)(context, chooser.draws));
}

/** A pair's second member, which bugs like to meet close to the first. */
type Relation = (from: Float64Array, context: ArrayContext, draws: Stream) => Float64Array;

const relations: Readonly<Record<string, Relation>> = {
  free: (_, context) => drawReals({ ...context, name: `${context.name} itself` }),
  same: (from) => from,
  near: (from, { format }, draws) =>
    mapped(from, (value) => value * (1 + draws.integer(-4, 4) * format.unit)),
  close: (from, _, draws) => mapped(from, (value) => value + draws.integer(-64, 64) / 16),
  permuted: (from, _, draws) => Float64Array.from(draws.shuffled([...from])),
  negated: (from) => mapped(from, (value) => -value),
  scaled: (from, _, draws) => {
    const factor = draws.pick([0.5, 2, 3, -2]);
    return mapped(from, (value) => value * factor);
  },
  'equal in places': (from, _, draws) =>
    mapped(from, (value) => (draws.chance(0.5) ? value : value + draws.integer(-16, 16) / 16)),
};
const relationsAtSeams: Readonly<Record<string, Relation>> = {
  ...relations,
  'at the seam': (from, { seams, format }, draws) =>
    mapped(from, (value) => value + nearSeam(draws, seams, format)),
};

function drawMate(context: ArrayContext, mate: NDArray): Float64Array {
  const { chooser, seams, name } = context;
  const known = seams.length > 0 ? relationsAtSeams : relations;
  const relation = chooser.chooseStyle(`${name} beside its mate`, known, `${name} itself`);
  return relation(mate.data, context, chooser.draws);
}

/** A loop: the builtin map of typed arrays is three times slower. */
function mapped(from: Float64Array, change: (value: number) => number): Float64Array {
  const to = new Float64Array(from.length);
  for (let i = 0; i < to.length; i++) to[i] = change(from[i]!);
  return to;
}

/** On a seam, a rounding or two beside it, or a little way off. */
function nearSeam(draws: Stream, seams: readonly number[], format: Format): number {
  const seam = draws.pick(seams);
  const away = draws.integer(0, 3);
  if (away === 0) return seam;
  if (away === 1) return seam * (1 + draws.integer(-4, 4) * format.unit);
  if (away === 2) return seam + between(draws, -0.02, 0.02);
  return seam + draws.integer(-8, 8) / 16;
}

const TOUCHES = [0, 1, -1];

/** Replaces some elements by 0 or ±1, which styles would not meet. */
function touchUp(context: ArrayContext, data: Float64Array): Float64Array {
  const { chooser, name } = context;
  if (!chooser.sometimes(`${name}: touched up`, 0.3)) return data;
  return mapped(data, (value) =>
    chooser.draws.chance(0.15) ? chooser.draws.pick(TOUCHES) : value,
  );
}

function drawPositives(context: ArrayContext): Float64Array {
  const { chooser, format, name, input } = context;
  const { draws } = chooser;
  const wide = format.largest > 1e30;
  const styles: Record<string, () => Float64Array> = {
    'log-uniform': () => fill(context, () => 10 ** between(draws, -8, wide ? 6 : 4)),
    integers: () => fill(context, () => draws.integer(1, 12)),
    sixteenths: () => fill(context, () => draws.integer(1, 64) / 16),
    constant: () => {
      const value = draws.integer(1, 64) / 16;
      return fill(context, () => value);
    },
  };
  if (context.seams.length > 0) {
    styles.seams = () => fill(context, () => Math.abs(nearSeam(draws, context.seams, format)));
  }
  if (input.kind === 'non-negative') {
    styles.zeros = () => fill(context, () => 0);
    styles['some zeros'] = () =>
      fill(context, () => (draws.chance(0.5) ? 0 : draws.integer(1, 64) / 16));
  }
  const data = chooser.choose(name, styles);
  return data.map((value) => (value === 0 && input.kind === 'positive' ? 1 : value));
}

function drawUnits(context: ArrayContext): Float64Array {
  const { chooser, format, name } = context;
  const { draws } = chooser;
  return chooser.choose(name, {
    uniform: () => fill(context, () => draws.uniform()),
    sixteenths: () => fill(context, () => draws.integer(0, 16) / 16),
    'near an end': () =>
      fill(context, () => {
        const distance = 10 ** between(draws, -16, -7);
        return draws.chance(0.5) ? distance : 1 - distance;
      }),
    ends: () => fill(context, () => draws.integer(0, 1)),
    tiny: () => fill(context, () => tiny(draws, format)),
    mixed: () =>
      fill(context, () => draws.pick([0, 1, 0.5, draws.uniform(), 10 ** between(draws, -12, -1)])),
  });
}

/** Probabilities beside probabilities: targets are often classes, and sometimes predicted exactly. */
function drawUnitMate(context: ArrayContext, mate: NDArray): Float64Array {
  const { chooser, name } = context;
  const { draws } = chooser;
  const relations: Record<string, () => Float64Array> = {
    free: () => drawUnits({ ...context, name: `${name} itself` }),
    classes: () => fill(context, () => draws.integer(0, 1)),
    same: () => mate.data,
    complement: () => mate.data.map((value) => 1 - value),
    'equal in places': () =>
      mate.data.map((value) => (draws.chance(0.5) ? value : draws.uniform())),
  };
  return chooser.choose(`${name} beside its mate`, relations, `${name} itself`);
}

function drawDistributions(context: ArrayContext): Float64Array {
  const { chooser, name } = context;
  const { draws } = chooser;
  const style = chooser.choose<() => number>(name, {
    'one-hot': () => () => 0,
    zeros: () => () => (draws.chance(0.5) ? 0 : draws.uniform()),
    dyadic: () => () => Number.NaN,
    uniform: () => () => draws.uniform(),
    peaked: () => () => 10 ** between(draws, -12, 0),
    even: () => () => 1,
  });
  return fillRows(context, (row) => distribution(draws, style, row));
}

/** Weights drawn one by one, then divided by their sum; one-hot if all are 0; dyadic if all are NaN. */
function distribution(draws: Stream, weight: () => number, row: Float64Array): void {
  const columns = row.length;
  for (let i = 0; i < columns; i++) row[i] = weight();
  if (Number.isNaN(row[0]!)) {
    row.fill(0);
    for (let sixteenth = 0; sixteenth < 16; sixteenth++) {
      row[draws.integer(0, columns - 1)]! += 1 / 16;
    }
    return;
  }
  const total = row.reduce((sum, value) => sum + value, 0);
  if (total === 0) row[draws.integer(0, columns - 1)] = 1;
  else for (let i = 0; i < columns; i++) row[i]! /= total;
}

function drawDistributionMate(context: ArrayContext, mate: NDArray): Float64Array {
  const { chooser, format, name } = context;
  const { draws } = chooser;
  const columns = context.shape.at(-1)!;
  // A row keeps its sum to within a hundredth in the shortest format, too.
  const units = Math.min(4, Math.floor(0.004 / format.unit));
  const relations: Record<string, () => Float64Array> = {
    free: () => drawDistributions({ ...context, name: `${name} itself` }),
    same: () => mate.data,
    near: () =>
      mate.data.map((value) =>
        Math.min(1, value * (1 + draws.integer(-units, units) * format.unit)),
      ),
    permuted: () => {
      const data = mate.data.slice();
      for (let start = 0; start < data.length; start += columns) {
        data.set(draws.shuffled([...data.subarray(start, start + columns)]), start);
      }
      return data;
    },
  };
  return chooser.choose(`${name} beside its mate`, relations, `${name} itself`);
}

function fillRows(context: ArrayContext, fillRow: (row: Float64Array) => void): Float64Array {
  const data = new Float64Array(sizeOf(context.shape));
  const columns = context.shape.at(-1)!;
  for (let start = 0; start < data.length; start += columns) {
    fillRow(data.subarray(start, start + columns));
  }
  return data;
}

function drawLogProbabilities(context: ArrayContext): Float64Array {
  const { chooser, name } = context;
  const { draws } = chooser;
  return chooser.choose(name, {
    uniform: () => fill(context, () => -10 * draws.uniform()),
    sixteenths: () => fill(context, () => -draws.integer(0, 64) / 16),
    'log-uniform': () => fill(context, () => -(10 ** between(draws, -8, 3))),
    zeros: () => fill(context, () => 0),
    ties: () => {
      const values = [0, 1].map(() => -draws.integer(0, 64) / 16);
      return fill(context, () => draws.pick(values));
    },
  });
}

function drawTwoValued(context: ArrayContext, low: number, high: number): Float64Array {
  const { chooser, name } = context;
  return chooser.choose(name, {
    both: () => fill(context, () => chooser.draws.pick([low, high])),
    [`all ${low}`]: () => fill(context, () => low),
    [`all ${high}`]: () => fill(context, () => high),
  });
}

function drawLabels(context: ArrayContext): Float64Array {
  const { chooser, name, classes } = context;
  const { draws } = chooser;
  return chooser.choose(name, {
    all: () => fill(context, () => draws.integer(0, classes - 1)),
    'single class': () => {
      const label = draws.integer(0, classes - 1);
      return fill(context, () => label);
    },
    'first and last': () => fill(context, () => draws.pick([0, classes - 1])),
    'absent class': () => {
      const absent = draws.integer(0, classes - 1);
      return fill(context, () => (absent + draws.integer(1, Math.max(1, classes - 1))) % classes);
    },
  });
}

function drawCounts(context: ArrayContext): Float64Array {
  const { chooser, format, name } = context;
  const { draws } = chooser;
  const most = mostCounted(format);
  return chooser.choose(name, {
    zeros: () => fill(context, () => 0),
    small: () => fill(context, () => draws.integer(0, 60)),
    few: () => fill(context, () => draws.integer(0, 3)),
    big: () => fill(context, () => bigCount(context)),
    mixed: () => fill(context, () => Math.min(most, draws.pick([0, 1, 2, 7, 60, 1000]))),
  });
}

function bigCount({ chooser, format }: ArrayContext): number {
  const most = mostCounted(format);
  return chooser.draws.integer(Math.min(1000, most / 2), most);
}

/** Beyond 1/u the format skips integers. */
function mostCounted(format: Format): number {
  return Math.min(1e6, 1 / format.unit);
}

/** The special values of an input, those that a hyper-parameter names looked up. */
export function specialsOf(spec: Spec, input: InputSpec, drawn: Inputs): number[] {
  return (input.special ?? []).map((special) =>
    typeof special === 'number' ? special : Number(drawn[special] ?? spec.inputs[special]!.default),
  );
}

const labels = new WeakMap<InputSpec, readonly (readonly [string, string])[]>();

function specialLabels(name: string, input: InputSpec): readonly (readonly [string, string])[] {
  let known = labels.get(input);
  if (known === undefined) {
    known = input.special!.map((s) => [`${name}: ${s}`, `${name}: ${s} everywhere`] as const);
    labels.set(input, known);
  }
  return known;
}

/** The array with some of its elements special; itself where none is. */
function withSpecials(
  drawn: Float64Array,
  { chooser, name, input }: ArrayContext,
  specials: readonly number[],
  finite: boolean,
): Float64Array {
  let data = drawn;
  for (let i = 0; i < specials.length; i++) {
    const special = specials[i]!;
    if (finite && !Number.isFinite(special)) continue;
    const [label, all] = specialLabels(name, input)[i]!;
    const everywhere = chooser.sometimes(all, 0.006);
    if (!chooser.sometimes(label, 0.025) && !everywhere) continue;
    data = data.slice();
    for (let k = 0; k < data.length; k++) {
      if (everywhere || chooser.draws.chance(0.2)) data[k] = special;
    }
    data[chooser.draws.integer(0, data.length - 1)] = special;
  }
  return data;
}

// ---- hyper-parameters -------------------------------------------------------------------

/** A value, or undefined to leave the argument out. */
function drawParameter(
  name: string,
  input: InputSpec,
  chooser: Chooser,
  finite: boolean,
): Argument | undefined {
  let current = chooser;
  const draws = {
    integer: (low: number, high: number) => current.draws.integer(low, high),
    pick: <Item>(items: readonly Item[]) => current.draws.pick(items),
    uniform: () => current.draws.uniform(),
  };
  const omitted = input.default === undefined ? {} : { omitted: () => undefined };
  if (input.kind === 'choice') {
    const options: Record<string, () => Argument | undefined> = { ...omitted };
    for (const choice of input.choices!) options[String(choice)] = () => choice;
    return chooser.choose(name, options);
  }
  const known = chooser.isLearning ? undefined : parameters.get(input)?.[finite ? 1 : 0];
  if (known !== undefined) return known(chooser);
  const options: Record<string, () => number | undefined> = { ...omitted };
  const most = input.max ?? Infinity;
  const allow = (option: string, value: () => number): void => {
    options[option] = () => Math.min(value(), most);
  };
  if (typeof input.default === 'number') {
    const { default: usual } = input;
    allow('default', () => usual);
  }
  switch (input.kind) {
    case 'real':
      allow('negative', () => -draws.integer(1, 64) / 16);
      allow('sixteenth', () => draws.integer(-64, 64) / 16);
      allow('zero', () => 0);
      break;
    case 'positive':
    case 'non-negative':
      allow('one', () => 1);
      allow('sixteenth', () => draws.integer(1, 64) / 16);
      allow('log-uniform', () => 10 ** (-2 + 4 * draws.uniform()));
      if (input.kind === 'non-negative') allow('zero', () => 0);
      break;
    case 'unit':
      allow('zero', () => 0);
      allow('one', () => 1);
      allow('half', () => 0.5);
      allow('near one', () => draws.pick([0.9, 0.99, 0.999]));
      allow('uniform', () => draws.uniform());
      allow('sixteenth', () => draws.integer(1, 15) / 16);
      break;
    case 'count':
    case 'label':
      allow('zero', () => 0);
      allow('small', () => draws.integer(1, 5));
      break;
    default:
      throw new Error(`generate: ${name} must have a kind that numbers have, got ${input.kind}`);
  }
  for (const special of input.special ?? []) {
    if (!finite || Number.isFinite(special)) options[String(special)] = () => Number(special);
  }
  const cached = parameters.get(input) ?? [];
  cached[finite ? 1 : 0] = (other) => {
    current = other;
    return other.choose(name, options);
  };
  parameters.set(input, cached);
  return chooser.choose(name, options);
}

const parameters = new WeakMap<InputSpec, ((chooser: Chooser) => Argument | undefined)[]>();

// ---- numbers ----------------------------------------------------------------------------

function between(draws: Stream, low: number, high: number): number {
  return low + (high - low) * draws.uniform();
}

function signed(draws: Stream, value: number): number {
  return draws.chance(0.5) ? value : -value;
}

/** Beyond the integers of 32 bits, though squares of such numbers still add up to a finite sum. */
function huge(draws: Stream, format: Format): number {
  const most = Math.floor(Math.log2(format.largest) / 2) - 12;
  return 2 ** draws.integer(Math.min(27, most), most);
}

/** Far below 1, down to the smallest normal number of the format. */
function tiny(draws: Stream, format: Format): number {
  return 10 ** between(draws, Math.log10(format.smallestNormal), -4);
}
