import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireNonNegative,
  requireRank,
  requireSameShape,
  sameShape,
  sqrt,
  sum,
} from '../../kernel/index.js';

export interface TripletInputs {
  /** Embeddings a of n examples, n × d. */
  readonly anchor: NDArray;
  /** For each anchor, an example p of its own class, n × d. */
  readonly positive: NDArray;
  /** For each anchor, an example q of another class, n × d. */
  readonly negative: NDArray;
  /** How much farther the negative should be than the positive; at least 0. */
  readonly margin?: number;
}

/**
 * **Triplet loss**: an example should be closer to its own class than to another, by a margin.
 *
 * $$ L = \frac{1}{n} \sum_i \max(0, \lVert a_i - p_i \rVert - \lVert a_i - q_i \rVert + m) $$
 *
 * Only the difference of two distances counts, not their size: a class may spread as wide as
 * it must. Triplets that keep the margin pull at nothing, which is why hard ones are sought.
 *
 * Unit: that of the embeddings.
 *
 * @returns The mean over the triplets, a scalar.
 * @throws FormulaError `shape` if `anchor` is not a matrix, or `positive` or `negative` differs
 *   from it in shape.
 * @throws FormulaError `domain` if `margin` is negative or infinite.
 * @throws FormulaError `empty` if there are no triplets.
 * @see F. Schroff, D. Kalenichenko, J. Philbin, "FaceNet: A Unified Embedding for Face
 *   Recognition and Clustering", CVPR 2015, arXiv:1503.03832, with squared distances
 * @see V. Balntas, E. Riba, D. Ponsa, K. Mikolajczyk, "Learning Local Feature Descriptors with
 *   Triplets and Shallow Convolutional Neural Networks", BMVC 2016
 * @example
 * triplet({ anchor: matrix([0, 0]), positive: matrix([3, 4]), negative: matrix([0, 2]) }); // → 4
 */
export function triplet({ anchor, positive, negative, margin = 1 }: TripletInputs): number {
  requireTriplets({ anchor, positive, negative, margin });

  return mean(anchor.shape[0]!, (low, high) => {
    let total = 0;
    for (let row = low; row < high; row++) {
      const gap = distance(anchor, positive, row) - distance(anchor, negative, row);
      total += Math.max(0, gap + margin);
    }
    return total;
  });
}

/**
 * Gradient of {@link triplet}: for triplets that miss the margin, the directions from the
 * positive and from the negative.
 *
 * $$
 * \frac{\partial L}{\partial a_i} = \frac{1}{n} \left(
 *   \frac{a_i - p_i}{\lVert a_i - p_i \rVert} - \frac{a_i - q_i}{\lVert a_i - q_i \rVert}
 * \right),
 * \qquad \frac{\partial L}{\partial p_i} = -\frac{1}{n} \frac{a_i - p_i}{\lVert a_i - p_i \rVert},
 * \qquad \frac{\partial L}{\partial q_i} = \frac{1}{n} \frac{a_i - q_i}{\lVert a_i - q_i \rVert}
 * $$
 *
 * Between points that coincide there is no direction, and the gradient there is 0, the middle
 * of the unit ball of subgradients.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `anchor`, `positive`, `negative`: arrays of their shape.
 */
export function tripletGradient(
  { anchor, positive, negative, margin = 1 }: TripletInputs,
  cotangent = 1,
): { anchor: NDArray; positive: NDArray; negative: NDArray } {
  requireTriplets({ anchor, positive, negative, margin });

  const [rows, columns] = anchor.shape as [number, number];
  const ofAnchor = new Float64Array(anchor.data.length);
  const ofPositive = new Float64Array(anchor.data.length);
  const ofNegative = new Float64Array(anchor.data.length);
  for (let row = 0; row < rows; row++) {
    const toPositive = lengthBetween(anchor, positive, row);
    const toNegative = lengthBetween(anchor, negative, row);
    const gap = toPositive.largest * toPositive.multiple - toNegative.largest * toNegative.multiple;
    // A step that keeps NaN, which a comparison would take for "keeps the margin".
    const active = Math.sign(Math.max(0, gap + margin));
    const weight = (cotangent * active) / rows;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      ofPositive[i] = -weight * direction(anchor.data[i]! - positive.data[i]!, toPositive);
      ofNegative[i] = weight * direction(anchor.data[i]! - negative.data[i]!, toNegative);
      ofAnchor[i] = -ofPositive[i]! - ofNegative[i]!;
    }
  }
  return {
    anchor: sameShape(anchor, ofAnchor),
    positive: sameShape(positive, ofPositive),
    negative: sameShape(negative, ofNegative),
  };
}

/** The Euclidean distance of two rows. */
function distance(left: NDArray, right: NDArray, row: number): number {
  const { largest, multiple } = lengthBetween(left, right, row);
  return largest * multiple;
}

/** A length as a multiple of its largest coordinate, so that no square overflows or vanishes. */
interface Length {
  readonly largest: number;
  readonly multiple: number;
}

function lengthBetween(left: NDArray, right: NDArray, row: number): Length {
  const columns = left.shape[1]!;
  const start = row * columns;
  let largest = 0;
  for (let i = start; i < start + columns; i++) {
    largest = Math.max(largest, Math.abs(left.data[i]! - right.data[i]!));
  }
  if (largest === 0 || largest === Infinity) return { largest, multiple: 1 };
  const squares = sum(columns, (low, high) => {
    let total = 0;
    for (let i = start + low; i < start + high; i++) {
      const share = (left.data[i]! - right.data[i]!) / largest;
      total += share * share;
    }
    return total;
  });
  return { largest, multiple: sqrt(squares) };
}

/** One coordinate of a unit vector, 0 where there is none; a subnormal length would be too coarse. */
function direction(difference: number, { largest, multiple }: Length): number {
  return largest === 0 ? 0 : difference / largest / multiple;
}

function requireTriplets({ anchor, positive, negative, margin }: Required<TripletInputs>) {
  requireRank('triplet', 2, { anchor });
  requireSameShape('triplet', { anchor, positive, negative });
  requireNonEmpty('triplet', { anchor });
  requireNonNegative('triplet', { margin });
}
