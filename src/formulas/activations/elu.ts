import {
  exp,
  expm1,
  type NDArray,
  ones,
  product,
  requireNonNegative,
  sameShape,
} from '../../kernel/index.js';

export interface EluInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
  /** How far below 0 the left side levels off; not negative. */
  readonly alpha?: number;
}

/**
 * **ELU**, the exponential linear unit: the identity on the right, levelling off to −α on the left.
 *
 * $$
 * \operatorname{ELU}_\alpha(x) = \begin{cases}
 *   x                 & x > 0 \\
 *   \alpha (e^x - 1)  & x \le 0
 * \end{cases}
 * $$
 *
 * Negative outputs pull the mean activation towards 0, which a rectifier cannot. With α = 1
 * the slope is continuous at 0. The exponential is taken on the left only, where it cannot
 * overflow, and by expm1, because eˣ − 1 loses x below 2⁻⁵³.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, none of it below −`alpha`.
 * @throws FormulaError `domain` if `alpha` is not finite and at least 0.
 * @see D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and Accurate Deep Network Learning
 *   by Exponential Linear Units (ELUs)", ICLR (2016), arXiv:1511.07289
 * @example
 * elu({ x: vector(-1, 0, 3) }); // → [-0.6321205588285577, 0, 3]
 */
export function elu({ x, alpha = 1 }: EluInputs): NDArray {
  requireNonNegative('elu', { alpha });

  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    output[i] = value > 0 ? value : alpha * expm1(value);
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link elu}, element by element; at 0 the slope of the left, α.
 *
 * $$
 * \operatorname{ELU}_\alpha'(x) = \begin{cases}
 *   1           & x > 0 \\
 *   \alpha e^x  & x \le 0
 * \end{cases}
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function eluDerivative({ x, alpha = 1 }: EluInputs): NDArray {
  requireNonNegative('elu', { alpha });

  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    slope[i] = value > 0 ? 1 : alpha * exp(value);
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link elu}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function eluGradient(
  { x, alpha = 1 }: EluInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, eluDerivative({ x, alpha })) };
}
