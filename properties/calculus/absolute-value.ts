import { atLeast, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { AbsoluteValueInputs } from '../../src/formulas/calculus/absolute-value.js';
import {
  changesAtMost,
  doublesWithItsInput,
  each,
  eachSlope,
  isConvex,
  isEven,
  isNonNegative,
  isZeroAtZero,
} from '../laws.js';

export const properties: Properties<AbsoluteValueInputs> = [
  isNonNegative(),
  isZeroAtZero(),
  isEven(),
  isConvex(),
  doublesWithItsInput(),
  changesAtMost('as fast', () => 1),
  always('is at least its input', async (size, { x }) =>
    atLeast(await size({ x }), exactly(x.data, x.shape)),
  ),
  always('changes nothing that it has given', async (size, { x }) => {
    const once = await size({ x });
    return equal(await size({ x: { shape: x.shape, data: once.values } }), once);
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<AbsoluteValueInputs> = {
  'identity in its place': {
    source: 'classic',
    compute: each((value) => value),
  },
  negated: {
    source: 'classic',
    compute: each((value) => -Math.abs(value)),
  },
  'ReLU in its place': {
    source: 'classic',
    compute: each((value) => Math.max(0, value)),
  },
  squared: {
    source: 'classic',
    compute: each((value) => value * value),
  },
  'cut to integers': {
    source: 'classic',
    compute: each((value) => Math.abs(Math.trunc(value))),
  },
  'smoothed by 1e-8 under the root': {
    source: 'classic',
    compute: each((value) => Math.sqrt(value * value + 1e-8)),
  },
  'wrapped at 32 bits': {
    source: 'classic',
    compute: each((value) => (Math.abs(value) < 2 ** 31 ? Math.abs(value) : -(2 ** 31))),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(Math.abs(value))),
  },
  'gradient 1 on both sides': {
    source: 'classic',
    gradient: eachSlope(() => 1),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => -Math.sign(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<AbsoluteValueInputs> = {
  'larger of the number and its opposite': each((value) => Math.max(value, -value)),
  'number times its sign': each((value) => (value < 0 ? -1 : 1) * value),
};
