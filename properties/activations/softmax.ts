import { atLeast, equal, exactly, rowSums } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import { type SoftmaxInputs, softmaxGradient } from '../../src/formulas/activations/softmax.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, exactlyLike, isNonNegative, rowwise } from '../laws.js';

export const properties: Properties<SoftmaxInputs> = [
  isNonNegative(),
  always('has rows that sum to 1', async (softmax, x) => {
    const totals = rowSums(await softmax(x));
    return equal(totals, exactlyLike(totals, 1));
  }),
  always('stays the same when a number is added to every logit', async (softmax, { x }, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    const shifted = elementwise(x, (logit) => logit + shift);
    return equal(await softmax({ x: shifted }), await softmax({ x }));
  }),
  always('gives its largest probability to the largest logit', async (softmax, { x }) => {
    const probabilities = await softmax({ x });
    const atLargest = { ...probabilities, values: probabilities.values.map(spread(x)) };
    return atLeast(atLargest, probabilities);
  }),
  always('gives equal logits equal shares', async (softmax, { x }) => {
    const level = elementwise(x, () => x.data[0]!);
    return equal(
      await softmax({ x: level }),
      exactly(
        level.data.map(() => 1 / x.shape.at(-1)!),
        x.shape,
      ),
    );
  }),
];

/** Reads, for every element of a row, the value that stands where the row's largest logit does. */
function spread(x: NDArray) {
  const columns = x.shape.at(-1)!;
  return (_: number, index: number, values: Float64Array): number => {
    const start = index - (index % columns);
    const row = x.data.subarray(start, start + columns);
    return values[start + row.indexOf(Math.max(...row))]!;
  };
}

/** The softmax of each row, through any way of computing one. */
function byRows(softmaxOf: (row: Float64Array) => ArrayLike<number>) {
  return ({ x }: SoftmaxInputs): NDArray => rowwise(x, softmaxOf);
}

/** The exponentials of a row, shifted by a number, over their sum. */
function shiftedBy(shiftOf: (row: Float64Array) => number) {
  return (row: Float64Array): Float64Array => {
    const shift = shiftOf(row);
    const exponentials = row.map((logit) => Math.exp(logit - shift));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    return exponentials.map((value) => value / total);
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SoftmaxInputs> = {
  'raw logits exponentiated': {
    source: 'deeplearning4j/deeplearning4j#6039',
    compute: byRows(shiftedBy(() => 0)),
  },
  'shifted by the mean': {
    source: 'classic',
    compute: byRows(shiftedBy((row) => row.reduce((sum, logit) => sum + logit, 0) / row.length)),
  },
  'divided by the sum over the whole matrix': {
    source: 'deeplearning4j/nd4j#44',
    compute: ({ x }) => ({ shape: x.shape, data: shiftedBy((all) => Math.max(...all))(x.data) }),
  },
  'written into its argument': {
    source: 'JuliaGPU/CUDA.jl#592',
    compute: ({ x }) => {
      x.data.set(
        rowwise(
          x,
          shiftedBy((row) => Math.max(...row)),
        ).data,
      );
      return x;
    },
  },
  'gradient without the average': {
    source: 'classic',
    gradient: ({ x }, cotangent) => {
      const { x: plain } = softmaxGradient({ x });
      return { x: elementwise(plain, (slope, i) => slope + (cotangent as NDArray).data[i]!) };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SoftmaxInputs> = {
  'exponential of the log-softmax': byRows((row) => {
    const largest = Math.max(...row);
    const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    return row.map((logit) => Math.exp(logit - largest - Math.log(total)));
  }),
  'one over the sum of exponentials of differences': byRows((row) =>
    row.map((logit) =>
      logit === -Infinity && row.some((other) => other > logit)
        ? 0
        : 1 / row.reduce((sum, other) => sum + Math.exp(other - logit), 0),
    ),
  ),
};
