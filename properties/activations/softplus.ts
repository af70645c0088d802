import { atLeast, atMost, equal, exactly, minus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { SoftplusInputs } from '../../src/formulas/activations/softplus.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  exactlyLike,
  isConvex,
  isIdentityMinusMirror,
  isNonNegative,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<SoftplusInputs> = [
  isNonNegative(),
  isIdentityMinusMirror(),
  neverDecreases(),
  isConvex(),
  changesAtMost('as fast', () => 1),
  always('is ln 2 over beta at 0', async (softplus, { x, beta = 1 }) => {
    const answer = await softplus({ x: elementwise(x, () => 0), beta });
    return equal(times(answer, beta), exactlyLike(answer, Math.LN2));
  }),
  always('is at least its input', async (softplus, inputs) =>
    atLeast(await softplus(inputs), exactly(inputs.x.data, inputs.x.shape)),
  ),
  always('exceeds ReLU by at most ln 2 over beta', async (softplus, inputs) => {
    const relu = elementwise(inputs.x, (value) => Math.max(value, 0));
    const gap = minus(await softplus(inputs), exactly(relu.data, relu.shape));
    return atMost(times(gap, inputs.beta ?? 1), exactlyLike(gap, Math.LN2));
  }),
  always('doubles when x doubles and beta halves', async (softplus, { x, beta = 1 }) => {
    const wider = { x: elementwise(x, (value) => 2 * value), beta: beta / 2 };
    return equal(await softplus(wider), times(await softplus({ x, beta }), 2));
  }),
];

/** What is right to the last place, for beta of 1. */
function softplusOf(value: number): number {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}

/** The sigmoid as it is written in textbooks. */
function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SoftplusInputs> = {
  'exponential overflows before the logarithm': {
    source: 'tracel-ai/burn#5373',
    compute: each((value, { beta = 1 }) => Math.log(Math.exp(beta * value) + 1) / beta),
  },
  'not divided by beta': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => softplusOf(beta * value)),
  },
  'beta ignored': {
    source: 'classic',
    compute: each(softplusOf),
  },
  'multiplied by beta': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => softplusOf(beta * value) * beta),
  },
  'linear above x of 20, whatever beta': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => (value > 20 ? value : softplusOf(beta * value) / beta)),
  },
  'beta of 0 taken for the default': {
    source: 'classic',
    strict: true,
    unguarded: true,
    compute: each((value, { beta }) => softplusOf((beta || 1) * value) / (beta || 1)),
  },
  'maximum forgotten': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => Math.log1p(Math.exp(-beta * Math.abs(value))) / beta),
  },
  'maximum divided by beta with the rest': {
    source: 'classic',
    compute: each(
      (value, { beta = 1 }) =>
        (Math.max(value, 0) + Math.log1p(Math.exp(-beta * Math.abs(value)))) / beta,
    ),
  },
  'base 2 logarithm': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => softplusOf(beta * value) / beta / Math.LN2),
  },
  'remainder in float32': {
    source: 'classic',
    compute: each(
      (value, { beta = 1 }) =>
        Math.max(value, 0) + Math.fround(Math.log1p(Math.exp(-beta * Math.abs(value)))) / beta,
    ),
  },
  'NaN taken for a large negative number': {
    source: 'classic',
    compute: each((value, { beta = 1 }) => (value > -1e3 ? softplusOf(beta * value) / beta : 0)),
  },
  'left tail lost to 1 + eˣ': {
    source: 'classic',
    strict: true,
    compute: each(
      (value, { beta = 1 }) =>
        Math.max(value, 0) + Math.log(1 + Math.exp(-beta * Math.abs(value))) / beta,
    ),
  },
  'gradient collapses to 0 where the exponential overflows': {
    source: 'tenstorrent/tt-metal#56397',
    gradient: eachSlope((value, { beta = 1 }) => {
      const growth = Math.min(Math.exp(beta * value), Number.MAX_VALUE);
      return beta * value > 709 ? growth * (1 / Infinity) : growth * (1 / (growth + 1));
    }),
  },
  'gradient multiplied by beta': {
    source: 'classic',
    gradient: eachSlope((value, { beta = 1 }) => beta * sigmoid(beta * value)),
  },
  'gradient at beta of 1': {
    source: 'classic',
    gradient: eachSlope(sigmoid),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SoftplusInputs> = {
  'log-add-exp of 0 and beta x, over beta': each(
    (value, { beta = 1 }) => softplusOf(beta * value) / beta,
  ),
  'by branches': each((value, { beta = 1 }) =>
    value > 0
      ? value + Math.log1p(Math.exp(-beta * value)) / beta
      : Math.log1p(Math.exp(beta * value)) / beta,
  ),
  'minus the log-sigmoid of −beta x': each((value, { beta = 1 }) => {
    const odds = -beta * value;
    const remainder = Math.log(1 / (1 + Math.exp(-Math.abs(odds))));
    return -(Math.min(odds, 0) + remainder) / beta;
  }),
};

export const variants: Variants<SoftplusInputs> = {
  'linear above 20': {
    compute: each((value, { beta = 1 }) =>
      beta * value > 20 ? value : Math.log1p(Math.exp(beta * value)) / beta,
    ),
    gradient: eachSlope((value, { beta = 1 }) => (beta * value > 20 ? 1 : sigmoid(beta * value))),
  },
};
