import { atMost } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { TanhDerivativeInputs } from '../../src/formulas/activations/tanh-derivative.js';
import {
  each,
  eachSlope,
  enclosesArea,
  exactlyLike,
  isAt,
  isEven,
  isNonNegative,
} from '../laws.js';

export const properties: Properties<TanhDerivativeInputs> = [
  isNonNegative(),
  isEven(),
  isAt('is 1 at 0', 0, 1),
  always('never exceeds 1', async (slope, x) => {
    const answer = await slope(x);
    return atMost(answer, exactlyLike(answer, 1));
  }),
  enclosesArea('has a bell of area 2', 2, 0.5),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<TanhDerivativeInputs> = {
  'exponential of 2x, which overflows to ∞/∞': {
    source: 'classic',
    compute: each((value) => (4 * Math.exp(2 * value)) / (Math.exp(2 * value) + 1) ** 2),
  },
  'input taken for the output': {
    source: 'classic',
    compute: each((value) => 1 - value * value),
  },
  'tanh not squared': {
    source: 'classic',
    compute: each((value) => 1 - Math.tanh(value)),
  },
  'sech not squared': {
    source: 'classic',
    compute: each((value) => 1 / Math.cosh(value)),
  },
  'derivative of the sigmoid in its place': {
    source: 'classic',
    compute: each((value) => 0.25 / Math.cosh(0.5 * value) ** 2),
  },
  'sign of the square slipped': {
    source: 'classic',
    compute: each((value) => 1 + Math.tanh(value) ** 2),
  },
  'tanh in float32': {
    source: 'classic',
    compute: each((value) => 1 - Math.fround(Math.tanh(value)) ** 2),
  },
  'cut off beyond ±9': {
    source: 'classic',
    compute: each((value) => (Math.abs(value) > 9 ? 0 : 1 - Math.tanh(value) ** 2)),
  },
  'beyond the 32nd element a copy of the first': {
    source: 'classic',
    compute: each((value, { x }, index) => 1 - Math.tanh(index < 32 ? value : x.data[0]!) ** 2),
  },
  'tail lost to 1 − tanh²': {
    source: 'ML Formulas, E000-12',
    strict: true,
    compute: each((value) => 1 - Math.tanh(value) ** 2),
  },
  'gradient without the factor 2': {
    source: 'classic',
    gradient: eachSlope((value) => -Math.tanh(value) / Math.cosh(value) ** 2),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => (2 * Math.tanh(value)) / Math.cosh(value) ** 2),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<TanhDerivativeInputs> = {
  '1 − tanh², which loses the tail': each((value) => 1 - Math.tanh(value) ** 2),
  '(1 − tanh)(1 + tanh)': each((value) => (1 - Math.tanh(value)) * (1 + Math.tanh(value))),
  'one over cosh²': each((value) => 1 / Math.cosh(value) ** 2),
};
