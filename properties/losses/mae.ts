import { atLeast, atMost, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { type MaeInputs, mae, maeGradient } from '../../src/formulas/losses/mae.js';
import { rmse } from '../../src/formulas/losses/rmse.js';
import {
  average,
  changesByTheMeanAtMost,
  elementwise,
  growsWithItsErrors,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  obeysTheTriangleInequality,
  seesOnlyTheErrors,
  sumVariant,
} from '../laws.js';

export const properties: Properties<MaeInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  growsWithItsErrors(),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  obeysTheTriangleInequality(),
  always('is at most the root mean squared error', async (loss, x) =>
    atMost(await loss(x), exactly(rmse(x))),
  ),
  isConvexIn('prediction'),
  changesByTheMeanAtMost('changes by at most the mean change of prediction', 'prediction'),
  always('of a constant is least at the median of the targets', async (loss, x) => {
    const sorted = x.target.data.slice().sort();
    const median = elementwise(x.prediction, () => sorted[sorted.length >> 1]!);
    const aside = elementwise(x.prediction, () => x.prediction.data[0]!);
    return atLeast(
      await loss({ ...x, prediction: aside }),
      await loss({ ...x, prediction: median }),
    );
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<MaeInputs> = {
  'absolute value of the mean error': {
    source: 'classic',
    compute: (x) => Math.abs(meanCost((error) => error)(x)),
  },
  'absolute value forgotten': {
    source: 'classic',
    compute: meanCost((error) => error),
  },
  'difference of the absolute values': {
    source: 'classic',
    compute: ({ prediction, target }) =>
      average(prediction, target, (a, b) => Math.abs(Math.abs(a) - Math.abs(b))),
  },
  'median instead of mean': {
    source: 'classic',
    compute: ({ prediction, target }) => {
      const sizes = prediction.data.map((value, i) => Math.abs(value - target.data[i]!)).sort();
      const middle = sizes.length >> 1;
      if (sizes.some(Number.isNaN)) return Number.NaN;
      return sizes.length % 2 === 1 ? sizes[middle]! : (sizes[middle - 1]! + sizes[middle]!) / 2;
    },
  },
  'errors cut to whole numbers': {
    source: 'classic',
    compute: meanCost((error) => Math.trunc(Math.abs(error))),
  },
  'pairs that are equal not counted': {
    source: 'classic',
    compute: ({ prediction, target }) => {
      let [total, unequal] = [0, 0];
      for (let i = 0; i < prediction.data.length; i++) {
        const error = Math.abs(prediction.data[i]! - target.data[i]!);
        total += error;
        if (error !== 0) unequal += 1;
      }
      return unequal === 0 ? 0 : total / unequal;
    },
  },
  'divided by the number of rows': {
    source: 'classic',
    compute: (x) => (mae(x) * x.prediction.data.length) / x.prediction.shape[0]!,
  },
  'rounded off by 1e-6 under a root': {
    source: 'classic',
    compute: meanCost((error) => Math.sqrt(error * error + 1e-6)),
  },
  'gradient with its sign turned': {
    source: 'classic',
    gradient: meanSlope((error) => -Math.sign(error)),
  },
  'gradient of the squared error': {
    source: 'classic',
    gradient: meanSlope((error) => 2 * error),
  },
  'gradient not divided by n': {
    source: 'classic',
    gradient: (x, cotangent) => maeGradient(x, (cotangent as number) * x.prediction.data.length),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<MaeInputs> = {
  'larger less smaller': ({ prediction, target }) =>
    average(prediction, target, (a, b) => Math.max(a, b) - Math.min(a, b)),
  'sum of both one-sided errors': meanCost((error) => Math.max(error, 0) + Math.max(-error, 0)),
  'each error divided by n before it is added': ({ prediction, target }) => {
    let total = 0;
    for (let i = 0; i < prediction.data.length; i++) {
      total += Math.abs(target.data[i]! - prediction.data[i]!) / prediction.data.length;
    }
    return total;
  },
};

export const variants: Variants<MaeInputs> = {
  sum: sumVariant(mae, maeGradient, 'prediction'),
};
