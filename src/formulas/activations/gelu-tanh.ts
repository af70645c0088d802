import { logistic, type NDArray, ones, product, sameShape } from '../../kernel/index.js';

/** √(2/π). */
const ROOT_TWO_OVER_PI = 0.7978845608028654;
/** Fitted by the authors, so that the cubic follows Φ. */
const CUBIC = 0.044715;

export interface GeluTanhInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **GELU**, tanh form: the approximation of GELU that GPT-2 computes.
 *
 * $$
 * \operatorname{GELU}_{\tanh}(x) = \frac{x}{2} \left( 1 + \tanh u \right) = x \, \sigma(2u),
 * \qquad u = \sqrt{\frac{2}{\pi}} \left( x + 0.044715 \, x^3 \right)
 * $$
 *
 * Never more than 4.74·10⁻⁴ from the exact form, and farthest at |x| = 2.7. Computed through
 * the logistic function σ, because 1 + tanh cancels in the left tail.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", arXiv:1606.08415 (2016)
 * @example
 * geluTanh({ x: vector(-1, 0, 1) }); // → [-0.15880800939172326, 0, 0.8411919906082768]
 */
export function geluTanh({ x }: GeluTanhInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    // The limit at −∞, where the product would be −∞ · 0.
    output[i] = value === -Infinity ? -0 : value * logistic(2 * argumentOf(value));
  }
  return sameShape(x, output);
}

/** u, whose cube may overflow: its σ is 0 or 1 long before. */
function argumentOf(value: number): number {
  return ROOT_TWO_OVER_PI * (value + CUBIC * value * value * value);
}

/**
 * Derivative of {@link geluTanh}, element by element.
 *
 * $$
 * \operatorname{GELU}_{\tanh}'(x) = \sigma(2u) + 2x \, \sigma(2u) \, \sigma(-2u) \, u',
 * \qquad u' = \sqrt{\frac{2}{\pi}} \left( 1 + 3 \cdot 0.044715 \, x^2 \right)
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function geluTanhDerivative({ x }: GeluTanhInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    const gate = logistic(2 * argumentOf(value));
    const bell = gate * logistic(-2 * argumentOf(value));
    const rise = ROOT_TWO_OVER_PI * (1 + 3 * CUBIC * value * value);
    // Where the bell is 0, what it multiplies may have overflowed.
    slope[i] = bell === 0 ? gate : gate + 2 * value * bell * rise;
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link geluTanh}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function geluTanhGradient(
  { x }: GeluTanhInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, geluTanhDerivative({ x })) };
}
