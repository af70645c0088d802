import { atLeast, type Estimate, equal, exactly, rowSums } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { SeluInputs } from '../../src/formulas/activations/selu.js';
import { vector } from '../../src/kernel/index.js';
import {
  changesAtMost,
  each,
  eachSlope,
  exactlyLike,
  isZeroAtZero,
  neverDecreases,
} from '../laws.js';

const ALPHA = 1.6732632423543772;
const LAMBDA = 1.0507009873554805;

export const properties: Properties<SeluInputs> = [
  always('keeps the mean 0 of a standard normal', async (selu, _, draws) => {
    const { points, weights } = standardNormal(draws.integer(0, 15) / 16);
    return equal(weightedSum(await selu({ x: vector(...points) }), weights), exactly(0));
  }),
  always('keeps the variance 1 of a standard normal', async (selu, _, draws) => {
    const { points, weights } = standardNormal(draws.integer(0, 15) / 16);
    return equal(weightedSum(squares(await selu({ x: vector(...points) })), weights), exactly(1));
  }),
  always('never falls below minus lambda alpha', async (selu, { x }) => {
    const answer = await selu({ x });
    return atLeast(answer, exactlyLike(answer, -LAMBDA * ALPHA));
  }),
  isZeroAtZero(),
  neverDecreases(),
  changesAtMost('lambda alpha times as fast', () => LAMBDA * ALPHA),
];

/**
 * Points and weights that integrate over a standard normal, each side of the kink by itself:
 * z = ±exp(t − e⁻ᵗ) with t in steps of 1/12, which errs by less than a rounding (H. Takahasi,
 * M. Mori, "Double Exponential Formulas for Numerical Integration", Publ. RIMS 9 (1974) 721–741).
 */
function standardNormal(offset: number): { points: number[]; weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  for (let k = -48; k <= 27; k++) {
    const t = (k + offset) / 12;
    const point = Math.exp(t - Math.exp(-t));
    const density = Math.exp(-0.5 * point * point) / Math.sqrt(2 * Math.PI);
    const weight = (density * point * (1 + Math.exp(-t))) / 12;
    points.push(point, -point);
    weights.push(weight, weight);
  }
  return { points, weights };
}

function weightedSum(estimate: Estimate, weights: readonly number[]): Estimate {
  return rowSums({
    ...estimate,
    values: estimate.values.map((value, i) => value * weights[i]!),
    budget: () => estimate.budget().map((budget, i) => budget * weights[i]!),
  });
}

function squares(estimate: Estimate): Estimate {
  return {
    ...estimate,
    values: estimate.values.map((value) => value * value),
    budget: () => estimate.budget().map((budget, i) => 2 * budget * Math.abs(estimate.values[i]!)),
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SeluInputs> = {
  'leaky ReLU scaled': {
    source: 'jax-ml/jax#1446',
    compute: each((value) => LAMBDA * (value > 0 ? value : ALPHA * value)),
  },
  'exp(x) − 1, which loses small x': {
    source: 'ML Formulas, E000-15',
    strict: true,
    compute: each((value) => LAMBDA * (value > 0 ? value : ALPHA * (Math.exp(value) - 1))),
  },
  'branch not taken overflows to NaN': {
    source: 'classic',
    compute: each((value) => {
      const on = value > 0 ? 1 : 0;
      return LAMBDA * (on * value + (1 - on) * ALPHA * Math.expm1(value));
    }),
  },
  'alpha and lambda exchanged': {
    source: 'classic',
    compute: each((value) => ALPHA * (value > 0 ? value : LAMBDA * Math.expm1(value))),
  },
  'lambda on the right only': {
    source: 'classic',
    compute: each((value) => (value > 0 ? LAMBDA * value : ALPHA * Math.expm1(value))),
  },
  'lambda on the left only': {
    source: 'classic',
    compute: each((value) => (value > 0 ? value : LAMBDA * ALPHA * Math.expm1(value))),
  },
  'alpha forgotten': {
    source: 'classic',
    compute: each((value) => LAMBDA * (value > 0 ? value : Math.expm1(value))),
  },
  'constants of four decimals': {
    source: 'classic',
    compute: each((value) => 1.0507 * (value > 0 ? value : 1.6733 * Math.expm1(value))),
  },
  'constants of nine decimals': {
    source: 'classic',
    compute: each((value) => 1.050700987 * (value > 0 ? value : 1.673263242 * Math.expm1(value))),
  },
  'constants in float32': {
    source: 'classic',
    compute: each(
      (value) => Math.fround(LAMBDA) * (value > 0 ? value : Math.fround(ALPHA) * Math.expm1(value)),
    ),
  },
  'line within a hundredth left of 0': {
    source: 'classic',
    compute: each((value) => LAMBDA * (value > -0.01 ? value : ALPHA * Math.expm1(value))),
  },
  'gradient through the branch not taken': {
    source: 'classic',
    gradient: eachSlope((value) => {
      const on = value > 0 ? 1 : 0;
      return LAMBDA * (on + (1 - on) * ALPHA * Math.exp(value));
    }),
  },
  'gradient the same on both sides of 0': {
    source: 'classic',
    gradient: eachSlope((value) => LAMBDA * (value > 0 ? 1 : Math.exp(value))),
  },
  'gradient SELU + lambda': {
    source: 'classic',
    gradient: eachSlope((value) =>
      value > 0 ? LAMBDA : LAMBDA * ALPHA * Math.expm1(value) + LAMBDA,
    ),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SeluInputs> = {
  'exp(x) − 1': each((value) => LAMBDA * (value > 0 ? value : ALPHA * (Math.exp(value) - 1))),
  'positive part plus the curve of the negative part': each(
    (value) => LAMBDA * Math.max(0, value) + LAMBDA * ALPHA * Math.expm1(Math.min(0, value)),
  ),
};
