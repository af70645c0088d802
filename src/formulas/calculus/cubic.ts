import { type NDArray, ones, product, rounded, sameShape } from '../../kernel/index.js';

export interface CubicInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Cube**: a number times its square, rising everywhere but at 0.
 *
 * $$ f(x) = x^3 $$
 *
 * Odd and increasing. At 0 it is flat without a minimum or a maximum: a point of inflection.
 * Central differences of it are too large by h², at every x.
 *
 * Unit: that of `x`, to the power of 3.
 *
 * @returns An array of the shape of `x`.
 * @see NIST Digital Library of Mathematical Functions, §1.4
 * @example
 * cubic({ x: vector(-3, 0, 0.5) }); // → [-27, 0, 0.125]
 */
export function cubic({ x }: CubicInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = rounded(x.data[i]! * x.data[i]!) * x.data[i]!;
  return sameShape(x, output);
}

/**
 * Gradient of {@link cubic}: the cotangent times the slope.
 *
 * $$ \frac{df}{dx} = 3x^2 $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function cubicGradient(
  { x }: CubicInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = 3 * rounded(x.data[i]! * x.data[i]!);
  return { x: product(cotangent, sameShape(x, slope)) };
}
