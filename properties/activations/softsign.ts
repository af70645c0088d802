import { equal, plus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { SoftsignInputs } from '../../src/formulas/activations/softsign.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  exactlyLike,
  isAt,
  isOdd,
  isZeroAtZero,
  neverDecreases,
  neverExceedsItsInput,
} from '../laws.js';

export const properties: Properties<SoftsignInputs> = [
  isZeroAtZero(),
  isAt('is one half at 1', 1, 0.5),
  isOdd(),
  neverDecreases(),
  neverExceedsItsInput(),
  changesAtMost('as fast', () => 1),
  always('of a positive number and of its reciprocal add up to 1', async (softsign, { x }) => {
    const size = elementwise(x, (value) => Math.abs(value) || 1);
    const reciprocal = elementwise(size, (value) => 1 / value);
    const total = plus(await softsign({ x: size }), await softsign({ x: reciprocal }));
    return equal(total, exactlyLike(total, 1));
  }),
];

/** What is right, infinities included. */
function softsignOf(value: number): number {
  return Math.abs(value) === Infinity ? Math.sign(value) : value / (1 + Math.abs(value));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SoftsignInputs> = {
  'NaN at ±∞': {
    source: 'classic',
    compute: each((value) => value / (1 + Math.abs(value))),
  },
  'absolute value lost, a pole at −1': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) === Infinity ? softsignOf(value) : value / (1 + value),
    ),
  },
  'square in place of the absolute value': {
    source: 'classic',
    compute: each((value) => value / (1 + value * value)),
  },
  'inverse square root unit x/√(1 + x²) in its place': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) === Infinity ? softsignOf(value) : value / Math.hypot(1, value),
    ),
  },
  'integer absolute value': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) === Infinity ? softsignOf(value) : value / (1 + Math.abs(Math.trunc(value))),
    ),
  },
  'sign lost': {
    source: 'classic',
    compute: each((value) => Math.abs(softsignOf(value))),
  },
  'one forgotten, the plain sign': {
    source: 'classic',
    compute: each(Math.sign),
  },
  'denominator in float32': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) < 1e38 ? value / Math.fround(1 + Math.abs(value)) : softsignOf(value),
    ),
  },
  'divided by 1 + the largest element': {
    source: 'classic',
    compute: each((value, { x }) => {
      if (Math.abs(value) === Infinity) return Math.sign(value);
      return value / (1 + x.data.reduce((largest, other) => Math.max(largest, Math.abs(other)), 0));
    }),
  },
  'wrong from the 33rd element on': {
    source: 'classic',
    compute: each((value, _, index) => (index < 32 ? softsignOf(value) : Math.tanh(value))),
  },
  'gradient not squared': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / (1 + Math.abs(value))),
  },
  'gradient negative left of 0': {
    source: 'classic',
    gradient: eachSlope((value) => Math.sign(value) / (1 + Math.abs(value)) ** 2),
  },
  'gradient without the absolute value': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / (1 + value) ** 2),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SoftsignInputs> = {
  'by branches': each((value) => {
    if (Math.abs(value) === Infinity) return Math.sign(value);
    return value < 0 ? value / (1 - value) : value / (1 + value);
  }),
  'times the reciprocal': each((value) =>
    Math.abs(value) === Infinity ? Math.sign(value) : value * (1 / (1 + Math.abs(value))),
  ),
  'one over the sum of reciprocals': each((value) =>
    value === 0 ? 0 : 1 / (1 / value + Math.sign(value)),
  ),
};
