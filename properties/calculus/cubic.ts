import { equal, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { CubicInputs } from '../../src/formulas/calculus/cubic.js';
import {
  each,
  eachSlope,
  elementwise,
  isAt,
  isOdd,
  isZeroAtZero,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<CubicInputs> = [
  isZeroAtZero(),
  isOdd(),
  neverDecreases(),
  isAt('is 8 at 2', 2, 8),
  always('is eight times as much at twice the input', async (cube, { x }) => {
    const doubled = elementwise(x, (value) => 2 * value);
    return equal(await cube({ x: doubled }), times(await cube({ x }), 8));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<CubicInputs> = {
  'tripled, not cubed': {
    source: 'classic',
    compute: each((value) => 3 * value),
  },
  'sign lost': {
    source: 'classic',
    compute: each((value) => Math.abs(value) ** 3),
  },
  'square with the sign kept': {
    source: 'classic',
    compute: each((value) => value * Math.abs(value)),
  },
  'fourth power': {
    source: 'classic',
    compute: each((value) => value ** 4),
  },
  'a third of the cube': {
    source: 'classic',
    compute: each((value) => value ** 3 / 3),
  },
  'a power through the logarithm': {
    source: 'classic',
    compute: each((value) => Math.exp(3 * Math.log(value))),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(value ** 3)),
  },
  'gradient without the 3': {
    source: 'classic',
    gradient: eachSlope((value) => value * value),
  },
  'gradient 3x, not squared': {
    source: 'classic',
    gradient: eachSlope((value) => 3 * value),
  },
  'gradient of the wrong sign on the left': {
    source: 'classic',
    gradient: eachSlope((value) => 3 * value * Math.abs(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<CubicInputs> = {
  'a power': each((value) => value ** 3),
  'number times its square': each((value) => value * (value * value)),
};
