import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface QuadraticInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Square**: a number times itself, the simplest curve that bends.
 *
 * $$ f(x) = x^2 $$
 *
 * Even and convex, with one minimum at 0. Its slope 2x is linear, so central differences of it are
 * exact but for rounding, at any step.
 *
 * Unit: that of `x`, squared.
 *
 * @returns An array of the shape of `x`, in [0, ∞).
 * @see NIST Digital Library of Mathematical Functions, §1.4
 * @example
 * quadratic({ x: vector(-3, 0, 0.5) }); // → [9, 0, 0.25]
 */
export function quadratic({ x }: QuadraticInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = x.data[i]! * x.data[i]!;
  return sameShape(x, output);
}

/**
 * Gradient of {@link quadratic}: the cotangent times the slope.
 *
 * $$ \frac{df}{dx} = 2x $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function quadraticGradient(
  { x }: QuadraticInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = 2 * x.data[i]!;
  return { x: product(cotangent, sameShape(x, slope)) };
}
