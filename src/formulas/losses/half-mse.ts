import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface HalfMseInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Half mean squared error**: the mean squared error with the factor that its slope lacks.
 *
 * $$ L = \frac{1}{2n} \sum_i (\hat{y}_i - y_i)^2 $$
 *
 * The half cancels the 2 of the derivative, and moves no minimum. It is often printed under the
 * name of the mean squared error, which is twice as large.
 *
 * Unit: that of `target`, squared.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. M. Bishop, "Pattern Recognition and Machine Learning" (2006), equation (1.2)
 * @example
 * halfMse({ prediction: vector(1, 2), target: vector(1, 4) }); // → 1
 */
export function halfMse({ prediction, target }: HalfMseInputs): number {
  requireSameShape('halfMse', { prediction, target });
  requireNonEmpty('halfMse', { prediction });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const error = prediction.data[i]! - target.data[i]!;
      total += 0.5 * error * error;
    }
    return total;
  });
}

/**
 * Gradient of {@link halfMse}: the error itself, over n.
 *
 * $$ \frac{\partial L}{\partial \hat{y}_i} = \frac{1}{n} (\hat{y}_i - y_i) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function halfMseGradient(
  { prediction, target }: HalfMseInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('halfMse', { prediction, target });
  requireNonEmpty('halfMse', { prediction });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = (cotangent * (prediction.data[i]! - target.data[i]!)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
