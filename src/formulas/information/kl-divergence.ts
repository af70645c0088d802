import {
  log,
  mean,
  type NDArray,
  requireDistributions,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface KlDivergenceInputs {
  /** The distribution p that holds, of any rank: each row along the last axis sums to 1. */
  readonly p: NDArray;
  /** The distribution q that is believed, of the same shape. */
  readonly q: NDArray;
}

/**
 * **Kullback–Leibler divergence**, or relative entropy: what it costs to believe q where p holds.
 *
 * $$
 * D(p \,\|\, q) = \frac{1}{n} \sum_{i=1}^{n} \sum_k p_{ik} \ln \frac{p_{ik}}{q_{ik}},
 * \qquad 0 \ln \frac{0}{q} = 0
 * $$
 *
 * Never negative, and 0 only where both are the same; not symmetric. The mean is over the n
 * rows, of which a vector is one. Nothing is clipped, which would make it negative: where p
 * allows what q rules out, the divergence is infinite.
 *
 * Unit: nats.
 *
 * @returns The mean divergence of the rows, a scalar.
 * @throws FormulaError `shape` if `p` and `q` differ in shape, or have no axis.
 * @throws FormulaError `domain` if `p` or `q` leaves [0, 1], or has a row that does not sum to 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see S. Kullback, R. A. Leibler, "On Information and Sufficiency", Ann. Math. Statist. 22
 *   (1951) 79–86
 * @example
 * klDivergence({ p: vector(0, 1), q: vector(0.5, 0.5) }); // → 0.6931471805599453
 */
export function klDivergence({ p, q }: KlDivergenceInputs): number {
  requireSameShape('klDivergence', { p, q });
  requireNonEmpty('klDivergence', { p });
  requireDistributions('klDivergence', { p, q });

  const columns = p.shape.at(-1)!;
  const [truths, beliefs] = [p.data, q.data];
  return mean(truths.length / columns, (low, high) => {
    let total = 0;
    for (let i = low * columns; i < high * columns; i++) {
      const truth = truths[i]!;
      const belief = beliefs[i]!;
      // An impossible outcome costs nothing, whatever is believed of it, unless that is unknown.
      if (truth === 0 && !Number.isNaN(belief)) continue;
      // Two logarithms, because the quotient overflows where q is subnormal.
      total += truth * (log(truth) - log(belief));
    }
    return total;
  });
}

/**
 * Gradient of {@link klDivergence} in what is believed; p is given.
 *
 * $$ \frac{\partial D}{\partial q_{ik}} = -\frac{1}{n} \frac{p_{ik}}{q_{ik}} $$
 *
 * An outcome that is impossible under p contributes nothing.
 *
 * @param cotangent What the divergence is multiplied by further on; 1 for the gradient itself.
 * @returns `q`: an array of its shape.
 */
export function klDivergenceGradient({ p, q }: KlDivergenceInputs, cotangent = 1): { q: NDArray } {
  requireSameShape('klDivergence', { p, q });
  requireNonEmpty('klDivergence', { p });
  requireDistributions('klDivergence', { p, q });

  const rows = p.data.length / p.shape.at(-1)!;
  const slope = q.data.map((belief, i) => {
    const truth = p.data[i]!;
    return truth === 0 ? 0 : (-cotangent * truth) / belief / rows;
  });
  return { q: sameShape(q, slope) };
}
