import {
  log,
  mean,
  type NDArray,
  requireNonEmpty,
  requireRank,
  requireSameShape,
  requireUnitInterval,
  sameShape,
} from '../../kernel/index.js';

export interface CategoricalCrossEntropyInputs {
  /** Predicted probabilities p, a row for each sample and a column for each class. */
  readonly probability: NDArray;
  /** Observed classes y, one-hot or as probabilities, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Categorical cross-entropy**: the surprise of the observed classes, of which there may be many.
 *
 * $$ L = -\frac{1}{n} \sum_{i=1}^{n} \sum_k y_{ik} \ln p_{ik}, \qquad 0 \ln 0 = 0 $$
 *
 * The mean is over the n rows, not their elements. Rows of p are taken as they are: nothing is
 * clipped or made to sum to 1, and a class that happens though it was impossible costs
 * infinitely much. A row of targets that are all 0 costs nothing.
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `probability` is not a matrix, or `target` differs in shape.
 * @throws FormulaError `domain` if `probability` or `target` leaves [0, 1].
 * @throws FormulaError `empty` if there are no elements.
 * @see I. J. Good, "Rational Decisions", J. R. Statist. Soc. B 14 (1952) 107–114
 * @example
 * categoricalCrossEntropy({ probability: matrix([0.5, 0.5], [0, 1]), target: matrix([1, 0], [0, 1]) }); // → 0.34657359027997264
 */
export function categoricalCrossEntropy({
  probability,
  target,
}: CategoricalCrossEntropyInputs): number {
  requireRank('categoricalCrossEntropy', 2, { probability });
  requireSameShape('categoricalCrossEntropy', { probability, target });
  requireNonEmpty('categoricalCrossEntropy', { probability });
  requireUnitInterval('categoricalCrossEntropy', { probability, target });

  const [rows, columns] = probability.shape as [number, number];
  return mean(rows, (low, high) => {
    let total = 0;
    for (let row = low; row < high; row++) {
      // A sum of its own for each row: thousands of equal terms in one loop round the same way.
      let surprise = 0;
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        const p = probability.data[i]!;
        const y = target.data[i]!;
        // 0 ln 0 is 0, by continuity; 0 ln NaN stays unknown.
        if (y !== 0 || Number.isNaN(p)) surprise -= y * log(p);
      }
      total += surprise;
    }
    return total;
  });
}

/**
 * Gradient of {@link categoricalCrossEntropy}.
 *
 * $$ \frac{\partial L}{\partial p_{ik}} = -\frac{1}{n} \frac{y_{ik}}{p_{ik}} $$
 *
 * A class that is impossible (y of exactly 0) contributes nothing.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `probability`: an array of its shape.
 */
export function categoricalCrossEntropyGradient(
  { probability, target }: CategoricalCrossEntropyInputs,
  cotangent = 1,
): { probability: NDArray } {
  requireRank('categoricalCrossEntropy', 2, { probability });
  requireSameShape('categoricalCrossEntropy', { probability, target });
  requireNonEmpty('categoricalCrossEntropy', { probability });
  requireUnitInterval('categoricalCrossEntropy', { probability, target });

  const [rows] = probability.shape as [number, number];
  const slope = probability.data.map((p, i) => {
    const y = target.data[i]!;
    return y === 0 ? 0 : (-cotangent * y) / p / rows;
  });
  return { probability: sameShape(probability, slope) };
}
