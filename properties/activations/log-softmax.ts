import { equal, exactly, rowSums } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import {
  type LogSoftmaxInputs,
  logSoftmax,
  logSoftmaxGradient,
} from '../../src/formulas/activations/log-softmax.js';
import { softmaxGradient } from '../../src/formulas/activations/softmax.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, exactlyLike, rowwise } from '../laws.js';
import { keepsToItsColumns, rowCount, seesOnlyDifferences, through, total } from '../rows.js';

export const properties: Properties<LogSoftmaxInputs> = [
  seesOnlyDifferences('x'),
  always('has exponentials whose rows sum to 1', async (logSoftmax, x) => {
    const totals = rowSums(through(await logSoftmax(x), Math.exp, Math.exp));
    return equal(totals, exactlyLike(totals, 1));
  }),
  always('is its own log-softmax', async (logSoftmax, { x }) => {
    const logarithms = await logSoftmax({ x });
    return equal(await logSoftmax({ x: { shape: x.shape, data: logarithms.values } }), logarithms);
  }),
  always('gives c equal logits minus ln c each', async (logSoftmax, { x }) => {
    const level = elementwise(x, () => x.data[0]!);
    const share = -Math.log(x.shape.at(-1)!);
    return equal(
      await logSoftmax({ x: level }),
      exactly(
        level.data.map(() => share),
        x.shape,
      ),
    );
  }),
  keepsToItsColumns('x', 'logits'),
];

/** The log-softmax of each row, through any way of computing one. */
function byRows(logSoftmaxOf: (row: Float64Array) => ArrayLike<number>) {
  return ({ x }: LogSoftmaxInputs): NDArray => rowwise(x, logSoftmaxOf);
}

/** Each logit of a row, less a shift, less the logarithm of the sum of such exponentials. */
function shiftedBy(shiftOf: (row: Float64Array) => number) {
  return (row: Float64Array): Float64Array => {
    const shift = shiftOf(row);
    const sum = total(row.map((logit) => Math.exp(logit - shift)));
    return row.map((logit) => logit - shift - Math.log(sum));
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<LogSoftmaxInputs> = {
  'logarithm of softmax': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const exponentials = row.map((logit) => Math.exp(logit - largest));
      const sum = total(exponentials);
      return exponentials.map((exponential) => Math.log(exponential / sum));
    }),
  },
  'logarithm of softmax, kept from -Infinity by 1e-12': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const exponentials = row.map((logit) => Math.exp(logit - largest));
      const sum = total(exponentials);
      return exponentials.map((exponential) => Math.log(exponential / sum + 1e-12));
    }),
  },
  'raw logits exponentiated': {
    source: 'classic',
    compute: byRows(shiftedBy(() => 0)),
  },
  'shifted by the mean': {
    source: 'classic',
    compute: byRows(shiftedBy((row) => total(row) / row.length)),
  },
  'logarithm to base 2': {
    source: 'classic',
    compute: ({ x }) => elementwise(logSoftmax({ x }), (value) => value / Math.LN2),
  },
  'along the first axis': {
    source: 'classic',
    compute: ({ x }) => {
      const rows = x.shape[0]!;
      const columns = x.data.length / rows;
      const data = new Float64Array(x.data.length);
      for (let column = 0; column < columns; column++) {
        const along = Float64Array.from({ length: rows }, (_, i) => x.data[i * columns + column]!);
        shiftedBy((all) => Math.max(...all))(along).forEach((value, i) => {
          data[i * columns + column] = value;
        });
      }
      return { shape: x.shape, data };
    },
  },
  'sum over the whole matrix': {
    source: 'classic',
    compute: ({ x }) => ({ shape: x.shape, data: shiftedBy((all) => Math.max(...all))(x.data) }),
  },
  'maximum left out of the sum': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const sum = total(row.map((logit) => (logit === largest ? 0 : Math.exp(logit - largest))));
      return row.map((logit) => logit - largest - Math.log1p(sum));
    }),
  },
  'exponentials rounded to float32': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      const sum = total(row.map((logit) => Math.fround(Math.exp(logit - largest))));
      return row.map((logit) => logit - largest - Math.log(sum));
    }),
  },
  'written into its argument': {
    source: 'JuliaGPU/CUDA.jl#592',
    compute: ({ x }) => {
      x.data.set(logSoftmax({ x }).data);
      return x;
    },
  },
  'gradient of softmax': {
    source: 'classic',
    gradient: ({ x }, cotangent) => softmaxGradient({ x }, cotangent as NDArray),
  },
  'gradient summed over the whole matrix': {
    source: 'classic',
    gradient: ({ x }, cotangent) => {
      const weights = cotangent as NDArray;
      const probabilities = elementwise(logSoftmax({ x }), Math.exp);
      const sum = total(weights.data);
      return { x: elementwise(weights, (weight, i) => weight - probabilities.data[i]! * sum) };
    },
  },
  'gradient averaged over the rows': {
    source: 'classic',
    gradient: ({ x }, cotangent) => {
      const { x: slope } = logSoftmaxGradient({ x }, cotangent as NDArray);
      return { x: elementwise(slope, (value) => value / rowCount(x)) };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<LogSoftmaxInputs> = {
  'shifted by the largest': byRows(shiftedBy((row) => Math.max(...row))),
  'logit minus log-sum-exp': byRows((row) => {
    const largest = Math.max(...row);
    const sum = total(row.map((logit) => Math.exp(logit - largest)));
    const whole = largest + Math.log(sum);
    return row.map((logit) => logit - whole);
  }),
  'logit minus log-sum-exp, added pair by pair': byRows((row) => {
    let whole = -Infinity;
    for (const logit of row) {
      const [small, large] = [Math.min(whole, logit), Math.max(whole, logit)];
      whole = small === large ? large + Math.LN2 : large + Math.log1p(Math.exp(small - large));
    }
    return row.map((logit) => logit - whole);
  }),
};
