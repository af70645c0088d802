import {
  mean,
  type NDArray,
  requireNonEmpty,
  requirePositive,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface SmoothL1Inputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
  /** Where the parabola becomes a line; positive, in the unit of `target`. */
  readonly beta?: number;
}

/**
 * **Smooth L1 loss**: absolute error with its kink at zero rounded off by a parabola.
 *
 * $$
 * L_\beta = \frac{1}{n} \sum_i \begin{cases}
 *   \frac{1}{2} e_i^2 / \beta      & |e_i| \le \beta \\
 *   |e_i| - \frac{1}{2} \beta      & |e_i| > \beta
 * \end{cases}
 * \qquad e = \hat{y} - y
 * $$
 *
 * Huber loss over β: the line keeps the slope 1 whatever β is, and as β shrinks the loss tends
 * to the absolute error.
 *
 * Unit: that of `target`.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `domain` if `beta` is not positive and finite.
 * @throws FormulaError `empty` if there are no elements.
 * @see R. Girshick, "Fast R-CNN", ICCV (2015) 1440–1448, for β = 1
 * @example
 * smoothL1({ prediction: vector(0, 0), target: vector(1, 3), beta: 2 }); // → 1.125
 */
export function smoothL1({ prediction, target, beta = 1 }: SmoothL1Inputs): number {
  requireSameShape('smoothL1', { prediction, target });
  requireNonEmpty('smoothL1', { prediction });
  requirePositive('smoothL1', { beta });

  return mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const error = Math.abs(prediction.data[i]! - target.data[i]!);
      // e · (e/β), because e² may overflow where e²/β does not.
      total += error <= beta ? 0.5 * error * (error / beta) : error - 0.5 * beta;
    }
    return total;
  });
}

/**
 * Gradient of {@link smoothL1}: the error in units of β, clipped to ±1.
 *
 * $$ \frac{\partial L_\beta}{\partial \hat{y}_i} = \frac{1}{n} \max(-1, \min(1, e_i / \beta)) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function smoothL1Gradient(
  { prediction, target, beta = 1 }: SmoothL1Inputs,
  cotangent = 1,
): { prediction: NDArray } {
  requireSameShape('smoothL1', { prediction, target });
  requireNonEmpty('smoothL1', { prediction });
  requirePositive('smoothL1', { beta });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    const error = (prediction.data[i]! - target.data[i]!) / beta;
    slope[i] = (cotangent * Math.max(-1, Math.min(1, error))) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
