import type { Alternatives, Mistakes, Properties } from '../../src/conformance/law.js';
import type { SwishInputs } from '../../src/formulas/activations/swish.js';
import type { NDArray } from '../../src/kernel/index.js';
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

/** The value at the minimum x = −1 − W(1/e), which is −W(1/e), with Lambert's function W. */
const LEAST = -0.2784645427610738;
/** The greatest slope, at x = 2.39935728052. */
const STEEPEST = 1.099839320128867;

export const properties: Properties<SwishInputs> = [
  isZeroAtZero(),
  isIdentityMinusMirror(),
  neverFallsBelow(LEAST),
  changesAtMost('1.1 times as fast', () => STEEPEST),
  isItsInputFrom(40),
  vanishesFrom(-800),
];

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** The input times a gate, with the limit at −∞. */
function gated(gate: (value: number) => number) {
  return each<SwishInputs>((value) => (value === -Infinity ? -0 : value * gate(value)));
}

/** What the mistake below remembers, by the shape that it was computed for. */
const remembered = new Map<string, NDArray>();

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SwishInputs> = {
  'limit at −∞ left to be NaN': {
    source: 'ML Formulas, E000-17',
    compute: each((value) => value / (1 + Math.exp(-value))),
  },
  'eˣ over 1 + eˣ, which overflows': {
    source: 'classic',
    compute: gated((value) => Math.exp(value) / (1 + Math.exp(value))),
  },
  'factor x missing': { source: 'classic', compute: each(logistic) },
  'sign of the gate slipped': { source: 'classic', compute: gated((value) => logistic(-value)) },
  'gate of 1.702 x': { source: 'classic', compute: gated((value) => logistic(1.702 * value)) },
  'gate of tanh': { source: 'classic', compute: gated(Math.tanh) },
  'hard gate': {
    source: 'classic',
    compute: gated((value) => Math.max(0, Math.min(1, value / 6 + 0.5))),
  },
  'gate in float32': { source: 'classic', compute: gated((value) => Math.fround(logistic(value))) },
  'identity from 16 on': {
    source: 'classic',
    compute: gated((value) => (value > 16 ? 1 : logistic(value))),
  },
  'cut off below −40': {
    source: 'classic',
    strict: true,
    compute: gated((value) => (value < -40 ? 0 : logistic(value))),
  },
  'first answer remembered for every input of its shape': {
    source: 'classic',
    compute: (inputs) => {
      const key = inputs.x.shape.join('×');
      const answer = remembered.get(key) ?? gated(logistic)(inputs);
      remembered.set(key, answer);
      return answer;
    },
  },
  'gradient of the gate forgotten': { source: 'classic', gradient: eachSlope(logistic) },
  'gradient of the gate not times x': {
    source: 'classic',
    gradient: eachSlope((value) => logistic(value) + logistic(value) * logistic(-value)),
  },
  'gradient with 1 − x for 1 + x': {
    source: 'classic',
    gradient: eachSlope((value) =>
      Math.abs(value) === Infinity
        ? logistic(value)
        : logistic(value) * (1 - value * logistic(-value)),
    ),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SwishInputs> = {
  'x over 1 + e⁻ˣ': each((value) => (value === -Infinity ? -0 : value / (1 + Math.exp(-value)))),
  'through tanh, which loses the tail': gated((value) => 0.5 * (1 + Math.tanh(0.5 * value))),
  'e⁻|x| on both sides': gated((value) => {
    const decay = Math.exp(-Math.abs(value));
    return (value < 0 ? decay : 1) / (1 + decay);
  }),
};
