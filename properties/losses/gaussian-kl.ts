import { equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type GaussianKlInputs,
  gaussianKl,
  gaussianKlGradient,
} from '../../src/formulas/losses/gaussian-kl.js';
import { average, elementwise, isConvexInBoth, isNonNegative } from '../laws.js';
import {
  isTheSameInAnyOrderOfColumns,
  isTheSameInAnyOrderOfRows,
  reshapedRows,
  rowAverage,
  rowsOf,
  scaledVariant,
  total,
} from '../rows.js';

export const properties: Properties<GaussianKlInputs> = [
  isNonNegative(),
  isTheSameInAnyOrderOfRows('mean', 'logVariance'),
  isTheSameInAnyOrderOfColumns('dimensions', 'mean', 'logVariance'),
  always('is 0 for the standard normal distribution', async (loss, { mean }) => {
    const zeros = elementwise(mean, () => 0);
    return equal(await loss({ mean: zeros, logVariance: zeros }), exactly(0));
  }),
  always('is half the squared mean where the variance is 1', async (loss, { mean }) => {
    const logVariance = elementwise(mean, () => 0);
    const half = rowAverage(mean, (row) => 0.5 * total(row.map((centre) => centre * centre)));
    return equal(await loss({ mean, logVariance }), exactly(half));
  }),
  always('is the same with the means mirrored', async (loss, x) => {
    const mirrored = elementwise(x.mean, (centre) => -centre);
    return equal(await loss({ ...x, mean: mirrored }), await loss(x));
  }),
  always('doubles when every dimension is there twice', async (loss, { mean, logVariance }) => {
    const twice = {
      mean: reshapedRows(mean, (row) => [...row, ...row]),
      logVariance: reshapedRows(logVariance, (row) => [...row, ...row]),
    };
    return equal(await loss(twice), times(await loss({ mean, logVariance }), 2));
  }),
  isConvexInBoth('mean', 'logVariance'),
];

/** A loss of what one dimension costs, added over dimensions and averaged over rows. */
function meanLoss(cost: (mean: number, logVariance: number) => number) {
  return ({ mean, logVariance }: GaussianKlInputs): number => {
    const logVariances = rowsOf(logVariance);
    return rowAverage(mean, (row, i) =>
      total(row.map((centre, d) => cost(centre, logVariances[i]![d]!))),
    );
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<GaussianKlInputs> = {
  'half forgotten': {
    source: 'classic',
    compute: (x) => 2 * gaussianKl(x),
  },
  'one forgotten': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + Math.exp(x) - x)),
  },
  'logarithm of the standard deviation taken for that of the variance': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + Math.exp(2 * x) - 2 * x - 1)),
  },
  'variance taken for its logarithm': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + x - Math.log(x) - 1)),
  },
  'sign of the logarithm slipped': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + Math.exp(x) + x - 1)),
  },
  'mean not squared': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean + Math.exp(x) - x - 1)),
  },
  'divergence of the standard normal from the code': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * ((1 + mean * mean) * Math.exp(-x) + x - 1)),
  },
  'minus the divergence, the bound to be maximised': {
    source: 'classic',
    compute: (x) => -gaussianKl(x),
  },
  'mean over elements instead of rows': {
    source: 'classic',
    compute: ({ mean, logVariance }) =>
      average(mean, logVariance, (centre, x) => 0.5 * (centre * centre + Math.exp(x) - x - 1)),
  },
  'variance kept below e¹⁰': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + Math.exp(Math.min(10, x)) - x - 1)),
  },
  '1e-8 inside the logarithm': {
    source: 'classic',
    compute: meanLoss((mean, x) => {
      const variance = Math.exp(x);
      return 0.5 * (mean * mean + variance - Math.log(variance + 1e-8) - 1);
    }),
  },
  'exponential rounded to float32': {
    source: 'classic',
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + Math.fround(Math.exp(x)) - x - 1)),
  },
  'difference that cancels next to the standard normal': {
    source: 'classic',
    strict: true,
    compute: meanLoss((mean, x) => 0.5 * (mean * mean + (Math.exp(x) - x - 1))),
  },
  'gradient of the variance without its logarithm': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const rows = x.mean.shape[0]!;
      const { mean } = gaussianKlGradient(x, cotangent as number);
      const logVariance = elementwise(
        x.logVariance,
        (value) => ((cotangent as number) * 0.5 * Math.exp(value)) / rows,
      );
      return { mean, logVariance };
    },
  },
  'gradient of the mean halved': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { mean, logVariance } = gaussianKlGradient(x, cotangent as number);
      return { mean: elementwise(mean, (slope) => 0.5 * slope), logVariance };
    },
  },
  'gradient of the mean overwritten with that of the variance': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { logVariance } = gaussianKlGradient(x, cotangent as number);
      return { mean: logVariance, logVariance };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<GaussianKlInputs> = {
  'as it is written': meanLoss((mean, x) => -0.5 * (1 + x - mean * mean - Math.exp(x))),
  'through expm1': meanLoss((mean, x) => 0.5 * (mean * mean + (Math.expm1(x) - x))),
  'means, variances and logarithms apart': ({ mean, logVariance }) => {
    const rows = mean.shape[0]!;
    const squares = total(mean.data.map((centre) => centre * centre));
    const variances = total(logVariance.data.map((x) => Math.exp(x)));
    const rest = total(logVariance.data) + mean.data.length;
    return (0.5 * (squares + variances - rest)) / rows;
  },
};

export const variants: Variants<GaussianKlInputs> = {
  sum: scaledVariant(gaussianKl, gaussianKlGradient, ({ mean }) => mean.shape[0]!),
};
