import { cos, type NDArray, ones, product, sameShape, sin } from '../../kernel/index.js';

export interface SineInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Sine**: the height of a point that goes round a circle of radius 1, by its angle.
 *
 * $$ f(x) = \sin x $$
 *
 * Odd, with a period of 2π. Its slope is the cosine, the same curve a quarter of a period earlier,
 * so it never changes faster than its angle.
 *
 * Unit: none; `x` is in radians.
 *
 * @returns An array of the shape of `x`, in [−1, 1].
 * @see NIST Digital Library of Mathematical Functions, §4.14
 * @example
 * sine({ x: vector(0, 1, -1) }); // → [0, 0.8414709848078965, -0.8414709848078965]
 */
export function sine({ x }: SineInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = sin(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Gradient of {@link sine}: the cotangent times the cosine.
 *
 * $$ \frac{df}{dx} = \cos x $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function sineGradient(
  { x }: SineInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = cos(x.data[i]!);
  return { x: product(cotangent, sameShape(x, slope)) };
}
