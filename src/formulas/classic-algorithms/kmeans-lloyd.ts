import {
  FormulaError,
  mean,
  type NDArray,
  requireAxes,
  requireElements,
  requireNonEmpty,
  requireNumber,
  sameShape,
  sum,
} from '../../kernel/index.js';

export interface KmeansLloydInputs {
  /** Points x, an n × d matrix with one in each row. Finite. */
  readonly points: NDArray;
  /** Centres μ to start from, a k × d matrix with one in each row; no more than points. Finite. */
  readonly centres: NDArray;
  /** How often the centres move, at most. */
  readonly iterations?: number;
}

/** Which centre each point belongs to, where the centres are, and what that costs. */
export type KmeansLloydClusters = {
  readonly labels: NDArray;
  readonly centres: NDArray;
  readonly inertia: number;
};

/**
 * **k-means by Lloyd's algorithm**: centres that are the means of the points nearest to them.
 *
 * $$
 * c_i = \operatorname*{arg\,min}_j \lVert x_i - \mu_j \rVert^2
 * \qquad
 * \mu_j \leftarrow \frac{1}{\#\{i : c_i = j\}} \sum_{i : c_i = j} x_i
 * \qquad
 * I = \sum_i \lVert x_i - \mu_{c_i} \rVert^2
 * $$
 *
 * Neither half of a step can make the inertia I larger: the nearest centre costs a point least,
 * and the mean costs its points least. So the steps end, at a fixed point that depends on where
 * they began. They have ended once no point changes its centre, whatever the unit and the origin
 * of the data; a step that is made all the same moves nothing.
 *
 * A point as near to two centres belongs to the first of them. A centre without points stays
 * where it is. The labels are those of the centres that are returned, also where the iterations
 * run out.
 *
 * Unit: centres have that of the points, the inertia its square.
 *
 * @returns `labels`, one in [0, k) for each point; `centres`, as many as were given; `inertia`,
 *   a scalar.
 * @throws FormulaError `shape` if `points` or `centres` is no matrix, they differ in their
 *   columns, or there are more centres than points.
 * @throws FormulaError `domain` if a coordinate is not finite, or `iterations` is no integer of at
 *   least 1.
 * @throws FormulaError `empty` if there are no points, no centres or no coordinates.
 * @see S. P. Lloyd, "Least Squares Quantization in PCM", IEEE Transactions on Information Theory
 *   28 (1982) 129–137
 * @example
 * kmeansLloyd({ points: matrix([0], [2], [9]), centres: matrix([0], [8]) }).centres; // → [[1], [9]]
 */
export function kmeansLloyd({
  points,
  centres,
  iterations = 100,
}: KmeansLloydInputs): KmeansLloydClusters {
  requireAxes('kmeansLloyd', { points, centres }, { points: ['n', 'd'], centres: ['k', 'd'] });
  requireNonEmpty('kmeansLloyd', { points, centres });
  requireNoMoreThan(points.shape[0]!, centres.shape[0]!);
  requireElements('kmeansLloyd', { points, centres }, 'be finite', Number.isFinite);
  requireNumber('kmeansLloyd', { iterations }, 'be an integer of at least 1', isPositiveInteger);

  let means = centres;
  let labels = nearest(points, means);
  for (let iteration = 0; iteration < iterations; iteration++) {
    means = meansOf(points, labels, means);
    const before = labels;
    labels = nearest(points, means);
    if (labels.every((label, i) => label === before[i])) break;
  }
  return {
    labels: { shape: [labels.length], data: labels },
    centres: means,
    inertia: inertiaOf(points, labels, means),
  };
}

/** The row of the nearest centre, for each point; of several that are as near, the first. */
function nearest(points: NDArray, centres: NDArray): Float64Array {
  const labels = new Float64Array(points.shape[0]!);
  for (let i = 0; i < labels.length; i++) {
    let least = Infinity;
    for (let j = 0; j < centres.shape[0]!; j++) {
      const distance = squaredDistance(points, i, centres, j);
      if (distance >= least) continue;
      least = distance;
      labels[i] = j;
    }
  }
  return labels;
}

/** The squared distance of a point and a centre, by their rows. */
function squaredDistance(points: NDArray, i: number, centres: NDArray, j: number): number {
  const columns = points.shape[1]!;
  return sum(columns, (low, high) => {
    let total = 0;
    for (let column = low; column < high; column++) {
      const difference = points.data[i * columns + column]! - centres.data[j * columns + column]!;
      total += difference * difference;
    }
    return total;
  });
}

/** The means of the points with each label; of a label without points, the centre as it was. */
function meansOf(points: NDArray, labels: Float64Array, centres: NDArray): NDArray {
  const columns = points.shape[1]!;
  const means = centres.data.slice();
  for (let j = 0; j < centres.shape[0]!; j++) {
    const members = rowsWith(j, labels);
    if (members.length === 0) continue;
    for (let column = 0; column < columns; column++) {
      means[j * columns + column] = mean(members.length, (low, high) => {
        let total = 0;
        for (let m = low; m < high; m++) total += points.data[members[m]! * columns + column]!;
        return total;
      });
    }
  }
  return sameShape(centres, means);
}

function rowsWith(label: number, labels: Float64Array): readonly number[] {
  const rows: number[] = [];
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) rows.push(i);
  return rows;
}

/** What the points cost together at their centres. */
function inertiaOf(points: NDArray, labels: Float64Array, centres: NDArray): number {
  return sum(labels.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) total += squaredDistance(points, i, centres, labels[i]!);
    return total;
  });
}

function requireNoMoreThan(points: number, centres: number): void {
  if (centres <= points) return;
  throw new FormulaError(
    'shape',
    `kmeansLloyd: centres must number at most ${points}, one for each point, got ${centres}`,
  );
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
