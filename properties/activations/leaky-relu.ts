import { equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variant,
  type Variants,
} from '../../src/conformance/law.js';
import type { LeakyReluInputs } from '../../src/formulas/activations/leaky-relu.js';
import {
  changesAtMost,
  doublesWithItsInput,
  each,
  eachSlope,
  elementwise,
  isConvex,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<LeakyReluInputs> = [
  doublesWithItsInput(),
  changesAtMost('max(1, alpha) times as fast', ({ alpha = 0.01 }) => Math.max(1, alpha)),
  neverDecreases(),
  always('lies below its chords for an alpha of at most 1', (leaky, { x, alpha = 0.01 }, draws) =>
    isConvex<LeakyReluInputs>().violation(leaky, { x, alpha: Math.min(1, alpha) }, draws),
  ),
  always('is ReLU for an alpha of 0', async (leaky, { x }) => {
    const rectified = elementwise(x, (value) => Math.max(0, value));
    return equal(await leaky({ x, alpha: 0 }), exactly(rectified.data, x.shape));
  }),
  always('is the identity for an alpha of 1', async (leaky, { x }) =>
    equal(await leaky({ x, alpha: 1 }), exactly(x.data, x.shape)),
  ),
  always('is undone by the inverse alpha', async (leaky, { x }, draws) => {
    // A power of two, so that both products are exact.
    const alpha = 2 ** draws.integer(-4, 4);
    const { values } = await leaky({ x, alpha });
    const back = await leaky({ x: { shape: x.shape, data: values }, alpha: 1 / alpha });
    return equal(back, exactly(x.data, x.shape));
  }),
];

/** α x, with the limit at −∞ where that is NaN. */
function leftOf(value: number, alpha: number): number {
  return alpha === 0 ? 0 : alpha * value;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<LeakyReluInputs> = {
  'alpha 0 taken for missing': {
    source: 'classic',
    compute: each((value, { alpha }) => (value > 0 ? value : (alpha || 0.01) * value)),
  },
  'larger of αx and x': {
    source: 'ML Formulas, E000-14',
    compute: each((value, { alpha = 0.01 }) => Math.max(leftOf(value, alpha), value)),
  },
  'alpha ignored': {
    source: 'classic',
    compute: each((value) => (value > 0 ? value : 0.01 * value)),
  },
  'absolute value on the left': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) => (value > 0 ? value : -leftOf(value, alpha))),
  },
  'sides exchanged': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) => (value > 0 ? leftOf(value, alpha) : value)),
  },
  'divided by alpha': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) => (value > 0 ? value : value / alpha)),
  },
  'NaN taken for 0': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) =>
      value > 0 ? value : value < 0 ? leftOf(value, alpha) : 0,
    ),
  },
  'alpha in float32': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) =>
      value > 0 ? value : leftOf(value, Math.fround(alpha)),
    ),
  },
  'identity within a hundredth of 0': {
    source: 'classic',
    compute: each((value, { alpha = 0.01 }) => (value > -0.01 ? value : leftOf(value, alpha))),
  },
  'gradient of ReLU': {
    source: 'classic',
    gradient: eachSlope((value) => (value > 0 ? 1 : 0)),
  },
  'gradient with αx for alpha': {
    source: 'classic',
    gradient: eachSlope((value, { alpha = 0.01 }) => (value > 0 ? 1 : alpha * value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<LeakyReluInputs> = {
  'positive part plus alpha times the negative part': each((value, { alpha = 0.01 }) =>
    Number.isNaN(value) ? value : Math.max(0, value) + leftOf(Math.min(0, value), alpha),
  ),
  'larger of αx and x, or the smaller where alpha exceeds 1': each((value, { alpha = 0.01 }) => {
    const left = Math.abs(value) === Infinity ? leftOf(value, alpha) : alpha * value;
    return alpha <= 1 ? Math.max(left, value) : Math.min(left, value);
  }),
};

/** The same function with another slope where none is given. */
function usualAlpha(usual: number): Variant<LeakyReluInputs> {
  return {
    compute: each((value, { alpha = usual }) => (value > 0 ? value : leftOf(value, alpha))),
    gradient: eachSlope((value, { alpha = usual }) => (value > 0 ? 1 : alpha)),
  };
}

export const variants: Variants<LeakyReluInputs> = {
  'alpha of 0.2 where none is given': usualAlpha(0.2),
  'alpha of 0.3 where none is given': usualAlpha(0.3),
};
