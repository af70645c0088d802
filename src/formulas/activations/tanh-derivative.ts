import { exp, type NDArray, ones, product, sameShape, tanh } from '../../kernel/index.js';

export interface TanhDerivativeInputs {
  /** Pre-activations x, of any shape: what goes into the tanh, not what comes out of it. */
  readonly x: NDArray;
}

/**
 * **Tanh derivative**: the slope of the hyperbolic tangent, a bell of height 1.
 *
 * $$ 1 - \tanh^2 x = \operatorname{sech}^2 x = \frac{4 e^{-2|x|}}{(1 + e^{-2|x|})^2} $$
 *
 * Even, so |x| will do, and its exponential never overflows. The form 1 − tanh² x is 0 above
 * |x| = 19, because tanh x rounds to ±1 there.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [0, 1].
 * @see Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", Neural Networks:
 *   Tricks of the Trade, LNCS 1524 (1998) 9–50
 * @example
 * tanhDerivative({ x: vector(0, 20) }); // → [1, 1.6993417021166355e-17]
 */
export function tanhDerivative({ x }: TanhDerivativeInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const decay = exp(-2 * Math.abs(x.data[i]!));
    slope[i] = (4 * decay) / (1 + decay) ** 2;
  }
  return sameShape(x, slope);
}

/**
 * Derivative of {@link tanhDerivative}, the second of the tanh, element by element.
 *
 * $$ \frac{d^2}{dx^2} \tanh x = -2 \tanh x \, \operatorname{sech}^2 x $$
 *
 * @returns An array of the shape of `x`.
 */
export function tanhSecondDerivative({ x }: TanhDerivativeInputs): NDArray {
  const { data: slope } = tanhDerivative({ x });
  const curvature = new Float64Array(x.data.length);
  for (let i = 0; i < curvature.length; i++) {
    curvature[i] = -2 * tanh(x.data[i]!) * slope[i]!;
  }
  return sameShape(x, curvature);
}

/**
 * Gradient of {@link tanhDerivative}: the cotangent times the {@link tanhSecondDerivative}.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function tanhDerivativeGradient(
  { x }: TanhDerivativeInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, tanhSecondDerivative({ x })) };
}
