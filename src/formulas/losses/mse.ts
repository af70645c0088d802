import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface MseInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Mean squared error**: the average squared distance between prediction and target.
 *
 * $$ \mathrm{MSE} = \frac{1}{n} \sum_i (\hat{y}_i - y_i)^2 $$
 *
 * An error twice as large costs four times as much, so the best constant prediction is the
 * mean of the targets, and a single outlier can dominate. The square of an error above
 * 1.34 × 10¹⁵⁴ overflows; the root mean squared error does not.
 *
 * Unit: that of `target`, squared.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. F. Gauss, "Theoria combinationis observationum erroribus minimis obnoxiae" (1823)
 * @example
 * mse({ prediction: vector(1, 2), target: vector(1, 4) }); // → 2
 */
export function mse({ prediction, target }: MseInputs): number {
  requireSameShape('mse', { prediction, target });
  requireNonEmpty('mse', { prediction });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const error = prediction.data[i]! - target.data[i]!;
      total += error * error;
    }
    return total;
  });
}

/**
 * Gradient of {@link mse}.
 *
 * $$ \frac{\partial \mathrm{MSE}}{\partial \hat{y}_i} = \frac{2}{n} (\hat{y}_i - y_i) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function mseGradient(
  { prediction, target }: MseInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('mse', { prediction, target });
  requireNonEmpty('mse', { prediction });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = (cotangent * 2 * (prediction.data[i]! - target.data[i]!)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
