import type { Alternatives, Mistakes, Properties, Variants } from '../../src/conformance/law.js';
import type { GeluExactInputs } from '../../src/formulas/activations/gelu-exact.js';
import { erf, erfc } from '../../src/kernel/index.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  isIdentityMinusMirror,
  isItsInputFrom,
  isZeroAtZero,
  neverFallsBelow,
  vanishesFrom,
} from '../laws.js';

/** Where GELU is least, and how little it is there: the root of Φ(x) + x φ(x). */
const LEAST = -0.16997120747990366;
/** The greatest slope, Φ(√2) + √2 φ(√2). */
const STEEPEST = 1.1289041451851547;

export const properties: Properties<GeluExactInputs> = [
  isIdentityMinusMirror(),
  neverFallsBelow(LEAST),
  isZeroAtZero(),
  changesAtMost('1.13 times as fast', () => STEEPEST),
  isItsInputFrom(10),
  vanishesFrom(-40),
];

/** What is right to about the last place, −∞ included. */
function gelu(value: number): number {
  return value === -Infinity ? -0 : 0.5 * value * erfc(-value / Math.SQRT2);
}

/** The bell curve as it is written in textbooks. */
function bell(value: number): number {
  return Math.exp(-0.5 * value * value) / Math.sqrt(2 * Math.PI);
}

/** The approximation of Hendrycks and Gimpel, with tanh. */
function tanhForm(value: number): number {
  return 0.5 * value * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 3)));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<GeluExactInputs> = {
  'sigmoid approximation x σ(1.702 x)': {
    source: 'openai/CLIP QuickGELU',
    compute: each((value) => value / (1 + Math.exp(-1.702 * value))),
  },
  'argument of erf not divided by √2': {
    source: 'classic',
    compute: each((value) => 0.5 * value * (1 + erf(value))),
  },
  'limit at −∞ left to be NaN': {
    source: 'ML Formulas, E000-17',
    compute: each((value) => 0.5 * value * erfc(-value / Math.SQRT2)),
  },
  'left tail lost to 1 + erf': {
    source: 'classic',
    strict: true,
    compute: each((value) =>
      value === -Infinity ? -0 : 0.5 * value * (1 + erf(value / Math.SQRT2)),
    ),
  },
  'factor x lost, the gate alone': {
    source: 'classic',
    compute: each((value) => 0.5 * erfc(-value / Math.SQRT2)),
  },
  'ReLU in its place': {
    source: 'classic',
    compute: each((value) => (value < 0 ? 0 : value)),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(gelu(value))),
  },
  'cut off below −4': {
    source: 'classic',
    compute: each((value) => (value < -4 ? 0 : gelu(value))),
  },
  'NaN taken for a large negative number': {
    source: 'classic',
    compute: each((value) => (value > -40 ? gelu(value) : 0)),
  },
  'tanh form from the 33rd element on': {
    source: 'classic',
    compute: each((value, _, index) => {
      if (value === -Infinity) return -0;
      return index < 32 ? gelu(value) : tanhForm(value);
    }),
  },
  'entry [0.30, 0.31) of a lookup table off by a hundredth': {
    source: 'classic',
    compute: each((value) => (value >= 0.3 && value < 0.31 ? gelu(value) + 0.01 : gelu(value))),
  },
  'argument divided by √2 in place': {
    source: 'classic',
    compute: ({ x }) => {
      const answer = elementwise(x, gelu);
      for (let i = 0; i < x.data.length; i++) x.data[i]! /= Math.SQRT2;
      return answer;
    },
  },
  'gradient Φ(x), without x φ(x)': {
    source: 'classic',
    gradient: eachSlope((value) => 0.5 * erfc(-value / Math.SQRT2)),
  },
  'gradient with x φ(x) subtracted': {
    source: 'classic',
    gradient: eachSlope((value) => {
      const tilt = Math.abs(value) === Infinity ? 0 : value * bell(value);
      return 0.5 * erfc(-value / Math.SQRT2) - tilt;
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<GeluExactInputs> = {
  'through erfc': each(gelu),
  'through erf, which loses the tail': each((value) =>
    value === -Infinity ? -0 : 0.5 * value * (1 + erf(value / Math.SQRT2)),
  ),
};

export const variants: Variants<GeluExactInputs> = {
  tanh: { compute: each((value) => (value === -Infinity ? -0 : tanhForm(value))) },
};
