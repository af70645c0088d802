import { atLeast, type Estimate, equal, exactly } from '../src/conformance/estimate.js';
import { always, type Law, type Variant } from '../src/conformance/law.js';
import type { Gradient } from '../src/conformance/spec.js';
import type { NDArray } from '../src/kernel/index.js';

/*
 * Laws that many formulas share, and the small change of mistakes and alternatives.
 */

/** No value is below 0. */
export function isNonNegative<In>(): Law<In> {
  return always('is never negative', async (formula, x) => {
    const answer = await formula(x);
    return atLeast(answer, exactlyLike(answer, 0));
  });
}

/** Two arguments may change places. */
export function isSymmetric<In>(one: keyof In & string, other: keyof In & string): Law<In> {
  return always(`is the same with ${one} and ${other} exchanged`, async (formula, x) =>
    equal(await formula(x), await formula({ ...x, [one]: x[other], [other]: x[one] })),
  );
}

/** Equal arguments give 0. */
export function isZeroWhereEqual<In>(one: keyof In & string, other: keyof In & string): Law<In> {
  return always(`is 0 where ${one} and ${other} are equal`, async (formula, x) => {
    const answer = await formula({ ...x, [one]: x[other] });
    return equal(answer, exactlyLike(answer, 0));
  });
}

/** An array of the same shape, each element through `change`. */
export function elementwise(
  array: NDArray,
  change: (value: number, index: number) => number,
): NDArray {
  return { shape: array.shape, data: array.data.map(change) };
}

/** The plain mean over pairs of elements, added from left to right as most libraries do. */
export function average(
  left: NDArray,
  right: NDArray,
  term: (left: number, right: number, index: number) => number,
): number {
  let total = 0;
  for (let i = 0; i < left.data.length; i++) total += term(left.data[i]!, right.data[i]!, i);
  return total / left.data.length;
}

/** The variant of a mean loss that adds instead of averaging over the elements of `over`. */
export function sumVariant<In, Of extends Gradient>(
  loss: (inputs: In) => number,
  gradient: (inputs: In, cotangent?: number) => Of,
  over: keyof In & string,
): Variant<In> {
  const count = (x: In): number => (x[over] as NDArray).data.length;
  return {
    compute: (x) => loss(x) * count(x),
    gradient: (x, cotangent) => gradient(x, (cotangent as number) * count(x)),
  };
}

/** An array of the same shape, each row along the last axis through `change`. */
export function rowwise(
  array: NDArray,
  change: (row: Float64Array, index: number) => ArrayLike<number>,
): NDArray {
  const columns = array.shape.at(-1)!;
  const data = new Float64Array(array.data.length);
  for (let start = 0; start < data.length; start += columns) {
    data.set(change(array.data.slice(start, start + columns), start / columns), start);
  }
  return { shape: array.shape, data };
}

/** One number known exactly, in the shape of an estimate. */
export function exactlyLike({ shape, values }: Estimate, value: number): Estimate {
  return exactly(
    values.map(() => value),
    shape,
  );
}
