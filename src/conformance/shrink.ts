import fc from 'fast-check';
import type { NDArray } from '../kernel/index.js';
import { sizeOf, stream } from '../kernel/index.js';
import { drawOnce, isArraySpec } from './generate.js';
import type { Argument, InputSpec, Inputs, Spec } from './spec.js';

/**
 * The inputs of a formula as a fast-check arbitrary: fast-check drives the search for the
 * smallest failing call, and this says what smaller means without leaving the domain.
 */
export class InputsArbitrary extends fc.Arbitrary<Inputs> {
  constructor(private readonly spec: Spec) {
    super();
  }

  override generate(random: fc.Random): fc.Value<Inputs> {
    return new fc.Value(drawOnce(this.spec, stream(random.nextInt())), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Inputs {
    return typeof value === 'object' && value !== null;
  }

  override shrink(inputs: Inputs): fc.Stream<fc.Value<Inputs>> {
    return fc.stream(smaller(this.spec, inputs)).map((value) => new fc.Value(value, undefined));
  }
}

/**
 * Searches for the smallest inputs for which `holds` is false, from inputs for which it is.
 *
 * @returns The steps taken, each an index into {@link smaller}: what {@link follow} follows.
 */
export async function shrink(
  spec: Spec,
  inputs: Inputs,
  holds: (inputs: Inputs) => Promise<boolean>,
): Promise<{ path: readonly number[] }> {
  const property = fc.asyncProperty(new InputsArbitrary(spec), holds);
  const { counterexamplePath } = await fc.check(property, { examples: [[inputs]], numRuns: 1 });
  // The first step is the index of the example; a subject that changed its mind has no path.
  const path = (counterexamplePath ?? '').split(':').slice(1).map(Number);
  return { path };
}

/** The inputs at the end of a path of steps. */
export function follow(spec: Spec, inputs: Inputs, path: readonly number[]): Inputs {
  let current = inputs;
  for (const step of path) {
    const next = [...take(smaller(spec, current), step + 1)][step];
    if (next === undefined) {
      throw new RangeError(
        `path: step must lead to smaller inputs, got ${step} in ${path.join(':')}`,
      );
    }
    current = next;
  }
  return current;
}

function* take<Item>(items: Iterable<Item>, count: number): IterableIterator<Item> {
  let taken = 0;
  for (const item of items) {
    if (taken++ >= count) return;
    yield item;
  }
}

/** Smaller inputs of the same domain, the boldest steps first. */
export function* smaller(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  yield* fewerAxes(spec, inputs);
  yield* fewerElements(spec, inputs);
  yield* withoutOptions(spec, inputs);
  yield* simplerElements(spec, inputs);
}

// ---- fewer axes -------------------------------------------------------------------------

/** Arrays of any shape become vectors, together with those that share their shape. */
function* fewerAxes(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, { shape }] of Object.entries(spec.inputs)) {
    if (shape !== 'any' || (inputs[name] as NDArray).shape.length === 1) continue;
    const flat: Record<string, Argument> = { ...inputs };
    for (const [other, input] of Object.entries(spec.inputs)) {
      if (other !== name && input.shape !== name) continue;
      const { data } = inputs[other] as NDArray;
      flat[other] = { shape: [data.length], data };
    }
    yield flat;
  }
}

// ---- fewer elements ---------------------------------------------------------------------

/** Where an axis of an array is counted: all arrays with the same key shrink together. */
type AxisKey = string;

function* fewerElements(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  const axes = axisKeys(spec, inputs);
  const lengths = new Map<AxisKey, number>();
  for (const [name, keys] of Object.entries(axes)) {
    const { shape } = inputs[name] as NDArray;
    keys.forEach((key, axis) => {
      lengths.set(key, shape[axis]!);
    });
  }
  for (const [key, length] of lengths) {
    if (length <= 1) continue;
    const half = length >> 1;
    const keepings: (readonly [number, number])[] = [
      [0, half],
      [half, length],
    ];
    if (length > 2) keepings.push([0, length - 1], [1, length]);
    for (const [low, high] of keepings) {
      const kept: Record<string, Argument> = { ...inputs };
      for (const [name, keys] of Object.entries(axes)) {
        const axis = keys.indexOf(key);
        if (axis !== -1) kept[name] = slice(inputs[name] as NDArray, axis, low, high);
      }
      if (labelsFit(spec, kept)) yield kept;
    }
  }
}

/** The key of each axis of each array: its symbol, or the array and axis that it follows. */
function axisKeys(spec: Spec, inputs: Inputs): Record<string, AxisKey[]> {
  const keys: Record<string, AxisKey[]> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (!isArraySpec(input) || inputs[name] === undefined) continue;
    const { shape } = inputs[name] as NDArray;
    if (Array.isArray(input.shape)) {
      const leading = shape.length - (input.shape.length - 1);
      keys[name] = input.shape.flatMap((axis: string | number) =>
        axis === '...' ? Array.from({ length: leading }, (_, i) => `...${i}`) : [String(axis)],
      );
    } else {
      const leader = input.shape === 'any' ? name : (input.shape as string);
      keys[name] = shape.map((_, axis) => (keys[leader] ?? [])[axis] ?? `${leader}.${axis}`);
    }
  }
  return keys;
}

function slice(array: NDArray, axis: number, low: number, high: number): NDArray {
  const shape = array.shape.map((length, i) => (i === axis ? high - low : length));
  const inner = sizeOf(array.shape.slice(axis + 1));
  const outer = sizeOf(array.shape.slice(0, axis));
  const length = array.shape[axis]!;
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  for (let block = 0; block < outer; block++) {
    const start = block * length * inner;
    data.set(array.data.subarray(start + low * inner, start + high * inner), next);
    next += (high - low) * inner;
  }
  return { shape, data };
}

/** Rows of a distribution that lose a column no longer sum to 1, and labels may point past the end. */
function labelsFit(spec: Spec, inputs: Inputs): boolean {
  const axes = axisKeys(spec, inputs);
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (typeof argument !== 'object') continue;
    if (input.kind === 'distribution' && !rowsSumToOne(argument)) return false;
    if (input.kind === 'label' && input.classes !== undefined) {
      const classes = lengthOf(input.classes, axes, inputs);
      if (argument.data.some((label) => label >= classes)) return false;
    }
  }
  return true;
}

function rowsSumToOne({ shape, data }: NDArray): boolean {
  const columns = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += columns) {
    const total = data.subarray(start, start + columns).reduce((sum, value) => sum + value, 0);
    if (Math.abs(total - 1) > 1e-2) return false;
  }
  return true;
}

function lengthOf(symbol: string, axes: Record<string, AxisKey[]>, inputs: Inputs): number {
  for (const [name, keys] of Object.entries(axes)) {
    const axis = keys.indexOf(symbol);
    if (axis !== -1) return (inputs[name] as NDArray).shape[axis]!;
  }
  return Number.POSITIVE_INFINITY;
}

// ---- fewer options ----------------------------------------------------------------------

function* withoutOptions(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (input.default === undefined || inputs[name] === undefined) continue;
    const { [name]: _, ...rest } = inputs;
    yield rest;
  }
}

// ---- simpler elements -------------------------------------------------------------------

function* simplerElements(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (typeof argument === 'number') {
      for (const value of simplerNumbers(argument, input)) yield { ...inputs, [name]: value };
    } else if (typeof argument === 'object' && input.kind !== 'distribution') {
      yield* simplerArrays(inputs, name, argument, input);
    } else if (typeof argument === 'object') {
      yield* evenRows(inputs, name, argument);
    }
  }
}

function* simplerArrays(
  inputs: Inputs,
  name: string,
  array: NDArray,
  input: InputSpec,
): IterableIterator<Inputs> {
  // All elements at once first: it saves a step for each of them.
  const candidates = [...array.data].map((element) => simplerNumbers(element, input));
  const depth = Math.max(0, ...candidates.map(({ length }) => length));
  for (let step = 0; step < depth; step++) {
    const data = array.data.map((element, i) => candidates[i]![step] ?? element);
    if (array.data.length > 1) yield { ...inputs, [name]: { shape: array.shape, data } };
  }
  for (let i = 0; i < array.data.length; i++) {
    for (const value of candidates[i]!) {
      const data = array.data.slice();
      data[i] = value;
      yield { ...inputs, [name]: { shape: array.shape, data } };
    }
  }
}

/** Distributions stay distributions: a row becomes one-hot or even. */
function* evenRows(inputs: Inputs, name: string, array: NDArray): IterableIterator<Inputs> {
  const columns = array.shape.at(-1) ?? 1;
  for (let start = 0; start < array.data.length; start += columns) {
    const row = array.data.subarray(start, start + columns);
    const largest = row.indexOf(Math.max(...row));
    const oneHot = array.data.slice();
    oneHot.fill(0, start, start + columns);
    oneHot[start + largest] = 1;
    if (row[largest] !== 1) yield { ...inputs, [name]: { shape: array.shape, data: oneHot } };
    const even = array.data.slice();
    even.fill(1 / columns, start, start + columns);
    if (complexity(row[0]!) > complexity(1 / columns)) {
      yield { ...inputs, [name]: { shape: array.shape, data: even } };
    }
  }
}

/** Numbers of the same kind that a person would find simpler, the simplest first. */
function simplerNumbers(value: number, input: InputSpec): number[] {
  if (!Number.isFinite(value)) return [];
  const rounded = [0, 1, 2, 3]
    .map((digits) => Math.round(value * 2 ** (digits * 2)) / 2 ** (digits * 2))
    .concat([1, 2, 3].map((digits) => Number(value.toPrecision(digits))));
  const candidates = [0, 1, Math.sign(value), Math.abs(value), ...rounded];
  const simpler: number[] = [];
  for (const candidate of candidates) {
    const fits = inDomain(candidate, input) && complexity(candidate) < complexity(value);
    if (fits && !simpler.includes(candidate)) simpler.push(candidate);
  }
  return simpler;
}

/** How long a number is to read: zero is shortest, minus signs cost a little. */
function complexity(value: number): number {
  if (value === 0) return 0;
  return (
    2 * String(Math.abs(value)).length + (value < 0 ? 1 : 0) + (Math.abs(value) === 1 ? -1 : 0)
  );
}

/** True if the kind allows the value. */
export function inDomain(value: number, { kind, max = Infinity }: InputSpec): boolean {
  if (value > max) return false;
  switch (kind) {
    case 'positive':
      return value > 0;
    case 'non-negative':
      return value >= 0;
    case 'unit':
    case 'distribution':
      return value >= 0 && value <= 1;
    case 'log-probability':
      return value <= 0;
    case 'sign':
      return value === 1 || value === -1;
    case 'binary':
      return value === 0 || value === 1;
    case 'label':
    case 'count':
      return Number.isInteger(value) && value >= 0;
    case 'choice':
      return false;
    default:
      return true;
  }
}
