import { atLeast, atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { mae } from '../../src/formulas/losses/mae.js';
import { mse } from '../../src/formulas/losses/mse.js';
import { type RmseInputs, rmse, rmseGradient } from '../../src/formulas/losses/rmse.js';
import { vector } from '../../src/kernel/index.js';
import {
  elementwise,
  growsWithItsErrors,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  obeysTheTriangleInequality,
  seesOnlyTheErrors,
} from '../laws.js';

export const properties: Properties<RmseInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  growsWithItsErrors(),
  always('shrinks as its errors do, however small they get', async (loss, x) => {
    const factor = 2 ** -600;
    const shrunk = {
      prediction: elementwise(x.prediction, (value) => factor * value),
      target: elementwise(x.target, (value) => factor * value),
    };
    return equal(await loss(shrunk), times(await loss(x), factor));
  }),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  obeysTheTriangleInequality(),
  always('is at least the mean absolute error', async (loss, x) =>
    atLeast(await loss(x), exactly(mae(x))),
  ),
  always('is at most √n times the mean absolute error', async (loss, x) =>
    atMost(await loss(x), exactly(Math.sqrt(x.prediction.data.length) * mae(x))),
  ),
  always('is at most the largest error', async (loss, x) =>
    atMost(await loss(x), exactly(largestError(x))),
  ),
  isConvexIn('prediction'),
];

function largestError({ prediction, target }: RmseInputs): number {
  return Math.max(...prediction.data.map((value, i) => Math.abs(value - target.data[i]!)));
}

const naive = (x: RmseInputs): number => Math.sqrt(meanCost((error) => error * error)(x));

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<RmseInputs> = {
  'root forgotten': {
    source: 'classic',
    compute: mse,
  },
  'root of each square instead of their mean': {
    source: 'classic',
    compute: meanCost((error) => Math.sqrt(error * error)),
  },
  'n outside the root': {
    source: 'classic',
    compute: (x) => rmse(x) / Math.sqrt(x.prediction.data.length),
  },
  'divided by n − 1': {
    source: 'classic',
    compute: (x) => {
      const n = x.prediction.data.length;
      return rmse(x) * Math.sqrt(n / (n - 1));
    },
  },
  '1e-8 under the root': {
    source: 'classic',
    compute: (x) => Math.sqrt(naive(x) ** 2 + 1e-8),
  },
  'square root by two steps of Heron': {
    source: 'classic',
    compute: (x) => {
      const square = naive(x) ** 2;
      if (square === 0 || !Number.isFinite(square)) return square;
      let root = 0.5 * (1 + square);
      for (let step = 0; step < 2; step++) root = 0.5 * (root + square / root);
      return root;
    },
  },
  'standard deviation of the errors': {
    source: 'classic',
    compute: (x) => {
      const bias = meanCost((error) => error)(x);
      return Math.sqrt(meanCost((error) => (error - bias) ** 2)(x));
    },
  },
  'squares that underflow': {
    source: 'classic',
    strict: true,
    compute: naive,
  },
  'gradient of the mean square': {
    source: 'classic',
    gradient: meanSlope((error) => 2 * error),
  },
  'gradient with a 2 left over': {
    source: 'classic',
    gradient: (x, cotangent) => rmseGradient(x, 2 * (cotangent as number)),
  },
  'gradient that divides by no error at all': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const loss = rmse(x);
      return meanSlope<RmseInputs>((error) => error / loss)(x, cotangent);
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<RmseInputs> = {
  'root of the mean of the plain squares': naive,
  'norm over the root of n': ({ prediction, target }) => {
    let total = 0;
    for (let i = 0; i < prediction.data.length; i++) {
      total += (prediction.data[i]! - target.data[i]!) ** 2;
    }
    return Math.sqrt(total) / Math.sqrt(prediction.data.length);
  },
};

export const variants: Variants<RmseInputs> = {
  'columns averaged': {
    compute: ({ prediction, target }) => {
      // A vector is one column.
      const columns = prediction.shape.length === 1 ? 1 : prediction.shape.at(-1)!;
      let total = 0;
      for (let column = 0; column < columns; column++) {
        const inColumn = (_: number, i: number): boolean => i % columns === column;
        total += rmse({
          prediction: vector(...prediction.data.filter(inColumn)),
          target: vector(...target.data.filter(inColumn)),
        });
      }
      return total / columns;
    },
  },
};
