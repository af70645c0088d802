import { atLeast, atMost, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { LogSigmoidInputs } from '../../src/formulas/activations/log-sigmoid.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  isAt,
  isIdentityMinusMirror,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<LogSigmoidInputs> = [
  isIdentityMinusMirror(),
  isAt('is −ln 2 at 0', 0, -Math.LN2),
  neverDecreases(),
  changesAtMost('as fast', () => 1),
  always('never exceeds its input, nor 0', async (logSigmoid, { x }) => {
    const ceiling = elementwise(x, (value) => Math.min(value, 0));
    return atMost(await logSigmoid({ x }), exactly(ceiling.data, x.shape));
  }),
  always('stays within ln 2 of the lesser of its input and 0', async (logSigmoid, { x }) => {
    const floor = elementwise(x, (value) => Math.min(value, 0) - Math.LN2);
    return atLeast(await logSigmoid({ x }), exactly(floor.data, x.shape));
  }),
];

/** The sigmoid as it is written in textbooks. */
function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** What is right to the last place. */
function logSigmoidOf(value: number): number {
  return Math.min(value, 0) - Math.log1p(Math.exp(-Math.abs(value)));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<LogSigmoidInputs> = {
  'logarithm of a sigmoid that has underflowed': {
    source: 'classic',
    compute: each((value) => Math.log(sigmoid(value))),
  },
  'minus sign lost, softplus of −x': {
    source: 'classic',
    compute: each((value) => -logSigmoidOf(value)),
  },
  'input mirrored, ln σ(−x)': {
    source: 'classic',
    compute: each((value) => logSigmoidOf(-value)),
  },
  'stabiliser of the wrong sign, max(x, 0)': {
    source: 'classic',
    compute: each((value) => Math.max(value, 0) - Math.log1p(Math.exp(-Math.abs(value)))),
  },
  'clamped at −100': {
    source: 'classic',
    compute: each((value) => Math.max(-100, logSigmoidOf(value))),
  },
  '1e-7 inside the logarithm': {
    source: 'classic',
    compute: each((value) => Math.log(sigmoid(value) + 1e-7)),
  },
  'base 10 logarithm': {
    source: 'classic',
    compute: each((value) => logSigmoidOf(value) / Math.LN10),
  },
  'remainder in float32': {
    source: 'classic',
    compute: each(
      (value) => Math.min(value, 0) - Math.fround(Math.log1p(Math.exp(-Math.abs(value)))),
    ),
  },
  'NaN taken for certainty': {
    source: 'classic',
    compute: each((value) => (value <= 40 ? logSigmoidOf(value) : 0)),
  },
  'wrong only at 0, where neither branch claims it': {
    source: 'classic',
    compute: each((value) => (value === 0 ? 0 : logSigmoidOf(value))),
  },
  'right tail lost to 1 + e⁻ˣ': {
    source: 'classic',
    strict: true,
    compute: each((value) => Math.min(value, 0) - Math.log(1 + Math.exp(-Math.abs(value)))),
  },
  'gradient σ(x) instead of σ(−x)': {
    source: 'classic',
    gradient: eachSlope(sigmoid),
  },
  'gradient σ (1 − σ), that of the sigmoid': {
    source: 'classic',
    gradient: eachSlope((value) => sigmoid(value) * (1 - sigmoid(value))),
  },
  'gradient in the right tail lost to 1 − σ': {
    source: 'classic',
    strict: true,
    gradient: eachSlope((value) => 1 - sigmoid(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<LogSigmoidInputs> = {
  'minus the logarithm of 1 + e⁻ˣ, by branches': each((value) =>
    value > 0 ? -Math.log1p(Math.exp(-value)) : value - Math.log1p(Math.exp(value)),
  ),
  'log-sum-exp of 0 and −x': each((value) => {
    if (value === -Infinity) return value;
    const largest = Math.max(0, -value);
    return -(largest + Math.log(Math.exp(-largest) + Math.exp(-value - largest)));
  }),
  'logarithm of the sigmoid while it is normal, x below': each((value) =>
    value > -36 ? Math.log(sigmoid(value)) : value,
  ),
};
