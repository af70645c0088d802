import { atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { huber } from '../../src/formulas/losses/huber.js';
import { mae } from '../../src/formulas/losses/mae.js';
import {
  type SmoothL1Inputs,
  smoothL1,
  smoothL1Gradient,
} from '../../src/formulas/losses/smooth-l1.js';
import {
  changesByTheMeanAtMost,
  elementwise,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  seesOnlyTheErrors,
  sumVariant,
} from '../laws.js';

export const properties: Properties<SmoothL1Inputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('doubles when errors and beta double', async (loss, x) => {
    const doubled = {
      prediction: elementwise(x.prediction, (value) => 2 * value),
      target: elementwise(x.target, (value) => 2 * value),
      beta: 2 * (x.beta ?? 1),
    };
    return equal(await loss(doubled), times(await loss(x), 2));
  }),
  always('never exceeds the mean absolute error', async (loss, x) =>
    atMost(await loss(x), exactly(mae(x))),
  ),
  always('falls when beta grows', async (loss, x) =>
    atMost(await loss({ ...x, beta: 2 * (x.beta ?? 1) }), await loss(x)),
  ),
  always('is Huber loss over beta', async (loss, x) => {
    const { prediction, target, beta = 1 } = x;
    return equal(times(await loss(x), beta), exactly(huber({ prediction, target, delta: beta })));
  }),
  isConvexIn('prediction'),
  changesByTheMeanAtMost('changes by at most the mean change of prediction', 'prediction'),
];

/** A way of computing the loss, from what one error of the given size costs. */
function meanOfSize(cost: (size: number, beta: number) => number): (x: SmoothL1Inputs) => number {
  return meanCost((error, { beta = 1 }) => cost(Math.abs(error), beta));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SmoothL1Inputs> = {
  'parabola taken for every negative error': {
    source: 'ml-explore/mlx#1974',
    compute: meanCost((error, { beta = 1 }) =>
      error < beta ? (0.5 * error * error) / beta : Math.abs(error) - 0.5 * beta,
    ),
  },
  'right for a beta of 1 only': {
    source: 'keras-team/keras-cv#920',
    compute: meanOfSize((size, beta) => (size < beta ? 0.5 * size * size : size - 0.5)),
  },
  'parabola not divided by beta': {
    source: 'ml-explore/mlx#1986',
    compute: meanOfSize((size, beta) => (size < beta ? 0.5 * size * size : size - 0.5 * beta)),
  },
  'half beta forgotten on the line': {
    source: 'classic',
    compute: meanOfSize((size, beta) => (size <= beta ? (0.5 * size * size) / beta : size)),
  },
  'seam a hundredth too far out': {
    source: 'classic',
    compute: meanOfSize((size, beta) =>
      size <= beta + 0.01 ? (0.5 * size * size) / beta : size - 0.5 * beta,
    ),
  },
  'errors of exactly beta left out': {
    source: 'classic',
    compute: meanOfSize((size, beta) => {
      if (size < beta) return (0.5 * size * size) / beta;
      return size > beta ? size - 0.5 * beta : 0;
    }),
  },
  'beta squared for sigma squared': {
    source: 'classic',
    compute: meanOfSize((size, beta) =>
      size < beta ** 2 ? (0.5 * size * size) / beta ** 2 : size - 0.5 * beta ** 2,
    ),
  },
  'beta of the first call kept': {
    source: 'classic',
    compute: keepingTheFirstBeta(),
  },
  'gradient not divided by beta': {
    source: 'classic',
    gradient: meanSlope((error, { beta = 1 }) =>
      Math.abs(error) <= beta ? error : Math.sign(error),
    ),
  },
  'gradient of Huber loss': {
    source: 'classic',
    gradient: meanSlope((error, { beta = 1 }) => Math.max(-beta, Math.min(beta, error))),
  },
};

/** Smooth L1 as a layer that reads its settings once. */
function keepingTheFirstBeta(): (x: SmoothL1Inputs) => number {
  let kept: number | undefined;
  return (x) => {
    kept ??= x.beta ?? 1;
    return smoothL1({ ...x, beta: kept });
  };
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SmoothL1Inputs> = {
  'square over twice beta, the seam on the line': meanOfSize((size, beta) =>
    size < beta ? (0.5 * size * size) / beta : size - 0.5 * beta,
  ),
  'through the clipped error c: c (|e| − c / 2) / β': meanOfSize((size, beta) => {
    const clipped = Math.min(size, beta);
    return (clipped * (size - 0.5 * clipped)) / beta;
  }),
  'in units of beta': meanOfSize((size, beta) => {
    const units = size / beta;
    return beta * (units <= 1 ? 0.5 * units * units : units - 0.5);
  }),
};

export const variants: Variants<SmoothL1Inputs> = {
  sum: sumVariant(smoothL1, smoothL1Gradient, 'prediction'),
  'times beta': {
    compute: (x) => smoothL1(x) * (x.beta ?? 1),
    gradient: (x, cotangent) => smoothL1Gradient(x, (cotangent as number) * (x.beta ?? 1)),
  },
};
