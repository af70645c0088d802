import { equal, plus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { ArctangentInputs } from '../../src/formulas/activations/arctangent.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  exactlyLike,
  isAt,
  isOdd,
  isZeroAtZero,
  neverDecreases,
  neverExceedsItsInput,
} from '../laws.js';

export const properties: Properties<ArctangentInputs> = [
  isZeroAtZero(),
  isAt('is an eighth of a turn at 1', 1, Math.PI / 4),
  isOdd(),
  neverDecreases(),
  neverExceedsItsInput(),
  changesAtMost('as fast', () => 1),
  always('of a positive number and of its reciprocal add up to π/2', async (arctangent, { x }) => {
    const size = elementwise(x, (value) => Math.abs(value) || 1);
    const reciprocal = elementwise(size, (value) => 1 / value);
    const total = plus(await arctangent({ x: size }), await arctangent({ x: reciprocal }));
    return equal(total, exactlyLike(total, Math.PI / 2));
  }),
];

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ArctangentInputs> = {
  'in degrees': {
    source: 'classic',
    compute: each((value) => (Math.atan(value) * 180) / Math.PI),
  },
  'scaled to end at ±1': {
    source: 'classic',
    compute: each((value) => (2 / Math.PI) * Math.atan(value)),
  },
  'arguments of atan2 exchanged': {
    source: 'classic',
    compute: each((value) => Math.atan2(1, value)),
  },
  'complement of the reciprocal, without its sign': {
    source: 'classic',
    compute: each((value) => Math.PI / 2 - Math.atan(1 / value)),
  },
  'through the arcsine, which is steep at 1': {
    source: 'classic',
    compute: each((value) => Math.asin(value / Math.sqrt(1 + value * value))),
  },
  'hyperbolic tangent in its place': {
    source: 'classic',
    compute: each(Math.tanh),
  },
  'polynomial x/(1 + 0.28 x²), right to half a hundredth': {
    source: 'classic',
    compute: each((value) => {
      if (Math.abs(value) <= 1) return value / (1 + 0.28 * value * value);
      return (Math.sign(value) * Math.PI) / 2 - value / (value * value + 0.28);
    }),
  },
  'Taylor polynomial of degree 7 up to 1/4': {
    source: 'classic',
    compute: each((value) => {
      if (Math.abs(value) > 0.25) return Math.atan(value);
      const square = value * value;
      return value * (1 - square * (1 / 3 - square * (1 / 5 - square / 7)));
    }),
  },
  'π taken for 3.14159': {
    source: 'classic',
    compute: each((value) =>
      Math.abs(value) <= 1
        ? Math.atan(value)
        : (Math.sign(value) * 3.14159) / 2 - Math.atan(1 / value),
    ),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(Math.atan(value))),
  },
  'gradient not squared, 1/√(1 + x²)': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / Math.hypot(1, value)),
  },
  'gradient with the output taken for the input': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / (1 + Math.atan(value) ** 2)),
  },
  'gradient of the arcsine': {
    source: 'classic',
    gradient: eachSlope((value) => 1 / Math.sqrt(Math.max(1e-12, 1 - value * value))),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ArctangentInputs> = {
  'angle of the point (1, x)': each((value) => Math.atan2(value, 1)),
  'complement of the reciprocal beyond ±1': each((value) =>
    Math.abs(value) > 1
      ? (Math.sign(value) * Math.PI) / 2 - Math.atan(1 / value)
      : Math.atan(value),
  ),
  'twice the angle of half the arc': each(
    (value) => 2 * Math.atan2(value, 1 + Math.hypot(1, value)),
  ),
};
