import {
  logistic,
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  requireUnitInterval,
  sameShape,
  softplus,
} from '../../kernel/index.js';

export interface BinaryCrossEntropyFromLogitsInputs {
  /** Logits z, the log-odds of the positive class, of any shape. */
  readonly logits: NDArray;
  /** Observed classes y, 0 or 1, or probabilities between them, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Binary cross-entropy from logits**: log loss of the sigmoid of a score, in one step.
 *
 * $$
 * L = \frac{1}{n} \sum_i \left[ y_i \ln(1 + e^{-z_i}) + (1 - y_i) \ln(1 + e^{z_i}) \right]
 * $$
 *
 * The sigmoid rounds to 1 from z = 37 on, and a logarithm after it would be infinite; in one
 * step the loss of a wrong logit is its size, however large. Both terms are positive, so that
 * nothing cancels, as it does in max(z, 0) − z y + ln(1 + e^(−|z|)).
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `logits` and `target` differ in shape.
 * @throws FormulaError `domain` if `target` leaves [0, 1].
 * @throws FormulaError `empty` if there are no elements.
 * @see D. R. Cox, "The Regression Analysis of Binary Sequences", J. R. Statist. Soc. B 20
 *   (1958) 215–242
 * @example
 * binaryCrossEntropyFromLogits({ logits: vector(0, 800), target: vector(0.5, 1) }); // → 0.34657359027997264
 */
export function binaryCrossEntropyFromLogits({
  logits,
  target,
}: BinaryCrossEntropyFromLogitsInputs): number {
  requireSameShape('binaryCrossEntropyFromLogits', { logits, target });
  requireNonEmpty('binaryCrossEntropyFromLogits', { logits });
  requireUnitInterval('binaryCrossEntropyFromLogits', { target });

  return mean(logits.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const z = logits.data[i]!;
      const y = target.data[i]!;
      // An impossible class costs nothing, even where its term is infinite.
      if (y !== 0) total += y * softplus(-z);
      if (y !== 1) total += (1 - y) * softplus(z);
    }
    return total;
  });
}

/**
 * Gradient of {@link binaryCrossEntropyFromLogits}: the predicted probability minus the target.
 *
 * $$ \frac{\partial L}{\partial z_i} = \frac{1}{n} (\sigma(z_i) - y_i) $$
 *
 * Computed as (1 − y) σ(z) − y σ(−z), because σ(z) − 1 loses σ(−z) from z = 37 on.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `logits`: an array of its shape.
 */
export function binaryCrossEntropyFromLogitsGradient(
  { logits, target }: BinaryCrossEntropyFromLogitsInputs,
  cotangent = 1,
): { logits: NDArray } {
  requireSameShape('binaryCrossEntropyFromLogits', { logits, target });
  requireNonEmpty('binaryCrossEntropyFromLogits', { logits });
  requireUnitInterval('binaryCrossEntropyFromLogits', { target });

  const slope = new Float64Array(logits.data.length);
  for (let i = 0; i < slope.length; i++) {
    const z = logits.data[i]!;
    const y = target.data[i]!;
    slope[i] = (cotangent * ((1 - y) * logistic(z) - y * logistic(-z))) / slope.length;
  }
  return { logits: sameShape(logits, slope) };
}
