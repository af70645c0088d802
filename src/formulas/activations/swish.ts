import { logistic, type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface SwishInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Swish**, or SiLU: the input, gated by its own logistic function.
 *
 * $$ \operatorname{swish}(x) = x \, \sigma(x) = \frac{x}{1 + e^{-x}} $$
 *
 * Close to the identity for large x and to 0 for very negative x, with a dip to −0.28 between:
 * smooth where a rectifier has its kink, and not monotone.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-Weighted Linear Units for Neural Network
 *   Function Approximation in Reinforcement Learning", Neural Networks 107 (2018) 3–11
 * @see P. Ramachandran, B. Zoph, Q. V. Le, "Searching for Activation Functions",
 *   arXiv:1710.05941 (2017)
 * @example
 * swish({ x: vector(-1, 0, 1) }); // → [-0.2689414213699951, 0, 0.7310585786300049]
 */
export function swish({ x }: SwishInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // The limit at −∞, where the product would be −∞ · 0.
    output[i] = value === -Infinity ? -0 : value * logistic(value);
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link swish}, element by element.
 *
 * $$ \operatorname{swish}'(x) = \sigma(x) \left( 1 + x \, \sigma(-x) \right) $$
 *
 * σ(−x) stands for 1 − σ(x), which cancels on the right.
 *
 * @returns An array of the shape of `x`.
 */
export function swishDerivative({ x }: SwishInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    const tilt = Math.abs(value) === Infinity ? 0 : value * logistic(-value);
    slope[i] = logistic(value) * (1 + tilt);
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link swish}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function swishGradient(
  { x }: SwishInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, swishDerivative({ x })) };
}
