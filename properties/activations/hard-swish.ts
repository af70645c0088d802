import type { Alternatives, Mistakes, Properties } from '../../src/conformance/law.js';
import type { HardSwishInputs } from '../../src/formulas/activations/hard-swish.js';
import {
  changesAtMost,
  each,
  eachSlope,
  isIdentityMinusMirror,
  isItsInputFrom,
  isZeroAtZero,
  neverFallsBelow,
  vanishesFrom,
} from '../laws.js';

export const properties: Properties<HardSwishInputs> = [
  isZeroAtZero(),
  isIdentityMinusMirror(),
  neverFallsBelow(-3 / 8),
  changesAtMost('one and a half times as fast', () => 1.5),
  isItsInputFrom(3),
  vanishesFrom(-3),
];

function clip(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** The input times a gate, with the limit at −∞. */
function gated(gate: (value: number) => number) {
  return each<HardSwishInputs>((value) => (value === -Infinity ? -0 : value * gate(value)));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<HardSwishInputs> = {
  'gate of slope one fifth': {
    source: 'Tencent/ncnn#2826',
    compute: gated((value) => clip(0.2 * value + 0.5, 0, 1)),
  },
  'limit at −∞ left to be NaN': {
    source: 'classic',
    compute: each((value) => value * clip(value / 6 + 0.5, 0, 1)),
  },
  'gate not clipped': { source: 'classic', compute: gated((value) => value / 6 + 0.5) },
  'gate not clipped above': {
    source: 'classic',
    compute: gated((value) => Math.max(0, value / 6 + 0.5)),
  },
  'gate alone': { source: 'classic', compute: each((value) => clip(value / 6 + 0.5, 0, 1)) },
  '3 not added': { source: 'classic', compute: gated((value) => clip(value, 0, 6) / 6) },
  'not divided by 6': { source: 'classic', compute: gated((value) => clip(value + 3, 0, 6)) },
  'smooth gate': { source: 'classic', compute: gated((value) => 1 / (1 + Math.exp(-value))) },
  'parabola a hundredth too far': {
    source: 'classic',
    compute: gated((value) =>
      value > -3.01 && value < 3.01 ? value / 6 + 0.5 : Number(value > 0),
    ),
  },
  'NaN taken for 0': {
    source: 'classic',
    compute: each((value) => (value >= 3 ? value : value > -3 ? value * (value / 6 + 0.5) : 0)),
  },
  'gate in float32': {
    source: 'classic',
    compute: gated((value) => Math.fround(clip(value / 6 + 0.5, 0, 1))),
  },
  'gradient of the gate forgotten': {
    source: 'classic',
    gradient: eachSlope((value) => clip(value / 6 + 0.5, 0, 1)),
  },
  'gradient of the gate let through outside': {
    source: 'classic',
    gradient: eachSlope((value) => clip(value / 6 + 0.5, 0, 1) + value / 6),
  },
  'gradient without the one half': {
    source: 'classic',
    gradient: eachSlope((value) => (value <= -3 ? 0 : value >= 3 ? 1 : value / 3)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HardSwishInputs> = {
  'x ReLU6(x + 3) / 6': gated((value) => clip(value + 3, 0, 6) / 6),
  'parabola between the ends': each((value) => {
    if (value <= -3) return 0;
    return value >= 3 ? value : (value * value + 3 * value) / 6;
  }),
};
