import {
  atLeast,
  atMost,
  equal,
  exactly,
  minus,
  plus,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import {
  type LogsumexpInputs,
  logsumexp,
  logsumexpGradient,
} from '../../src/formulas/activations/logsumexp.js';
import type { NDArray } from '../../src/kernel/index.js';
import { beside, elementwise, exactlyLike, isConvexIn } from '../laws.js';
import { reshapedRows, rowsOf, total } from '../rows.js';

export const properties: Properties<LogsumexpInputs> = [
  always('is at least the largest value', async (logsumexp, { x }) => {
    const answer = await logsumexp({ x });
    return atLeast(answer, exactly(largestOfRows(x), answer.shape));
  }),
  always('exceeds the largest of c values by at most ln c', async (logsumexp, { x }) => {
    const answer = await logsumexp({ x });
    const most = largestOfRows(x).map((largest) => largest + Math.log(x.shape.at(-1)!));
    return atMost(answer, exactly(most, answer.shape));
  }),
  always('grows by what is added to every value', async (logsumexp, { x }, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    const answer = await logsumexp({ x });
    const shifted = await logsumexp({ x: elementwise(x, (value) => value + shift) });
    return equal(shifted, plus(answer, exactlyLike(answer, shift)));
  }),
  always('grows by ln 2 when every value is there twice', async (logsumexp, { x }) => {
    const answer = await logsumexp({ x });
    const twice = await logsumexp({ x: reshapedRows(x, (row) => [...row, ...row]) });
    return equal(twice, plus(answer, exactlyLike(answer, Math.LN2)));
  }),
  always('is the value itself where there is one', async (logsumexp, { x }) => {
    const single = { shape: [x.data.length, 1], data: x.data };
    return equal(await logsumexp({ x: single }), exactly(x.data));
  }),
  isConvexIn('x'),
  always('never falls when values grow', async (logsumexp, { x }, draws) => {
    const grown = elementwise(x, (value) => value + draws.integer(0, 32) / 16);
    return atLeast(await logsumexp({ x: grown }), await logsumexp({ x }));
  }),
  always('changes by at most the largest change of a value', async (logsumexp, { x }, draws) => {
    const moved = beside(x, draws);
    const changes = elementwise(moved, (value, i) => Math.abs(value - x.data[i]!));
    const change = minus(await logsumexp({ x: moved }), await logsumexp({ x }));
    const most = exactly(largestOfRows(changes), change.shape);
    return atMost(change, most) ?? atLeast(change, times(most, -1));
  }),
];

function largestOfRows(x: NDArray): number[] {
  return rowsOf(x).map((row) => Math.max(...row));
}

/** The log-sum-exp of each row, through any way of computing one. */
function byRows(logsumexpOf: (row: Float64Array) => number) {
  return ({ x }: LogsumexpInputs): NDArray => ({
    shape: x.shape.slice(0, -1),
    data: Float64Array.from(rowsOf(x), logsumexpOf),
  });
}

/** A shift, and the logarithm of the sum of the exponentials less that shift. */
function shiftedBy(shiftOf: (row: Float64Array) => number) {
  return (row: Float64Array): number => {
    const shift = shiftOf(row);
    return shift + Math.log(total(row.map((value) => Math.exp(value - shift))));
  };
}

/** The largest value where that is finite; otherwise 0, which leaves infinities to themselves. */
function finiteLargest(row: Float64Array): number {
  const largest = Math.max(...row);
  return Number.isFinite(largest) ? largest : 0;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<LogsumexpInputs> = {
  '∞ − ∞ taken for NaN': {
    source: 'probcomp/metaprob#156',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      return largest === -Infinity ? -Infinity : shiftedBy(() => largest)(row);
    }),
  },
  'nothing but −Infinity taken for NaN': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = Math.max(...row);
      return largest === Infinity ? Infinity : shiftedBy(() => largest)(row);
    }),
  },
  'raw values exponentiated': {
    source: 'classic',
    compute: byRows(shiftedBy(() => 0)),
  },
  'largest value not added back': {
    source: 'classic',
    compute: byRows((row) => shiftedBy(finiteLargest)(row) - finiteLargest(row)),
  },
  'logarithm of the mean': {
    source: 'classic',
    compute: byRows((row) => shiftedBy(finiteLargest)(row) - Math.log(row.length)),
  },
  'last value left out': {
    source: 'classic',
    compute: byRows((row) => shiftedBy(finiteLargest)(row.length > 1 ? row.slice(0, -1) : row)),
  },
  'largest value alone': {
    source: 'classic',
    compute: byRows((row) => Math.max(...row)),
  },
  'NaN passed over by the search for the largest': {
    source: 'classic',
    compute: byRows((row) => {
      let largest = -Infinity;
      for (const value of row) if (value > largest) largest = value;
      return Number.isFinite(largest) ? shiftedBy(() => largest)(row) : largest;
    }),
  },
  'last axis kept, with length 1': {
    source: 'classic',
    compute: ({ x }) => {
      const { shape, data } = logsumexp({ x });
      return { shape: [...shape, 1], data };
    },
  },
  'largest value of the whole matrix': {
    source: 'classic',
    compute: ({ x }) => byRows(shiftedBy(() => finiteLargest(x.data)))({ x }),
  },
  'equal largest values counted once': {
    source: 'classic',
    compute: byRows((row) => {
      const largest = finiteLargest(row);
      return largest + Math.log1p(total(row.map((x) => (x < largest ? Math.exp(x - largest) : 0))));
    }),
  },
  'gradient without the cotangent': {
    source: 'classic',
    gradient: ({ x }) => logsumexpGradient({ x }),
  },
  'gradient at the largest value alone': {
    source: 'classic',
    gradient: ({ x }, cotangent) => ({
      x: reshapedRows(x, (row, i) => {
        const weight = (cotangent as NDArray).data[i]!;
        return row.map((value) => (value === Math.max(...row) ? weight : 0));
      }),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<LogsumexpInputs> = {
  'shifted by the largest': byRows(shiftedBy(finiteLargest)),
  'by pairs, each added to the sum so far': byRows((row) => {
    let sum = -Infinity;
    for (const value of row) {
      const [small, large] = [Math.min(sum, value), Math.max(sum, value)];
      sum = small === large ? large + Math.LN2 : large + Math.log1p(Math.exp(small - large));
    }
    return sum;
  }),
  'in one pass, the sum scaled anew at each larger value': byRows((row) => {
    let largest = -Infinity;
    let sum = 0;
    for (const value of row) {
      if (Number.isNaN(value)) return value;
      if (value > largest) {
        sum = largest === -Infinity || value === Infinity ? 1 : 1 + sum * Math.exp(largest - value);
        largest = value;
      } else if (value > -Infinity && largest < Infinity) {
        sum += Math.exp(value - largest);
      }
    }
    return largest + Math.log(Math.max(sum, 1));
  }),
};
