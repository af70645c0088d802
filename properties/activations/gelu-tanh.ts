import { atLeast, atMost, exactly, minus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  geluExact,
  geluExactDerivative,
  geluExactGradient,
} from '../../src/formulas/activations/gelu-exact.js';
import type { GeluTanhInputs } from '../../src/formulas/activations/gelu-tanh.js';
import { type NDArray, vector } from '../../src/kernel/index.js';
import {
  changesAtMost,
  each,
  eachSlope,
  exactlyLike,
  isIdentityMinusMirror,
  isItsInputFrom,
  isZeroAtZero,
  neverFallsBelow,
  vanishesFrom,
} from '../laws.js';

/** The value at the minimum, x = −0.75246142207. */
const LEAST = -0.17004075057125406;
/** The greatest difference from the exact form, at |x| = 2.69894138638. */
const FARTHEST = 4.732355206872849e-4;
/** The greatest slope, at x = 1.41850400879. */
const STEEPEST = 1.1289930686587717;

export const properties: Properties<GeluTanhInputs> = [
  isZeroAtZero(),
  isIdentityMinusMirror(),
  neverFallsBelow(LEAST),
  always('is never more than 4.74e-4 from the exact form', async (gelu, { x }) => {
    const difference = minus(await gelu({ x }), exactly(geluExact({ x }).data, x.shape));
    const bound = exactlyLike(difference, FARTHEST);
    return atMost(difference, bound) ?? atLeast(difference, exactlyLike(difference, -FARTHEST));
  }),
  changesAtMost('1.13 times as fast', () => STEEPEST),
  isItsInputFrom(10),
  vanishesFrom(-25),
];

/** u, the argument of tanh, with any coefficient of the cube. */
function argumentOf(value: number, cubic = 0.044715): number {
  return Math.sqrt(2 / Math.PI) * (value + cubic * value ** 3);
}

/** The formula with its limit at −∞, for any argument of tanh. */
function gated(argument: (value: number) => number) {
  return each<GeluTanhInputs>((value) =>
    value === -Infinity ? -0 : 0.5 * value * (1 + Math.tanh(argument(value))),
  );
}

/** σ(2u), and how fast u rises where a slope other than the right one is wanted. */
function slope(value: number, rise: number): number {
  const gate = 1 / (1 + Math.exp(-2 * argumentOf(value)));
  const bell = gate * (1 - gate);
  return bell === 0 ? gate : gate + 2 * value * bell * rise;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<GeluTanhInputs> = {
  'factor x missing': {
    source: 'tensorflow/tfjs#8224',
    compute: each((value) => 0.5 * (1 + Math.tanh(argumentOf(value)))),
  },
  'factor one half missing': {
    source: 'classic',
    compute: each((value) =>
      value === -Infinity ? -0 : value * (1 + Math.tanh(argumentOf(value))),
    ),
  },
  'cube forgotten': { source: 'classic', compute: gated((value) => argumentOf(value, 0)) },
  'digit of the coefficient lost': {
    source: 'classic',
    compute: gated((value) => argumentOf(value, 0.04715)),
  },
  'coefficient rounded': {
    source: 'classic',
    compute: gated((value) => argumentOf(value, 0.0447)),
  },
  'square for the cube': {
    source: 'classic',
    compute: gated((value) => Math.sqrt(2 / Math.PI) * (value + 0.044715 * value ** 2)),
  },
  'coefficient outside the root': {
    source: 'classic',
    compute: gated((value) => Math.sqrt(2 / Math.PI) * value + 0.044715 * value ** 3),
  },
  'root turned over': {
    source: 'classic',
    compute: gated((value) => (Math.PI / 2) * argumentOf(value)),
  },
  'logistic function of u, not of 2u': {
    source: 'classic',
    compute: each((value) =>
      value === -Infinity ? -0 : value / (1 + Math.exp(-argumentOf(value))),
    ),
  },
  'limit at −∞ left to be NaN': {
    source: 'ML Formulas, E000-17',
    compute: each((value) => 0.5 * value * (1 + Math.tanh(argumentOf(value)))),
  },
  'tanh in float32': {
    source: 'classic',
    compute: each((value) =>
      value === -Infinity ? -0 : 0.5 * value * (1 + Math.fround(Math.tanh(argumentOf(value)))),
    ),
  },
  'left tail lost to 1 + tanh': {
    source: 'classic',
    strict: true,
    compute: gated(argumentOf),
  },
  'gradient of the exact form': {
    source: 'classic',
    gradient: eachSlope((value) => geluExactDerivative({ x: vector(value) }).data[0]!),
  },
  'gradient with the slope of u forgotten': {
    source: 'classic',
    gradient: eachSlope((value) => slope(value, 1)),
  },
  'gradient with the exponent of the cube forgotten': {
    source: 'classic',
    gradient: eachSlope((value) =>
      slope(value, Math.sqrt(2 / Math.PI) * (1 + 0.044715 * value * value)),
    ),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<GeluTanhInputs> = {
  'through tanh, which loses the tail': gated(argumentOf),
  'x over 1 + e⁻²ᵘ': each((value) =>
    value === -Infinity ? -0 : value / (1 + Math.exp(-2 * argumentOf(value))),
  ),
  'x less what the gate keeps back': each((value) =>
    value === -Infinity || value === Infinity
      ? Math.max(0, value)
      : value - value / (1 + Math.exp(2 * argumentOf(value))),
  ),
};

export const variants: Variants<GeluTanhInputs> = {
  exact: {
    compute: geluExact,
    gradient: ({ x }, cotangent) => geluExactGradient({ x }, cotangent as NDArray),
  },
  'logistic function of 1.702 x': {
    compute: each((value) => (value === -Infinity ? -0 : value / (1 + Math.exp(-1.702 * value)))),
    gradient: eachSlope((value) => {
      const gate = 1 / (1 + Math.exp(-1.702 * value));
      const bell = gate / (1 + Math.exp(1.702 * value));
      return bell === 0 ? gate : gate + 1.702 * value * bell;
    }),
  },
};
