import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface SoftsignInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Softsign**: a sigmoid from −1 to 1 that approaches its ends like 1/x.
 *
 * $$ \operatorname{softsign}(x) = \frac{x}{1 + |x|} $$
 *
 * Tanh approaches them exponentially: far from 0 softsign keeps a slope when tanh has none.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [−1, 1].
 * @see D. L. Elliott, "A Better Activation Function for Artificial Neural Networks", ISR
 *   Technical Report TR 93-8, University of Maryland (1993)
 * @see X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
 *   networks", Proc. AISTATS, PMLR 9 (2010) 249–256
 * @example
 * softsign({ x: vector(-1, 0, 3) }); // → [-0.5, 0, 0.75]
 */
export function softsign({ x }: SoftsignInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    const size = Math.abs(value);
    // The limits at ±∞, where the quotient would be ∞/∞.
    output[i] = size === Infinity ? Math.sign(value) : value / (1 + size);
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link softsign}, element by element.
 *
 * $$ \operatorname{softsign}'(x) = \frac{1}{(1 + |x|)^2} $$
 *
 * @returns An array of the shape of `x`.
 */
export function softsignDerivative({ x }: SoftsignInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    // Squared last, because the square of 1 + |x| overflows where the slope is a subnormal.
    const share = 1 / (1 + Math.abs(x.data[i]!));
    slope[i] = share * share;
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link softsign}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function softsignGradient(
  { x }: SoftsignInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, softsignDerivative({ x })) };
}
