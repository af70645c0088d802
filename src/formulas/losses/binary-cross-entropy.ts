import {
  log,
  log1p,
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  requireUnitInterval,
  sameShape,
} from '../../kernel/index.js';

export interface BinaryCrossEntropyInputs {
  /** Predicted probabilities p of the positive class, in [0, 1], of any shape. */
  readonly probability: NDArray;
  /** Observed classes y, 0 or 1, or probabilities between them, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Binary cross-entropy**, or log loss: the surprise of the observed classes.
 *
 * $$
 * L = -\frac{1}{n} \sum_i \left[ y_i \ln p_i + (1 - y_i) \ln(1 - p_i) \right],
 * \qquad 0 \ln 0 = 0
 * $$
 *
 * The only loss of its kind that a forecaster minimises by saying what he believes. Nothing is
 * clipped: a certain prediction that comes true costs nothing, and one that does not costs
 * infinitely much. Where probabilities come from a sigmoid, work from the logits instead.
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `probability` and `target` differ in shape.
 * @throws FormulaError `domain` if `probability` or `target` leaves [0, 1].
 * @throws FormulaError `empty` if there are no elements.
 * @see I. J. Good, "Rational Decisions", J. R. Statist. Soc. B 14 (1952) 107–114
 * @example
 * binaryCrossEntropy({ probability: vector(1, 0.5), target: vector(1, 0.5) }); // → 0.34657359027997264
 */
export function binaryCrossEntropy({ probability, target }: BinaryCrossEntropyInputs): number {
  requireSameShape('binaryCrossEntropy', { probability, target });
  requireNonEmpty('binaryCrossEntropy', { probability });
  requireUnitInterval('binaryCrossEntropy', { probability, target });

  return mean(probability.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const p = probability.data[i]!;
      const y = target.data[i]!;
      // 0 ln 0 is 0, by continuity; log1p, because 1 − p loses p below 2⁻⁵³.
      if (y !== 0) total -= y * log(p);
      if (y !== 1) total -= (1 - y) * log1p(-p);
    }
    return total;
  });
}

/**
 * Gradient of {@link binaryCrossEntropy}.
 *
 * $$
 * \frac{\partial L}{\partial p_i}
 *   = \frac{1}{n} \left( \frac{1 - y_i}{1 - p_i} - \frac{y_i}{p_i} \right)
 * $$
 *
 * A class that is impossible (y of exactly 0 or 1) contributes nothing for the other.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `probability`: an array of its shape.
 */
export function binaryCrossEntropyGradient(
  { probability, target }: BinaryCrossEntropyInputs,
  cotangent = 1,
): { probability: NDArray } {
  requireSameShape('binaryCrossEntropy', { probability, target });
  requireNonEmpty('binaryCrossEntropy', { probability });
  requireUnitInterval('binaryCrossEntropy', { probability, target });

  const slope = new Float64Array(probability.data.length);
  for (let i = 0; i < slope.length; i++) {
    const p = probability.data[i]!;
    const y = target.data[i]!;
    const ofNegative = y === 1 ? 0 : (1 - y) / (1 - p);
    const ofPositive = y === 0 ? 0 : y / p;
    slope[i] = (cotangent * (ofNegative - ofPositive)) / slope.length;
  }
  return { probability: sameShape(probability, slope) };
}
