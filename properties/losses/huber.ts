import { atLeast, atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
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
  changesByTheMeanAtMost,
  elementwise,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanSlope,
  seesOnlyTheErrors,
  sumVariant,
} from '../laws.js';

export const properties: Properties<HuberInputs> = [
  isNonNegative(),
  isSymmetric('prediction', 'target'),
  isZeroWhereEqual('prediction', 'target'),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('never exceeds delta times the mean absolute error', async (loss, x) =>
    atMost(await loss(x), exactly((x.delta ?? 1) * mae(x))),
  ),
  always('never exceeds half the mean squared error', async (loss, x) =>
    atMost(await loss(x), exactly(0.5 * mse(x))),
  ),
  always('never falls when delta grows', async (loss, x) =>
    atLeast(await loss({ ...x, delta: 2 * (x.delta ?? 1) }), await loss(x)),
  ),
  always('grows by c² when errors and delta grow by c', async (loss, x) => {
    const doubled = {
      prediction: elementwise(x.prediction, (value) => 2 * value),
      target: elementwise(x.target, (value) => 2 * value),
      delta: 2 * (x.delta ?? 1),
    };
    return equal(await loss(doubled), times(await loss(x), 4));
  }),
  always('is at most half delta squared below delta times the absolute error', async (loss, x) => {
    const { delta = 1 } = x;
    return atLeast(await loss(x), exactly(delta * mae(x) - 0.5 * delta * delta));
  }),
  isConvexIn('prediction'),
  changesByTheMeanAtMost(
    'changes by at most delta times the mean change of prediction',
    'prediction',
    ({ delta = 1 }) => delta,
  ),
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
    source: 'ml-explore/mlx#1974',
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
  'delta ignored': {
    source: 'classic',
    compute: ({ prediction, target }) => huber({ prediction, target }),
  },
  'seam a hundredth too far out': {
    source: 'classic',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        Math.abs(error) <= delta + 0.01
          ? 0.5 * error * error
          : delta * (Math.abs(error) - 0.5 * delta),
      ),
  },
  'half forgotten on the parabola': {
    source: 'classic',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        Math.abs(error) <= delta ? error * error : delta * (Math.abs(error) - 0.5 * delta),
      ),
  },
  'line rounded to float32': {
    source: 'classic',
    compute: (x) =>
      meanLoss(x, (error, delta) =>
        Math.abs(error) <= delta
          ? 0.5 * error * error
          : Math.fround(delta * (Math.abs(error) - 0.5 * delta)),
      ),
  },
  'branch chosen by the largest error': {
    source: 'classic',
    compute: (x) => {
      const delta = x.delta ?? 1;
      const outside = x.prediction.data.some(
        (value, i) => Math.abs(value - x.target.data[i]!) > delta,
      );
      return meanLoss(x, (error) =>
        outside ? delta * (Math.abs(error) - 0.5 * delta) : 0.5 * error * error,
      );
    },
  },
  'nothing beyond the first 32 elements': {
    source: 'classic',
    compute: ({ prediction, target, delta = 1 }) =>
      average(prediction, target, (predicted, observed, i) => {
        const size = Math.abs(predicted - observed);
        if (i >= 32) return 0;
        return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
      }),
  },
  'gradient of the line without delta': {
    source: 'classic',
    gradient: meanSlope((error, { delta = 1 }) =>
      Math.abs(error) <= delta ? error : Math.sign(error),
    ),
  },
  'gradient not clipped': {
    source: 'classic',
    gradient: meanSlope((error) => error),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HuberInputs> = {
  'through the clipped error c: c (|e| − c / 2)': (x) =>
    meanLoss(x, (error, delta) => {
      const clipped = Math.min(Math.abs(error), delta);
      return clipped * (Math.abs(error) - 0.5 * clipped);
    }),
  'in units of delta': (x) =>
    meanLoss(x, (error, delta) => {
      const units = Math.abs(error) / delta;
      return delta * delta * (units <= 1 ? 0.5 * units * units : units - 0.5);
    }),
  'small and large errors added apart': ({ prediction, target, delta = 1 }) => {
    let [squares, lengths, large] = [0, 0, 0];
    for (let i = 0; i < prediction.data.length; i++) {
      const size = Math.abs(prediction.data[i]! - target.data[i]!);
      if (size <= delta) squares += size * size;
      else {
        lengths += size;
        large += 1;
      }
    }
    return (0.5 * squares + delta * (lengths - 0.5 * delta * large)) / prediction.data.length;
  },
};

export const variants: Variants<HuberInputs> = {
  sum: sumVariant(huber, huberGradient, 'prediction'),
  'divided by delta': {
    compute: (x) => huber(x) / (x.delta ?? 1),
    gradient: (x, cotangent) => huberGradient(x, (cotangent as number) / (x.delta ?? 1)),
  },
};
