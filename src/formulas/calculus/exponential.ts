import { exp, type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface ExponentialInputs {
  /** Where to evaluate it, of any shape. */
  readonly x: NDArray;
}

/**
 * **Exponential**: the function that is its own slope.
 *
 * $$ f(x) = e^x $$
 *
 * It turns sums into products. Doubles hold it between −745, below which it is 0, and 709.78,
 * beyond which it is Infinity.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [0, ∞].
 * @see NIST Digital Library of Mathematical Functions, §4.2
 * @example
 * exponential({ x: vector(0, 1, -1) }); // → [1, 2.718281828459045, 0.36787944117144233]
 */
export function exponential({ x }: ExponentialInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = exp(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Gradient of {@link exponential}: the cotangent times the value.
 *
 * $$ \frac{df}{dx} = e^x $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function exponentialGradient(
  { x }: ExponentialInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, exponential({ x })) };
}
