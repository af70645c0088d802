import { type NDArray, sizeOf } from '../../kernel/index.js';
import { isArraySpec } from '../generate/index.js';
import type { Argument, Inputs, Spec } from '../spec.js';
import { isArray, isArrays } from '../values.js';

// ---- fewer axes -------------------------------------------------------------------------

/** Arrays of any shape become vectors, together with those that share their shape. */
export function* fewerAxes(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, { shape }] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (isArrays(argument)) yield* flatLists(inputs, name, argument);
    if (shape !== 'any' || !isArray(argument) || argument.shape.length === 1) continue;
    const flat: Record<string, Argument> = { ...inputs };
    for (const [other, input] of Object.entries(spec.inputs)) {
      if ((other !== name && input.shape !== name) || inputs[other] === undefined) continue;
      const { data } = inputs[other] as NDArray;
      flat[other] = { shape: [data.length], data };
    }
    yield flat;
  }
}

function* flatLists(
  inputs: Inputs,
  name: string,
  arrays: Readonly<Record<string, NDArray>>,
): IterableIterator<Inputs> {
  for (const [key, { shape, data }] of Object.entries(arrays)) {
    if (shape.length === 1) continue;
    yield { ...inputs, [name]: { ...arrays, [key]: { shape: [data.length], data } } };
  }
}

// ---- fewer elements ---------------------------------------------------------------------

/** Where an axis of an array is counted: all axes with the same key shrink together. */
type AxisKey = string;
/** The keys of the axes of an array; undefined for an axis of fixed length. */
type AxisKeys = readonly (AxisKey | undefined)[];

export function* fewerElements(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  const axes = axisKeys(spec, inputs);
  for (const [key, length] of lengthsOf(axes, inputs)) {
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
  for (const [name, argument] of Object.entries(inputs)) {
    if (isArrays(argument)) yield* shorterLists(inputs, name, argument);
  }
}

function lengthsOf(
  axes: Readonly<Record<string, AxisKeys>>,
  inputs: Inputs,
): ReadonlyMap<AxisKey, number> {
  const lengths = new Map<AxisKey, number>();
  for (const [name, keys] of Object.entries(axes)) {
    const { shape } = inputs[name] as NDArray;
    keys.forEach((key, axis) => {
      if (key !== undefined) lengths.set(key, shape[axis]!);
    });
  }
  return lengths;
}

/** The arrays of a list share no axes: each shrinks by itself. */
function* shorterLists(
  inputs: Inputs,
  name: string,
  arrays: Readonly<Record<string, NDArray>>,
): IterableIterator<Inputs> {
  for (const [key, array] of Object.entries(arrays)) {
    for (const [axis, length] of array.shape.entries()) {
      for (const part of partsOf(length)) {
        yield { ...inputs, [name]: { ...arrays, [key]: without(part, array, axis) } };
      }
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
    const argument = inputs[name];
    if (!isArraySpec(input) || !isArray(argument)) continue;
    const { shape } = argument;
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

/** The length of the axis that a symbol counts; no limit where no array has that axis. */
export function lengthOf(symbol: string, spec: Spec, inputs: Inputs): number {
  for (const [name, keys] of Object.entries(axisKeys(spec, inputs))) {
    const axis = keys.indexOf(symbol);
    if (axis !== -1) return (inputs[name] as NDArray).shape[axis]!;
  }
  return Infinity;
}
