import {
  atLeast,
  atMost,
  type Estimate,
  equal,
  exactly,
  rowSums,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import {
  type SoftmaxJacobianInputs,
  softmaxJacobianGradient,
} from '../../src/formulas/activations/softmax-jacobian.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, exactlyLike } from '../laws.js';
import { total } from '../rows.js';

export const properties: Properties<SoftmaxJacobianInputs> = [
  always('is symmetric', async (jacobian, x) => {
    const answer = await jacobian(x);
    return equal(answer, transposed(answer));
  }),
  always('has rows that sum to 0 where the probabilities sum to 1', async (jacobian, x) => {
    const { data: share } = x.probability;
    // Rounded probabilities do not quite; largest first, so that what is missing is exact.
    const missing = share.toSorted((a, b) => b - a).reduce((rest, value) => rest - value, 1);
    const left = share.map((value) => value * missing);
    return equal(rowSums(await jacobian(x)), exactly(left));
  }),
  always('is at least 0 on the diagonal and at most 0 off it', async (jacobian, x) => {
    const answer = await jacobian(x);
    const size = x.probability.data.length;
    const onDiagonal = (_: number, i: number): boolean => i % (size + 1) === 0;
    const low = answer.values.map((value, i) => (onDiagonal(value, i) ? 0 : -Infinity));
    const high = answer.values.map((value, i) => (onDiagonal(value, i) ? Infinity : 0));
    return (
      atLeast(answer, exactly(low, answer.shape)) ?? atMost(answer, exactly(high, answer.shape))
    );
  }),
  always('is at most a quarter anywhere', async (jacobian, x) => {
    const answer = await jacobian(x);
    return atMost(answer, exactlyLike(answer, 0.25)) ?? atLeast(answer, exactlyLike(answer, -0.25));
  }),
];

/** The transpose of a square matrix of estimates. */
function transposed({ shape, values, unit, budget }: Estimate): Estimate {
  const size = shape[0] ?? 0;
  const mirror = (data: Float64Array): Float64Array =>
    data.map((_, i) => data[(i % size) * size + Math.floor(i / size)]!);
  return { shape, values: mirror(values), unit, budget: () => mirror(budget()) };
}

/** A matrix from what stands in row i and column j. */
function table(size: number, entry: (i: number, j: number) => number): NDArray {
  const data = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) data[i * size + j] = entry(i, j);
  return { shape: [size, size], data };
}

/** A way of computing the Jacobian, entry by entry. */
function each(entry: (share: Float64Array, i: number, j: number) => number) {
  return ({ probability: { data } }: SoftmaxJacobianInputs): NDArray =>
    table(data.length, (i, j) => entry(data, i, j));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SoftmaxJacobianInputs> = {
  'diagonal alone, as if softmax were elementwise': {
    source: 'ML Formulas, E000-39',
    compute: each((s, i, j) => (i === j ? s[i]! * (1 - s[i]!) : 0)),
  },
  'wrong sign off the diagonal': {
    source: 'classic',
    compute: each((s, i, j) => (i === j ? s[i]! * (1 - s[i]!) : s[i]! * s[j]!)),
  },
  'diagonal without the square': {
    source: 'classic',
    compute: each((s, i, j) => (i === j ? s[i]! : -s[i]! * s[j]!)),
  },
  'outer product added': {
    source: 'classic',
    compute: each((s, i, j) => (i === j ? s[i]! : 0) + s[i]! * s[j]!),
  },
  'row probability squared off the diagonal': {
    source: 'classic',
    compute: each((s, i, j) => s[i]! * ((i === j ? 1 : 0) - s[i]!)),
  },
  'diagonal as a vector': {
    source: 'classic',
    compute: ({ probability }) => elementwise(probability, (s) => s * (1 - s)),
  },
  'diagonal rounded to float32': {
    source: 'classic',
    compute: each((s, i, j) => s[i]! * (i === j ? Math.fround(1 - s[i]!) : -s[j]!)),
  },
  'last row left to be 0': {
    source: 'classic',
    compute: each((s, i, j) => (i === s.length - 1 ? 0 : s[i]! * ((i === j ? 1 : 0) - s[j]!))),
  },
  'probabilities clipped to 1e-7': {
    source: 'classic',
    compute: ({ probability }) =>
      each((s, i, j) => s[i]! * ((i === j ? 1 : 0) - s[j]!))({
        probability: elementwise(probability, (s) => Math.max(1e-7, Math.min(1 - 1e-7, s))),
      }),
  },
  'gradient through the rows alone': {
    source: 'classic',
    gradient: ({ probability }, cotangent) => {
      const { shape, data } = cotangent as NDArray;
      const size = shape[0]!;
      return {
        probability: elementwise(probability, (_, k) => {
          const pulled = total(probability.data.map((share, j) => data[k * size + j]! * share));
          return data[k * size + k]! - pulled;
        }),
      };
    },
  },
  'gradient of the opposite sign': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { probability } = softmaxJacobianGradient(x, cotangent as NDArray);
      return { probability: elementwise(probability, (slope) => -slope) };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SoftmaxJacobianInputs> = {
  'diagonal matrix minus the outer product': each(
    (s, i, j) => (i === j ? s[i]! : 0) - s[i]! * s[j]!,
  ),
  'both cases written out': each((s, i, j) => (i === j ? s[i]! * (1 - s[i]!) : -(s[j]! * s[i]!))),
};
