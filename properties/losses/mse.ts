import { atLeast, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { mae } from '../../src/formulas/losses/mae.js';
import { type MseInputs, mse, mseGradient } from '../../src/formulas/losses/mse.js';
import {
  average,
  elementwise,
  growsWithItsErrorsSquared,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  rowwise,
  seesOnlyTheErrors,
  sumVariant,
} from '../laws.js';

export const properties: Properties<MseInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  growsWithItsErrorsSquared(),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('is at least the square of the mean absolute error', async (loss, x) =>
    atLeast(await loss(x), exactly(mae(x) ** 2)),
  ),
  isConvexIn('prediction'),
  always('of a constant is least at the mean of the targets', async (loss, x) => {
    const mean = average(x.target, x.target, (value) => value);
    const centre = elementwise(x.prediction, () => mean);
    const aside = elementwise(x.prediction, () => x.prediction.data[0]!);
    return atLeast(
      await loss({ ...x, prediction: aside }),
      await loss({ ...x, prediction: centre }),
    );
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<MseInputs> = {
  'a row broadcast against a column': {
    source: 'pytorch/pytorch#16413',
    unguarded: true,
    compute: ({ prediction, target }) => {
      if (
        prediction.data.length === target.data.length &&
        prediction.shape.length === target.shape.length
      ) {
        return mse({ prediction, target: { ...target, shape: prediction.shape } });
      }
      let total = 0;
      for (const predicted of prediction.data) {
        for (const observed of target.data) total += (predicted - observed) ** 2;
      }
      return total / (prediction.data.length * target.data.length);
    },
  },
  'half of it, under the name of the whole': {
    source: 'Calculus for Machine Learning, E004-29',
    compute: (x) => 0.5 * mse(x),
  },
  'divided by n − 1': {
    source: 'classic',
    compute: (x) => {
      const n = x.prediction.data.length;
      return (mse(x) * n) / (n - 1);
    },
  },
  'divided by the number of rows': {
    source: 'classic',
    compute: (x) => (mse(x) * x.prediction.data.length) / x.prediction.shape[0]!,
  },
  'squares multiplied out': {
    source: 'classic',
    compute: ({ prediction, target }) =>
      average(prediction, prediction, (a, b) => a * b) -
      2 * average(prediction, target, (a, b) => a * b) +
      average(target, target, (a, b) => a * b),
  },
  'variance of the errors, their mean forgotten': {
    source: 'classic',
    compute: (x) => {
      const bias = meanCost((error) => error)(x);
      return meanCost((error) => (error - bias) ** 2)(x);
    },
  },
  'errors rounded to float32': {
    source: 'classic',
    compute: meanCost((error) => Math.fround(error) ** 2),
  },
  'nothing beyond the first 32 elements': {
    source: 'classic',
    compute: meanCost((error, _, i) => (i < 32 ? error * error : 0)),
  },
  'errors left in the argument': {
    source: 'classic',
    compute: ({ prediction, target }) => {
      let total = 0;
      for (let i = 0; i < prediction.data.length; i++) {
        prediction.data[i]! -= target.data[i]!;
        total += prediction.data[i]! ** 2;
      }
      return total / prediction.data.length;
    },
  },
  'gradient without its 2': {
    source: 'classic',
    gradient: meanSlope((error) => error),
  },
  'gradient not divided by n': {
    source: 'classic',
    gradient: ({ prediction, target }, cotangent) => ({
      prediction: elementwise(
        prediction,
        (value, i) => (cotangent as number) * 2 * (value - target.data[i]!),
      ),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<MseInputs> = {
  'each square divided by n before it is added': ({ prediction, target }) => {
    const n = prediction.data.length;
    let total = 0;
    for (let i = 0; i < n; i++) total += (prediction.data[i]! - target.data[i]!) ** 2 / n;
    return total;
  },
  'mean of the means of the rows': ({ prediction, target }) => {
    const squares = elementwise(prediction, (value, i) => (value - target.data[i]!) ** 2);
    const columns = prediction.shape.at(-1)!;
    const means = rowwise(squares, (row) => {
      const mean = row.reduce((total, square) => total + square, 0) / columns;
      return row.map(() => mean);
    });
    let total = 0;
    for (let start = 0; start < means.data.length; start += columns) total += means.data[start]!;
    return total / (means.data.length / columns);
  },
};

export const variants: Variants<MseInputs> = {
  sum: sumVariant(mse, mseGradient, 'prediction'),
};
