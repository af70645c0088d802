import type { Alternatives, Mistakes, Properties, Variants } from '../../src/conformance/law.js';
import type { HardSigmoidInputs } from '../../src/formulas/activations/hard-sigmoid.js';
import {
  changesAtMost,
  complementsItsMirrorImage,
  each,
  eachSlope,
  isAt,
  isNonNegative,
  neverDecreases,
  vanishesFrom,
} from '../laws.js';

export const properties: Properties<HardSigmoidInputs> = [
  isNonNegative(),
  complementsItsMirrorImage(),
  neverDecreases(),
  changesAtMost('a sixth as fast', () => 1 / 6),
  isAt('is one half at 0', 0, 0.5),
  isAt('is three quarters halfway up', 1.5, 0.75),
  vanishesFrom(-3),
];

function clip(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<HardSigmoidInputs> = {
  'not clipped': { source: 'classic', compute: each((value) => value / 6 + 0.5) },
  'not clipped above': {
    source: 'classic',
    compute: each((value) => Math.max(0, value / 6 + 0.5)),
  },
  'not clipped below': {
    source: 'classic',
    compute: each((value) => Math.min(1, value / 6 + 0.5)),
  },
  'clipped before 3 is added': {
    source: 'classic',
    compute: each((value) => (clip(value, 0, 6) + 3) / 6),
  },
  'one half forgotten': { source: 'classic', compute: each((value) => clip(value / 6, 0, 1)) },
  'ramp from −1 to 1': { source: 'classic', compute: each((value) => clip(value / 3, -1, 1)) },
  'downhill, as of −x': {
    source: 'classic',
    compute: each((value) => clip(0.5 - value / 6, 0, 1)),
  },
  'ends at ±1': { source: 'classic', compute: each((value) => clip((value + 1) / 2, 0, 1)) },
  'ends a hundredth early': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) > 2.99 ? 0.5 + 0.5 * Math.sign(value) : value / 6 + 0.5,
    ),
  },
  'sixth of four decimals': {
    source: 'classic',
    compute: each((value) => clip(0.1667 * value + 0.5, 0, 1)),
  },
  'divided as integers': {
    source: 'classic',
    compute: each((value) => clip(Math.trunc((value + 3) / 6), 0, 1)),
  },
  'computed in float32': {
    source: 'classic',
    compute: each((value) => clip(Math.fround(value / 6 + 0.5), 0, 1)),
  },
  'NaN taken for 1': {
    source: 'classic',
    compute: each((value) => (value <= -3 ? 0 : value < 3 ? value / 6 + 0.5 : 1)),
  },
  'gradient let through outside the ramp': {
    source: 'classic',
    gradient: eachSlope(() => 1 / 6),
  },
  'gradient of slope 1': {
    source: 'classic',
    gradient: eachSlope((value) => (Number.isNaN(value) ? value : Number(Math.abs(value) < 3))),
  },
  'gradient h (1 − h), as of the logistic function': {
    source: 'classic',
    gradient: eachSlope((value) => {
      const height = clip(value / 6 + 0.5, 0, 1);
      return height * (1 - height);
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HardSigmoidInputs> = {
  'x / 6 + 1 / 2': each((value) => clip(value / 6 + 0.5, 0, 1)),
  'ReLU6(x + 3) / 6': each((value) => clip(value + 3, 0, 6) / 6),
  'times a rounded sixth': each((value) => clip(value * (1 / 6) + 0.5, 0, 1)),
  'clipped first': each((value) => clip(value, -3, 3) / 6 + 0.5),
};

export const variants: Variants<HardSigmoidInputs> = {
  'slope one fifth': {
    compute: each((value) => clip(0.2 * value + 0.5, 0, 1)),
    gradient: eachSlope((value) => (Number.isNaN(value) ? value : Math.abs(value) < 2.5 ? 0.2 : 0)),
  },
};
