import {
  mean,
  type NDArray,
  requireElements,
  requireLabels,
  requireNonEmpty,
  requireOnePerRow,
  requireRank,
  sameShape,
} from '../../kernel/index.js';

export interface NllLossInputs {
  /** Logarithms of predicted probabilities, a row for each sample and a column for each class. */
  readonly logProbability: NDArray;
  /** The class t observed in each row, counted from 0. */
  readonly target: NDArray;
}

/**
 * **Negative log-likelihood loss**: how unlikely the model thought what happened.
 *
 * $$ L = -\frac{1}{n} \sum_{i=1}^{n} \ln P_{i, t_i} $$
 *
 * What it says of the classes that did not happen is not asked, not even where that is
 * −Infinity. Rows come from log-softmax; together the two are the cross-entropy from logits.
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `logProbability` is not a matrix, or `target` has not one
 *   element for each of its rows.
 * @throws FormulaError `domain` if `logProbability` exceeds 0, or `target` is not one of its columns.
 * @throws FormulaError `empty` if there are no elements.
 * @see R. A. Fisher, "On the Mathematical Foundations of Theoretical Statistics",
 *   Phil. Trans. R. Soc. A 222 (1922) 309–368
 * @example
 * nllLoss({ logProbability: matrix([-0.5, -1], [-3, -0.25]), target: vector(0, 1) }); // → 0.375
 */
export function nllLoss({ logProbability, target }: NllLossInputs): number {
  requireLikelihoods({ logProbability, target });

  const [rows, columns] = logProbability.shape as [number, number];
  return mean(rows, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) total -= logProbability.data[i * columns + target.data[i]!]!;
    return total;
  });
}

/**
 * Gradient of {@link nllLoss}: the same at every class that happened, whatever was said of it.
 *
 * $$ \frac{\partial L}{\partial \ln P_{ik}} = \begin{cases}
 *   -\frac{1}{n} & k = t_i \\
 *   0            & k \ne t_i
 * \end{cases} $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `logProbability`: an array of its shape.
 */
export function nllLossGradient(
  { logProbability, target }: NllLossInputs,
  cotangent = 1,
): { logProbability: NDArray } {
  requireLikelihoods({ logProbability, target });

  const [rows, columns] = logProbability.shape as [number, number];
  const slope = new Float64Array(logProbability.data.length);
  for (let i = 0; i < rows; i++) slope[i * columns + target.data[i]!] = -cotangent / rows;
  return { logProbability: sameShape(logProbability, slope) };
}

function requireLikelihoods({ logProbability, target }: NllLossInputs): void {
  requireRank('nllLoss', 2, { logProbability });
  requireOnePerRow('nllLoss', { logProbability }, { target });
  requireNonEmpty('nllLoss', { logProbability });
  requireElements('nllLoss', { logProbability }, 'be at most 0', (element) => !(element > 0));
  requireLabels('nllLoss', logProbability.shape[1]!, { target });
}
