import { type NDArray, requireBinary, requireSameShape } from '../../kernel/index.js';

export interface ConfusionCountsInputs {
  /** True classes y, of any shape: 1 for the positive class and 0 for the negative one. */
  readonly target: NDArray;
  /** Predicted classes ŷ, of the same shape. */
  readonly prediction: NDArray;
}

/** How often each prediction met each class. */
export type ConfusionCounts = {
  readonly truePositive: number;
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
};

/**
 * **Confusion counts**: how often a classifier was right and wrong about either class.
 *
 * $$
 * \begin{aligned}
 *   TP &= \#\{i : \hat{y}_i = 1, y_i = 1\} & FP &= \#\{i : \hat{y}_i = 1, y_i = 0\} \\
 *   FN &= \#\{i : \hat{y}_i = 0, y_i = 1\} & TN &= \#\{i : \hat{y}_i = 0, y_i = 0\}
 * \end{aligned}
 * $$
 *
 * True and false say whether the prediction was right, positive and negative what it was. The
 * four add up to n, and every rate of a classifier at one threshold is a fraction of their sums.
 * Of no elements all are 0.
 *
 * Unit: elements.
 *
 * @returns Four counts: `truePositive`, `trueNegative`, `falsePositive`, `falseNegative`.
 * @throws FormulaError `shape` if `target` and `prediction` differ in shape.
 * @throws FormulaError `domain` if a label is neither 0 nor 1.
 * @see T. Fawcett, "An Introduction to ROC Analysis", Pattern Recognition Letters 27 (2006)
 *   861–874, section 2
 * @example
 * confusionCounts({ target: vector(1, 0, 1), prediction: vector(1, 1, 0) }).falsePositive; // → 1
 */
export function confusionCounts({ target, prediction }: ConfusionCountsInputs): ConfusionCounts {
  requireSameShape('confusionCounts', { target, prediction });
  requireBinary('confusionCounts', { target, prediction });

  let [truePositive, trueNegative, falsePositive, falseNegative] = [0, 0, 0, 0];
  for (let i = 0; i < target.data.length; i++) {
    const isPositive = target.data[i] === 1;
    if (prediction.data[i] === 1) isPositive ? truePositive++ : falsePositive++;
    else isPositive ? falseNegative++ : trueNegative++;
  }
  return { truePositive, trueNegative, falsePositive, falseNegative };
}
