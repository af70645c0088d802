import {
  log,
  logFactorial,
  mean,
  type NDArray,
  requireCounts,
  requireElements,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface PoissonNegativeLogLikelihoodInputs {
  /** Predicted rates λ, finite and at least 0, of any shape. */
  readonly rate: NDArray;
  /** Observed counts k, of the same shape. */
  readonly target: NDArray;
  /** Whether to add ln k!, which no prediction can change. */
  readonly full?: boolean;
}

/**
 * **Poisson negative log-likelihood**: the surprise of counts, given the rates predicted for them.
 *
 * $$
 * L = \frac{1}{n} \sum_i \left[ \lambda_i - k_i \ln \lambda_i + \ln k_i! \right],
 * \qquad 0 \ln 0 = 0
 * $$
 *
 * The last term stands only in the `full` loss. Without it the loss may be negative, and has
 * the same minimum, at λ = k. A rate of 0 is certain of the count 0: that costs nothing, any
 * other count infinitely much.
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `rate` and `target` differ in shape.
 * @throws FormulaError `domain` if a rate is negative or infinite, or a target is not a count.
 * @throws FormulaError `empty` if there are no elements.
 * @see J. A. Nelder, R. W. M. Wedderburn, "Generalized Linear Models", J. R. Statist. Soc. A
 *   135 (1972) 370–384
 * @example
 * poissonNegativeLogLikelihood({ rate: vector(1, 3), target: vector(2, 0) }); // → 2
 */
export function poissonNegativeLogLikelihood({
  rate,
  target,
  full = false,
}: PoissonNegativeLogLikelihoodInputs): number {
  requireSameShape('poissonNegativeLogLikelihood', { rate, target });
  requireNonEmpty('poissonNegativeLogLikelihood', { rate });
  requireRates({ rate });
  requireCounts('poissonNegativeLogLikelihood', { target });

  return mean(rate.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const count = target.data[i]!;
      total += rate.data[i]!;
      // 0 ln 0 is 0, by continuity.
      if (count !== 0) total -= count * log(rate.data[i]!);
      if (full) total += logFactorial(count);
    }
    return total;
  });
}

/** Demands finite rates of at least 0, or NaN, which is missing data. */
function requireRates(arrays: Readonly<Record<string, NDArray>>): void {
  requireElements(
    'poissonNegativeLogLikelihood',
    arrays,
    'be finite and at least 0',
    (rate) => Number.isNaN(rate) || (rate >= 0 && rate < Infinity),
  );
}

/**
 * Gradient of {@link poissonNegativeLogLikelihood}, `full` or not.
 *
 * $$ \frac{\partial L}{\partial \lambda_i} = \frac{1}{n} \left( 1 - \frac{k_i}{\lambda_i} \right) $$
 *
 * A count of 0 leaves 1/n, at a rate of 0 too.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `rate`: an array of its shape.
 */
export function poissonNegativeLogLikelihoodGradient(
  { rate, target }: PoissonNegativeLogLikelihoodInputs,
  cotangent = 1,
): { rate: NDArray } {
  requireSameShape('poissonNegativeLogLikelihood', { rate, target });
  requireNonEmpty('poissonNegativeLogLikelihood', { rate });
  requireRates({ rate });
  requireCounts('poissonNegativeLogLikelihood', { target });

  const slope = new Float64Array(rate.data.length);
  for (let i = 0; i < slope.length; i++) {
    const count = target.data[i]!;
    const ratio = count === 0 ? 0 : count / rate.data[i]!;
    slope[i] = (cotangent * (1 - ratio)) / slope.length;
  }
  return { rate: sameShape(rate, slope) };
}
