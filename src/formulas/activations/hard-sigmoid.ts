import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface HardSigmoidInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Hard sigmoid**: a ramp from 0 at −3 to 1 at 3, in place of the logistic curve.
 *
 * $$ h(x) = \max\left( 0, \min\left( 1, \frac{x + 3}{6} \right) \right) $$
 *
 * Two comparisons and a quotient, for hardware on which an exponential is dear. Written as x/6 +
 * 1/2 it cancels next to −3, where x + 3 is exact.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [0, 1].
 * @see A. Howard et al., "Searching for MobileNetV3", ICCV (2019) 1314–1324, arXiv:1905.02244
 * @example
 * hardSigmoid({ x: vector(-4, 0, 1.5, 4) }); // → [0, 0.5, 0.75, 1]
 */
export function hardSigmoid({ x }: HardSigmoidInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    output[i] = Math.max(0, Math.min(1, (x.data[i]! + 3) / 6));
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link hardSigmoid}, element by element; at the ends of the ramp 0, the slope
 * outside.
 *
 * $$
 * h'(x) = \begin{cases}
 *   \frac{1}{6}  & |x| < 3 \\
 *   0            & |x| \ge 3
 * \end{cases}
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function hardSigmoidDerivative({ x }: HardSigmoidInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = slopeAt(x.data[i]!);
  return sameShape(x, slope);
}

function slopeAt(value: number): number {
  if (Math.abs(value) < 3) return 1 / 6;
  return Math.abs(value) >= 3 ? 0 : Number.NaN;
}

/**
 * Gradient of {@link hardSigmoid}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function hardSigmoidGradient(
  { x }: HardSigmoidInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, hardSigmoidDerivative({ x })) };
}
