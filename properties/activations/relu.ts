import { equal, exactly, plus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { ReluInputs } from '../../src/formulas/activations/relu.js';
import {
  changesAtMost,
  doublesWithItsInput,
  each,
  eachSlope,
  elementwise,
  isConvex,
  isIdentityMinusMirror,
  isNonNegative,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<ReluInputs> = [
  isNonNegative(),
  isIdentityMinusMirror(),
  always('plus its mirror image is the absolute value', async (relu, { x }) => {
    const mirrored = elementwise(x, (value) => -value);
    const total = plus(await relu({ x }), await relu({ x: mirrored }));
    return equal(total, exactly(x.data.map(Math.abs), x.shape));
  }),
  always('changes nothing that it has given', async (relu, { x }) => {
    const once = await relu({ x });
    const twice = await relu({ x: { shape: x.shape, data: once.values } });
    return equal(twice, once);
  }),
  doublesWithItsInput(),
  changesAtMost('as fast', () => 1),
  neverDecreases(),
  isConvex(),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ReluInputs> = {
  'NaN taken for a unit that is off': {
    source: 'classic',
    compute: each((value) => (value > 0 ? value : 0)),
  },
  'input times a mask, NaN at −∞': {
    source: 'classic',
    compute: each((value) => value * (value > 0 ? 1 : 0)),
  },
  'half of x + |x|, NaN at −∞': {
    source: 'classic',
    compute: each((value) => 0.5 * (value + Math.abs(value))),
  },
  'absolute value': {
    source: 'classic',
    compute: each((value) => Math.abs(value)),
  },
  'smaller of 0 and x': {
    source: 'classic',
    compute: each((value) => Math.min(0, value)),
  },
  'a little let through on the left': {
    source: 'classic',
    compute: each((value) => (value < 0 ? 0.01 * value : value)),
  },
  'off up to a hundredth': {
    source: 'classic',
    compute: each((value) => (value < 0.01 ? 0 : value)),
  },
  'cut to an integer': {
    source: 'classic',
    compute: each((value) => Math.max(0, Math.trunc(value))),
  },
  'computed in float32': {
    source: 'classic',
    compute: each((value) => Math.max(0, Math.fround(value))),
  },
  'left as it is beyond 32 elements': {
    source: 'classic',
    compute: each((value, _, i) => (i < 32 ? Math.max(0, value) : value)),
  },
  'written into its argument': {
    source: 'classic',
    compute: ({ x }) => {
      for (let i = 0; i < x.data.length; i++) x.data[i] = Math.max(0, x.data[i]!);
      return x;
    },
  },
  'gradient let through everywhere': {
    source: 'classic',
    gradient: eachSlope(() => 1),
  },
  'gradient without the cotangent': {
    source: 'classic',
    gradient: ({ x }) => ({ x: elementwise(x, (value) => (value > 0 ? 1 : 0)) }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ReluInputs> = {
  'comparison that lets NaN through': each((value) => (value < 0 ? 0 : value)),
  'clamped to [0, ∞)': each((value) => Math.min(Math.max(value, 0), Infinity)),
};

export const variants: Variants<ReluInputs> = {
  'capped at 6': {
    compute: each((value) => Math.min(Math.max(0, value), 6)),
    gradient: eachSlope((value) => (Number.isNaN(value) ? value : value > 0 && value < 6 ? 1 : 0)),
  },
};
