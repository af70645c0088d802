import fc from 'fast-check';
import type { NDArray } from '../kernel/index.js';
import { sizeOf } from '../kernel/index.js';
import { isArraySpec, specialsOf } from './generate.js';
import { inputsArbitrary } from './inputs-arbitrary.js';
import type { Argument, InputSpec, Inputs, Spec } from './spec.js';

/**
 * Searches for the smallest inputs for which `holds` is false, from inputs for which it is.
 * What `holds` throws ends the search and is thrown again: fast-check would take it for a
 * failure, and go looking for the smallest inputs that break the suite.
 *
 * @returns The steps taken, each an index into {@link smaller}: what {@link follow} follows.
 */
export async function shrink(
  spec: Spec,
  inputs: Inputs,
  holds: (inputs: Inputs) => Promise<boolean>,
): Promise<{ path: readonly number[] }> {
  let thrown: { error: unknown } | undefined;
  const property = fc.asyncProperty(inputsArbitrary(spec), async (candidate) => {
    if (thrown !== undefined) return true;
    try {
      return await holds(candidate);
    } catch (error) {
      thrown = { error };
      return true;
    }
  });
  const { counterexamplePath } = await fc.check(property, { examples: [[inputs]], numRuns: 1 });
  if (thrown !== undefined) throw thrown.error;
  // The first step is the index of the example; a subject that changed its mind has no path.
  const path = (counterexamplePath ?? '').split(':').slice(1).map(Number);
  return { path };
}

/** The inputs at the end of a path of steps; undefined if a step of it leads nowhere. */
export function follow(spec: Spec, inputs: Inputs, path: readonly number[]): Inputs | undefined {
  let current: Inputs | undefined = inputs;
  for (const step of path) {
    if (current === undefined) return undefined;
    current = itemAt(smaller(spec, current), step);
  }
  return current;
}

function itemAt<Item>(items: Iterable<Item>, index: number): Item | undefined {
  let i = 0;
  for (const item of items) {
    if (i++ === index) return item;
  }
  return undefined;
}

/** Smaller inputs of the same domain, the boldest steps first. */
export function* smaller(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const candidate of candidates(spec, inputs)) {
    if (isAllowed(spec, candidate)) yield candidate;
  }
}

function* candidates(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
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

/** Where an axis of an array is counted: all axes with the same key shrink together. */
type AxisKey = string;
/** The keys of the axes of an array; undefined for an axis of fixed length. */
type AxisKeys = readonly (AxisKey | undefined)[];

function* fewerElements(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  const axes = axisKeys(spec, inputs);
  const lengths = new Map<AxisKey, number>();
  for (const [name, keys] of Object.entries(axes)) {
    const { shape } = inputs[name] as NDArray;
    keys.forEach((key, axis) => {
      if (key !== undefined) lengths.set(key, shape[axis]!);
    });
  }
  for (const [key, length] of lengths) {
    for (const part of partsOf(length)) {
      const rest: Record<string, Argument> = { ...inputs };
      for (const [name, keys] of Object.entries(axes)) {
        keys.forEach((other, axis) => {
          if (other === key) rest[name] = without(part, rest[name] as NDArray, axis);
        });
      }
      yield rest;
    }
  }
}

/** From `low` up to, but not including, `high`. */
type Part = readonly [low: number, high: number];

/**
 * What to leave out of an axis: a half, a quarter, and so on down to a sixteenth, and of a short
 * axis every single slice. What a failure needs may lie far apart, so that no half will do.
 */
function* partsOf(length: number): IterableIterator<Part> {
  if (length <= 1) return;
  const least = Math.max(1, Math.ceil(length / 16));
  for (let size = Math.ceil(length / 2); ; size = Math.max(least, size >> 1)) {
    for (let high = length; high > 0; high -= size) yield [Math.max(0, high - size), high];
    if (size === least) return;
  }
}

/** The key of each axis of each array: its symbol, or the array and axis that it follows. */
function axisKeys(spec: Spec, inputs: Inputs): Record<string, AxisKeys> {
  const keys: Record<string, AxisKeys> = {};
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (!isArraySpec(input) || inputs[name] === undefined) continue;
    const { shape } = inputs[name] as NDArray;
    if (Array.isArray(input.shape)) {
      const leading = shape.length - (input.shape.length - 1);
      keys[name] = input.shape.flatMap((axis: string | number) => {
        if (axis === '...') return Array.from({ length: leading }, (_, i) => `...${i}`);
        return [typeof axis === 'number' ? undefined : axis];
      });
    } else {
      const leader = input.shape === 'any' ? name : (input.shape as string);
      keys[name] = shape.map((_, axis) => (keys[leader] ?? [])[axis] ?? `${leader}.${axis}`);
    }
  }
  return keys;
}

/** An array without a part of one of its axes. */
function without([low, high]: Part, array: NDArray, axis: number): NDArray {
  const length = array.shape[axis]!;
  const left = length - (high - low);
  const shape = array.shape.map((other, i) => (i === axis ? left : other));
  const inner = sizeOf(array.shape.slice(axis + 1));
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  for (let start = 0; start < array.data.length; start += length * inner) {
    const before = array.data.subarray(start, start + low * inner);
    const after = array.data.subarray(start + high * inner, start + length * inner);
    data.set(before, next);
    data.set(after, next + before.length);
    next += before.length + after.length;
  }
  return { shape, data };
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
  const simpler = Array.from(array.data, (element) => simplerNumbers(element, input));
  const depth = simpler.reduce((most, { length }) => Math.max(most, length), 0);
  for (let step = 0; step < depth; step++) {
    const data = array.data.map((element, i) => simpler[i]![step] ?? element);
    if (array.data.length > 1) yield { ...inputs, [name]: { shape: array.shape, data } };
  }
  for (let i = 0; i < array.data.length; i++) {
    for (const value of simpler[i]!) {
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
    const largest = row.reduce((most, value, i) => (value > row[most]! ? i : most), 0);
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
  if (value === 0 || !Number.isFinite(value)) return [];
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

// ---- domains ----------------------------------------------------------------------------

/**
 * True for inputs that the contract allows. A step that is harmless for most kinds can leave the
 * domain of another: labels may point past the last class, a row lose its sum, an element be
 * special only as long as the hyper-parameter that names it stays.
 */
function isAllowed(spec: Spec, inputs: Inputs): boolean {
  return Object.entries(spec.inputs).every(([name, input]) => {
    const argument = inputs[name];
    if (argument === undefined || input.kind === 'choice') return true;
    const elements = typeof argument === 'object' ? argument.data : [argument as number];
    const specials = specialsOf(spec, input, inputs);
    const classes = input.classes === undefined ? Infinity : lengthOf(input.classes, spec, inputs);
    for (const element of elements) {
      const regular = inDomain(element, input) && element < classes;
      if (!regular && !specials.some((special) => Object.is(special, element))) return false;
    }
    return input.kind !== 'distribution' || rowsSumToOne(argument as NDArray);
  });
}

/** True if rows sum to 1 as far as the demands of formulas ask; a row with NaN is not asked. */
function rowsSumToOne({ shape, data }: NDArray): boolean {
  const columns = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += columns) {
    let total = 0;
    for (let i = start; i < start + columns; i++) total += data[i]!;
    if (Math.abs(total - 1) > 1e-2) return false;
  }
  return true;
}

/** The length of the axis that a symbol counts; no limit where no array has that axis. */
function lengthOf(symbol: string, spec: Spec, inputs: Inputs): number {
  for (const [name, keys] of Object.entries(axisKeys(spec, inputs))) {
    const axis = keys.indexOf(symbol);
    if (axis !== -1) return (inputs[name] as NDArray).shape[axis]!;
  }
  return Infinity;
}

/** True if the kind allows the value. */
function inDomain(value: number, { kind, max = Infinity }: InputSpec): boolean {
  if (!Number.isFinite(value) || value > max) return false;
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
