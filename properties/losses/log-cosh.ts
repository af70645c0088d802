import { atLeast, atMost, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { LogCoshInputs } from '../../src/formulas/losses/log-cosh.js';
import { mae } from '../../src/formulas/losses/mae.js';
import { mse } from '../../src/formulas/losses/mse.js';
import {
  changesByTheMeanAtMost,
  isConvexIn,
  isNonNegative,
  isSymmetric,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  seesOnlyTheErrors,
} from '../laws.js';

export const properties: Properties<LogCoshInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('never exceeds half the mean squared error', async (loss, x) =>
    atMost(await loss(x), exactly(0.5 * mse(x))),
  ),
  always('never exceeds the mean absolute error', async (loss, x) =>
    atMost(await loss(x), exactly(mae(x))),
  ),
  always('is at least the mean absolute error less ln 2', async (loss, x) =>
    atLeast(await loss(x), exactly(mae(x) - Math.LN2)),
  ),
  isConvexIn('prediction'),
  changesByTheMeanAtMost('changes by at most the mean change of prediction', 'prediction'),
];

/** |e| + ln(1 + e^(−2|e|)) − ln 2, which stays finite. */
function stable(error: number): number {
  const size = Math.abs(error);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<LogCoshInputs> = {
  'logarithm of a cosh that overflows': {
    source: 'JuliaAI/MLJBase.jl#437',
    compute: meanCost((error) => Math.log(Math.cosh(error))),
  },
  'cosh by exponentials, infinity less infinity in the gradient': {
    source: 'keras-team/keras#8524',
    gradient: meanSlope((error) => {
      const [growth, decay] = [Math.exp(error), Math.exp(-error)];
      return (growth - decay) / (growth + decay);
    }),
  },
  'half the square lost below 1e-8': {
    source: 'ML Formulas, E000-05',
    strict: true,
    compute: meanCost((error) =>
      Math.abs(error) > 700 ? stable(error) : Math.log(Math.cosh(error)),
    ),
  },
  'taken for |e| far away': {
    source: 'ML Formulas, E000-05',
    compute: meanCost((error) => (Math.abs(error) > 20 ? Math.abs(error) : stable(error))),
  },
  'right for positive errors only': {
    source: 'classic',
    compute: meanCost((error) => error + Math.log1p(Math.exp(-2 * error)) - Math.LN2),
  },
  'logarithm of sinh': {
    source: 'classic',
    compute: meanCost((error) => {
      const size = Math.abs(error);
      return size === 0 ? 0 : size + Math.log1p(-Math.exp(-2 * size)) - Math.LN2;
    }),
  },
  'base 10 logarithm': {
    source: 'classic',
    compute: meanCost((error) => stable(error) / Math.LN10),
  },
  'half the square up to an error of 0.1': {
    source: 'classic',
    compute: meanCost((error) => (Math.abs(error) < 0.1 ? 0.5 * error * error : stable(error))),
  },
  'ln cosh of the mean error': {
    source: 'classic',
    compute: (x) => stable(meanCost((error) => error)(x)),
  },
  'gradient of tanh instead of tanh': {
    source: 'classic',
    gradient: meanSlope((error) => 1 - Math.tanh(error) ** 2),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<LogCoshInputs> = {
  'error plus softplus of −2e less ln 2, as Keras does': meanCost((error) => {
    const twice = -2 * error;
    const softplus = Math.max(twice, 0) + Math.log1p(Math.exp(-Math.abs(twice)));
    return error + softplus - Math.LN2;
  }),
  'size plus log1p less ln 2': meanCost(stable),
  'logarithm of cosh up to 20, a line beyond': meanCost((error) =>
    Math.abs(error) > 20 ? Math.abs(error) - Math.LN2 : Math.log(Math.cosh(error)),
  ),
};
