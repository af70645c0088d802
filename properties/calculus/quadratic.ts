import { equal, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { QuadraticInputs } from '../../src/formulas/calculus/quadratic.js';
import {
  each,
  eachSlope,
  elementwise,
  exactlyLike,
  isConvex,
  isEven,
  isNonNegative,
  isZeroAtZero,
} from '../laws.js';

export const properties: Properties<QuadraticInputs> = [
  isNonNegative(),
  isZeroAtZero(),
  isEven(),
  isConvex(),
  always('is four times as much at twice the input', async (square, { x }) => {
    const doubled = elementwise(x, (value) => 2 * value);
    return equal(await square({ x: doubled }), times(await square({ x }), 4));
  }),
  always('is 1 at 1 and at −1', async (square, { x }) => {
    const ones = elementwise(x, (_, i) => (i % 2 === 0 ? 1 : -1));
    return equal(await square({ x: ones }), exactlyLike(await square({ x }), 1));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<QuadraticInputs> = {
  'doubled, not squared': {
    source: 'classic',
    compute: each((value) => 2 * value),
  },
  'half of the square': {
    source: 'classic',
    compute: each((value) => 0.5 * value * value),
  },
  'sign kept': {
    source: 'classic',
    compute: each((value) => value * Math.abs(value)),
  },
  'a power of 2': {
    source: 'classic',
    compute: each((value) => 2 ** value),
  },
  negated: {
    source: 'classic',
    compute: each((value) => -(value * value)),
  },
  'computed in 32-bit integers': {
    source: 'Calculus for Machine Learning, E004-09',
    compute: each((value) => Math.imul(Math.trunc(value), Math.trunc(value))),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(value * value)),
  },
  'NaN taken for 0': {
    source: 'classic',
    compute: each((value) => (value < 0 || value > 0 ? value * value : 0)),
  },
  'gradient without the 2': {
    source: 'classic',
    gradient: eachSlope((value) => value),
  },
  'gradient of the absolute value': {
    source: 'classic',
    gradient: eachSlope((value) => 2 * Math.abs(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<QuadraticInputs> = {
  'a power': each((value) => value ** 2),
  'square of the absolute value': each((value) => Math.abs(value) * Math.abs(value)),
};
