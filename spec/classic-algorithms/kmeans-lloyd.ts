import type { Spec } from '../../src/conformance/spec.js';
import {
  type KmeansLloydInputs,
  kmeansLloyd,
} from '../../src/formulas/classic-algorithms/kmeans-lloyd.js';
import type { Format, NDArray } from '../../src/kernel/index.js';

export const spec: Spec<KmeansLloydInputs> = {
  id: 'classic-algorithms/kmeans-lloyd',
  name: "k-means by Lloyd's algorithm",
  latex: String.raw`
    c_i = \operatorname*{arg\,min}_j \lVert x_i - \mu_j \rVert^2
    \qquad
    \mu_j \leftarrow \frac{1}{\#\{i : c_i = j\}} \sum_{i : c_i = j} x_i
    \qquad
    I = \sum_i \lVert x_i - \mu_{c_i} \rVert^2
  `,
  inputs: {
    points: { kind: 'real', shape: ['n', 'd'], structure: 'points' },
    centres: { kind: 'real', shape: ['k', 'd'], structure: 'points' },
    iterations: { kind: 'count', default: 100, min: 1 },
  },
  lengths: { n: [2, 3, 5, 8, 13, 21, 34], k: [1, 2, 2, 3, 3, 4, 6], d: [1, 2, 2, 3, 7] },
  asks: isDecided,
  outputs: {
    labels: {
      kind: 'label',
      shape: ['n'],
      meaning: 'the row of the centre that each point belongs to',
      free: 'labels',
    },
    centres: {
      kind: 'real',
      shape: ['k', 'd'],
      meaning: 'the means of the points that belong to them',
      free: 'labels',
      scale: {
        of: ({ points }: KmeansLloydInputs, _result, index) => largestInColumn(points, index),
        reason: 'about the mean of the data, a centre is rounded beside the points',
      },
    },
    inertia: {
      kind: 'real',
      shape: 'scalar',
      meaning: 'the sum of the squared distances of the points from their centres',
      min: 0,
    },
  },
  errors: {
    shape:
      'points or centres is no matrix, they differ in columns, or there are more centres than points',
    domain: 'a coordinate is not finite, or iterations is no integer of at least 1',
    empty: 'there are no points, no centres or no coordinates',
  },
  sources: ['ML Formulas, Classic Algorithm Formulas', 'Lloyd 1982'],
  errata: {
    'E000-53': 'a centre without points stays where it is, where the document makes it NaN',
    'E000-54':
      'it stops when no label changes, not when centres move by less than a share of their size',
    'E000-55': 'the labels are those of the centres returned, also when the iterations run out',
  },
};

/** Rounding units, of the squared size of the data, by which a nearest centre is nearer than others. */
const MARGIN = 256;

/**
 * True if at every step each point is nearer to one centre than to any other, by more than
 * rounding makes up: a label is computed, from distances that two right methods round
 * differently. ‖x‖² − 2 x·μ + ‖μ‖² errs by roundings of (‖x‖ + ‖μ‖)², and so do distances of
 * points that the judge moves by up to 48 units: by 192 units of it at most. Distances from the
 * mean of all points, as scikit-learn takes them, err by roundings of the largest ‖x‖. And of
 * centres that coincide the second may be nearer than the rounded mean of the points of the first.
 */
export function isDecided({ points, centres }: KmeansLloydInputs, format: Format): boolean {
  if (centres.shape[0]! > points.shape[0]!) return false;
  let here = centres;
  for (let step = 0; step < 100; step++) {
    if (!hasNearestCentres(points, here, format)) return false;
    const next = kmeansLloyd({ points, centres: here, iterations: 1 }).centres;
    if (next.data.every((coordinate, i) => coordinate === here.data[i])) return true;
    here = next;
  }
  return false;
}

function hasNearestCentres(points: NDArray, centres: NDArray, format: Format): boolean {
  const [all, candidates] = [rowsOf(points), rowsOf(centres)];
  const size = Math.max(...all.map(norm));
  return all.every((point) => isNearestToOne(point, candidates, size, format));
}

function isNearestToOne(
  point: Float64Array,
  centres: readonly Float64Array[],
  size: number,
  { unit, smallestNormal }: Format,
): boolean {
  const distances = centres.map((centre) => squaredDistance(point, centre));
  const least = Math.min(...distances);
  const winner = distances.indexOf(least);
  return centres.every((centre, j) => {
    const room = MARGIN * unit * (size + norm(centre)) ** 2;
    return j === winner || (room >= smallestNormal && distances[j]! - least > room);
  });
}

// Loops, because every draw is held to them.

function squaredDistance(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (left[i]! - right[i]!) ** 2;
  return sum;
}

function norm(row: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * row[i]!;
  return Math.sqrt(sum);
}

function rowsOf({ shape, data }: NDArray): readonly Float64Array[] {
  const [count, columns] = shape as [number, number];
  return Array.from({ length: count }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
}

/** The largest coordinate of the points in the column of an element of the centres. */
function largestInColumn({ shape, data }: NDArray, index: number): number {
  const columns = shape[1]!;
  let largest = 0;
  for (let i = index % columns; i < data.length; i += columns) {
    largest = Math.max(largest, Math.abs(data[i]!));
  }
  return largest;
}
