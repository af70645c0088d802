import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireNumber,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface QuantileInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
  /** The quantile τ to predict, in [0, 1]; one half is the median. */
  readonly quantile?: number;
}

/**
 * **Quantile loss**, or pinball loss: too low costs τ, too high 1 − τ, for each unit of error.
 *
 * $$
 * L_\tau = \frac{1}{n} \sum_i \begin{cases}
 *   \tau \, (y_i - \hat{y}_i)         & \hat{y}_i \le y_i \\
 *   (1 - \tau) \, (\hat{y}_i - y_i)   & \hat{y}_i > y_i
 * \end{cases}
 * $$
 *
 * The constant that makes it least has the fraction τ of the targets below it: their quantile.
 * At one half it is half the mean absolute error.
 *
 * Unit: that of `target`.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `domain` if `quantile` leaves [0, 1].
 * @throws FormulaError `empty` if there are no elements.
 * @see R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978) 33–50
 * @example
 * quantile({ prediction: vector(0, 2), target: vector(4, 0), quantile: 0.75 }); // → 1.75
 */
export function quantile({ prediction, target, quantile: level = 0.5 }: QuantileInputs): number {
  requireSameShape('quantile', { prediction, target });
  requireNonEmpty('quantile', { prediction });
  requireLevel(level);

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const shortfall = target.data[i]! - prediction.data[i]!;
      total += shortfall >= 0 ? level * shortfall : (1 - level) * -shortfall;
    }
    return total;
  });
}

/** Demands a quantile in [0, 1]. */
function requireLevel(level: number): void {
  const isLevel = (value: number): boolean => value >= 0 && value <= 1;
  requireNumber('quantile', { quantile: level }, 'lie in [0, 1]', isLevel);
}

/**
 * Gradient of {@link quantile}.
 *
 * $$
 * \frac{\partial L_\tau}{\partial \hat{y}_i} = \frac{1}{n} \begin{cases}
 *   -\tau      & \hat{y}_i < y_i \\
 *   0          & \hat{y}_i = y_i \\
 *   1 - \tau   & \hat{y}_i > y_i
 * \end{cases}
 * $$
 *
 * At the kink, where prediction and target are equal, it is 0, which lies in [−τ/n, (1 − τ)/n].
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function quantileGradient(
  { prediction, target, quantile: level = 0.5 }: QuantileInputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('quantile', { prediction, target });
  requireNonEmpty('quantile', { prediction });
  requireLevel(level);

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    const side = Math.sign(prediction.data[i]! - target.data[i]!);
    slope[i] = (cotangent * side * (side < 0 ? level : 1 - level)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
