import {
  type NDArray,
  normalCdf,
  normalPdf,
  ones,
  product,
  sameShape,
} from '../../kernel/index.js';

export interface GeluExactInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **GELU**, exact: the input, gated by the probability that a standard normal stays below it.
 *
 * $$ \operatorname{GELU}(x) = x \, \Phi(x) = \frac{x}{2} \operatorname{erfc}\left(-\frac{x}{\sqrt{2}}\right) $$
 *
 * Close to the identity for large x and to 0 for very negative x, with a dip to −0.17 between.
 * Φ is computed from erfc, because 1 + erf cancels in the left tail, where GELU(−8) is −5·10⁻¹⁵
 * and not 0.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", arXiv:1606.08415 (2016)
 * @example
 * geluExact({ x: vector(-1, 0, 1) }); // → [-0.15865525393145705, 0, 0.8413447460685429]
 */
export function geluExact({ x }: GeluExactInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // The limit at −∞, where the product would be −∞ · 0.
    output[i] = value === -Infinity ? -0 : value * normalCdf(value);
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link geluExact}, element by element.
 *
 * $$ \operatorname{GELU}'(x) = \Phi(x) + x \, \varphi(x) $$
 *
 * @returns An array of the shape of `x`.
 */
export function geluExactDerivative({ x }: GeluExactInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    const tilt = Math.abs(value) === Infinity ? 0 : value * normalPdf(value);
    slope[i] = normalCdf(value) + tilt;
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link geluExact}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function geluExactGradient(
  { x }: GeluExactInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, geluExactDerivative({ x })) };
}
