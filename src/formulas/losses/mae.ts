import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface MaeInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Mean absolute error**: the average distance between prediction and target.
 *
 * $$ \mathrm{MAE} = \frac{1}{n} \sum_i |\hat{y}_i - y_i| $$
 *
 * Every unit of error costs the same, so the best constant prediction is the median of the
 * targets, and an outlier pulls a fit no harder than any other error does.
 *
 * Unit: that of `target`.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see R. J. Boscovich, "De litteraria expeditione per pontificiam ditionem", Bononiensi
 *   Scientiarum et Artium Instituto atque Academia Commentarii 4 (1757) 353–396
 * @example
 * mae({ prediction: vector(1, 2), target: vector(1, 4) }); // → 1
 */
export function mae({ prediction, target }: MaeInputs): number {
  requireSameShape('mae', { prediction, target });
  requireNonEmpty('mae', { prediction });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      total += Math.abs(prediction.data[i]! - target.data[i]!);
    }
    return total;
  });
}

/**
 * Gradient of {@link mae}.
 *
 * $$ \frac{\partial \mathrm{MAE}}{\partial \hat{y}_i} = \frac{1}{n} \operatorname{sign}(\hat{y}_i - y_i) $$
 *
 * At the kink, where prediction and target are equal, it is 0, the middle of [−1/n, 1/n].
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function maeGradient(
  { prediction, target }: MaeInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('mae', { prediction, target });
  requireNonEmpty('mae', { prediction });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = (cotangent * Math.sign(prediction.data[i]! - target.data[i]!)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
