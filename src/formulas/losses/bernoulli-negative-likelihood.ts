import {
  type NDArray,
  requireBinary,
  requireNonEmpty,
  requireSameShape,
  requireUnitInterval,
  rounded,
  sameShape,
} from '../../kernel/index.js';

export interface BernoulliNegativeLikelihoodInputs {
  /** Predicted probabilities p of the positive class, in [0, 1], of any shape. */
  readonly probability: NDArray;
  /** Observed classes y, 0 or 1, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Negative Bernoulli likelihood**: minus the probability of all that was observed.
 *
 * $$ L = -\prod_i p_i^{y_i} (1 - p_i)^{1 - y_i} $$
 *
 * The loss that binary cross-entropy is the logarithm of, with the same minimum. A product of
 * a thousand probabilities underflows to 0 and can be minimised no more, which is why one
 * works with the logarithm.
 *
 * Unit: none, a probability with its sign changed.
 *
 * @returns A scalar in [−1, 0].
 * @throws FormulaError `shape` if `probability` and `target` differ in shape.
 * @throws FormulaError `domain` if `probability` leaves [0, 1], or `target` is not 0 or 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see R. A. Fisher, "On the Mathematical Foundations of Theoretical Statistics", Phil. Trans.
 *   R. Soc. Lond. A 222 (1922) 309–368
 * @example
 * bernoulliNegativeLikelihood({ probability: vector(0.5, 0.25), target: vector(1, 0) }); // → -0.375
 */
export function bernoulliNegativeLikelihood({
  probability,
  target,
}: BernoulliNegativeLikelihoodInputs): number {
  requireSameShape('bernoulliNegativeLikelihood', { probability, target });
  requireNonEmpty('bernoulliNegativeLikelihood', { probability });
  requireUnitInterval('bernoulliNegativeLikelihood', { probability });
  requireBinary('bernoulliNegativeLikelihood', { target });

  let likelihood = 1;
  for (let i = 0; i < probability.data.length; i++) {
    const p = probability.data[i]!;
    likelihood = rounded(likelihood * (target.data[i] === 1 ? p : 1 - p));
  }
  return -likelihood;
}

/**
 * Gradient of {@link bernoulliNegativeLikelihood}: the likelihood of all other elements.
 *
 * $$
 * \frac{\partial L}{\partial p_i} = (1 - 2 y_i) \prod_{j \ne i} p_j^{y_j} (1 - p_j)^{1 - y_j}
 * $$
 *
 * The likelihood over that of one element would be 0/0 where that element is impossible; so
 * the product of the elements before it meets the product of those after it.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `probability`: an array of its shape.
 */
export function bernoulliNegativeLikelihoodGradient(
  { probability, target }: BernoulliNegativeLikelihoodInputs,
  cotangent = 1,
): { probability: NDArray } {
  requireSameShape('bernoulliNegativeLikelihood', { probability, target });
  requireNonEmpty('bernoulliNegativeLikelihood', { probability });
  requireUnitInterval('bernoulliNegativeLikelihood', { probability });
  requireBinary('bernoulliNegativeLikelihood', { target });

  const factors = probability.data.map((p, i) => (target.data[i] === 1 ? p : 1 - p));
  const slope = new Float64Array(factors.length);
  let before = 1;
  for (let i = 0; i < factors.length; i++) {
    slope[i] = before;
    before = rounded(before * factors[i]!);
  }
  let after = 1;
  for (let i = factors.length - 1; i >= 0; i--) {
    slope[i] = cotangent * (1 - 2 * target.data[i]!) * (slope[i]! * after);
    after = rounded(after * factors[i]!);
  }
  return { probability: sameShape(probability, slope) };
}
