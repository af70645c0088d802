import { type NDArray, ones, product, sameShape, tanh as tanhOf } from '../../kernel/index.js';
import { tanhDerivative } from './tanh-derivative.js';

export interface TanhInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Tanh**, the hyperbolic tangent: a sigmoid from −1 to 1, centred on 0.
 *
 * $$ \tanh x = \frac{e^{2x} - 1}{e^{2x} + 1} $$
 *
 * Close to x near 0, close to ±1 beyond ±20. The fraction as it stands is NaN above x = 355,
 * where the exponential overflows, and 0 below |x| = 10⁻¹⁶, where the numerator cancels; the
 * platform's own tanh does neither.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [−1, 1].
 * @see Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", Neural Networks:
 *   Tricks of the Trade, LNCS 1524 (1998) 9–50
 * @example
 * tanh({ x: vector(-1, 0, 1) }); // → [-0.7615941559557649, 0, 0.7615941559557649]
 */
export function tanh({ x }: TanhInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = tanhOf(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Gradient of {@link tanh}: the cotangent times the {@link tanhDerivative}.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function tanhGradient(
  { x }: TanhInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, tanhDerivative({ x })) };
}
