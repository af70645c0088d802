import {
  log,
  log1p,
  mean,
  type NDArray,
  requireDistributions,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface JsDivergenceInputs {
  /** One distribution, of any rank: each row along the last axis sums to 1. */
  readonly p: NDArray;
  /** The other distribution, of the same shape. */
  readonly q: NDArray;
}

/**
 * **Jensen–Shannon divergence**: how far two distributions are from the one half way between.
 *
 * $$
 * \operatorname{JS}(p, q) = \frac{1}{n} \sum_{i=1}^{n}
 *   \left[ \frac{1}{2} D(p_i \,\|\, m_i) + \frac{1}{2} D(q_i \,\|\, m_i) \right],
 * \qquad m = \frac{p + q}{2}
 * $$
 *
 * D is the Kullback–Leibler divergence. Symmetric, always finite, and at most ln 2, which it
 * reaches where no outcome is possible under both; its square root is a metric. The mean is
 * over the n rows, of which a vector is one.
 *
 * Unit: nats.
 *
 * @returns The mean divergence of the rows, a scalar.
 * @throws FormulaError `shape` if `p` and `q` differ in shape, or have no axis.
 * @throws FormulaError `domain` if `p` or `q` leaves [0, 1], or has a row that does not sum to 1.
 * @throws FormulaError `empty` if there are no elements.
 * @see J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Trans. Inf. Theory 37
 *   (1991) 145–151
 * @example
 * jsDivergence({ p: vector(1, 0), q: vector(0, 1) }); // → 0.6931471805599453
 */
export function jsDivergence({ p, q }: JsDivergenceInputs): number {
  requireSameShape('jsDivergence', { p, q });
  requireNonEmpty('jsDivergence', { p });
  requireDistributions('jsDivergence', { p, q });

  const columns = p.shape.at(-1)!;
  return mean(p.data.length / columns, (low, high) => {
    let total = 0;
    for (let i = low * columns; i < high * columns; i++) {
      total += 0.5 * costOfMixing(p.data[i]!, q.data[i]!);
    }
    return total;
  });
}

/** p ln(p/m) + q ln(q/m) of one outcome, with m half way between p and q. */
function costOfMixing(p: number, q: number): number {
  if (p === q) return 0;
  const contrast = (p - q) / (p + q);
  if (Math.abs(contrast) < 0.5) {
    // In the contrast e = (p − q)/(p + q), where the two terms of the definition would cancel.
    const bend = log1p(-contrast * contrast);
    return 0.5 * (p + q) * (bend + contrast * (log1p(contrast) - log1p(-contrast)));
  }
  return costBeside(p, q) + costBeside(q, p);
}

/** p ln(p/m), where 0 ln 0 is 0. */
function costBeside(p: number, other: number): number {
  return p === 0 ? 0 : p * log((2 * p) / (p + other));
}

/**
 * Gradient of {@link jsDivergence}.
 *
 * $$ \frac{\partial}{\partial p_{ik}} = \frac{1}{2n} \ln \frac{p_{ik}}{m_{ik}} $$
 *
 * An outcome that is impossible under both contributes nothing.
 *
 * @param cotangent What the divergence is multiplied by further on; 1 for the gradient itself.
 * @returns `p` and `q`: arrays of their shape.
 */
export function jsDivergenceGradient(
  { p, q }: JsDivergenceInputs,
  cotangent = 1,
): { p: NDArray; q: NDArray } {
  requireSameShape('jsDivergence', { p, q });
  requireNonEmpty('jsDivergence', { p });
  requireDistributions('jsDivergence', { p, q });

  const rows = p.data.length / p.shape.at(-1)!;
  const slopeBeside = (own: number, other: number): number => {
    if (own === 0 && other === 0) return 0;
    return (cotangent * 0.5 * logOfShare(own, other)) / rows;
  };
  return {
    p: sameShape(
      p,
      p.data.map((own, i) => slopeBeside(own, q.data[i]!)),
    ),
    q: sameShape(
      q,
      q.data.map((own, i) => slopeBeside(own, p.data[i]!)),
    ),
  };
}

/** ln(p/m), by log1p where p is near m. */
function logOfShare(p: number, other: number): number {
  const contrast = (p - other) / (p + other);
  return Math.abs(contrast) < 0.5 ? log1p(contrast) : log((2 * p) / (p + other));
}
