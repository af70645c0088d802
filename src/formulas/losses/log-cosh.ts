import {
  logCosh as logCoshOf,
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  sameShape,
  tanh,
} from '../../kernel/index.js';

export interface LogCoshInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Log-cosh loss**: half the squared error near zero, absolute error less ln 2 far away.
 *
 * $$ L = \frac{1}{n} \sum_i \ln \cosh(\hat{y}_i - y_i) $$
 *
 * A Huber loss without a seam: it has every derivative, and its slope, tanh, keeps an outlier's
 * pull below 1. Written as |e| + ln(1 + e^(−2|e|)) − ln 2, because cosh overflows from 711 on;
 * and as a series near 0, where those terms cancel.
 *
 * Unit: none; errors are taken in a unit in which 1 is neither small nor large.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see P. J. Green, "Bayesian Reconstructions from Emission Tomography Data Using a Modified EM
 *   Algorithm", IEEE Trans. Med. Imaging 9 (1990) 84–93
 * @example
 * logCosh({ prediction: vector(1), target: vector(0) }); // → 0.4337808304830272
 */
export function logCosh({ prediction, target }: LogCoshInputs): number {
  requireSameShape('logCosh', { prediction, target });
  requireNonEmpty('logCosh', { prediction });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      total += logCoshOf(prediction.data[i]! - target.data[i]!);
    }
    return total;
  });
}

/**
 * Gradient of {@link logCosh}.
 *
 * $$ \frac{\partial L}{\partial \hat{y}_i} = \frac{1}{n} \tanh(\hat{y}_i - y_i) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function logCoshGradient(
  { prediction, target }: LogCoshInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('logCosh', { prediction, target });
  requireNonEmpty('logCosh', { prediction });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = (cotangent * tanh(prediction.data[i]! - target.data[i]!)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
