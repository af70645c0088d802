import { atLeast, equal, exactly, minus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { GeluExactInputs } from '../../src/formulas/activations/gelu-exact.js';
import { erf, erfc } from '../../src/kernel/index.js';
import { elementwise, exactlyLike } from '../laws.js';

/** Where GELU is least, and how little it is there: the root of Φ(x) + x φ(x). */
const LEAST = -0.16997120747990366;

export const properties: Properties<GeluExactInputs> = [
  always('minus its mirror image is the identity', async (gelu, { x }) => {
    const mirrored = elementwise(x, (value) => -value);
    return equal(minus(await gelu({ x }), await gelu({ x: mirrored })), exactly(x.data, x.shape));
  }),
  always('never falls below its one minimum', async (gelu, { x }) => {
    const answer = await gelu({ x });
    return atLeast(answer, exactlyLike(answer, LEAST));
  }),
  always('is 0 at 0', async (gelu, { x }) =>
    equal(
      await gelu({ x: elementwise(x, () => 0) }),
      exactly(
        x.data.map(() => 0),
        x.shape,
      ),
    ),
  ),
];

/** A way of computing GELU element by element. */
function each(gelu: (value: number) => number) {
  return ({ x }: GeluExactInputs) => elementwise(x, gelu);
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
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<GeluExactInputs> = {
  'through erfc': each((value) =>
    value === -Infinity ? -0 : 0.5 * value * erfc(-value / Math.SQRT2),
  ),
  'through erf, which loses the tail': each((value) =>
    value === -Infinity ? -0 : 0.5 * value * (1 + erf(value / Math.SQRT2)),
  ),
};

export const variants: Variants<GeluExactInputs> = {
  tanh: { compute: each((value) => (value === -Infinity ? -0 : tanhForm(value))) },
};
