import {
  exp,
  expm1,
  mean,
  type NDArray,
  requireElements,
  requireNonEmpty,
  requireNumber,
  requireOnePerRow,
  requireRank,
  sameShape,
} from '../../kernel/index.js';
import { logSoftmax } from '../activations/log-softmax.js';

export interface CrossEntropyFromLogitsInputs {
  /** Logits z, a row for each sample and a column for each class. */
  readonly logits: NDArray;
  /** The class t observed in each row, counted from 0, or the label of rows to leave out. */
  readonly target: NDArray;
  /** The share of certainty ε that is spread evenly over all classes, in [0, 1]. */
  readonly labelSmoothing?: number;
  /** The label of rows that are left out, of the sum and of the count. */
  readonly ignoredLabel?: number;
}

/**
 * **Cross-entropy from logits**: softmax and categorical cross-entropy in one.
 *
 * $$
 * L = -\frac{1}{|K|} \sum_{i \in K} \sum_{k=1}^{c} w_{ik} \ln \operatorname{softmax}(z_i)_k,
 * \qquad w_{ik} = (1 - \varepsilon) [k = t_i] + \frac{\varepsilon}{c}
 * $$
 *
 * Taken together because a probability that underflows, 745 below the largest logit, would cost
 * infinitely much. K are the rows whose label is not the ignored one; the mean over none of
 * them is NaN. Label smoothing ε trades certainty for an even share of all c classes, the true
 * one included; a class that is masked by a logit of −Infinity costs infinitely much if it has
 * a share.
 *
 * Unit: nats.
 *
 * @returns The mean loss over the rows that are kept, a scalar.
 * @throws FormulaError `shape` if `logits` is not a matrix, or `target` has not one element for
 *   each of its rows.
 * @throws FormulaError `domain` if `target` is neither a column of `logits` nor `ignoredLabel`,
 *   `labelSmoothing` leaves [0, 1], or `ignoredLabel` is not an integer.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna, "Rethinking the Inception
 *   Architecture for Computer Vision", arXiv:1512.00567 (2015), section 7
 * @example
 * crossEntropyFromLogits({ logits: matrix([0, 800], [0, 0], [5, 1]), target: vector(0, 1, -100) }); // → 400.34657359027995
 */
export function crossEntropyFromLogits({
  logits,
  target,
  labelSmoothing = 0,
  ignoredLabel = -100,
}: CrossEntropyFromLogitsInputs): number {
  requireClassification({ logits, target, labelSmoothing, ignoredLabel });

  const { data: logProbability } = logSoftmax({ x: logits });
  const columns = logits.shape[1]!;
  const kept = keptRows(target, ignoredLabel);
  return mean(kept.length, (low, high) => {
    let total = 0;
    for (const row of kept.slice(low, high)) {
      let cost = 0;
      for (let k = 0; k < columns; k++) {
        const certain = k === target.data[row] ? 1 - labelSmoothing : 0;
        const weight = certain + labelSmoothing / columns;
        // A masked class without a share has no part in the sum, where 0 · ∞ would be NaN.
        if (weight !== 0) cost -= weight * logProbability[row * columns + k]!;
      }
      total += cost;
    }
    return total;
  });
}

/** The rows whose label is not the ignored one, in order. */
function keptRows({ data: labels }: NDArray, ignoredLabel: number): readonly number[] {
  const kept: number[] = [];
  for (let row = 0; row < labels.length; row++) if (labels[row] !== ignoredLabel) kept.push(row);
  return kept;
}

/**
 * Gradient of {@link crossEntropyFromLogits}: what is predicted minus what was to be predicted.
 *
 * $$
 * \frac{\partial L}{\partial z_{ik}}
 *   = \frac{1}{|K|} \left( \operatorname{softmax}(z_i)_k - w_{ik} \right), \quad i \in K
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `logits`: an array of its shape, whose rows sum to 0, and are 0 where ignored.
 */
export function crossEntropyFromLogitsGradient(
  { logits, target, labelSmoothing = 0, ignoredLabel = -100 }: CrossEntropyFromLogitsInputs,
  cotangent = 1,
): { logits: NDArray } {
  requireClassification({ logits, target, labelSmoothing, ignoredLabel });

  const { data: logProbability } = logSoftmax({ x: logits });
  const columns = logits.shape[1]!;
  const kept = keptRows(target, ignoredLabel);
  const slope = new Float64Array(logits.data.length);
  for (const row of kept) {
    for (let k = 0; k < columns; k++) {
      const i = row * columns + k;
      const isTrue = k === target.data[row];
      // expm1, because e^x − 1 loses how far a probability next to 1 is from it.
      const excess = isTrue ? expm1(logProbability[i]!) : exp(logProbability[i]!);
      const smoothed = labelSmoothing * ((isTrue ? 1 : 0) - 1 / columns);
      slope[i] = (cotangent * (excess + smoothed)) / kept.length;
    }
  }
  return { logits: sameShape(logits, slope) };
}

function requireClassification({
  logits,
  target,
  labelSmoothing,
  ignoredLabel,
}: Required<CrossEntropyFromLogitsInputs>): void {
  requireRank('crossEntropyFromLogits', 2, { logits });
  requireOnePerRow('crossEntropyFromLogits', { logits }, { target });
  requireNonEmpty('crossEntropyFromLogits', { logits });
  requireNumber(
    'crossEntropyFromLogits',
    { labelSmoothing },
    'lie in [0, 1]',
    (share) => share >= 0 && share <= 1,
  );
  requireNumber('crossEntropyFromLogits', { ignoredLabel }, 'be an integer', Number.isInteger);
  const classes = logits.shape[1]!;
  requireElements(
    'crossEntropyFromLogits',
    { target },
    `be integers in [0, ${classes}) or ${ignoredLabel}`,
    (label) => label === ignoredLabel || (Number.isInteger(label) && label >= 0 && label < classes),
  );
}
