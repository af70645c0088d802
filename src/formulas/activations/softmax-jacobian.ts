import {
  type NDArray,
  ones,
  requireDistributions,
  requireNonEmpty,
  requireRank,
  sameShape,
  sum,
} from '../../kernel/index.js';

export interface SoftmaxJacobianInputs {
  /** Probabilities s, the result of softmax: a vector in [0, 1] with sum 1. */
  readonly probability: NDArray;
}

/**
 * **Softmax Jacobian**: how each probability answers to each logit.
 *
 * $$ J_{ij} = \frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j) $$
 *
 * Written in the probabilities alone. It is symmetric, and its rows sum to 0, because raising
 * every logit together changes nothing: a softmax has no elementwise derivative.
 *
 * Unit: none, probability per nat.
 *
 * @returns A matrix, a row for each probability and a column for each logit.
 * @throws FormulaError `shape` if `probability` is not a vector.
 * @throws FormulaError `domain` if `probability` leaves [0, 1] or does not sum to 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see J. S. Bridle, "Training Stochastic Model Recognition Algorithms as Networks Can Lead to
 *   Maximum Mutual Information Estimation of Parameters", NIPS 2 (1990) 211–217
 * @example
 * softmaxJacobian({ probability: vector(0.25, 0.75) }); // → [[0.1875, -0.1875], [-0.1875, 0.1875]]
 */
export function softmaxJacobian({ probability }: SoftmaxJacobianInputs): NDArray {
  requireRank('softmaxJacobian', 1, { probability });
  requireNonEmpty('softmaxJacobian', { probability });
  requireDistributions('softmaxJacobian', { probability });

  const { data: share } = probability;
  const classes = share.length;
  const slope = new Float64Array(classes * classes);
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      slope[i * classes + j] = share[i]! * ((i === j ? 1 : 0) - share[j]!);
    }
  }
  return { shape: [classes, classes], data: slope };
}

/**
 * Gradient of {@link softmaxJacobian}: with G the cotangent,
 *
 * $$ \frac{\partial}{\partial s_k} = G_{kk} - \sum_j (G_{kj} + G_{jk}) s_j $$
 *
 * @param cotangent What the Jacobian is multiplied by further on, of its shape.
 * @returns `probability`: a vector of its length.
 */
export function softmaxJacobianGradient(
  { probability }: SoftmaxJacobianInputs,
  cotangent: NDArray = ones([probability.data.length, probability.data.length]),
): { probability: NDArray } {
  requireRank('softmaxJacobian', 1, { probability });
  requireNonEmpty('softmaxJacobian', { probability });
  requireDistributions('softmaxJacobian', { probability });

  const { data: share } = probability;
  const classes = share.length;
  const weight = (i: number, j: number): number => cotangent.data[i * classes + j]!;
  const slope = share.map((_, k) => {
    const pulled = sum(classes, (low, high) => {
      let partial = 0;
      for (let j = low; j < high; j++) partial += (weight(k, j) + weight(j, k)) * share[j]!;
      return partial;
    });
    return weight(k, k) - pulled;
  });
  return { probability: sameShape(probability, slope) };
}
