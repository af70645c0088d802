import { equal } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { SineInputs } from '../../src/formulas/calculus/sine.js';
import type { NDArray } from '../../src/kernel/index.js';
import { changesAtMost, each, eachSlope, elementwise, isAt, isOdd, isZeroAtZero } from '../laws.js';

export const properties: Properties<SineInputs> = [
  isZeroAtZero(),
  isOdd(),
  changesAtMost('as fast', () => 1),
  isAt('is 1 at a quarter of a turn', Math.PI / 2, 1),
  always('of three times an angle is 3 sin − 4 sin³', async (sine, inputs) => {
    const x = within(inputs.x, 1000);
    const single = await sine({ x });
    const threefold = await sine({ x: elementwise(x, (angle) => 3 * angle) });
    const budget = single.budget();
    const right = single.values.map((s) => 3 * s - 4 * s ** 3);
    // |d(3s − 4s³)/ds| ≤ 9 on [−1, 1].
    const room = budget.map((allowed) => 9 * allowed + 16 * single.unit);
    return equal(threefold, { ...single, values: right, budget: () => room });
  }),
];

/** Angles that are turned back where they are so large that their last places are turns. */
function within({ shape, data }: NDArray, most: number): NDArray {
  return { shape, data: data.map((angle) => angle % most) };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SineInputs> = {
  'angle taken for degrees': {
    source: 'classic',
    compute: each((value) => Math.sin((value * Math.PI) / 180)),
  },
  'cosine in its place': {
    source: 'classic',
    compute: each((value) => Math.cos(value)),
  },
  'sign lost': {
    source: 'classic',
    compute: each((value) => Math.sin(Math.abs(value))),
  },
  'Taylor polynomial of the fifth degree': {
    source: 'classic',
    compute: each((value) => value - value ** 3 / 6 + value ** 5 / 120),
  },
  'hyperbolic sine in its place': {
    source: 'classic',
    compute: each((value) => Math.sinh(value)),
  },
  'π taken for 3.14159 when the angle is reduced': {
    source: 'classic',
    compute: each((value) => Math.sin(value - 6.28318 * Math.round(value / 6.28318))),
  },
  'parabola in its place': {
    source: 'classic',
    compute: each((value) => {
      const turn = value / (2 * Math.PI) - Math.round(value / (2 * Math.PI));
      return 8 * turn - 16 * turn * Math.abs(turn);
    }),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(Math.sin(value))),
  },
  'gradient of the wrong sign': {
    source: 'classic',
    gradient: eachSlope((value) => -Math.cos(value)),
  },
  'gradient the sine again': {
    source: 'classic',
    gradient: eachSlope((value) => Math.sin(value)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SineInputs> = {
  'twice the sine times the cosine of half the angle': each(
    (value) => 2 * Math.sin(value / 2) * Math.cos(value / 2),
  ),
};
