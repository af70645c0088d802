import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';
import { hardSigmoid } from './hard-sigmoid.js';

export interface HardSwishInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Hard swish**: the input, gated by its hard sigmoid.
 *
 * $$
 * \operatorname{hardswish}(x) = x \, h(x),
 * \qquad h(x) = \max\left( 0, \min\left( 1, \frac{x + 3}{6} \right) \right)
 * $$
 *
 * Exactly 0 up to −3, exactly the identity from 3 on, and a parabola between, which dips to
 * −3/8 at −3/2.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see A. Howard et al., "Searching for MobileNetV3", ICCV (2019) 1314–1324, arXiv:1905.02244
 * @example
 * hardSwish({ x: vector(-1.5, 0, 1.5, 4) }); // → [-0.375, 0, 1.125, 4]
 */
export function hardSwish({ x }: HardSwishInputs): NDArray {
  const { data: gates } = hardSigmoid({ x });

  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // The limit at −∞, where the product would be −∞ · 0.
    output[i] = value === -Infinity ? -0 : value * gates[i]!;
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link hardSwish}, element by element; at ±3 the slope outside.
 *
 * $$
 * \operatorname{hardswish}'(x) = \begin{cases}
 *   0                 & x \le -3 \\
 *   \frac{2x + 3}{6}  & |x| < 3 \\
 *   1                 & x \ge 3
 * \end{cases}
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function hardSwishDerivative({ x }: HardSwishInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = slopeAt(x.data[i]!);
  return sameShape(x, slope);
}

function slopeAt(value: number): number {
  if (value <= -3) return 0;
  return value >= 3 ? 1 : (2 * value + 3) / 6;
}

/**
 * Gradient of {@link hardSwish}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function hardSwishGradient(
  { x }: HardSwishInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, hardSwishDerivative({ x })) };
}
