import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  requireSigns,
  sameShape,
} from '../../kernel/index.js';

export interface HingeLossInputs {
  /** Scores f of the positive class, of any shape; their sign is the predicted class. */
  readonly scores: NDArray;
  /** Observed classes y, −1 or 1, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Hinge loss**: how far a score falls short of a margin of 1 on the right side.
 *
 * $$ L = \frac{1}{n} \sum_i \max(0, 1 - y_i f_i) $$
 *
 * A convex bound of the share of errors. Beyond the margin an example costs nothing and pulls
 * at nothing, so that the few within it, the support vectors, alone shape a fit.
 *
 * Unit: that of the scores, whose margin is 1.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `scores` and `target` differ in shape.
 * @throws FormulaError `domain` if `target` holds anything but −1 and 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. Cortes, V. Vapnik, "Support-Vector Networks", Machine Learning 20 (1995) 273–297
 * @example
 * hingeLoss({ scores: vector(2, 0.5, -1), target: vector(1, 1, 1) }); // → 0.8333333333333334
 */
export function hingeLoss({ scores, target }: HingeLossInputs): number {
  requireSameShape('hingeLoss', { scores, target });
  requireNonEmpty('hingeLoss', { scores });
  requireSigns('hingeLoss', { target });

  return mean(scores.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      total += Math.max(0, 1 - target.data[i]! * scores.data[i]!);
    }
    return total;
  });
}

/**
 * Gradient of {@link hingeLoss}.
 *
 * $$ \frac{\partial L}{\partial f_i} = -\frac{y_i}{n} \, [\, y_i f_i < 1 \,] $$
 *
 * At the kink, a margin of exactly 1, it is 0, an end of the interval between both slopes.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `scores`: an array of its shape.
 */
export function hingeLossGradient(
  { scores, target }: HingeLossInputs,
  cotangent = 1,
): { scores: NDArray } {
  requireSameShape('hingeLoss', { scores, target });
  requireNonEmpty('hingeLoss', { scores });
  requireSigns('hingeLoss', { target });

  const slope = new Float64Array(scores.data.length);
  for (let i = 0; i < slope.length; i++) {
    const y = target.data[i]!;
    const shortfall = Math.max(0, 1 - y * scores.data[i]!);
    // A step that keeps NaN, which a comparison would take for "beyond the margin".
    slope[i] = (-cotangent * y * Math.sign(shortfall)) / slope.length;
  }
  return { scores: sameShape(scores, slope) };
}
