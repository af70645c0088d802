import { atLeast, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { EluInputs } from '../../src/formulas/activations/elu.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  exactlyLike,
  isConvex,
  isZeroAtZero,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<EluInputs> = [
  isZeroAtZero(),
  neverDecreases(),
  changesAtMost('max(1, alpha) times as fast', ({ alpha = 1 }) => Math.max(1, alpha)),
  always('lies below its chords for an alpha of at most 1', (unit, { x, alpha = 1 }, draws) =>
    isConvex<EluInputs>().violation(unit, { x, alpha: Math.min(1, alpha) }, draws),
  ),
  always('never falls below minus alpha', async (unit, inputs) => {
    const answer = await unit(inputs);
    return atLeast(answer, exactlyLike(answer, -(inputs.alpha ?? 1)));
  }),
  always('is the identity on the right', async (unit, inputs) => {
    const right = elementwise(inputs.x, Math.abs);
    return equal(await unit({ ...inputs, x: right }), exactly(right.data, right.shape));
  }),
  always('doubles with alpha on the left', async (unit, { x, alpha = 1 }) => {
    const left = elementwise(x, (value) => -Math.abs(value));
    const doubled = await unit({ x: left, alpha: 2 * alpha });
    return equal(doubled, times(await unit({ x: left, alpha }), 2));
  }),
  always('is ReLU for an alpha of 0', async (unit, { x }) => {
    const rectified = elementwise(x, (value) => Math.max(0, value));
    return equal(await unit({ x, alpha: 0 }), exactly(rectified.data, x.shape));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<EluInputs> = {
  'exp(x) − 1, which loses small x': {
    source: 'ML Formulas, E000-15',
    strict: true,
    compute: each((value, { alpha = 1 }) => (value > 0 ? value : alpha * (Math.exp(value) - 1))),
  },
  'branch not taken overflows to NaN': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) => {
      const on = value > 0 ? 1 : 0;
      return on * value + (1 - on) * alpha * Math.expm1(value);
    }),
  },
  '1 not subtracted': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) => (value > 0 ? value : alpha * Math.exp(value))),
  },
  'alpha 0 taken for missing': {
    source: 'classic',
    compute: each((value, { alpha }) => (value > 0 ? value : (alpha || 1) * Math.expm1(value))),
  },
  'alpha ignored': {
    source: 'classic',
    compute: each((value) => (value > 0 ? value : Math.expm1(value))),
  },
  'alpha times the exponential only': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) => (value > 0 ? value : alpha * Math.exp(value) - 1)),
  },
  'alpha on both sides': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) => alpha * (value > 0 ? value : Math.expm1(value))),
  },
  'power of 2': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) => (value > 0 ? value : alpha * (2 ** value - 1))),
  },
  'alpha forgotten far left': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) =>
      value > 0 ? value : value < -20 ? -1 : alpha * Math.expm1(value),
    ),
  },
  'computed in float32': {
    source: 'classic',
    compute: each((value, { alpha = 1 }) =>
      value > 0 ? value : alpha * Math.fround(Math.expm1(value)),
    ),
  },
  'gradient through the branch not taken': {
    source: 'jax-ml/jax#1538',
    gradient: eachSlope((value, { alpha = 1 }) => {
      const on = value > 0 ? 1 : 0;
      return on + (1 - on) * alpha * Math.exp(value);
    }),
  },
  'gradient ELU + 1, right for an alpha of 1': {
    source: 'classic',
    gradient: eachSlope((value, { alpha = 1 }) => (value > 0 ? 1 : alpha * Math.expm1(value) + 1)),
  },
  'gradient without alpha': {
    source: 'classic',
    gradient: eachSlope((value) => (value > 0 ? 1 : Math.exp(value))),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<EluInputs> = {
  'exp(x) − 1': each((value, { alpha = 1 }) => (value > 0 ? value : alpha * (Math.exp(value) - 1))),
  'positive part plus the curve of the negative part': each(
    (value, { alpha = 1 }) => Math.max(0, value) + alpha * Math.expm1(Math.min(0, value)),
  ),
  'through t = tanh(x / 2): 2t / (1 − t)': each((value, { alpha = 1 }) => {
    const tangent = Math.tanh(0.5 * value);
    return value > 0 ? value : (alpha * 2 * tangent) / (1 - tangent);
  }),
};

export const variants: Variants<EluInputs> = {
  CELU: {
    compute: each((value, { alpha = 1 }) =>
      value > 0 || alpha === 0 ? Math.max(0, value) : alpha * Math.expm1(value / alpha),
    ),
    gradient: eachSlope((value, { alpha = 1 }) => {
      if (value > 0) return 1;
      return alpha === 0 ? Math.max(0, value) : Math.exp(value / alpha);
    }),
  },
};
