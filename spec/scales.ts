import type { NDArray } from '../src/kernel/index.js';

/** The largest finite logit, in size, of the row along the last axis that holds the element. */
export function largestLogit({ shape, data }: NDArray, index: number): number {
  const columns = shape.at(-1) ?? 1;
  const start = index - (index % columns);
  let largest = 0;
  for (let i = start; i < start + columns; i++) {
    const size = Math.abs(data[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}

const known = new WeakMap<NDArray, number>();

/** The largest finite element of an array, in size. Scales ask for it once for each element. */
export function largestElement(array: NDArray): number {
  const before = known.get(array);
  if (before !== undefined) return before;
  const largest = largestOf(array);
  known.set(array, largest);
  return largest;
}

function largestOf({ data }: NDArray): number {
  let largest = 0;
  for (const element of data) {
    const size = Math.abs(element);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}
