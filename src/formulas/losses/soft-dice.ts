import {
  type NDArray,
  requireNonEmpty,
  requirePositive,
  requireSameShape,
  requireUnitInterval,
  sameShape,
  sum,
} from '../../kernel/index.js';

export interface SoftDiceInputs {
  /** Predicted probabilities p of the foreground, in [0, 1], of any shape. */
  readonly probability: NDArray;
  /** Observed mask t, 0 or 1, or probabilities between them, of the same shape. */
  readonly target: NDArray;
  /** Added above and below, so that two empty masks agree; positive. */
  readonly smoothing?: number;
}

/**
 * **Soft Dice loss**: 1 minus the overlap of a soft mask with the observed one.
 *
 * $$
 * L = 1 - \frac{2 \sum_i p_i t_i + s}{\sum_i p_i + \sum_i t_i + s}
 *   = \frac{\sum_i \left[ p_i (1 - t_i) + t_i (1 - p_i) \right]}{\sum_i p_i + \sum_i t_i + s}
 * $$
 *
 * The overlap is relative to the masks, not to the image: a foreground of few pixels counts as
 * much as one of many. The second form is computed, which cancels nothing near 0.
 *
 * Unit: none, a share.
 *
 * @returns The loss over all elements together, a scalar in [0, 1].
 * @throws FormulaError `shape` if `probability` and `target` differ in shape.
 * @throws FormulaError `domain` if `probability` or `target` leaves [0, 1], or `smoothing` is
 *   not positive and finite.
 * @throws FormulaError `empty` if there are no elements.
 * @see L. R. Dice, "Measures of the Amount of Ecologic Association Between Species", Ecology 26
 *   (1945) 297–302
 * @see F. Milletari, N. Navab, S.-A. Ahmadi, "V-Net: Fully Convolutional Neural Networks for
 *   Volumetric Medical Image Segmentation", 3DV 2016, arXiv:1606.04797
 * @example
 * softDice({ probability: vector(1, 0.5, 0.5), target: vector(1, 1, 0) }); // → 0.2
 */
export function softDice({ probability, target, smoothing = 1 }: SoftDiceInputs): number {
  requireSameShape('softDice', { probability, target });
  requireNonEmpty('softDice', { probability });
  requireUnitInterval('softDice', { probability, target });
  requirePositive('softDice', { smoothing });

  const disagreement = sum(probability.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const p = probability.data[i]!;
      const t = target.data[i]!;
      total += p * (1 - t) + t * (1 - p);
    }
    return total;
  });
  return disagreement / (totalOf(probability) + totalOf(target) + smoothing);
}

/**
 * Gradient of {@link softDice}: each element shifts the overlap, and the size it is relative to.
 *
 * $$
 * \frac{\partial L}{\partial p_i}
 *   = \frac{1 - 2 t_i - L}{\sum_j p_j + \sum_j t_j + s}
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `probability`: an array of its shape.
 */
export function softDiceGradient(
  { probability, target, smoothing = 1 }: SoftDiceInputs,
  cotangent = 1,
): { probability: NDArray } {
  const loss = softDice({ probability, target, smoothing });

  const size = totalOf(probability) + totalOf(target) + smoothing;
  const slope = new Float64Array(probability.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = (cotangent * (1 - 2 * target.data[i]! - loss)) / size;
  }
  return { probability: sameShape(probability, slope) };
}

function totalOf({ data }: NDArray): number {
  return sum(data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) total += data[i]!;
    return total;
  });
}
