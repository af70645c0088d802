import {
  mean,
  type NDArray,
  requireLabels,
  requireNonEmpty,
  requireOnePerRow,
  requireRank,
  sameShape,
} from '../../kernel/index.js';

export interface CategoricalHingeInputs {
  /** Scores s, a row for each sample and a column for each class. */
  readonly scores: NDArray;
  /** The class t observed in each row, counted from 0. */
  readonly target: NDArray;
}

/**
 * **Categorical hinge loss**: the true class must beat its best rival by a margin of 1.
 *
 * $$ L = \frac{1}{n} \sum_{i=1}^{n} \max\left(0,\ 1 + \max_{k \ne t_i} s_{ik} - s_{i t_i}\right) $$
 *
 * Only the best rival counts, and only differences of scores: the true class is not among its
 * own rivals, so the loss does not change when a number is added to a row. A class without
 * rivals costs nothing.
 *
 * Unit: that of `scores`.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `scores` is not a matrix, or `target` has not one element for
 *   each of its rows.
 * @throws FormulaError `domain` if `target` is not one of the columns of `scores`.
 * @throws FormulaError `empty` if there are no elements.
 * @see K. Crammer, Y. Singer, "On the Algorithmic Implementation of Multiclass Kernel-based
 *   Vector Machines", J. Mach. Learn. Res. 2 (2001) 265–292
 * @example
 * categoricalHinge({ scores: matrix([2, 1.5, -1], [0, 3, 1]), target: vector(0, 1) }); // → 0.25
 */
export function categoricalHinge({ scores, target }: CategoricalHingeInputs): number {
  requireScores({ scores, target });

  const [rows, columns] = scores.shape as [number, number];
  return mean(rows, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const row = scores.data.subarray(i * columns, (i + 1) * columns);
      const rival = bestRival(row, target.data[i]!);
      if (rival !== -1) total += Math.max(0, 1 + (row[rival]! - row[target.data[i]!]!));
    }
    return total;
  });
}

/** The place of the best class beside the true one, NaN before all others; −1 if there is none. */
function bestRival(row: Float64Array, label: number): number {
  let best = -1;
  for (let k = 0; k < row.length; k++) {
    if (k === label) continue;
    if (best === -1 || row[k]! > row[best]! || Number.isNaN(row[k])) best = k;
  }
  return best;
}

/**
 * Gradient of {@link categoricalHinge}: 1/n at the best rival and −1/n at the true class,
 * in the rows that cost something.
 *
 * $$
 * \frac{\partial L}{\partial s_{ik}} = \frac{1}{n} \left( [k = r_i] - [k = t_i] \right),
 * \qquad r_i = \arg\max_{k \ne t_i} s_{ik}, \quad 1 + s_{i r_i} > s_{i t_i}
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `scores`: an array of its shape, whose rows sum to 0.
 */
export function categoricalHingeGradient(
  { scores, target }: CategoricalHingeInputs,
  cotangent = 1,
): { scores: NDArray } {
  requireScores({ scores, target });

  const [rows, columns] = scores.shape as [number, number];
  const slope = new Float64Array(scores.data.length);
  for (let i = 0; i < rows; i++) {
    const row = scores.data.subarray(i * columns, (i + 1) * columns);
    const label = target.data[i]!;
    const rival = bestRival(row, label);
    if (rival === -1 || !(1 + (row[rival]! - row[label]!) > 0)) continue;
    slope[i * columns + rival] = cotangent / rows;
    slope[i * columns + label] = -cotangent / rows;
  }
  return { scores: sameShape(scores, slope) };
}

function requireScores({ scores, target }: CategoricalHingeInputs): void {
  requireRank('categoricalHinge', 2, { scores });
  requireOnePerRow('categoricalHinge', { scores }, { target });
  requireNonEmpty('categoricalHinge', { scores });
  requireLabels('categoricalHinge', scores.shape[1]!, { target });
}
