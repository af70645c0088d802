import {
  logistic,
  type NDArray,
  ones,
  product,
  sameShape,
  sechSquared,
  softplus,
  tanh,
} from '../../kernel/index.js';

export interface MishInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Mish**: the input, gated by the hyperbolic tangent of its softplus.
 *
 * $$ \operatorname{mish}(x) = x \tanh\left( \ln(1 + e^x) \right) $$
 *
 * Close to the identity for large x and to 0 for very negative x, with a dip to −0.31 between:
 * the shape of swish, approached faster on the right. Softplus is not computed as written,
 * because eˣ overflows beyond 710.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see D. Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", BMVC (2020),
 *   arXiv:1908.08681
 * @example
 * mish({ x: vector(-1, 0, 1) }); // → [-0.30340146137410895, 0, 0.8650983882673103]
 */
export function mish({ x }: MishInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // The limit at −∞, where the product would be −∞ · 0.
    output[i] = value === -Infinity ? -0 : value * tanh(softplus(value));
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link mish}, element by element: with s the softplus of x,
 *
 * $$ \operatorname{mish}'(x) = \tanh s + x \, \sigma(x) \operatorname{sech}^2 s $$
 *
 * @returns An array of the shape of `x`.
 */
export function mishDerivative({ x }: MishInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    const smooth = softplus(value);
    const bell = logistic(value) * sechSquared(smooth);
    const tilt = Math.abs(value) === Infinity ? 0 : value * bell;
    slope[i] = tanh(smooth) + tilt;
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link mish}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function mishGradient(
  { x }: MishInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, mishDerivative({ x })) };
}
