import {
  FormulaError,
  type NDArray,
  requireAxes,
  requireBinary,
  requireElements,
  requireNonEmpty,
} from '../../kernel/index.js';

export interface RocCurveInputs {
  /** True classes y, a vector: 1 for the positive class and 0 for the negative one. */
  readonly target: NDArray;
  /** Scores s, one for each class: the higher, the more positive. Finite. */
  readonly score: NDArray;
}

/** The points of a curve, from (0, 0) to (1, 1), and the threshold that gives each. */
export type RocCurve = {
  readonly falsePositiveRate: NDArray;
  readonly truePositiveRate: NDArray;
  readonly thresholds: NDArray;
};

/**
 * **ROC curve**: how many positives a classifier finds, and at how many false alarms.
 *
 * $$
 * \mathrm{FPR}(t) = \frac{\#\{i : s_i \ge t, y_i = 0\}}{\#\{i : y_i = 0\}}
 * \qquad
 * \mathrm{TPR}(t) = \frac{\#\{i : s_i \ge t, y_i = 1\}}{\#\{i : y_i = 1\}}
 * $$
 *
 * at t = ∞, and then at every distinct score from the highest down. Tied scores cannot be told
 * apart by any threshold, so they enter together and the curve crosses them in one straight step;
 * broken in the order of appearance they would draw a staircase that says more about the order
 * of the data than about the scores. Only the order of the scores counts, not their size.
 *
 * Unit: rates are shares of a class; thresholds have the unit of the scores.
 *
 * @returns `falsePositiveRate`, `truePositiveRate` and `thresholds`, each with one element more
 *   than there are distinct scores.
 * @throws FormulaError `shape` if `target` is not a vector, or `score` differs from it in shape.
 * @throws FormulaError `domain` if a label is neither 0 nor 1, a class is missing, or a score is
 *   not finite.
 * @throws FormulaError `empty` if there are no elements.
 * @see T. Fawcett, "An Introduction to ROC Analysis", Pattern Recognition Letters 27 (2006)
 *   861–874, algorithm 1
 * @example
 * rocCurve({ target: vector(0, 1, 1), score: vector(0.3, 0.9, 0.3) }).truePositiveRate; // → [0, 0.5, 1]
 */
export function rocCurve({ target, score }: RocCurveInputs): RocCurve {
  requireAxes('rocCurve', { target, score }, { target: ['n'], score: ['n'] });
  requireNonEmpty('rocCurve', { target });
  requireBinary('rocCurve', { target });
  requireElements('rocCurve', { score }, 'be finite', Number.isFinite);

  const points = pointsOf(target.data, score.data);
  const { truePositives: positives, falsePositives: negatives } = points.at(-1)!;
  requireBothClasses(positives, negatives);
  return {
    falsePositiveRate: along(points, ({ falsePositives }) => falsePositives / negatives),
    truePositiveRate: along(points, ({ truePositives }) => truePositives / positives),
    thresholds: along(points, ({ threshold }) => threshold),
  };
}

interface Point {
  readonly threshold: number;
  readonly falsePositives: number;
  readonly truePositives: number;
}

/** What is predicted to be positive at no score at all, and from each distinct score on. */
function pointsOf(target: Float64Array, score: Float64Array): readonly Point[] {
  const points: Point[] = [{ threshold: Infinity, falsePositives: 0, truePositives: 0 }];
  const order = fromTheHighest(score);
  let [falsePositives, truePositives] = [0, 0];
  order.forEach((i, rank) => {
    if (target[i] === 1) truePositives++;
    else falsePositives++;
    const threshold = score[i]!;
    const next = order[rank + 1];
    // Equal scores make one point, which the last of them completes.
    if (next !== undefined && score[next] === threshold) return;
    points.push({ threshold, falsePositives, truePositives });
  });
  return points;
}

/** The positions of the scores, the highest first. */
function fromTheHighest(score: Float64Array): readonly number[] {
  // The difference of unequal doubles is never 0: subnormal numbers see to that.
  return [...score.keys()].sort((i, j) => score[j]! - score[i]!);
}

function requireBothClasses(positives: number, negatives: number): void {
  if (positives > 0 && negatives > 0) return;
  const only = positives > 0 ? 1 : 0;
  throw new FormulaError('domain', `rocCurve: target must have both classes, got ${only} alone`);
}

function along(points: readonly Point[], value: (point: Point) => number): NDArray {
  return { shape: [points.length], data: Float64Array.from(points, value) };
}
