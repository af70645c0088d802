import type { Alternatives, Mistakes, Properties } from '../../src/conformance/law.js';
import type { MishInputs } from '../../src/formulas/activations/mish.js';
import {
  changesAtMost,
  each,
  eachSlope,
  isItsInputFrom,
  isZeroAtZero,
  neverExceedsItsInput,
  neverFallsBelow,
  vanishesFrom,
} from '../laws.js';

/** The value at the minimum, x = −1.19243121452. */
const LEAST = -0.3088434130172504;
/** The greatest slope, at x = 1.49057117949. */
const STEEPEST = 1.088498161251228;

export const properties: Properties<MishInputs> = [
  isZeroAtZero(),
  neverFallsBelow(LEAST),
  neverExceedsItsInput(),
  changesAtMost('1.09 times as fast', () => STEEPEST),
  isItsInputFrom(20),
  vanishesFrom(-800),
];

function softplus(value: number): number {
  return Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value)));
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** The input times a gate, with the limit at −∞. */
function gated(gate: (value: number) => number) {
  return each<MishInputs>((value) => (value === -Infinity ? -0 : value * gate(value)));
}

/** The slope tanh s plus x times any slope of the gate, with its limits. */
function slope(ofGate: (value: number) => number) {
  return eachSlope<MishInputs>((value) => {
    const tilt = Math.abs(value) === Infinity ? 0 : value * ofGate(value);
    return Math.tanh(softplus(value)) + tilt;
  });
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<MishInputs> = {
  'limit at −∞ left to be NaN': {
    source: 'ML Formulas, E000-17',
    compute: each((value) => value * Math.tanh(softplus(value))),
  },
  'squares of 1 + eˣ, which overflow': {
    source: 'classic',
    compute: gated((value) => {
      const square = (1 + Math.exp(value)) ** 2;
      return (square - 1) / (square + 1);
    }),
  },
  'left tail lost to ln(1 + eˣ)': {
    source: 'classic',
    strict: true,
    compute: gated((value) => Math.tanh(Math.log(1 + Math.exp(value)))),
  },
  'factor x missing': { source: 'classic', compute: each((value) => Math.tanh(softplus(value))) },
  'softplus forgotten': { source: 'classic', compute: gated(Math.tanh) },
  swish: { source: 'classic', compute: gated(logistic) },
  'tanh forgotten': {
    source: 'classic',
    compute: gated((value) => Math.min(1, softplus(value))),
  },
  'logarithm to base 2': {
    source: 'classic',
    compute: gated((value) => Math.tanh(softplus(value) / Math.LN2)),
  },
  'softplus linear from 5 on': {
    source: 'classic',
    compute: gated((value) => Math.tanh(value > 5 ? value : softplus(value))),
  },
  'softplus in float32': {
    source: 'classic',
    compute: gated((value) => Math.tanh(Math.fround(softplus(value)))),
  },
  'beyond 32 elements, the first ones again': {
    source: 'classic',
    compute: each((_, { x }, i) => {
      const value = x.data[i % 32]!;
      return value === -Infinity ? -0 : value * Math.tanh(softplus(value));
    }),
  },
  'gradient of the gate forgotten': { source: 'classic', gradient: slope(() => 0) },
  'gradient of softplus forgotten': {
    source: 'classic',
    gradient: slope((value) => Math.cosh(softplus(value)) ** -2),
  },
  'gradient with tanh² for sech²': {
    source: 'classic',
    gradient: slope((value) => logistic(value) * Math.tanh(softplus(value)) ** 2),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<MishInputs> = {
  'ratio of polynomials in e⁻|x|': gated((value) => {
    const decay = Math.exp(-Math.abs(value));
    return value < 0
      ? (decay * (decay + 2)) / (decay * (decay + 2) + 2)
      : (1 + 2 * decay) / (1 + 2 * decay * (1 + decay));
  }),
  'softplus linear from 20 on': gated((value) =>
    Math.tanh(value > 20 ? value : Math.log1p(Math.exp(value))),
  ),
  'ln(1 + eˣ), which loses the tail': gated((value) => Math.tanh(Math.log(1 + Math.exp(value)))),
};
