import { equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type HalfMseInputs,
  halfMse,
  halfMseGradient,
} from '../../src/formulas/losses/half-mse.js';
import { mse } from '../../src/formulas/losses/mse.js';
import type { NDArray } from '../../src/kernel/index.js';
import {
  growsWithItsErrorsSquared,
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

export const properties: Properties<HalfMseInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  growsWithItsErrorsSquared(),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('is half the mean squared error', async (loss, x) =>
    equal(times(await loss(x), 2), exactly(mse(x))),
  ),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<HalfMseInputs> = {
  'half forgotten': {
    source: 'classic',
    compute: (x) => 2 * halfMse(x),
  },
  'half inside the square': {
    source: 'classic',
    compute: meanCost((error) => (0.5 * error) ** 2),
  },
  'divided by 2n + 1': {
    source: 'classic',
    compute: (x) => {
      const n = x.prediction.data.length;
      return (halfMse(x) * 2 * n) / (2 * n + 1);
    },
  },
  'n of the first call kept': {
    source: 'classic',
    compute: dividingByTheFirstLength(),
  },
  'squares below 1e-12 taken for 0': {
    source: 'classic',
    compute: meanCost((error) => (error * error < 1e-12 ? 0 : 0.5 * error * error)),
  },
  'last of several elements left out': {
    source: 'classic',
    compute: meanCost((error, { prediction: { data } }, i) =>
      data.length > 1 && i === data.length - 1 ? 0 : 0.5 * error * error,
    ),
  },
  'gradient of the whole': {
    source: 'classic',
    gradient: meanSlope((error) => 2 * error),
  },
  'gradient summed over the samples': {
    source: 'Calculus for Machine Learning, E004-26',
    gradient: (x, cotangent) => {
      const { data } = halfMseGradient(x, cotangent as number).prediction;
      const total = data.reduce((sum, slope) => sum + slope, 0);
      return { prediction: { shape: [], data: Float64Array.of(total) } satisfies NDArray };
    },
  },
  'gradient with target and prediction exchanged': {
    source: 'classic',
    gradient: meanSlope((error) => -error),
  },
};

/** Half the mean squared error as it was wired up once, for arrays of one length. */
function dividingByTheFirstLength(): (x: HalfMseInputs) => number {
  let n: number | undefined;
  return (x) => {
    n ??= x.prediction.data.length;
    return (halfMse(x) * x.prediction.data.length) / n;
  };
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HalfMseInputs> = {
  'sum of squares over 2n': ({ prediction, target }) => {
    let total = 0;
    for (let i = 0; i < prediction.data.length; i++) {
      total += (prediction.data[i]! - target.data[i]!) ** 2;
    }
    return total / (2 * prediction.data.length);
  },
  'error times half the error, from the last to the first': ({ prediction, target }) => {
    let total = 0;
    for (let i = prediction.data.length - 1; i >= 0; i--) {
      const error = target.data[i]! - prediction.data[i]!;
      total += error * (0.5 * error);
    }
    return total / prediction.data.length;
  },
};

export const variants: Variants<HalfMseInputs> = {
  sum: sumVariant(halfMse, halfMseGradient, 'prediction'),
};
