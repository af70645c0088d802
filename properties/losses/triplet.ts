import { atLeast, atMost, equal, exactly, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { type TripletInputs, triplet, tripletGradient } from '../../src/formulas/losses/triplet.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, isNonNegative, rowwise } from '../laws.js';

export const properties: Properties<TripletInputs> = [
  isNonNegative(),
  always('is the margin where positive and negative coincide', async (loss, x) =>
    equal(await loss({ ...x, negative: x.positive }), exactly(x.margin ?? 1)),
  ),
  always('is at most the distance of the classes, and the margin', async (loss, x) =>
    // From a negative that is its own anchor, the whole way to the positive is missing.
    atMost(await loss(x), await loss({ ...x, anchor: x.negative })),
  ),
  always('with its twin, positive and negative exchanged, covers 2 margins', async (loss, x) => {
    const twin = { ...x, positive: x.negative, negative: x.positive };
    return atLeast(plus(await loss(x), await loss(twin)), exactly(2 * (x.margin ?? 1)));
  }),
  always('is the same when every point is moved alike', async (loss, x, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    return equal(await loss(everywhere((value) => value + shift)(x)), await loss(x));
  }),
  always('is the same in a mirror', async (loss, x) =>
    equal(await loss(everywhere((value) => -value)(x)), await loss(x)),
  ),
  always('is the same with coordinates in reverse order', async (loss, x) => {
    const reversed = (points: NDArray): NDArray => rowwise(points, (row) => row.slice().reverse());
    return equal(
      await loss({
        ...x,
        anchor: reversed(x.anchor),
        positive: reversed(x.positive),
        negative: reversed(x.negative),
      }),
      await loss(x),
    );
  }),
  always('doubles when points and margin double', async (loss, x) => {
    const doubled = { ...everywhere((value) => 2 * value)(x), margin: 2 * (x.margin ?? 1) };
    return equal(await loss(doubled), times(await loss(x), 2));
  }),
  always('does not fall as the margin grows', async (loss, x) => {
    const margin = x.margin ?? 1;
    return atMost(await loss({ ...x, margin }), await loss({ ...x, margin: margin + 0.5 }));
  }),
];

/** The same triplets with every coordinate through `change`. */
function everywhere(change: (value: number) => number) {
  return ({ anchor, positive, negative, ...rest }: TripletInputs): TripletInputs => ({
    ...rest,
    anchor: elementwise(anchor, change),
    positive: elementwise(positive, change),
    negative: elementwise(negative, change),
  });
}

type Distance = (left: Float64Array, right: Float64Array) => number;

/** The terms of the triplets, from a distance of two rows and a cost of two distances. */
function termsOf(
  { anchor, positive, negative, margin = 1 }: TripletInputs,
  distance: Distance,
  cost = hinge,
): number[] {
  const [rows, columns] = anchor.shape as [number, number];
  return Array.from({ length: rows }, (_, row) => {
    const [a, p, q] = [anchor, positive, negative].map(({ data }) =>
      data.slice(row * columns, (row + 1) * columns),
    ) as [Float64Array, Float64Array, Float64Array];
    return cost(distance(a, p), distance(a, q), margin);
  });
}

function hinge(toPositive: number, toNegative: number, margin: number): number {
  return Math.max(0, toPositive - toNegative + margin);
}

function mean(terms: readonly number[]): number {
  return terms.reduce((total, term) => total + term, 0) / terms.length;
}

/** The mean loss with another distance or another cost. */
function withDistance(distance: Distance, cost = hinge) {
  return (x: TripletInputs): number => mean(termsOf(x, distance, cost));
}

/** The sum of one term for each coordinate of two rows. */
function overCoordinates(
  left: Float64Array,
  right: Float64Array,
  term: (left: number, right: number, index: number) => number,
): number {
  return left.reduce((total, value, i) => total + term(value, right[i]!, i), 0);
}

const euclidean: Distance = (left, right) => Math.sqrt(squared(left, right));

const squared: Distance = (left, right) =>
  overCoordinates(left, right, (a, b) => (a - b) * (a - b));

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<TripletInputs> = {
  'positive and negative exchanged': {
    source: 'classic',
    compute: (x) => triplet({ ...x, positive: x.negative, negative: x.positive }),
  },
  'margin subtracted': {
    source: 'classic',
    compute: withDistance(euclidean, (near, far, margin) => Math.max(0, near - far - margin)),
  },
  'not cut off at 0': {
    source: 'classic',
    compute: withDistance(euclidean, (near, far, margin) => near - far + margin),
  },
  'cut off after the mean': {
    source: 'classic',
    compute: (x) =>
      Math.max(0, withDistance(euclidean, (near, far, margin) => near - far + margin)(x)),
  },
  'margin outside the cut-off': {
    source: 'classic',
    compute: withDistance(euclidean, (near, far, margin) => Math.max(0, near - far) + margin),
  },
  'margin of 0 taken for the default': {
    source: 'classic',
    compute: ({ margin, ...x }) => triplet({ ...x, margin: margin || 1 }),
  },
  'city-block distance': {
    source: 'classic',
    compute: withDistance((left, right) => overCoordinates(left, right, (a, b) => Math.abs(a - b))),
  },
  'mean of the squares under the root': {
    source: 'classic',
    compute: withDistance((left, right) => Math.sqrt(squared(left, right) / left.length)),
  },
  'negative measured from the positive': {
    source: 'classic',
    compute: (x) => {
      const near = termsOf({ ...x, negative: x.anchor }, euclidean, (toPositive) => toPositive);
      const far = termsOf({ ...x, anchor: x.positive }, euclidean, (_, toNegative) => toNegative);
      return mean(near.map((toPositive, row) => hinge(toPositive, far[row]!, x.margin ?? 1)));
    },
  },
  'distances through |a|² − 2 a·b + |b|²': {
    source: 'classic',
    compute: withDistance((left, right) => {
      const square = overCoordinates(left, right, (a, b) => a * a - 2 * a * b + b * b);
      return Math.sqrt(Math.max(0, square));
    }),
  },
  'columns taken for points': {
    source: 'classic',
    compute: (x) => triplet(transposed(x)),
  },
  'last coordinate left out': {
    source: 'classic',
    compute: withDistance((left, right) => euclidean(left.slice(0, -1), right.slice(0, -1))),
  },
  'only the first 8 triplets added': {
    source: 'classic',
    compute: (x) => {
      const terms = termsOf(x, euclidean);
      return terms.slice(0, 8).reduce((total, term) => total + term, 0) / terms.length;
    },
  },
  'NaN where anchor and positive coincide': {
    source: 'classic',
    compute: withDistance(euclidean, (near, far, margin) =>
      near === 0 ? Number.NaN : hinge(near, far, margin),
    ),
  },
  'in single precision': {
    source: 'classic',
    compute: (x) => Math.fround(triplet(everywhere(Math.fround)(x))),
  },
  'one negative for all anchors': {
    source: 'classic',
    unguarded: true,
    compute: (x) =>
      triplet({
        ...x,
        positive: repeated(x.positive, x.anchor),
        negative: repeated(x.negative, x.anchor),
      }),
  },
  'differences written over the positives': {
    source: 'classic',
    compute: (x) => {
      const loss = triplet(x);
      x.positive.data.forEach((value, i) => {
        x.positive.data[i] = x.anchor.data[i]! - value;
      });
      return loss;
    },
  },
  'gradient of points that coincide left to be NaN': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const slopes = tripletGradient(x, cotangent as number);
      const coincides = (i: number): boolean => {
        const columns = x.anchor.shape[1]!;
        const start = i - (i % columns);
        const row = ({ data }: NDArray) => data.slice(start, start + columns);
        return squared(row(x.anchor), row(x.positive)) === 0;
      };
      return {
        ...slopes,
        positive: elementwise(slopes.positive, (slope, i) => (coincides(i) ? Number.NaN : slope)),
      };
    },
  },
  'gradient of the anchor without the negative': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const slopes = tripletGradient(x, cotangent as number);
      return { ...slopes, anchor: elementwise(slopes.positive, (slope) => -slope) };
    },
  },
  'gradient not divided by the number of triplets': {
    source: 'classic',
    gradient: (x, cotangent) => tripletGradient(x, (cotangent as number) * x.anchor.shape[0]!),
  },
  'gradient of triplets that keep the margin': {
    source: 'classic',
    gradient: (x, cotangent) => tripletGradient({ ...x, margin: 1e30 }, cotangent as number),
  },
};

/** The matrices turned over their diagonals. */
function transposed({ anchor, positive, negative, ...rest }: TripletInputs): TripletInputs {
  const [rows, columns] = anchor.shape as [number, number];
  const turned = ({ data }: NDArray): NDArray => ({
    shape: [columns, rows],
    data: data.map((_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
  });
  return {
    ...rest,
    anchor: turned(anchor),
    positive: turned(positive),
    negative: turned(negative),
  };
}

/** An array repeated until it has the shape of another. */
function repeated({ data }: NDArray, like: NDArray): NDArray {
  return elementwise(like, (_, i) => data[i % data.length]!);
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<TripletInputs> = {
  'roots of plain sums of squares': withDistance(euclidean),
  'through Math.hypot': withDistance((left, right) =>
    Math.hypot(...left.map((value, i) => value - right[i]!)),
  ),
};

/** The negative no farther than it is from the positive. */
function withAnchorSwapped(x: TripletInputs): number {
  const near = termsOf({ ...x, negative: x.anchor }, euclidean, (toPositive) => toPositive);
  const far = termsOf(x, euclidean, (_, toNegative) => toNegative);
  const other = termsOf({ ...x, anchor: x.positive }, euclidean, (_, toNegative) => toNegative);
  return mean(
    near.map((toPositive, row) =>
      hinge(toPositive, Math.min(far[row]!, other[row]!), x.margin ?? 1),
    ),
  );
}

export const variants: Variants<TripletInputs> = {
  'squared distances': { compute: withDistance(squared) },
  'epsilon 1e-6 in the differences': {
    compute: withDistance((left, right) =>
      Math.sqrt(overCoordinates(left, right, (a, b) => (a - b + 1e-6) ** 2)),
    ),
  },
  'anchor swapped': { compute: withAnchorSwapped },
  'mean over the active triplets': {
    compute: (x) => {
      const active = termsOf(x, euclidean).filter((term) => !(term <= 0));
      return active.length === 0 ? 0 : mean(active);
    },
  },
  sum: {
    compute: (x) => triplet(x) * x.anchor.shape[0]!,
    gradient: (x, cotangent) => tripletGradient(x, (cotangent as number) * x.anchor.shape[0]!),
  },
};
