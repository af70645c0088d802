import {
  expm1,
  mean as meanOf,
  type NDArray,
  requireNonEmpty,
  requireRank,
  requireSameShape,
  rounded,
  sameShape,
} from '../../kernel/index.js';

export interface GaussianKlInputs {
  /** Means μ, a row for each sample and a column for each dimension. */
  readonly mean: NDArray;
  /** Logarithms ln σ² of the variances, of the same shape. */
  readonly logVariance: NDArray;
}

/**
 * **Gaussian KL divergence**: how far normal distributions are from the standard one.
 *
 * $$ L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_d \left[ \mu_{id}^2 + \sigma_{id}^2 - \ln \sigma_{id}^2 - 1 \right] $$
 *
 * The divergence of N(μ, σ²) from N(0, 1), added up over independent dimensions: the price that
 * a variational autoencoder pays for its code. The network gives ln σ², so that any real number
 * is a variance.
 *
 * Unit: nats.
 *
 * @returns The mean divergence of the rows, a scalar.
 * @throws FormulaError `shape` if `mean` is not a matrix, or `logVariance` differs in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see D. P. Kingma, M. Welling, "Auto-Encoding Variational Bayes", arXiv:1312.6114 (2013),
 *   appendix B
 * @example
 * gaussianKl({ mean: matrix([1, 2], [0, 3]), logVariance: matrix([0, 0], [0, 0]) }); // → 3.5
 */
export function gaussianKl({ mean, logVariance }: GaussianKlInputs): number {
  requireRank('gaussianKl', 2, { mean });
  requireSameShape('gaussianKl', { mean, logVariance });
  requireNonEmpty('gaussianKl', { mean });

  const [rows, dimensions] = mean.shape as [number, number];
  return meanOf(rows, (low, high) => {
    let total = 0;
    for (let i = low * dimensions; i < high * dimensions; i++) {
      const centre = mean.data[i]!;
      total += 0.5 * (centre * centre) + 0.5 * expm1Excess(logVariance.data[i]!);
    }
    return total;
  });
}

/** Last power of the series for sizes below 1; the next one is 2/22! of the whole, far below a rounding. */
const LAST_POWER = 21;

/** e^x − 1 − x: x²/2 next to 0, where the difference cancels. */
function expm1Excess(x: number): number {
  // Here x is less than a rounding of e^x, and ∞ − ∞ would be NaN.
  if (x > 64) return expm1(x);
  if (!(Math.abs(x) < 1)) return expm1(x) - x;
  let series = 1;
  for (let k = LAST_POWER; k > 2; k--) series = 1 + (x / k) * series;
  return rounded(0.5 * x * x * series);
}

/**
 * Gradient of {@link gaussianKl}.
 *
 * $$
 * \frac{\partial L}{\partial \mu_{id}} = \frac{\mu_{id}}{n},
 * \qquad \frac{\partial L}{\partial \ln \sigma_{id}^2} = \frac{\sigma_{id}^2 - 1}{2n}
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `mean` and `logVariance`: arrays of their shape.
 */
export function gaussianKlGradient(
  { mean, logVariance }: GaussianKlInputs,
  cotangent = 1,
): { mean: NDArray; logVariance: NDArray } {
  requireRank('gaussianKl', 2, { mean });
  requireSameShape('gaussianKl', { mean, logVariance });
  requireNonEmpty('gaussianKl', { mean });

  const rows = mean.shape[0]!;
  const ofMean = mean.data.map((centre) => (cotangent * centre) / rows);
  // expm1, because e^x − 1 loses x next to 0.
  const ofLogVariance = logVariance.data.map((x) => (cotangent * 0.5 * expm1(x)) / rows);
  return {
    mean: sameShape(mean, ofMean),
    logVariance: sameShape(logVariance, ofLogVariance),
  };
}
