import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';
import { elu, eluDerivative } from './elu.js';

/*
 * The constants for which a standard normal keeps its mean of 0 and variance of 1 (Klambauer et
 * al., equation 14), each the double nearest to its closed form in erfc.
 */
const ALPHA = 1.6732632423543772;
const LAMBDA = 1.0507009873554805;

export interface SeluInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **SELU**, the scaled exponential linear unit: an ELU that keeps a standard normal standard.
 *
 * $$
 * \operatorname{SELU}(x) = \lambda \begin{cases}
 *   x                 & x > 0 \\
 *   \alpha (e^x - 1)  & x \le 0
 * \end{cases}
 * \qquad \alpha \approx 1.67326324, \quad \lambda \approx 1.05070099
 * $$
 *
 * If x is normal with mean 0 and variance 1, so are the mean and variance of SELU(x), and
 * what strays from them is drawn back: deep networks normalise themselves. The slope jumps
 * at 0, from λα on the left to λ.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, none of it below −λα, about −1.7581.
 * @see G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-Normalizing Neural
 *   Networks", NeurIPS 30 (2017), arXiv:1706.02515
 * @example
 * selu({ x: vector(-1, 0, 2) }); // → [-1.1113307378125625, 0, 2.101401974710961]
 */
export function selu({ x }: SeluInputs): NDArray {
  const { data } = elu({ x, alpha: ALPHA });
  return sameShape(
    x,
    data.map((value) => LAMBDA * value),
  );
}

/**
 * Derivative of {@link selu}, element by element; at 0 the slope of the left, λα.
 *
 * $$
 * \operatorname{SELU}'(x) = \lambda \begin{cases}
 *   1           & x > 0 \\
 *   \alpha e^x  & x \le 0
 * \end{cases}
 * $$
 *
 * @returns An array of the shape of `x`.
 */
export function seluDerivative({ x }: SeluInputs): NDArray {
  const { data } = eluDerivative({ x, alpha: ALPHA });
  return sameShape(
    x,
    data.map((slope) => LAMBDA * slope),
  );
}

/**
 * Gradient of {@link selu}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function seluGradient(
  { x }: SeluInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, seluDerivative({ x })) };
}
