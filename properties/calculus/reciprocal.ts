import { equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { ReciprocalInputs } from '../../src/formulas/calculus/reciprocal.js';
import { each, eachSlope, elementwise, isAt, isOdd } from '../laws.js';

export const properties: Properties<ReciprocalInputs> = [
  isOdd(),
  isAt('is 1 at 1', 1, 1),
  always('is half as much at twice the input', async (reciprocal, { x }) => {
    const doubled = elementwise(x, (value) => 2 * value);
    return equal(await reciprocal({ x: doubled }), times(await reciprocal({ x }), 0.5));
  }),
  always('undoes itself', async (reciprocal, inputs) => {
    // Powers of 2 are their own reciprocals but for the sign of the exponent: nothing rounds.
    const x = elementwise(inputs.x, (value) => Math.sign(value || 1) * 2 ** Math.trunc(value % 12));
    const once = await reciprocal({ x });
    return equal(
      await reciprocal({ x: { shape: x.shape, data: once.values } }),
      exactly(x.data, x.shape),
    );
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ReciprocalInputs> = {
  'negated, as if the power −1 were a sign': {
    source: 'classic',
    compute: each((value) => -value),
  },
  'one over the square': {
    source: 'classic',
    compute: each((value) => 1 / (value * value)),
  },
  'sign lost': {
    source: 'classic',
    compute: each((value) => 1 / Math.abs(value)),
  },
  '1e-8 added below': {
    source: 'classic',
    compute: each((value) => 1 / (value + 1e-8)),
  },
  'cut to integers': {
    source: 'Calculus for Machine Learning, E004-09',
    compute: each((value) => Math.trunc(1 / value)),
  },
  '0 at its pole': {
    source: 'classic',
    compute: each((value) => (value === 0 ? 0 : 1 / value)),
  },
  'one step of Newton from a rough guess': {
    source: 'classic',
    compute: each((value) => {
      const guess = Math.sign(value) * 2 ** -Math.round(Math.log2(Math.abs(value)));
      return value === 0 ? 1 / value : guess * (2 - value * guess);
    }),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(1 / value)),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / (value * value)),
  },
  'gradient of the logarithm': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / value),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ReciprocalInputs> = {
  'a power of −1': each((value) => value ** -1),
  'twice the reciprocal of the double': each((value) => 2 / (value + value)),
};
