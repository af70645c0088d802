import { type NDArray, ones, product, requireNonNegative, sameShape } from '../../kernel/index.js';

export interface LeakyReluInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
  /** Slope on the left; not negative, and less than 1 in practice. */
  readonly alpha?: number;
}

/**
 * **Leaky ReLU**: the identity on the right, a gentle slope on the left.
 *
 * $$
 * \operatorname{LeakyReLU}_\alpha(x) = \begin{cases}
 *   x         & x > 0 \\
 *   \alpha x  & x \le 0
 * \end{cases}
 * $$
 *
 * A unit that is off still passes a little gradient, and so can come back on. The larger of αx
 * and x is the same only while α ≤ 1.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @throws FormulaError `domain` if `alpha` is not finite and at least 0.
 * @see A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier Nonlinearities Improve Neural Network
 *   Acoustic Models", ICML Workshop on Deep Learning for Audio, Speech and Language (2013)
 * @example
 * leakyRelu({ x: vector(-2, 0, 3), alpha: 0.25 }); // → [-0.5, 0, 3]
 */
export function leakyRelu({ x, alpha = 0.01 }: LeakyReluInputs): NDArray {
  requireNonNegative('leakyRelu', { alpha });

  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // With a slope of 0 the limit at −∞ is 0, where the product is NaN.
    const left = alpha === 0 && value === -Infinity ? -0 : alpha * value;
    output[i] = value > 0 ? value : left;
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link leakyRelu}, element by element; at the kink the slope of the left, α.
 *
 * $$
 * \operatorname{LeakyReLU}_\alpha'(x) = \begin{cases}
 *   1       & x > 0 \\
 *   \alpha  & x \le 0
 * \end{cases}
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function leakyReluDerivative({ x, alpha = 0.01 }: LeakyReluInputs): NDArray {
  requireNonNegative('leakyRelu', { alpha });

  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = slopeAt(x.data[i]!, alpha);
  return sameShape(x, slope);
}

function slopeAt(value: number, alpha: number): number {
  if (value > 0) return 1;
  return value <= 0 ? alpha : Number.NaN;
}

/**
 * Gradient of {@link leakyRelu}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function leakyReluGradient(
  { x, alpha = 0.01 }: LeakyReluInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, leakyReluDerivative({ x, alpha })) };
}
