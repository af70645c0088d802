import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';
import { reluDerivative } from './relu-derivative.js';

export interface ReluInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **ReLU**, the rectified linear unit: keeps what is positive, and puts 0 for the rest.
 *
 * $$ \operatorname{ReLU}(x) = \max(0, x) $$
 *
 * Linear on either side, so gradients pass through a stack of them without shrinking; a unit
 * that is off passes none.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`, none of it negative.
 * @see V. Nair, G. E. Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines",
 *   ICML (2010) 807–814
 * @example
 * relu({ x: vector(-2, 0, 3) }); // → [0, 0, 3]
 */
export function relu({ x }: ReluInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = Math.max(0, x.data[i]!);
  return sameShape(x, output);
}

/**
 * Gradient of {@link relu}: the cotangent where the unit is on, 0 elsewhere, the kink included.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function reluGradient(
  { x }: ReluInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, reluDerivative({ x })) };
}
