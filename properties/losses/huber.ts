import { atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { type HuberInputs, huber, huberGradient } from '../../src/formulas/losses/huber.js';
import { mae } from '../../src/formulas/losses/mae.js';
import { mse } from '../../src/formulas/losses/mse.js';
import {
  average,
  elementwise,
  isNonNegative,
  isSymmetric,
  isZeroWhereEqual,
  sumVariant,
} from '../laws.js';

export const properties: Properties<HuberInputs> = [
  isNonNegative(),
  isSymmetric('prediction', 'target'),
  isZeroWhereEqual('prediction', 'target'),
  always('never exceeds delta times the mean absolute error', async (loss, x) =>
    atMost(await loss(x), exactly((x.delta ?? 1) * mae(x))),
  ),
  always('never exceeds half the mean squared error', async (loss, x) =>
    atMost(await loss(x), exactly(0.5 * mse(x))),
  ),
  always('grows by c² when errors and delta grow by c', async (loss, x) => {
    const doubled = {
      prediction: elementwise(x.prediction, (value) => 2 * value),
      target: elementwise(x.target, (value) => 2 * value),
      delta: 2 * (x.delta ?? 1),
    };
    return equal(await loss(doubled), times(await loss(x), 4));
  }),
];

/** The error of one element, and what a wrong Huber loss would make of it. */
function meanLoss(
  { prediction, target, delta = 1 }: HuberInputs,
  loss: (error: number, delta: number) => number,
): number {
  return average(prediction, target, (predicted, observed) => loss(predicted - observed, delta));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<HuberInputs> = {
  'no half delta off the line': {
    source: 'classic',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        Math.abs(error) <= delta ? 0.5 * error * error : delta * Math.abs(error),
      ),
  },
  'quadratic branch taken for every negative error': {
    source: 'ml-explore/mlx#1986',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta),
      ),
  },
  'quadratic branch divided by 1 + e²': {
    source: 'unibas-gravis/scalismo#260',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        Math.abs(error) <= delta
          ? (0.5 * error * error) / (1 + error * error)
          : delta * (Math.abs(error) - 0.5 * delta),
      ),
  },
  'gradient not clipped': {
    source: 'classic',
    gradient: ({ prediction, target }, cotangent) => ({
      prediction: elementwise(
        prediction,
        (value, i) => ((cotangent as number) * (value - target.data[i]!)) / prediction.data.length,
      ),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HuberInputs> = {
  'through the clipped error c: c (|e| − c / 2)': (x) =>
    meanLoss(x, (error, delta) => {
      const clipped = Math.min(Math.abs(error), delta);
      return clipped * (Math.abs(error) - 0.5 * clipped);
    }),
};

export const variants: Variants<HuberInputs> = {
  sum: sumVariant(huber, huberGradient, 'prediction'),
  'divided by delta': {
    compute: (x) => huber(x) / (x.delta ?? 1),
    gradient: (x, cotangent) => huberGradient(x, (cotangent as number) / (x.delta ?? 1)),
  },
};
