import type { Spec } from '../../src/conformance/spec.js';
import type { TripletInputs } from '../../src/formulas/losses/triplet.js';
import type { NDArray } from '../../src/kernel/index.js';

export const spec: Spec<TripletInputs> = {
  id: 'losses/triplet',
  name: 'Triplet loss',
  latex: String.raw`
    L = \frac{1}{n} \sum_i \max(0, \lVert a_i - p_i \rVert - \lVert a_i - q_i \rVert + m)
  `,
  inputs: {
    anchor: { kind: 'real', shape: ['n', 'd'], special: [Number.NaN] },
    positive: { kind: 'real', shape: 'anchor' },
    negative: { kind: 'real', shape: 'anchor' },
    margin: { kind: 'non-negative', default: 1, seams: true },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['anchor', 'positive', 'negative'],
  errors: {
    shape: 'anchor is not a matrix, or positive or negative differs from it in shape',
    domain: 'margin is negative or infinite',
    empty: 'there are no triplets',
  },
  scale: {
    of: (_inputs, _result, _index, { smallestNormal, unit }) => Math.sqrt(smallestNormal) / unit,
    reason: 'a plain root of squares loses differences whose squares vanish',
  },
  gradientScale: {
    of: ({ anchor, positive, negative }, _result, index, { smallestNormal, unit }) => {
      const [rows, columns] = anchor.shape as [number, number];
      const row = Math.floor((index % anchor.data.length) / columns);
      // As for the value: below this a square vanishes, and with it the direction.
      const least = Math.sqrt(smallestNormal) / unit;
      const vanishes = [positive, negative].some((other) => {
        const length = distance(anchor, other, row);
        return length > 0 && length < least;
      });
      return (vanishes ? 1 / unit : 1) / rows;
    },
    reason:
      'two rounded directions are subtracted, also where only rounding makes a triplet count; and a plain root of squares has none where the squares vanish',
  },
  variants: {
    'squared distances': {
      meaning: 'squares of both distances, without the roots',
      usedBy: ['Schroff et al. 2015 (FaceNet)'],
    },
    'epsilon 1e-6 in the differences': {
      meaning: '1e-6 is added to every coordinate of both differences',
      usedBy: ['PyTorch triplet_margin_loss (eps=1e-6)'],
    },
    'anchor swapped': {
      meaning: 'the negative is as far as the nearer of anchor and positive',
      usedBy: ['PyTorch triplet_margin_loss(swap=True)', 'Balntas et al. 2016'],
    },
    'mean over the active triplets': {
      meaning: 'the mean over the triplets that miss the margin, 0 if there are none',
      usedBy: ['pytorch-metric-learning TripletMarginLoss (AvgNonZeroReducer)'],
    },
    sum: {
      meaning: 'the sum over the triplets instead of their mean',
      usedBy: ["PyTorch triplet_margin_loss(reduction='sum')"],
    },
  },
  sources: ['Schroff et al. 2015', 'Balntas et al. 2016'],
};

/** The distance of two rows, however small. */
function distance(left: NDArray, right: NDArray, row: number): number {
  const columns = left.shape[1]!;
  const rowOf = ({ data }: NDArray): Float64Array =>
    data.subarray(row * columns, (row + 1) * columns);
  return Math.hypot(...rowOf(left).map((element, k) => element - rowOf(right)[k]!));
}
