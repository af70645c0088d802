import { equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type CrossEntropyFromLogitsInputs,
  crossEntropyFromLogits,
  crossEntropyFromLogitsGradient,
} from '../../src/formulas/losses/cross-entropy-from-logits.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, isConvexIn, isNonNegative } from '../laws.js';
import {
  isTheSameInAnyOrderOfClasses,
  isTheSameInAnyOrderOfRows,
  reshapedRows,
  rowsOf,
  scaledVariant,
  seesOnlyDifferences,
  total,
} from '../rows.js';

export const properties: Properties<CrossEntropyFromLogitsInputs> = [
  isNonNegative(),
  seesOnlyDifferences('logits'),
  isTheSameInAnyOrderOfRows('logits', 'target'),
  isTheSameInAnyOrderOfClasses('logits', 'target', ({ ignoredLabel }) => ignoredLabel ?? -100),
  always('stays the same when an ignored row is added', async (loss, x, draws) => {
    const { logits, target } = x;
    const [rows, columns] = logits.shape as [number, number];
    const row = Array.from({ length: columns }, () => draws.integer(-64, 64) / 16);
    const longer = {
      ...x,
      logits: { shape: [rows + 1, columns], data: Float64Array.from([...logits.data, ...row]) },
      target: {
        shape: [rows + 1],
        data: Float64Array.from([...target.data, x.ignoredLabel ?? -100]),
      },
    };
    return equal(await loss(longer), await loss(x));
  }),
  always('stays a number when a masked class is added', async (loss, x) => {
    const certain = { ...x, labelSmoothing: 0 };
    const before = await loss(certain);
    const logits = reshapedRows(x.logits, (row) => [...row, -Infinity]);
    const after = await loss({ ...certain, logits });
    const [expected, got] = [String(before.values[0]), String(after.values[0])];
    // By hand, because with a hair of smoothing the answer is Infinity: the budget has no end.
    if (got === 'NaN' && expected !== 'NaN') return { message: 'becomes NaN', expected, got };
    return equal(after, before);
  }),
  always('is ln c for c equal logits', async (loss, x) => {
    const { logits } = x;
    const level = { shape: logits.shape, data: logits.data.map(() => logits.data[0]!) };
    return equal(await loss({ ...x, logits: level }), exactly(Math.log(logits.shape[1]!)));
  }),
  isConvexIn('logits'),
];

/** What one row costs, from its logits, its label and the smoothing. */
type Cost = (row: Float64Array, label: number, smoothing: number) => number;

/** The mean of what the rows cost that are kept. */
function meanLoss(cost: Cost) {
  return ({
    logits,
    target,
    labelSmoothing = 0,
    ignoredLabel = -100,
  }: CrossEntropyFromLogitsInputs): number => {
    const costs = rowsOf(logits)
      .map((row, i) => [row, target.data[i]!] as const)
      .filter(([, label]) => label !== ignoredLabel)
      .map(([row, label]) => cost(row, label, labelSmoothing));
    return total(costs) / costs.length;
  };
}

/** The log-softmax of a row. */
function logSoftmaxOf(row: Float64Array): Float64Array {
  const largest = Math.max(...row);
  const sum = total(row.map((logit) => Math.exp(logit - largest)));
  return row.map((logit) => logit - largest - Math.log(sum));
}

/** What a row costs that is charged `own` for its label and `other` for every class. */
function charged(row: Float64Array, label: number, own: number, every: number): number {
  const logarithms = logSoftmaxOf(row);
  const shared = every === 0 ? 0 : every * total(logarithms);
  return -((own === 0 ? 0 : own * logarithms[label]!) + shared);
}

/** What the definition says. */
const smoothed: Cost = (row, label, smoothing) =>
  charged(row, label, 1 - smoothing, smoothing / row.length);

/** Smoothing over the classes beside the true one. */
const smoothedElsewhere: Cost = (row, label, smoothing) => {
  const share = smoothing / (row.length - 1);
  return charged(row, label, 1 - smoothing - share, share);
};

function countKept({ target, ignoredLabel = -100 }: CrossEntropyFromLogitsInputs): number {
  return target.data.filter((label) => label !== ignoredLabel).length;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<CrossEntropyFromLogitsInputs> = {
  'smoothing taken from the true class twice': {
    source: 'eladhoffer/utils.pytorch#14',
    compute: meanLoss((row, label, smoothing) => {
      const share = smoothing / row.length;
      return charged(row, label, 1 - smoothing - share, share);
    }),
  },
  'ignored rows counted': {
    source: 'open-mmlab/mmsegmentation#886',
    compute: (x) => (crossEntropyFromLogits(x) * countKept(x)) / x.target.data.length,
  },
  'no rows left taken for 0': {
    source: 'classic',
    compute: (x) => (countKept(x) === 0 ? 0 : crossEntropyFromLogits(x)),
  },
  'ignored label other than the default overlooked': {
    source: 'classic',
    compute: ({ logits, target, labelSmoothing = 0, ignoredLabel = -100 }) => {
      const classes = logits.shape[1]!;
      const known = target.data.map((k) => (k === ignoredLabel && k >= classes ? -100 : k));
      return meanLoss(smoothed)({
        logits,
        target: { shape: target.shape, data: known },
        labelSmoothing,
      });
    },
  },
  'ignored label of 0 taken for the default': {
    source: 'classic',
    compute: (x) => meanLoss(smoothed)({ ...x, ignoredLabel: x.ignoredLabel || -100 }),
  },
  'logarithm of softmax': {
    source: 'classic',
    compute: meanLoss((row, label, smoothing) => {
      const largest = Math.max(...row);
      const exponentials = row.map((logit) => Math.exp(logit - largest));
      const sum = total(exponentials);
      const share = smoothing / row.length;
      return -total(
        exponentials.map((exponential, k) => {
          const weight = (k === label ? 1 - smoothing : 0) + share;
          return weight === 0 ? 0 : weight * Math.log(exponential / sum);
        }),
      );
    }),
  },
  'raw logits exponentiated': {
    source: 'classic',
    compute: meanLoss((row, label, smoothing) => {
      const whole = Math.log(total(row.map(Math.exp)));
      const share = smoothing === 0 ? 0 : smoothing * (total(row) / row.length);
      return whole - (smoothing === 1 ? 0 : (1 - smoothing) * row[label]!) - share;
    }),
  },
  'softmax taken twice': {
    source: 'classic',
    compute: meanLoss((row, label, smoothing) =>
      smoothed(logSoftmaxOf(row).map(Math.exp), label, smoothing),
    ),
  },
  'label smoothing overlooked': {
    source: 'classic',
    compute: (x) => crossEntropyFromLogits({ ...x, labelSmoothing: 0 }),
  },
  'smoothing shared without being taken from the true class': {
    source: 'classic',
    compute: meanLoss((row, label, smoothing) => charged(row, label, 1, smoothing / row.length)),
  },
  'smoothing not divided by the number of classes': {
    source: 'classic',
    compute: meanLoss((row, label, smoothing) => charged(row, label, 1 - smoothing, smoothing)),
  },
  '0 · ∞ taken for NaN at masked classes': {
    source: 'classic',
    compute: meanLoss(
      (row, label, smoothing) =>
        -total(
          logSoftmaxOf(row).map(
            (value, k) => ((k === label ? 1 - smoothing : 0) + smoothing / row.length) * value,
          ),
        ),
    ),
  },
  'mean over elements instead of rows': {
    source: 'classic',
    compute: (x) => crossEntropyFromLogits(x) / x.logits.shape[1]!,
  },
  'base 2 logarithm': {
    source: 'classic',
    compute: (x) => crossEntropyFromLogits(x) / Math.LN2,
  },
  'computed in float32': {
    source: 'classic',
    compute: (x) => Math.fround(crossEntropyFromLogits(x)),
  },
  'gradient of ignored rows kept': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { logits } = crossEntropyFromLogitsGradient(x, cotangent as number);
      const columns = x.logits.shape[1]!;
      const kept = countKept(x);
      const probabilities = rowsOf(x.logits).map((row) => logSoftmaxOf(row).map(Math.exp));
      return {
        logits: elementwise(logits, (slope, i) => {
          const row = Math.floor(i / columns);
          const ignored = x.target.data[row] === (x.ignoredLabel ?? -100);
          const excess = (cotangent as number) * probabilities[row]![i % columns]!;
          return ignored ? excess / Math.max(1, kept) : slope;
        }),
      };
    },
  },
  'gradient divided by all rows': {
    source: 'classic',
    gradient: (x, cotangent) =>
      crossEntropyFromLogitsGradient(
        x,
        ((cotangent as number) * countKept(x)) / x.target.data.length,
      ),
  },
  'gradient without the smoothing': {
    source: 'classic',
    gradient: (x, cotangent) =>
      crossEntropyFromLogitsGradient({ ...x, labelSmoothing: 0 }, cotangent as number),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<CrossEntropyFromLogitsInputs> = {
  'shifted by the largest': meanLoss(smoothed),
  'log-sum-exp minus the smoothed logit': meanLoss((row, label, smoothing) => {
    const largest = Math.max(...row);
    const whole = largest + Math.log(total(row.map((logit) => Math.exp(logit - largest))));
    const own = smoothing === 1 ? 0 : (1 - smoothing) * (whole - row[label]!);
    const every = smoothing === 0 ? 0 : smoothing * total(row.map((z) => (whole - z) / row.length));
    return own + every;
  }),
};

/** The gradient of smoothing over the other classes: the same form, with other weights. */
function gradientElsewhere(
  x: CrossEntropyFromLogitsInputs,
  cotangent: number,
): { logits: NDArray } {
  const classes = x.logits.shape[1]!;
  const smoothing = ((x.labelSmoothing ?? 0) * classes) / (classes - 1);
  // Beyond 1, a share is taken from the true class; the gradient is linear in the smoothing.
  const { logits: hard } = crossEntropyFromLogitsGradient({ ...x, labelSmoothing: 0 }, cotangent);
  const { logits: even } = crossEntropyFromLogitsGradient({ ...x, labelSmoothing: 1 }, cotangent);
  return {
    logits: elementwise(hard, (slope, i) => slope + smoothing * (even.data[i]! - slope)),
  };
}

export const variants: Variants<CrossEntropyFromLogitsInputs> = {
  sum: scaledVariant(crossEntropyFromLogits, crossEntropyFromLogitsGradient, countKept),
  'smoothing over the other classes': {
    compute: meanLoss(smoothedElsewhere),
    gradient: (x, cotangent) => gradientElsewhere(x, cotangent as number),
  },
};
