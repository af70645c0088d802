import { atLeast, atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import {
  functionsById,
  type NumericalGradientInputs,
  numericalGradient,
} from '../../src/formulas/gradients/numerical-gradient.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, exactlyLike } from '../laws.js';

export const properties: Properties<NumericalGradientInputs> = [
  always('is the slope of a parabola at any step', async (gradient, x) => {
    const at = { ...x, function: 'calculus/quadratic' };
    const slope = elementwise(x.x, (value) => 2 * value);
    return equal(await gradient(at), exactly(slope.data, slope.shape));
  }),
  always('is 3x² + h² for the cube', async (gradient, { step = 1e-5, ...x }) => {
    const near = moderate(x.x);
    const at = { x: near, step, function: 'calculus/cubic' };
    const slope = elementwise(near, (value) => 3 * value * value + step * step);
    return equal(await gradient(at), exactly(slope.data, slope.shape));
  }),
  always('is eˣ sinh(h)/h for the exponential', async (gradient, { step: h = 1e-5, ...x }) => {
    const near = elementwise(moderate(x.x), (value) => value / 64);
    const step = Math.min(h, 8);
    const at = { x: near, step, function: 'calculus/exponential' };
    const slope = elementwise(near, (value) => (Math.exp(value) * Math.sinh(step)) / step);
    return equal(await gradient(at), exactly(slope.data, slope.shape));
  }),
  always('is cos(x) sin(h)/h for the sine', async (gradient, { step = 1e-5, ...x }) => {
    const near = moderate(x.x);
    const at = { x: near, step, function: 'calculus/sine' };
    const slope = elementwise(near, (value) => (Math.cos(value) * Math.sin(step)) / step);
    return equal(await gradient(at), exactly(slope.data, slope.shape));
  }),
  always('is −1/(x² − h²) for the reciprocal', async (gradient, { step: h = 1e-5, ...x }) => {
    const step = Math.min(h, 1 / 4);
    // Away from the pole, where a rounding of x would be all that is left.
    const away = elementwise(moderate(x.x), (value) => (value < 0 ? value - 1 : value + 1));
    const at = { x: away, step, function: 'calculus/reciprocal' };
    const slope = elementwise(away, (value) => -1 / ((value - step) * (value + step)));
    return equal(await gradient(at), exactly(slope.data, slope.shape));
  }),
  always('is 0 at 0 for even functions', async (gradient, x, draws) => {
    const even = draws.pick(['calculus/quadratic', 'calculus/absolute-value']);
    const answer = await gradient({ ...x, function: even, x: elementwise(x.x, () => 0) });
    return equal(answer, exactlyLike(answer, 0));
  }),
  always('of functions as steep as 1 lies between −1 and 1', async (gradient, x, draws) => {
    const steep = draws.pick(['calculus/sine', 'calculus/absolute-value']);
    const answer = await gradient({ ...x, function: steep });
    const one = exactlyLike(answer, 1);
    return atMost(answer, one) ?? atLeast(answer, times(one, -1));
  }),
  always('of a sum is the gradients of its terms', async (gradient, x, draws) => {
    const whole = await gradient(x);
    const i = draws.integer(0, x.x.data.length - 1);
    const alone = { ...x, x: { shape: [1], data: x.x.data.slice(i, i + 1) } };
    return equal(await gradient(alone), {
      ...whole,
      shape: [1],
      values: whole.values.slice(i, i + 1),
      budget: () => whole.budget().slice(i, i + 1),
    });
  }),
];

/** Within ±64, where no power overflows and a turn is more than a last place. */
function moderate(x: NDArray): NDArray {
  return elementwise(x, (value) => value % 64);
}

// ---- other ways to differentiate ------------------------------------------------------------

/** The terms f(x_j) of the sum, of a function by its id. */
function termsOf(id: string, x: NDArray): Float64Array {
  return functionsById[id]!({ x }).data;
}

/** F, the sum of all terms, from left to right. */
function sumOf(id: string, x: NDArray): number {
  return termsOf(id, x).reduce((total, term) => total + term, 0);
}

/** f at one coordinate, a distance away from it. */
type At = (distance: number) => number;

/** A gradient that asks f around each coordinate for itself; missing terms make all missing. */
function byCoordinate(difference: (at: At, step: number, value: number) => number) {
  return ({ function: id, x, step = 1e-5 }: NumericalGradientInputs): NDArray => {
    const gaps = termsOf(id, x).map((term) => (Number.isFinite(term) ? 0 : 1));
    const missing = gaps.reduce((count, gap) => count + gap, 0);
    return elementwise(x, (value, i) => {
      if (missing > gaps[i]!) return Number.NaN;
      const at: At = (distance) =>
        termsOf(id, { shape: [1], data: Float64Array.of(value + distance) })[0]!;
      return difference(at, step, value);
    });
  };
}

/** The difference that is asked for. */
const central = (at: At, step: number): number => (at(step) - at(-step)) / (2 * step);

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<NumericalGradientInputs> = {
  'forward difference': {
    source: 'apache/mxnet#3693',
    compute: byCoordinate((at, step) => (at(step) - at(0)) / step),
  },
  'backward difference': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(0) - at(-step)) / step),
  },
  'divided by h, not by 2h': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(step) - at(-step)) / step),
  },
  'half a step to either side, over 2h': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(step / 2) - at(-step / 2)) / (2 * step)),
  },
  'half a step to either side': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(step / 2) - at(-step / 2)) / step),
  },
  'divided by the square of h': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(step) - at(-step)) / (2 * step * step)),
  },
  'second difference': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(step) - 2 * at(0) + at(-step)) / (step * step)),
  },
  'sides exchanged': {
    source: 'classic',
    compute: byCoordinate((at, step) => (at(-step) - at(step)) / (2 * step)),
  },
  'difference of the sizes': {
    source: 'classic',
    compute: byCoordinate((at, step) => (Math.abs(at(step)) - Math.abs(at(-step))) / (2 * step)),
  },
  'four points, of the fourth order': {
    source: 'classic',
    compute: byCoordinate(
      (at, step) => (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step),
    ),
  },
  'step relative to the coordinate': {
    source: 'classic',
    compute: byCoordinate((at, step, value) => central(at, step * Math.max(1, Math.abs(value)))),
  },
  'step of 1e-5, whatever is asked': {
    source: 'classic',
    compute: byCoordinate((at) => central(at, 1e-5)),
  },
  'all coordinates moved at once': {
    source: 'classic',
    compute: ({ function: id, x, step = 1e-5 }) => {
      const above = sumOf(
        id,
        elementwise(x, (value) => value + step),
      );
      const below = sumOf(
        id,
        elementwise(x, (value) => value - step),
      );
      return elementwise(x, () => (above - below) / (2 * step));
    },
  },
  'mean of the terms for their sum': {
    source: 'classic',
    compute: (x) =>
      elementwise(numericalGradient(x), (slope) => slope / Math.max(1, x.x.data.length)),
  },
  'first coordinate for all': {
    source: 'classic',
    compute: (x) => {
      const { data } = numericalGradient(x);
      return elementwise(x.x, () => data[0]!);
    },
  },
  'integers cut': {
    source: 'ML Formulas, E000-56',
    compute: (x) => {
      if (!x.x.data.every(Number.isInteger)) return numericalGradient(x);
      const { function: id, step = 1e-5 } = x;
      return elementwise(x.x, (value) => {
        const [above, below] = [Math.trunc(value + step), Math.trunc(value - step)];
        const terms = termsOf(id, { shape: [2], data: Float64Array.of(above, below) });
        return Math.trunc((terms[0]! - terms[1]!) / (2 * step));
      });
    },
  },
  'x left where it was moved to last': {
    source: 'JuliaDiff/FiniteDiff.jl#111',
    compute: (x) => {
      const answer = numericalGradient(x);
      for (let i = 0; i < x.x.data.length; i++) x.x.data[i]! -= x.step ?? 1e-5;
      return answer;
    },
  },
  'missing data kept to its coordinate': {
    source: 'classic',
    compute: ({ function: id, x, step = 1e-5 }) =>
      elementwise(x, (value) => {
        const sides = { shape: [2], data: Float64Array.of(value + step, value - step) };
        const [above, below] = termsOf(id, sides);
        return (above! - below!) / (2 * step);
      }),
  },
  'points in float32': {
    source: 'classic',
    compute: ({ function: id, x, step = 1e-5 }) =>
      byCoordinate((_, h, value) => {
        const points = Float64Array.of(Math.fround(value + h), Math.fround(value - h));
        const [above, below] = termsOf(id, { shape: [2], data: points });
        return (above! - below!) / (2 * h);
      })({ function: id, x, step }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<NumericalGradientInputs> = {
  'whole sums, one coordinate at a time': ({ function: id, x, step = 1e-5 }) => {
    const terms = termsOf(id, x);
    const sumWith = (coordinate: number, term: number): number => {
      let total = 0;
      for (let k = 0; k < terms.length; k++) total += k === coordinate ? term : terms[k]!;
      return total;
    };
    const sides = [step, -step].map((by) =>
      termsOf(
        id,
        elementwise(x, (value) => value + by),
      ),
    );
    return elementwise(x, (_, i) => {
      const [above, below] = sides.map((side) => sumWith(i, side[i]!));
      return (above! - below!) / (2 * step);
    });
  },
  'both sides divided before they are subtracted': byCoordinate(
    (at, step) => at(step) / (2 * step) - at(-step) / (2 * step),
  ),
};
