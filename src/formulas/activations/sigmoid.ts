import { exp, type NDArray, ones, product, sameShape } from '../../kernel/index.js';
import { sigmoidDerivative } from './sigmoid-derivative.js';

export interface SigmoidInputs {
  /** Pre-activations x, of any shape: log-odds. */
  readonly x: NDArray;
}

/**
 * **Sigmoid**, the logistic function: turns log-odds into a probability.
 *
 * $$ \sigma(x) = \frac{1}{1 + e^{-x}} = \frac{e^x}{1 + e^x} $$
 *
 * Both fractions are the same number, and each is used on the side where its exponential is at
 * most 1: the first would overflow to 0 below x = −709, where σ(x) is still 10⁻³⁰⁸.
 *
 * Unit: none, a probability.
 *
 * @returns An array of the shape of `x`, in [0, 1].
 * @see P.-F. Verhulst, "Notice sur la loi que la population suit dans son accroissement",
 *   Correspondance mathématique et physique 10 (1838) 113–121
 * @see D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by
 *   back-propagating errors", Nature 323 (1986) 533–536
 * @example
 * sigmoid({ x: vector(-1, 0, 1) }); // → [0.2689414213699951, 0.5, 0.7310585786300049]
 */
export function sigmoid({ x }: SigmoidInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    const decay = exp(-Math.abs(value));
    output[i] = value < 0 ? decay / (1 + decay) : 1 / (1 + decay);
  }
  return sameShape(x, output);
}

/**
 * Gradient of {@link sigmoid}: the cotangent times the {@link sigmoidDerivative}.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function sigmoidGradient(
  { x }: SigmoidInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, sigmoidDerivative({ x })) };
}
