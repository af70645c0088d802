import { equal, exactly, minus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { IdentityActivationInputs } from '../../src/formulas/activations/identity-activation.js';
import { ones } from '../../src/kernel/index.js';
import { doublesWithItsInput, each, eachSlope, elementwise, isOdd, isZeroAtZero } from '../laws.js';

export const properties: Properties<IdentityActivationInputs> = [
  isZeroAtZero(),
  isOdd(),
  doublesWithItsInput(),
  always('undoes itself', async (identity, { x }) => {
    const { values, shape } = await identity({ x });
    return equal(await identity({ x: { shape, data: values } }), exactly(x.data, x.shape));
  }),
  always('changes exactly as fast as its argument', async (identity, { x }) => {
    const tripled = elementwise(x, (value) => 3 * value);
    const change = minus(await identity({ x: tripled }), await identity({ x }));
    return equal(change, times(await identity({ x }), 2));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<IdentityActivationInputs> = {
  'negative values dropped, as by ReLU': {
    source: 'classic',
    compute: each((value) => (value < 0 ? 0 : value)),
  },
  'absolute value': {
    source: 'classic',
    compute: each(Math.abs),
  },
  'truncated to integers': {
    source: 'classic',
    compute: each(Math.trunc),
  },
  'wrapped to 32-bit integers where it is one': {
    source: 'classic',
    compute: each((value) => (Number.isInteger(value) ? value | 0 : value)),
  },
  'rounded to float32': {
    source: 'classic',
    compute: each(Math.fround),
  },
  'NaN replaced by 0': {
    source: 'classic',
    compute: each((value) => (Number.isNaN(value) ? 0 : value)),
  },
  'infinities replaced by the largest double': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) === Infinity ? Math.sign(value) * Number.MAX_VALUE : value,
    ),
  },
  flattened: {
    source: 'classic',
    compute: ({ x }) => ({ shape: [x.data.length], data: x.data.slice() }),
  },
  'only the first 32 elements copied': {
    source: 'classic',
    compute: each((value, _, index) => (index < 32 ? value : 0)),
  },
  'argument emptied once it is copied': {
    source: 'classic',
    compute: ({ x }) => {
      const data = x.data.slice();
      x.data.fill(0);
      return { shape: x.shape, data };
    },
  },
  'gradient of ones, whatever the cotangent': {
    source: 'classic',
    gradient: ({ x }) => ({ x: ones(x.shape) }),
  },
  'gradient times the input': {
    source: 'classic',
    gradient: eachSlope((value) => value),
  },
  'gradient 0 where the input is 0': {
    source: 'classic',
    gradient: eachSlope((value) => (value === 0 ? 0 : 1)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<IdentityActivationInputs> = {
  'linear activation of slope 1': each((value) => 1 * value),
  'difference of two ReLUs': each((value) => Math.max(value, 0) - Math.max(-value, 0)),
};
