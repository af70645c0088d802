import { equal, exactly, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { mae } from '../../src/formulas/losses/mae.js';
import {
  type QuantileInputs,
  quantile,
  quantileGradient,
} from '../../src/formulas/losses/quantile.js';
import {
  changesByTheMeanAtMost,
  growsWithItsErrors,
  isConvexIn,
  isNonNegative,
  isTheMeanOfItsParts,
  isTheSameInAnyOrder,
  isZeroWhereEqual,
  meanCost,
  meanSlope,
  seesOnlyTheErrors,
} from '../laws.js';

export const properties: Properties<QuantileInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  growsWithItsErrors(),
  seesOnlyTheErrors(),
  isTheSameInAnyOrder(),
  isTheMeanOfItsParts(),
  always('is the same mirrored, with what the quantile leaves of 1', async (loss, x, draws) => {
    const { prediction, target } = x;
    // A sixteenth, so that 1 less it is exact.
    const level = draws.integer(0, 16) / 16;
    const mirrored = { prediction: target, target: prediction, quantile: 1 - level };
    return equal(await loss(mirrored), await loss({ prediction, target, quantile: level }));
  }),
  always('and its mirror image add up to the mean absolute error', async (loss, x) => {
    const mirrored = { ...x, prediction: x.target, target: x.prediction };
    return equal(plus(await loss(x), await loss(mirrored)), exactly(mae(x)));
  }),
  always('is half the mean absolute error at the median', async (loss, x) =>
    equal(times(await loss({ ...x, quantile: 0.5 }), 2), exactly(mae(x))),
  ),
  isConvexIn('prediction'),
  changesByTheMeanAtMost(
    'changes by at most the greater side of the quantile times the mean change',
    'prediction',
    ({ quantile: level = 0.5 }) => Math.max(level, 1 - level),
  ),
];

/** A way of computing the loss, from what one prediction that is too low by d costs. */
function meanOfShortfall(cost: (shortfall: number, level: number) => number) {
  return meanCost<QuantileInputs>((error, { quantile: level = 0.5 }) => cost(-error, level));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<QuantileInputs> = {
  'too high counted as a gain': {
    source: 'scikit-learn/scikit-learn#8087',
    compute: meanOfShortfall((d, level) => (d > 0 ? level * d : (1 - level) * d)),
  },
  'sides exchanged': {
    source: 'classic',
    compute: meanOfShortfall((d, level) => Math.max((1 - level) * d, -level * d)),
  },
  'smaller of the two lines': {
    source: 'classic',
    compute: meanOfShortfall((d, level) => Math.min(level * d, (level - 1) * d)),
  },
  'quantile 0 taken for the default': {
    source: 'classic',
    compute: (x) => quantile({ ...x, quantile: x.quantile || 0.5 }),
  },
  'quantile of too low on both sides': {
    source: 'classic',
    compute: meanOfShortfall((d, level) => level * Math.abs(d)),
  },
  'quantile in percent, cut to a whole number': {
    source: 'classic',
    compute: (x) => quantile({ ...x, quantile: Math.trunc(100 * (x.quantile ?? 0.5)) / 100 }),
  },
  'parabola between −0.01 and 0.01': {
    source: 'classic',
    compute: meanOfShortfall((d, level) => {
      const weight = d > 0 ? level : 1 - level;
      return Math.abs(d) < 0.01 ? (weight * d * d) / 0.02 : weight * (Math.abs(d) - 0.005);
    }),
  },
  'errors rounded to float32': {
    source: 'classic',
    compute: meanOfShortfall((d, level) => {
      const error = Math.fround(d);
      return Math.max(level * error, (level - 1) * error);
    }),
  },
  'gradient by the target': {
    source: 'classic',
    gradient: (x, cotangent) => quantileGradient(x, -(cotangent as number)),
  },
  'gradient of the other side': {
    source: 'classic',
    gradient: meanSlope((error, { quantile: level = 0.5 }) =>
      error > 0 ? level : error < 0 ? level - 1 : 0,
    ),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<QuantileInputs> = {
  'larger of two lines': meanOfShortfall((d, level) => Math.max(level * d, (level - 1) * d)),
  'quantile less an indicator': meanOfShortfall((d, level) => d * (level - (d < 0 ? 1 : 0))),
  'both sides added, one of them 0': meanOfShortfall(
    (d, level) => level * Math.max(d, 0) + (1 - level) * Math.max(-d, 0),
  ),
};

export const variants: Variants<QuantileInputs> = {
  doubled: {
    compute: (x) => 2 * quantile(x),
    gradient: (x, cotangent) => quantileGradient(x, 2 * (cotangent as number)),
  },
};
