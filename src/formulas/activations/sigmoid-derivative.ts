import { exp, type NDArray, ones, product, sameShape, tanh } from '../../kernel/index.js';

export interface SigmoidDerivativeInputs {
  /** Pre-activations x, of any shape: what goes into the sigmoid, not what comes out of it. */
  readonly x: NDArray;
}

/**
 * **Sigmoid derivative**: the slope of the logistic function, a bell of height 1/4.
 *
 * $$ \sigma'(x) = \sigma(x) \, \sigma(-x) = \frac{e^{-|x|}}{(1 + e^{-|x|})^2} $$
 *
 * Even, so |x| will do, and its exponential never overflows. The form σ(x)(1 − σ(x)) is 0 above
 * x = 37, because σ(x) rounds to 1 there.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, in [0, 1/4].
 * @see D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by
 *   back-propagating errors", Nature 323 (1986) 533–536
 * @example
 * sigmoidDerivative({ x: vector(-0.5, 0, 40) }); // → [0.2350037122015945, 0.25, 4.248354255291589e-18]
 */
export function sigmoidDerivative({ x }: SigmoidDerivativeInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const decay = exp(-Math.abs(x.data[i]!));
    slope[i] = decay / (1 + decay) ** 2;
  }
  return sameShape(x, slope);
}

/**
 * Derivative of {@link sigmoidDerivative}, the second of the sigmoid, element by element.
 *
 * $$ \sigma''(x) = \sigma'(x) \, (1 - 2 \sigma(x)) = -\sigma'(x) \tanh\frac{x}{2} $$
 *
 * @returns An array of the shape of `x`.
 */
export function sigmoidSecondDerivative({ x }: SigmoidDerivativeInputs): NDArray {
  const { data: slope } = sigmoidDerivative({ x });
  const curvature = new Float64Array(x.data.length);
  for (let i = 0; i < curvature.length; i++) {
    curvature[i] = -slope[i]! * tanh(x.data[i]! / 2);
  }
  return sameShape(x, curvature);
}

/**
 * Gradient of {@link sigmoidDerivative}: the cotangent times the {@link sigmoidSecondDerivative}.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function sigmoidDerivativeGradient(
  { x }: SigmoidDerivativeInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, sigmoidSecondDerivative({ x })) };
}
