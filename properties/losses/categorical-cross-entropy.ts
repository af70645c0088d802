import { atLeast, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type CategoricalCrossEntropyInputs,
  categoricalCrossEntropy,
  categoricalCrossEntropyGradient,
} from '../../src/formulas/losses/categorical-cross-entropy.js';
import type { NDArray } from '../../src/kernel/index.js';
import {
  average,
  elementwise,
  isConvexIn,
  isNonNegative,
  rowsReordered,
  rowwise,
} from '../laws.js';
import {
  isTheSameInAnyOrderOfColumns,
  isTheSameInAnyOrderOfRows,
  rowAverage,
  rowsOf,
  scaledVariant,
  total,
} from '../rows.js';

export const properties: Properties<CategoricalCrossEntropyInputs> = [
  isNonNegative(),
  isTheSameInAnyOrderOfRows('probability', 'target'),
  isTheSameInAnyOrderOfColumns('classes', 'probability', 'target'),
  always('is 0 for certain predictions that come true', async (loss, { target }) => {
    const certain = rowwise(target, oneHot);
    return equal(await loss({ probability: certain, target: certain }), exactly(0));
  }),
  always('is ln c where c classes are equally probable', async (loss, { target }) => {
    const classes = target.shape[1]!;
    const probability = elementwise(target, () => 1 / classes);
    const certain = rowwise(target, oneHot);
    return equal(await loss({ probability, target: certain }), exactly(Math.log(classes)));
  }),
  always('is least where the prediction is the target', async (loss, x) =>
    atLeast(await loss(x), await loss({ probability: x.target, target: x.target })),
  ),
  isConvexIn('probability', rowsReordered),
];

/** All of a row at its first largest element. */
function oneHot(row: Float64Array): Float64Array {
  const at = row.indexOf(Math.max(...row));
  return row.map((_, k) => (k === at ? 1 : 0));
}

/** A loss of what the rows cost, each from its probabilities and its targets. */
function meanLoss(cost: (p: Float64Array, y: Float64Array) => number) {
  return ({ probability, target }: CategoricalCrossEntropyInputs): number => {
    const targets = rowsOf(target);
    return rowAverage(probability, (row, i) => cost(row, targets[i]!));
  };
}

/** What a row costs, class by class. */
function overClasses(term: (p: number, y: number) => number) {
  return (p: Float64Array, y: Float64Array): number =>
    total(p.map((value, k) => term(value, y[k]!)));
}

/** −y ln p, where 0 ln 0 is 0 and 0 ln NaN is not. */
function surprise(p: number, y: number): number {
  return y === 0 && !Number.isNaN(p) ? 0 : -y * Math.log(p);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<CategoricalCrossEntropyInputs> = {
  '0 · ln 0 taken for NaN': {
    source: 'classic',
    compute: meanLoss(overClasses((p, y) => -y * Math.log(p))),
  },
  'mean over elements instead of rows': {
    source: 'classic',
    compute: ({ probability, target }) => average(probability, target, surprise),
  },
  'prediction and target exchanged': {
    source: 'classic',
    compute: meanLoss(overClasses((p, y) => surprise(y, p))),
  },
  'classes that did not happen charged as in the binary loss': {
    source: 'classic',
    compute: meanLoss(overClasses((p, y) => surprise(p, y) + surprise(1 - p, 1 - y))),
  },
  'base 2 logarithm': {
    source: 'classic',
    compute: (x) => categoricalCrossEntropy(x) / Math.LN2,
  },
  'sign lost': {
    source: 'classic',
    compute: (x) => -categoricalCrossEntropy(x),
  },
  'softmax of the probabilities taken first': {
    source: 'classic',
    compute: meanLoss((p, y) => {
      const exponentials = p.map(Math.exp);
      const sum = total(exponentials);
      return overClasses(surprise)(
        exponentials.map((value) => value / sum),
        y,
      );
    }),
  },
  'only the likeliest target counted': {
    source: 'classic',
    compute: meanLoss((p, y) => -Math.log(p[y.indexOf(Math.max(...y))]!)),
  },
  '1e-8 inside the logarithm': {
    source: 'classic',
    compute: meanLoss(overClasses((p, y) => -y * Math.log(p + 1e-8))),
  },
  'logarithms rounded to float32': {
    source: 'classic',
    compute: meanLoss(
      overClasses((p, y) => (y === 0 && !Number.isNaN(p) ? 0 : -y * Math.fround(Math.log(p)))),
    ),
  },
  'last row left out': {
    source: 'classic',
    compute: ({ probability, target }) => {
      const targets = rowsOf(target);
      const rows = probability.shape[0]!;
      return rowAverage(probability, (row, i) =>
        i === rows - 1 && rows > 1 ? 0 : overClasses(surprise)(row, targets[i]!),
      );
    },
  },
  'first target row broadcast': {
    source: 'classic',
    unguarded: true,
    compute: ({ probability, target }) => {
      const targets = rowsOf(target);
      return rowAverage(probability, (row, i) =>
        overClasses(surprise)(row, targets[i % targets.length] ?? row),
      );
    },
  },
  'gradient of the logits, p − y': {
    source: 'classic',
    gradient: ({ probability, target }, cotangent) => ({
      probability: elementwise(
        probability,
        (p, i) => ((cotangent as number) * (p - target.data[i]!)) / probability.shape[0]!,
      ),
    }),
  },
  'gradient divided by the number of elements': {
    source: 'classic',
    gradient: (x, cotangent) =>
      categoricalCrossEntropyGradient(x, (cotangent as number) / x.probability.shape[1]!),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<CategoricalCrossEntropyInputs> = {
  'class by class': ({ probability, target }) => {
    const [rows, columns] = probability.shape as [number, number];
    let loss = 0;
    for (let k = 0; k < columns; k++) {
      let ofClass = 0;
      for (let i = k; i < probability.data.length; i += columns) {
        ofClass += surprise(probability.data[i]!, target.data[i]!);
      }
      loss += ofClass;
    }
    return loss / rows;
  },
  'entropy plus divergence': meanLoss(
    overClasses((p, y) => {
      if (y === 0) return surprise(p, y);
      return y * (Math.log(y) - Math.log(p)) - y * Math.log(y);
    }),
  ),
  'logarithm to base 2, times ln 2': meanLoss(
    overClasses((p, y) => (y === 0 ? surprise(p, y) : -y * Math.log2(p) * Math.LN2)),
  ),
};

/** The loss of other probabilities. */
function ofProbabilities(change: (probability: NDArray) => NDArray) {
  return {
    compute: ({ probability, target }: CategoricalCrossEntropyInputs): number =>
      categoricalCrossEntropy({ probability: change(probability), target }),
  };
}

export const variants: Variants<CategoricalCrossEntropyInputs> = {
  sum: scaledVariant(
    categoricalCrossEntropy,
    categoricalCrossEntropyGradient,
    ({ probability }) => probability.shape[0]!,
  ),
  'probabilities clipped to 1e-15': ofProbabilities((probability) =>
    elementwise(probability, (p) => Math.max(1e-15, Math.min(1, p))),
  ),
  'probabilities clipped to 1e-7': ofProbabilities((probability) =>
    rowwise(probability, (row) => {
      const sum = total(row);
      return row.map((p) => Math.max(1e-7, Math.min(1 - 1e-7, p / sum)));
    }),
  ),
};
