import { atLeast, atMost, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { SigmoidInputs } from '../../src/formulas/activations/sigmoid.js';
import {
  changesAtMost,
  complementsItsMirrorImage,
  each,
  eachSlope,
  elementwise,
  isAt,
  neverDecreases,
} from '../laws.js';

export const properties: Properties<SigmoidInputs> = [
  complementsItsMirrorImage(),
  isAt('is one half at 0', 0, 0.5),
  neverDecreases(),
  changesAtMost('a quarter as fast', () => 0.25),
  always('is convex left of 0', async (sigmoid, { x }, draws) => {
    const { near, middle, far } = threePoints(x, draws.integer(1, 64) / 16, -1);
    const ends = plus(await sigmoid({ x: near }), await sigmoid({ x: far }));
    return atMost(await sigmoid({ x: middle }), times(ends, 0.5));
  }),
  always('is concave right of 0', async (sigmoid, { x }, draws) => {
    const { near, middle, far } = threePoints(x, draws.integer(1, 64) / 16, 1);
    const ends = plus(await sigmoid({ x: near }), await sigmoid({ x: far }));
    return atLeast(await sigmoid({ x: middle }), times(ends, 0.5));
  }),
];

/** Points of one side, a step apart. */
function threePoints(x: SigmoidInputs['x'], step: number, side: 1 | -1) {
  const at = (steps: number) => elementwise(x, (value) => side * (Math.abs(value) + steps * step));
  return { near: at(0), middle: at(1), far: at(2) };
}

/** The sigmoid as it is written in textbooks. */
function plain(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SigmoidInputs> = {
  'branches of the stable form exchanged': {
    source: 'hail-is/hail#10606',
    compute: each((value) => (value >= 0 ? Math.exp(value) / (1 + Math.exp(value)) : plain(value))),
  },
  'sign of the exponent lost': {
    source: 'classic',
    compute: each((value) => plain(-value)),
  },
  'tanh in its place': {
    source: 'classic',
    compute: each(Math.tanh),
  },
  'hard sigmoid in its place': {
    source: 'classic',
    compute: each((value) => Math.max(0, Math.min(1, value / 6 + 0.5))),
  },
  'powers of 2': {
    source: 'classic',
    compute: each((value) => 1 / (1 + 2 ** -value)),
  },
  'exponential in float32': {
    source: 'classic',
    compute: each((value) => 1 / (1 + Math.fround(Math.exp(-value)))),
  },
  'clipped to [1e-7, 1 − 1e-7]': {
    source: 'classic',
    compute: each((value) => Math.max(1e-7, Math.min(1 - 1e-7, plain(value)))),
  },
  'argument clipped to ±20': {
    source: 'classic',
    compute: each((value) => plain(Math.max(-20, Math.min(20, value)))),
  },
  'NaN taken for a large negative number': {
    source: 'classic',
    compute: each((value) => (value > -745 ? plain(value) : 0)),
  },
  'entry [0.70, 0.71) of a lookup table off by a hundredth': {
    source: 'classic',
    compute: each((value) => (value >= 0.7 && value < 0.71 ? plain(value) + 0.01 : plain(value))),
  },
  'left tail taken from 1 − σ(−x)': {
    source: 'classic',
    strict: true,
    compute: each((value) => (value < 0 ? 1 - plain(-value) : plain(value))),
  },
  'gradient σ, without 1 − σ': {
    source: 'classic',
    gradient: eachSlope(plain),
  },
  'gradient with the input taken for the output': {
    source: 'classic',
    gradient: eachSlope((value) => value * (1 - value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SigmoidInputs> = {
  'one over one plus the exponential': each(plain),
  'through tanh of half the input': each((value) => 0.5 * (1 + Math.tanh(0.5 * value))),
  'exponential of the log-sigmoid': each((value) =>
    Math.exp(Math.min(value, 0) - Math.log1p(Math.exp(-Math.abs(value)))),
  ),
};
