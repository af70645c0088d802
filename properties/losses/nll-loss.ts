import { equal, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type NllLossInputs,
  nllLoss,
  nllLossGradient,
} from '../../src/formulas/losses/nll-loss.js';
import { elementwise, isNonNegative, rowwise } from '../laws.js';
import {
  isTheSameInAnyOrderOfClasses,
  isTheSameInAnyOrderOfRows,
  rowAverage,
  rowsOf,
  scaledVariant,
  total,
} from '../rows.js';

export const properties: Properties<NllLossInputs> = [
  isNonNegative(),
  isTheSameInAnyOrderOfRows('logProbability', 'target'),
  isTheSameInAnyOrderOfClasses('logProbability', 'target'),
  always('doubles when every log-probability doubles', async (loss, x) => {
    const doubled = elementwise(x.logProbability, (value) => 2 * value);
    return equal(await loss({ ...x, logProbability: doubled }), times(await loss(x), 2));
  }),
  always('ignores the classes that did not happen', async (loss, x, draws) => {
    const other = rowwise(x.logProbability, (row, i) =>
      row.map((value, k) => (k === x.target.data[i] ? value : -draws.integer(0, 64) / 16)),
    );
    return equal(await loss({ ...x, logProbability: other }), await loss(x));
  }),
];

/** A loss of what the rows cost, each from its log-probabilities and its label. */
function meanLoss(cost: (row: Float64Array, label: number, index: number) => number) {
  return ({ logProbability, target }: NllLossInputs): number =>
    rowAverage(logProbability, (row, i) => cost(row, target.data[i]!, i));
}

/** How many rows the first call had. */
let rememberedRows: number | undefined;

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<NllLossInputs> = {
  'mean over elements instead of rows': {
    source: 'classic',
    compute: (x) => nllLoss(x) / x.logProbability.shape[1]!,
  },
  'sign lost': {
    source: 'classic',
    compute: (x) => -nllLoss(x),
  },
  'logarithm taken once more': {
    source: 'classic',
    compute: meanLoss((row, label) => -Math.log(-row[label]!)),
  },
  'probabilities instead of their logarithms': {
    source: 'classic',
    compute: meanLoss((row, label) => -Math.exp(row[label]!)),
  },
  'labels counted from 1': {
    source: 'classic',
    compute: meanLoss((row, label) => -row[Math.max(0, label - 1)]!),
  },
  'multiplied by a one-hot row': {
    source: 'classic',
    compute: meanLoss((row, label) => -total(row.map((value, k) => (k === label ? 1 : 0) * value))),
  },
  'clipped at 100': {
    source: 'classic',
    compute: meanLoss((row, label) => Math.min(100, -row[label]!)),
  },
  'clipped by an epsilon of 1e-15': {
    source: 'ML Formulas, cce',
    compute: meanLoss((row, label) => -Math.log(Math.max(1e-15, Math.exp(row[label]!)))),
  },
  'the likeliest class instead of the label': {
    source: 'classic',
    compute: meanLoss((row) => -Math.max(...row)),
  },
  'label of the first row for all': {
    source: 'classic',
    compute: ({ logProbability, target }) =>
      rowAverage(logProbability, (row) => -row[target.data[0]!]!),
  },
  'divided by the number of rows of the first call': {
    source: 'classic',
    compute: (x) => {
      rememberedRows ??= x.target.data.length;
      return (nllLoss(x) * x.target.data.length) / rememberedRows;
    },
  },
  'class 0 taken for a missing label': {
    source: 'classic',
    compute: meanLoss((row, label) => -row[label || row.length - 1]!),
  },
  'labels wrapped from the end': {
    source: 'classic',
    unguarded: true,
    compute: meanLoss((row, label) => {
      const at = label < 0 ? label + row.length : label;
      return -row[Math.trunc(at) % row.length]!;
    }),
  },
  'gradient at every class': {
    source: 'classic',
    gradient: ({ logProbability }, cotangent) => ({
      logProbability: elementwise(
        logProbability,
        () => -(cotangent as number) / logProbability.shape[0]!,
      ),
    }),
  },
  'gradient not divided by the rows': {
    source: 'classic',
    gradient: (x, cotangent) => nllLossGradient(x, (cotangent as number) * x.target.data.length),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<NllLossInputs> = {
  'what the labels select, then their mean': meanLoss((row, label) => -row[label]!),
  'class by class': ({ logProbability, target }) => {
    const rows = rowsOf(logProbability);
    let loss = 0;
    for (let k = 0; k < logProbability.shape[1]!; k++) {
      for (let i = 0; i < rows.length; i++) if (target.data[i] === k) loss -= rows[i]![k]!;
    }
    return loss / rows.length;
  },
};

export const variants: Variants<NllLossInputs> = {
  sum: scaledVariant(nllLoss, nllLossGradient, ({ target }) => target.data.length),
};
