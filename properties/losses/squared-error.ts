import { atMost, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type SquaredErrorInputs,
  squaredError,
  squaredErrorGradient,
} from '../../src/formulas/losses/squared-error.js';
import { type NDArray, product } from '../../src/kernel/index.js';
import {
  elementwise,
  growsWithItsErrorsSquared,
  isNonNegative,
  isSymmetric,
  isZeroWhereEqual,
  seesOnlyTheErrors,
} from '../laws.js';

export const properties: Properties<SquaredErrorInputs> = [
  isNonNegative(),
  isZeroWhereEqual('prediction', 'target'),
  isSymmetric('prediction', 'target'),
  growsWithItsErrorsSquared(),
  seesOnlyTheErrors(),
  always('lies below its chords', async (loss, { prediction, target }, draws) => {
    const reach = draws.integer(1, 128) / 16;
    const at = (shift: number): SquaredErrorInputs => ({
      prediction: elementwise(prediction, (value) => value + shift),
      target,
    });
    const ends = plus(await loss(at(-reach)), await loss(at(reach)));
    return atMost(await loss({ prediction, target }), times(ends, 0.5));
  }),
];

/** A way of computing a loss element by element, from what one error ŷ − y costs. */
function eachCost(cost: (error: number, index: number) => number) {
  return ({ prediction, target }: SquaredErrorInputs): NDArray =>
    elementwise(prediction, (value, i) => cost(value - target.data[i]!, i));
}

/** A way of computing the gradient element by element, from the slope at one error. */
function eachSlope(slope: (error: number) => number) {
  const slopes = eachCost(slope);
  return (x: SquaredErrorInputs, cotangent: unknown): { prediction: NDArray } => ({
    prediction: product(slopes(x), cotangent as NDArray),
  });
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SquaredErrorInputs> = {
  'a row broadcast against a column': {
    source: 'pytorch/pytorch#16413',
    unguarded: true,
    compute: ({ prediction, target }) => {
      if (
        prediction.shape.length === target.shape.length &&
        prediction.data.length === target.data.length
      ) {
        return eachCost((error) => error * error)({ prediction, target });
      }
      const [rows, columns] = [target.data.length, prediction.data.length];
      const data = new Float64Array(rows * columns);
      for (let i = 0; i < data.length; i++) {
        const [row, column] = [Math.floor(i / columns), i % columns];
        data[i] = (prediction.data[column]! - target.data[row]!) ** 2;
      }
      return { shape: [rows, columns], data };
    },
  },
  'averaged instead of element by element': {
    source: 'classic',
    compute: (x) => {
      const { data } = squaredError(x);
      return data.reduce((total, square) => total + square, 0) / data.length;
    },
  },
  'error not squared': {
    source: 'classic',
    compute: eachCost((error) => Math.abs(error)),
  },
  'difference of the squares': {
    source: 'classic',
    compute: ({ prediction, target }) =>
      elementwise(prediction, (value, i) => Math.abs(value * value - target.data[i]! ** 2)),
  },
  'square multiplied out': {
    source: 'classic',
    compute: ({ prediction, target }) =>
      elementwise(prediction, (value, i) => {
        const observed = target.data[i]!;
        return value * value - 2 * value * observed + observed * observed;
      }),
  },
  'errors rounded to float32': {
    source: 'classic',
    compute: eachCost((error) => Math.fround(error) ** 2),
  },
  'errors cut to whole numbers': {
    source: 'classic',
    compute: eachCost((error) => Math.trunc(error) ** 2),
  },
  'shape lost': {
    source: 'classic',
    compute: (x) => {
      const { data } = squaredError(x);
      return { shape: [data.length], data };
    },
  },
  'gradient without its 2': {
    source: 'classic',
    gradient: eachSlope((error) => error),
  },
  'gradient by the target, sign and all': {
    source: 'classic',
    gradient: eachSlope((error) => -2 * error),
  },
  'gradient of the input taken for that of the prediction': {
    source: 'Mastering Vector Calculus, E002-03',
    gradient: ({ prediction, target }, cotangent) => ({
      prediction: elementwise(
        prediction,
        (value, i) => 2 * (cotangent as NDArray).data[i]! * (1 - value * target.data[i]!),
      ),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SquaredErrorInputs> = {
  'power of the difference, the other way round': ({ prediction, target }) =>
    elementwise(prediction, (value, i) => (target.data[i]! - value) ** 2),
  'product of the sizes': ({ prediction, target }) =>
    elementwise(prediction, (value, i) => {
      const [low, high] = [Math.min(value, target.data[i]!), Math.max(value, target.data[i]!)];
      return (high - low) * (high - low);
    }),
};

export const variants: Variants<SquaredErrorInputs> = {
  halved: {
    compute: eachCost((error) => 0.5 * error * error),
    gradient: (x, cotangent) =>
      squaredErrorGradient(
        x,
        elementwise(cotangent as NDArray, (weight) => 0.5 * weight),
      ),
  },
};
