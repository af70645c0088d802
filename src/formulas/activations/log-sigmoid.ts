import {
  exp,
  log1p,
  logistic,
  type NDArray,
  ones,
  product,
  sameShape,
} from '../../kernel/index.js';

export interface LogSigmoidInputs {
  /** Pre-activations x, of any shape: log-odds. */
  readonly x: NDArray;
}

/**
 * **Log-sigmoid**: turns log-odds into the logarithm of a probability.
 *
 * $$ \ln \sigma(x) = -\ln(1 + e^{-x}) = \min(x, 0) - \ln(1 + e^{-|x|}) $$
 *
 * Close to x far left and to −e⁻ˣ far right. The logarithm of a computed σ(x) is −∞ below
 * x = −745, where σ(x) has underflowed and its logarithm is x. log1p, because 1 + e⁻ˣ loses
 * e⁻ˣ above x = 37.
 *
 * Unit: nats.
 *
 * @returns An array of the shape of `x`, at most 0.
 * @see M. Mächler, "Accurately Computing log(1 − exp(−|a|))", vignette of the R package Rmpfr
 *   (2012)
 * @example
 * logSigmoid({ x: vector(0, -1000) }); // → [-0.6931471805599453, -1000]
 */
export function logSigmoid({ x }: LogSigmoidInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) {
    const value = x.data[i]!;
    output[i] = Math.min(value, 0) - log1p(exp(-Math.abs(value)));
  }
  return sameShape(x, output);
}

/**
 * Derivative of {@link logSigmoid}, element by element.
 *
 * $$ \frac{d}{dx} \ln \sigma(x) = \sigma(-x) $$
 *
 * @returns An array of the shape of `x`.
 */
export function logSigmoidDerivative({ x }: LogSigmoidInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = logistic(-x.data[i]!);
  return sameShape(x, slope);
}

/**
 * Gradient of {@link logSigmoid}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function logSigmoidGradient(
  { x }: LogSigmoidInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, logSigmoidDerivative({ x })) };
}
