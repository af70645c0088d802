import {
  mean,
  type NDArray,
  requireNonEmpty,
  requirePositive,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface HuberInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
  /** Where the parabola becomes a line; positive, in the unit of `target`. */
  readonly delta?: number;
}

/**
 * **Huber loss**: squared error near zero, absolute error far away.
 *
 * $$
 * L_\delta = \frac{1}{n} \sum_i \begin{cases}
 *   \frac{1}{2} e_i^2                     & |e_i| \le \delta \\
 *   \delta (|e_i| - \frac{1}{2} \delta)   & |e_i| > \delta
 * \end{cases}
 * \qquad e = \hat{y} - y
 * $$
 *
 * Both pieces and their slopes meet at |e| = δ, so one outlier pulls a fit with
 * a force of at most δ.
 *
 * Unit: that of `target`, squared.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `domain` if `delta` is not positive and finite.
 * @throws FormulaError `empty` if there are no elements.
 * @see P. J. Huber, "Robust Estimation of a Location Parameter",
 *   Ann. Math. Statist. 35 (1964) 73–101
 * @example
 * huber({ prediction: vector(0, 0), target: vector(0.5, 3) }); // → 1.3125
 */
export function huber({ prediction, target, delta = 1 }: HuberInputs): number {
  requireSameShape('huber', { prediction, target });
  requireNonEmpty('huber', { prediction });
  requirePositive('huber', { delta });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const error = Math.abs(prediction.data[i]! - target.data[i]!);
      total += error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
    }
    return total;
  });
}

/**
 * Gradient of {@link huber}: the error, clipped to ±δ.
 *
 * $$ \frac{\partial L_\delta}{\partial \hat{y}_i} = \frac{1}{n} \max(-\delta, \min(\delta, e_i)) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function huberGradient(
  { prediction, target, delta = 1 }: HuberInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('huber', { prediction, target });
  requireNonEmpty('huber', { prediction });
  requirePositive('huber', { delta });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    const error = prediction.data[i]! - target.data[i]!;
    slope[i] = (cotangent * Math.max(-delta, Math.min(delta, error))) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
