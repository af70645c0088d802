import { atMost } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { SigmoidDerivativeInputs } from '../../src/formulas/activations/sigmoid-derivative.js';
import {
  each,
  eachSlope,
  enclosesArea,
  exactlyLike,
  isAt,
  isEven,
  isNonNegative,
} from '../laws.js';

export const properties: Properties<SigmoidDerivativeInputs> = [
  isNonNegative(),
  isEven(),
  isAt('is one quarter at 0', 0, 0.25),
  always('never exceeds one quarter', async (slope, x) => {
    const answer = await slope(x);
    return atMost(answer, exactlyLike(answer, 0.25));
  }),
  enclosesArea('has a bell of area 1', 1, 1),
];

/** The sigmoid as it is written in textbooks. */
function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SigmoidDerivativeInputs> = {
  'exponential of −x, which overflows to ∞/∞': {
    source: 'jeshraghian/snntorch#433',
    compute: each((value) => Math.exp(-value) / (Math.exp(-value) + 1) ** 2),
  },
  'derivative sign lost, the sigmoid itself': {
    source: 'Calculus for Machine Learning, E004-32',
    compute: each(sigmoid),
  },
  'input taken for the output': {
    source: 'classic',
    compute: each((value) => value * (1 - value)),
  },
  'σ squared': {
    source: 'classic',
    compute: each((value) => sigmoid(value) ** 2),
  },
  'derivative of tanh in its place': {
    source: 'classic',
    compute: each((value) => 1 - Math.tanh(value) ** 2),
  },
  'cut off beyond ±8': {
    source: 'classic',
    compute: each((value) => (Math.abs(value) > 8 ? 0 : sigmoid(value) * (1 - sigmoid(value)))),
  },
  'exponential in float32': {
    source: 'classic',
    compute: each((value) => {
      const decay = Math.fround(Math.exp(-Math.abs(value)));
      return decay / (1 + decay) ** 2;
    }),
  },
  'divided by the number of elements': {
    source: 'classic',
    compute: each((value, { x }) => (sigmoid(value) * (1 - sigmoid(value))) / x.data.length),
  },
  'tail lost to 1 − σ': {
    source: 'ML Formulas, E000-11',
    strict: true,
    compute: each((value) => sigmoid(value) * (1 - sigmoid(value))),
  },
  'gradient without 1 − 2σ': {
    source: 'classic',
    gradient: eachSlope((value) => sigmoid(value) * (1 - sigmoid(value))),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => {
      const s = sigmoid(value);
      return s * (1 - s) * (2 * s - 1);
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SigmoidDerivativeInputs> = {
  'σ(x) (1 − σ(x)), which loses the tail': each((value) => sigmoid(value) * (1 - sigmoid(value))),
  'σ(x) σ(−x)': each((value) => sigmoid(value) * sigmoid(-value)),
  'a quarter of sech² of half the input': each((value) => 0.25 / Math.cosh(0.5 * value) ** 2),
  'a quarter of 1 − tanh² of half the input': each(
    (value) => 0.25 * (1 - Math.tanh(0.5 * value) ** 2),
  ),
};
