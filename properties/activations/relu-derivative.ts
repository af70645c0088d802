import { equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { ReluDerivativeInputs } from '../../src/formulas/activations/relu-derivative.js';
import { each, elementwise, exactlyLike, neverDecreases } from '../laws.js';

export const properties: Properties<ReluDerivativeInputs> = [
  neverDecreases(),
  always('is atZero at 0', async (derivative, inputs) => {
    const slopes = await derivative({ ...inputs, x: elementwise(inputs.x, () => 0) });
    return equal(slopes, exactlyLike(slopes, inputs.atZero ?? 0));
  }),
  always('times its input is ReLU', async (derivative, inputs) => {
    const { x } = inputs;
    const slopes = await derivative(inputs);
    const products = { ...slopes, values: slopes.values.map((slope, i) => slope * x.data[i]!) };
    const rectified = elementwise(x, (value) => Math.max(0, value));
    return equal(products, exactly(rectified.data, rectified.shape));
  }),
  always('is the same before ReLU and after, with 0 at 0', async (derivative, { x }) => {
    const rectified = elementwise(x, (value) => Math.max(0, value));
    return equal(await derivative({ x: rectified, atZero: 0 }), await derivative({ x, atZero: 0 }));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ReluDerivativeInputs> = {
  'NaN taken for a unit that is off': {
    source: 'ML Formulas, E000-18',
    compute: each((value, { atZero = 0 }) => (value > 0 ? 1 : value === 0 ? atZero : 0)),
  },
  'on at 0, whatever is asked': {
    source: 'classic',
    compute: each((value) => (Number.isNaN(value) ? value : value >= 0 ? 1 : 0)),
  },
  'half the sign plus one half, whatever is asked': {
    source: 'classic',
    compute: each((value) => 0.5 * Math.sign(value) + 0.5),
  },
  '0 at 0 taken for nothing said': {
    source: 'classic',
    compute: each((value, { atZero }) => slopeOf(value, atZero || 0.5)),
  },
  'slope of 0 on the whole left': {
    source: 'classic',
    compute: each((value, { atZero = 0 }) => (value <= 0 ? atZero : value / value)),
  },
  'sides exchanged': {
    source: 'classic',
    compute: each((value, { atZero = 0 }) => slopeOf(-value, atZero)),
  },
  'derivative of the absolute value': {
    source: 'classic',
    compute: each((value, { atZero = 0 }) => (value === 0 ? atZero : Math.sign(value))),
  },
  'all that is small taken for 0': {
    source: 'classic',
    compute: each((value, { atZero = 0 }) => slopeOf(Math.abs(value) < 1e-3 ? 0 : value, atZero)),
  },
  'steep logistic function': {
    source: 'classic',
    compute: each((value, { atZero = 0 }) =>
      value === 0 ? atZero : 1 / (1 + Math.exp(-1000 * value)),
    ),
  },
  'ReLU itself': {
    source: 'classic',
    compute: each((value) => Math.max(0, value)),
  },
  'added up in a buffer that is never cleared': {
    source: 'classic',
    compute: ({ x, atZero = 0 }) => {
      for (let i = 0; i < x.data.length; i++) {
        uncleared[i] = (uncleared[i] ?? 0) + slopeOf(x.data[i]!, atZero);
      }
      return { shape: x.shape, data: Float64Array.from(uncleared.slice(0, x.data.length)) };
    },
  },
};

/** What the last mistake never clears. */
const uncleared: number[] = [];

function slopeOf(value: number, atZero: number): number {
  return value === 0 ? atZero : 0.5 * Math.sign(value) + 0.5;
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ReluDerivativeInputs> = {
  'half the sign plus one half': each((value, { atZero = 0 }) => slopeOf(value, atZero)),
  'comparisons as numbers': each(
    (value, { atZero = 0 }) =>
      Number(value > 0) + atZero * Number(value === 0) + (Number.isNaN(value) ? value : 0),
  ),
};

export const variants: Variants<ReluDerivativeInputs> = {
  'undefined at 0': { compute: each((value) => slopeOf(value, Number.NaN)) },
};
