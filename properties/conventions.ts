import type { GoldenCase } from '../src/conformance/golden.js';

/** What a reference does where no check asks: at kinks, at edges, at infinity, for missing data. */
export interface Convention {
  readonly formula: string;
  readonly convention: string;
  /** Inputs, value and gradient as golden files write them. */
  readonly at: GoldenCase['inputs'];
  readonly value?: NonNullable<GoldenCase['output']>;
  readonly gradient?: NonNullable<GoldenCase['gradient']>;
}

export const conventions: readonly Convention[] = [
  ...['gelu-exact', 'gelu-tanh', 'mish', 'swish'].map((name) => ({
    formula: `activations/${name}`,
    convention: 'ends below 0, with the slopes 1 and 0',
    at: { x: ['Infinity', '-Infinity', 'NaN'] },
    value: ['Infinity', '-0', 'NaN'],
    gradient: { x: [1, 0, 'NaN'] },
  })),
  {
    formula: 'activations/hard-swish',
    convention: 'ends below 0, and takes at a kink the slope of the outer side',
    at: { x: ['-Infinity', -3, 3, 'NaN'] },
    value: ['-0', '-0', 3, 'NaN'],
    gradient: { x: [0, 0, 1, 'NaN'] },
  },
  {
    formula: 'activations/hard-sigmoid',
    convention: 'is flat at its kinks',
    at: { x: [3, -3, 'NaN'] },
    gradient: { x: [0, 0, 'NaN'] },
  },
  {
    formula: 'activations/relu',
    convention: 'is flat at 0',
    at: { x: [0, 'NaN'] },
    gradient: { x: [0, 'NaN'] },
  },
  {
    formula: 'activations/leaky-relu',
    convention: 'has the slope of the left at 0',
    at: { x: [0, 'NaN'], alpha: 0.25 },
    gradient: { x: [0.25, 'NaN'] },
  },
  {
    formula: 'activations/leaky-relu',
    convention: 'with an alpha of 0 ends below 0',
    at: { x: ['-Infinity'], alpha: 0 },
    value: ['-0'],
    gradient: { x: [0] },
  },
  {
    formula: 'activations/elu',
    convention: 'has the slope of the left at 0',
    at: { x: [0, 'NaN'], alpha: 0.5 },
    gradient: { x: [0.5, 'NaN'] },
  },
  {
    formula: 'activations/selu',
    convention: 'has the slope of the left at 0',
    at: { x: [0, 'NaN'] },
    gradient: { x: [1.7580993408473766, 'NaN'] },
  },
  {
    formula: 'activations/arctangent',
    convention: 'has a slope as long as doubles hold it',
    at: { x: [1e155, 1e200, 'Infinity'] },
    gradient: { x: [1e-310, 0, 0] },
  },
  {
    formula: 'activations/logsumexp',
    convention: 'of nothing has no slopes',
    at: { x: [] },
    value: '-Infinity',
    gradient: { x: [] },
  },
  {
    formula: 'gradients/numerical-gradient',
    convention: 'of nothing has no slopes',
    at: { function: 'calculus/quadratic', x: [] },
    value: [],
  },
  {
    formula: 'attention/scaled-dot-product-attention',
    convention: 'lets a missing value reach every query, even one that it is masked from',
    at: { queries: [[1]], keys: [[1], [2]], values: [[3], ['NaN']], mask: [[1, 0]] },
    value: { output: [['NaN']], weights: [[1, 0]] },
  },
  {
    formula: 'attention/scaled-dot-product-attention',
    convention: 'looks at nothing of a key that is masked',
    at: { queries: [[1]], keys: [[1], ['NaN']], values: [[3], [4]], mask: [[1, 0]] },
    value: { output: [[3]], weights: [[1, 0]] },
  },
  {
    formula: 'information/js-divergence',
    convention: 'is flat in outcomes that are impossible under both',
    at: { p: [[0, 1]], q: [[0, 1]] },
    value: 0,
    gradient: { p: [[0, 0]], q: [[0, 0]] },
  },
  {
    formula: 'information/js-divergence',
    convention: 'falls infinitely fast where an impossible outcome becomes possible',
    at: { p: [[0, 1]], q: [[1, 0]] },
    gradient: {
      p: [['-Infinity', 0.34657359027997264]],
      q: [[0.34657359027997264, '-Infinity']],
    },
  },
  {
    formula: 'losses/categorical-hinge',
    convention: 'blames the first of rivals that tie',
    at: { scores: [[1, 1, 0]], target: [2] },
    gradient: { scores: [[1, 0, -1]] },
  },
  {
    formula: 'losses/categorical-hinge',
    convention: 'is flat on the margin',
    at: { scores: [[0, 1]], target: [1] },
    gradient: { scores: [[0, 0]] },
  },
  {
    formula: 'losses/binary-cross-entropy',
    convention: 'has at a certainty that is right the slope of the side within [0, 1]',
    at: { probability: [1, 0], target: [1, 0] },
    value: 0,
    gradient: { probability: [-0.5, 0.5] },
  },
  {
    formula: 'losses/focal-loss',
    convention: 'without focus has the slopes of cross-entropy at certainties that are right',
    at: { probability: [1, 0], target: [1, 0], gamma: 0 },
    gradient: { probability: [-0.125, 0.375] },
  },
  {
    formula: 'losses/focal-loss',
    convention: 'without focus falls infinitely fast from a certainty that is wrong',
    at: { probability: [0], target: [1], gamma: 0 },
    value: 'Infinity',
    gradient: { probability: ['-Infinity'] },
  },
  ...[0.5, 2].map((gamma) => ({
    formula: 'losses/focal-loss',
    convention: `with a focus of ${gamma} is flat at certainties that are right`,
    at: { probability: [1, 0], target: [1, 0], gamma },
    gradient: { probability: [0, 0] },
  })),
  ...['mae', 'rmse', 'quantile'].map((name) => ({
    formula: `losses/${name}`,
    convention: 'is flat where everything is met',
    at: { prediction: [1, 2], target: [1, 2] },
    value: 0,
    gradient: { prediction: [0, 0] },
  })),
  {
    formula: 'losses/poisson-negative-log-likelihood',
    convention: 'of no events at a rate of 0 has the slope of the rate alone',
    at: { rate: [0, 1], target: [0, 1] },
    gradient: { rate: [0.5, 0] },
  },
  {
    formula: 'losses/triplet',
    convention: 'of points farther apart than any double is infinite',
    at: { anchor: [[1.5e308]], positive: [[-1.5e308]], negative: [[1.5e308]] },
    value: 'Infinity',
  },
  {
    formula: 'losses/triplet',
    convention: 'has no direction between points that coincide',
    at: { anchor: [[1, 2]], positive: [[1, 2]], negative: [[1, 3]], margin: 3 },
    gradient: { anchor: [[0, 1]], positive: [['-0', '-0']], negative: [[0, -1]] },
  },
];
