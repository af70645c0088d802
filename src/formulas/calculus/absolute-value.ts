import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface AbsoluteValueInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Absolute value**: the distance from 0.
 *
 * $$ f(x) = |x| $$
 *
 * Even and convex. It has a corner at 0, where the slope jumps from −1 to 1 and every number between
 * them is a subgradient.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`, in [0, ∞].
 * @see R. T. Rockafellar, "Convex Analysis" (1970), §23
 * @example
 * absoluteValue({ x: vector(-3, 0, 0.5) }); // → [3, 0, 0.5]
 */
export function absoluteValue({ x }: AbsoluteValueInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = Math.abs(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Gradient of {@link absoluteValue}: the cotangent times the sign, which is 0 at the corner.
 *
 * $$ \frac{df}{dx} = \operatorname{sign} x $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function absoluteValueGradient(
  { x }: AbsoluteValueInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = Math.sign(x.data[i]!);
  return { x: product(cotangent, sameShape(x, slope)) };
}
