import {
  exp,
  log1p,
  logistic,
  type NDArray,
  ones,
  product,
  requirePositive,
  sameShape,
} from '../../kernel/index.js';

export interface SoftplusInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
  /** How sharp the bend at 0 is; positive, one over the unit of `x`. */
  readonly beta?: number;
}

/**
 * **Softplus**: a smooth max(0, x).
 *
 * $$
 * \operatorname{softplus}_\beta(x) = \frac{\ln(1 + e^{\beta x})}{\beta}
 *   = \max(x, 0) + \frac{\ln(1 + e^{-\beta |x|})}{\beta}
 * $$
 *
 * The two differ by at most ln 2/β, at the bend. On the right the exponential of βx would
 * overflow, on the left 1 + e^(βx) loses the exponential; the last form does neither.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`, at least 0.
 * @throws FormulaError `domain` if `beta` is not positive and finite.
 * @see C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, "Incorporating Second-Order
 *   Functional Knowledge for Better Option Pricing", Advances in Neural Information Processing
 *   Systems 13 (2000) 472–478
 * @example
 * softplus({ x: vector(0, 1000) }); // → [0.6931471805599453, 1000]
 */
export function softplus({ x, beta = 1 }: SoftplusInputs): NDArray {
  requirePositive('softplus', { beta });

  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    output[i] = Math.max(value, 0) + log1p(exp(-beta * Math.abs(value))) / beta;
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link softplus} by `x`, element by element: the sigmoid.
 *
 * $$ \operatorname{softplus}_\beta'(x) = \sigma(\beta x) $$
 *
 * @returns An array of the shape of `x`.
 */
export function softplusDerivative({ x, beta = 1 }: SoftplusInputs): NDArray {
  requirePositive('softplus', { beta });

  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = logistic(beta * x.data[i]!);
  return sameShape(x, slope);
}

/**
 * Gradient of {@link softplus}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function softplusGradient(
  inputs: SoftplusInputs,
  cotangent: NDArray = ones(inputs.x.shape),
): { x: NDArray } {
  return { x: product(cotangent, softplusDerivative(inputs)) };
}
