import { atLeast, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { ExponentialInputs } from '../../src/formulas/calculus/exponential.js';
import {
  each,
  eachSlope,
  elementwise,
  isAt,
  isConvex,
  isNonNegative,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<ExponentialInputs> = [
  isNonNegative(),
  neverDecreases(),
  isConvex(),
  isAt('is 1 at 0', 0, 1),
  always('is at least 1 + x', async (exponential, { x }) =>
    atLeast(await exponential({ x }), exactly(elementwise(x, (value) => 1 + value).data, x.shape)),
  ),
  always('doubles when its input grows by the logarithm of 2', async (exponential, { x }) => {
    const further = elementwise(x, (value) => value + Math.LN2);
    const nearer = elementwise(further, (value) => value - Math.LN2);
    return equal(await exponential({ x: further }), times(await exponential({ x: nearer }), 2));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ExponentialInputs> = {
  'a power of 2': {
    source: 'classic',
    compute: each((value) => 2 ** value),
  },
  'a power of 10': {
    source: 'classic',
    compute: each((value) => 10 ** value),
  },
  'e cut to 2.71828': {
    source: 'classic',
    compute: each((value) => 2.71828 ** value),
  },
  '1 subtracted': {
    source: 'classic',
    compute: each((value) => Math.expm1(value)),
  },
  'limit (1 + x/n)ⁿ with n of 1024': {
    source: 'classic',
    compute: each((value) => (1 + value / 1024) ** 1024),
  },
  'sign of the exponent lost': {
    source: 'classic',
    compute: each((value) => Math.exp(Math.abs(value))),
  },
  'exponents above ln(1000/16) cut off, as for boxes': {
    source: 'classic',
    compute: each((value) => Math.exp(Math.min(value, Math.log(1000 / 16)))),
  },
  'clipped at 80': {
    source: 'classic',
    compute: each((value) => Math.exp(Math.min(value, 80))),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(Math.exp(value))),
  },
  'NaN taken for 0': {
    source: 'classic',
    compute: each((value) => (Number.isNaN(value) ? 1 : Math.exp(value))),
  },
  'gradient x eˣ⁻¹, as of a power': {
    source: 'classic',
    gradient: eachSlope((value) => value * Math.exp(value - 1)),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => -Math.exp(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ExponentialInputs> = {
  'square of half the exponent': each((value) => Math.exp(value / 2) ** 2),
  'one over the exponential of the opposite': each((value) =>
    value < 0 ? 1 / Math.exp(-value) : Math.exp(value),
  ),
  '1 + expm1': each((value) => 1 + Math.expm1(value)),
};
