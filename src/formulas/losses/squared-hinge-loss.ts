import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  requireSigns,
  sameShape,
} from '../../kernel/index.js';

export interface SquaredHingeLossInputs {
  /** Scores f of the positive class, of any shape; their sign is the predicted class. */
  readonly scores: NDArray;
  /** Observed classes y, −1 or 1, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Squared hinge loss**: the square of how far a score falls short of a margin of 1.
 *
 * $$ L = \frac{1}{n} \sum_i \max(0, 1 - y_i f_i)^2 $$
 *
 * Squaring takes the kink out of the hinge: value and slope both reach 0 at the margin, so
 * that Newton-like methods work, and far errors weigh more.
 *
 * Unit: that of the scores, squared.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `scores` and `target` differ in shape.
 * @throws FormulaError `domain` if `target` holds anything but −1 and 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. Cortes, V. Vapnik, "Support-Vector Networks", Machine Learning 20 (1995) 273–297
 * @see Y. Tang, "Deep Learning using Linear Support Vector Machines", arXiv:1306.0239 (2013)
 * @example
 * squaredHingeLoss({ scores: vector(2, 0.5, -1), target: vector(1, 1, 1) }); // → 1.4166666666666667
 */
export function squaredHingeLoss({ scores, target }: SquaredHingeLossInputs): number {
  requireSameShape('squaredHingeLoss', { scores, target });
  requireNonEmpty('squaredHingeLoss', { scores });
  requireSigns('squaredHingeLoss', { target });

  return mean(scores.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const shortfall = Math.max(0, 1 - target.data[i]! * scores.data[i]!);
      total += shortfall * shortfall;
    }
    return total;
  });
}

/**
 * Gradient of {@link squaredHingeLoss}.
 *
 * $$ \frac{\partial L}{\partial f_i} = -\frac{2 y_i}{n} \max(0, 1 - y_i f_i) $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `scores`: an array of its shape.
 */
export function squaredHingeLossGradient(
  { scores, target }: SquaredHingeLossInputs,
  cotangent = 1,
): { scores: NDArray } {
  requireSameShape('squaredHingeLoss', { scores, target });
  requireNonEmpty('squaredHingeLoss', { scores });
  requireSigns('squaredHingeLoss', { target });

  const slope = new Float64Array(scores.data.length);
  for (let i = 0; i < slope.length; i++) {
    const y = target.data[i]!;
    const shortfall = Math.max(0, 1 - y * scores.data[i]!);
    slope[i] = (-cotangent * 2 * y * shortfall) / slope.length;
  }
  return { scores: sameShape(scores, slope) };
}
