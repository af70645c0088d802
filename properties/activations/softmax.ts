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
import { keepsToItsColumns } from '../rows.js';

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
  keepsToItsColumns('x', 'logits'),
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
  'along the first axis': {
    source: 'classic',
    compute: ({ x }) => {
      const columns = x.data.length / x.shape[0]!;
      const data = new Float64Array(x.data.length);
      for (let column = 0; column < columns; column++) {
        const along = x.data.filter((_, i) => i % columns === column);
        const shares = shiftedBy((all) => Math.max(...all))(along);
        for (const [i, share] of shares.entries()) data[i * columns + column] = share;
      }
      return { shape: x.shape, data };
    },
  },
  'powers of 2 instead of e': {
    source: 'classic',
    compute: byRows((row) =>
      shiftedBy((all) => Math.max(...all))(row.map((logit) => logit * Math.LN2)),
    ),
  },
  'exponentials rounded to float32': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const exponentials = row.map((logit) => Math.fround(Math.exp(logit - largest)));
      const total = exponentials.reduce((sum, value) => sum + value, 0);
      return exponentials.map((value) => value / total);
    }),
  },
  '1e-8 added to the sum': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const exponentials = row.map((logit) => Math.exp(logit - largest));
      const total = exponentials.reduce((sum, value) => sum + value, 1e-8);
      return exponentials.map((value) => value / total);
    }),
  },
  'largest of the whole matrix subtracted': {
    source: 'classic',
    compute: ({ x }) => byRows(shiftedBy(() => Math.max(...x.data)))({ x }),
  },
  'a row of nothing but −Infinity shared evenly': {
    source: 'classic',
    compute: byRows((row) =>
      row.every((logit) => logit === -Infinity)
        ? row.map(() => 1 / row.length)
        : shiftedBy((all) => Math.max(...all))(row),
    ),
  },
  'ties given to the first': {
    source: 'classic',
    compute: byRows((row) => {
      const shares = shiftedBy((all) => Math.max(...all))(row);
      const largest = Math.max(...row);
      const tied = row.filter((logit) => logit === largest).length;
      const first = row.indexOf(largest);
      return shares.map((share, k) => {
        if (row[k] !== largest) return share;
        return k === first ? share * tied : 0;
      });
    }),
  },
  'gradient elementwise, s (1 − s)': {
    source: 'classic',
    gradient: ({ x }, cotangent) => {
      const shares = byRows(shiftedBy((row) => Math.max(...row)))({ x });
      return {
        x: elementwise(shares, (share, i) => (cotangent as NDArray).data[i]! * share * (1 - share)),
      };
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
      logit === -Infinity && row.some((other) => other > logit) && !row.some(Number.isNaN)
        ? 0
        : 1 / row.reduce((sum, other) => sum + Math.exp(other - logit), 0),
    ),
  ),
};
