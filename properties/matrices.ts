import type { Estimate, Violation } from '../src/conformance/estimate.js';
import { matrixFrom, type NDArray } from '../src/kernel/index.js';

/*
 * What laws of matrices share: matrices made of others, some elements of an estimate, and what
 * must vanish.
 */

/** The elements of an estimate as an array: for laws that bring a bound of their own. */
export function arrayOf({ shape, values }: Estimate): NDArray {
  return { shape, data: values };
}

/** Some elements of an estimate, by their flat indices. */
export function picked(
  estimate: Estimate,
  indices: readonly number[],
  shape: readonly number[] = [indices.length],
): Estimate {
  const pick = (all: Float64Array): Float64Array => Float64Array.from(indices, (i) => all[i]!);
  return {
    shape,
    values: pick(estimate.values),
    unit: estimate.unit,
    budget: () => pick(estimate.budget()),
  };
}

/** A violation where an element of what vanishes in exact arithmetic is beyond the bound. */
export function vanishes(
  what: string,
  { shape, data }: NDArray,
  boundAt: (row: number, column: number) => number,
): Violation | undefined {
  const columns = shape.at(-1)!;
  for (let i = 0; i < data.length; i++) {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const bound = boundAt(row, column);
    if (Math.abs(data[i]!) <= bound) continue;
    return {
      message: `${what} must vanish, within ${bound.toPrecision(3)}, and is ${data[i]} at [${row}, ${column}]`,
      ratio: Number.isNaN(data[i]!) || bound === 0 ? Infinity : Math.abs(data[i]!) / bound,
    };
  }
  return undefined;
}

/** The elements of one matrix less those of another. */
export function difference(left: NDArray, right: NDArray): NDArray {
  return { shape: left.shape, data: left.data.map((element, i) => element - right.data[i]!) };
}

/** √Σx². The squares of what laws ask about are in range. */
export function frobeniusNorm({ data }: NDArray): number {
  return Math.sqrt(data.reduce((total, element) => total + element * element, 0));
}

/** A symmetric matrix by what stands on and below its diagonal. */
export function symmetricFrom(n: number, element: (i: number, j: number) => number): NDArray {
  return matrixFrom(n, n, (i, j) => element(Math.max(i, j), Math.min(i, j)));
}

/** The same matrix with its rows and columns in another order. */
export function reordered({ shape, data }: NDArray, order: readonly number[]): NDArray {
  const n = shape[0]!;
  return matrixFrom(n, n, (i, j) => data[order[i]! * n + order[j]!]!);
}

/** The rows and columns below a number. */
export function leadingBlock({ shape, data }: NDArray, size: number): NDArray {
  const n = shape[0]!;
  return matrixFrom(size, size, (i, j) => data[i * n + j]!);
}
