import {
  type NDArray,
  normalCdf as normalCdfOf,
  normalPdf,
  ones,
  product,
  sameShape,
} from '../../kernel/index.js';

export interface NormalCdfInputs {
  /** Numbers x, of any shape, in standard deviations from the mean. */
  readonly x: NDArray;
}

/**
 * **Normal distribution function**: how probable it is that a standard normal stays below x.
 *
 * $$
 * \Phi(x) = \frac{1}{\sqrt{2\pi}} \int_{-\infty}^x e^{-t^2/2} \, dt
 *   = \frac{1}{2} \operatorname{erfc}\left(-\frac{x}{\sqrt{2}}\right)
 * $$
 *
 * The gate of GELU, and the activation of probit regression. Computed from erfc, because
 * 1 + erf cancels in the left tail: Φ(−9) is 10⁻¹⁹ and not 0.
 *
 * Unit: none, a probability.
 *
 * @returns An array of the shape of `x`, in [0, 1].
 * @see C. I. Bliss, "The Method of Probits", Science 79 (1934) 38–39
 * @see W. J. Cody, "Rational Chebyshev Approximation for the Error Function", Math. Comp. 23
 *   (1969) 631–637
 * @example
 * normalCdf({ x: vector(-1, 0, 1) }); // → [0.15865525393145705, 0.5, 0.8413447460685429]
 */
export function normalCdf({ x }: NormalCdfInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = normalCdfOf(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Derivative of {@link normalCdf}, element by element: the bell curve.
 *
 * $$ \varphi(x) = \frac{1}{\sqrt{2\pi}} e^{-x^2/2} $$
 *
 * @returns An array of the shape of `x`.
 */
export function normalCdfDerivative({ x }: NormalCdfInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = normalPdf(x.data[i]!);
  return sameShape(x, slope);
}

/**
 * Gradient of {@link normalCdf}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function normalCdfGradient(
  { x }: NormalCdfInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, normalCdfDerivative({ x })) };
}
