import { type NDArray, ones, product, rounded, sameShape } from '../../kernel/index.js';

export interface ReciprocalInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Reciprocal**: one over a number; its own inverse.
 *
 * $$ f(x) = \frac{1}{x} $$
 *
 * Odd, and falling on either side of its pole. At 0 it has no value; as floating point has it, +0
 * gives Infinity and −0 gives −Infinity.
 *
 * Unit: one over that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see IEEE Std 754-2019, §7.3 (division by zero)
 * @example
 * reciprocal({ x: vector(-4, 0.5, 1) }); // → [-0.25, 2, 1]
 */
export function reciprocal({ x }: ReciprocalInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = 1 / x.data[i]!;
  return sameShape(x, output);
}

/**
 * Gradient of {@link reciprocal}: the cotangent times the slope.
 *
 * $$ \frac{df}{dx} = -\frac{1}{x^2} $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function reciprocalGradient(
  { x }: ReciprocalInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const slope = new Float64Array(x.data.length);
  // Divided twice, because the square of 1e-200 vanishes.
  for (let i = 0; i < slope.length; i++) slope[i] = -rounded(1 / x.data[i]!) / x.data[i]!;
  return { x: product(cotangent, sameShape(x, slope)) };
}
