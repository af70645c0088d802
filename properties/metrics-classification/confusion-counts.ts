import {
  type Answer,
  type Estimate,
  equal,
  exactly,
  plus,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type ConfusionCounts,
  type ConfusionCountsInputs,
  confusionCounts,
} from '../../src/formulas/metrics-classification/confusion-counts.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, isTheSameInAnyOrder } from '../laws.js';
import { total } from '../rows.js';

export const properties: Properties<ConfusionCountsInputs> = [
  isTheSameInAnyOrder(),
  always('counts every element once', async (counts, x) =>
    equal(sumOf(await counts(x), everyCount), exactly(x.target.data.length)),
  ),
  always('finds the positives of the target', async (counts, x) =>
    equal(sumOf(await counts(x), ['truePositive', 'falseNegative']), exactly(total(x.target.data))),
  ),
  always('finds the positives of the prediction', async (counts, x) =>
    equal(
      sumOf(await counts(x), ['truePositive', 'falsePositive']),
      exactly(total(x.prediction.data)),
    ),
  ),
  always('finds nothing false where both are equal', async (counts, x) =>
    equal(
      sumOf(await counts({ ...x, prediction: x.target }), ['falsePositive', 'falseNegative']),
      exactly(0),
    ),
  ),
  always('exchanges positives and negatives with the classes', async (counts, x) => {
    const other = { target: otherClass(x.target), prediction: otherClass(x.prediction) };
    const [here, there] = [await counts(x), await counts(other)];
    return (
      equal(there.part('truePositive'), here.part('trueNegative')) ??
      equal(there.part('falsePositive'), here.part('falseNegative'))
    );
  }),
  always('exchanges what is false with its arguments', async (counts, x) => {
    const exchanged = await counts({ target: x.prediction, prediction: x.target });
    return equal(exchanged.part('falsePositive'), (await counts(x)).part('falseNegative'));
  }),
  always('adds up over two halves', async (counts, x, draws) => {
    const { length } = x.target.data;
    if (length < 2) return undefined;
    const cut = draws.integer(1, length - 1);
    const half = (low: number, high: number): ConfusionCountsInputs => ({
      target: slice(x.target, low, high),
      prediction: slice(x.prediction, low, high),
    });
    return equal(
      await counts(x),
      plus(await counts(half(0, cut)), await counts(half(cut, length))),
    );
  }),
];

const everyCount = ['truePositive', 'trueNegative', 'falsePositive', 'falseNegative'] as const;

/** Several of the counts together. */
function sumOf(answer: Answer, names: readonly (keyof ConfusionCounts)[]): Estimate {
  return names.map((name) => answer.part(name)).reduce(plus);
}

function otherClass(labels: NDArray): NDArray {
  return elementwise(labels, (label) => 1 - label);
}

function slice({ data }: NDArray, low: number, high: number): NDArray {
  const part = data.slice(low, high);
  return { shape: [part.length], data: part };
}

/** The pairs of which a condition holds. */
function howMany(
  { target, prediction }: ConfusionCountsInputs,
  holds: (observed: number, predicted: number, index: number) => boolean,
): number {
  return target.data.filter((observed, i) => holds(observed, prediction.data[i]!, i)).length;
}

/** A wrong way to count, from what it makes of the right counts. */
function miscounted(
  change: (counts: ConfusionCounts, inputs: ConfusionCountsInputs) => Partial<ConfusionCounts>,
): (inputs: ConfusionCountsInputs) => ConfusionCounts {
  return (inputs) => {
    const counts = confusionCounts(inputs);
    return { ...counts, ...change(counts, inputs) };
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ConfusionCountsInputs> = {
  'false positives and false negatives exchanged': {
    source: 'oracle/tribuo#167',
    compute: miscounted(({ falsePositive, falseNegative }) => ({
      falsePositive: falseNegative,
      falseNegative: falsePositive,
    })),
  },
  'true positives in the place of false positives': {
    source: 'accord-net/framework#669',
    compute: miscounted(({ truePositive }) => ({ falsePositive: truePositive })),
  },
  'true positives and true negatives exchanged': {
    source: 'classic',
    compute: miscounted(({ truePositive, trueNegative }) => ({
      truePositive: trueNegative,
      trueNegative: truePositive,
    })),
  },
  'true negatives not counted': {
    source: 'classic',
    compute: miscounted(() => ({ trueNegative: 0 })),
  },
  'true negatives as n less both kinds of positives': {
    source: 'classic',
    compute: miscounted(({ truePositive, falsePositive }, { target }) => ({
      trueNegative: target.data.length - truePositive - falsePositive,
    })),
  },
  'every prediction of 1 counted as true': {
    source: 'classic',
    compute: miscounted((_, { prediction }) => ({ truePositive: total(prediction.data) })),
  },
  'every agreement counted as a true positive': {
    source: 'classic',
    compute: miscounted((_, x) => ({
      truePositive: howMany(x, (observed, predicted) => observed === predicted),
    })),
  },
  'false positives and negatives set off against each other': {
    source: 'classic',
    compute: miscounted((_, { target, prediction }) => {
      const surplus = total(prediction.data) - total(target.data);
      return { falsePositive: Math.max(0, surplus), falseNegative: Math.max(0, -surplus) };
    }),
  },
  'errors of both kinds counted together': {
    source: 'classic',
    compute: miscounted(({ falsePositive, falseNegative }) => ({
      falsePositive: falsePositive + falseNegative,
      falseNegative: falsePositive + falseNegative,
    })),
  },
  'divided by n': {
    source: 'classic',
    compute: miscounted((counts, { target }) => {
      const share = (count: number): number => count / target.data.length;
      return {
        truePositive: share(counts.truePositive),
        trueNegative: share(counts.trueNegative),
        falsePositive: share(counts.falsePositive),
        falseNegative: share(counts.falseNegative),
      };
    }),
  },
  'divided by the size of the class': {
    source: 'classic',
    compute: miscounted(({ truePositive, trueNegative, falsePositive, falseNegative }) => {
      const positives = Math.max(1, truePositive + falseNegative);
      const negatives = Math.max(1, trueNegative + falsePositive);
      return {
        truePositive: truePositive / positives,
        falseNegative: falseNegative / positives,
        trueNegative: trueNegative / negatives,
        falsePositive: falsePositive / negatives,
      };
    }),
  },
  'one row of the table for both classes': {
    // Array(2).fill(Array(2).fill(0)): both rows are the same array.
    source: 'classic',
    compute: miscounted(({ truePositive, trueNegative, falsePositive, falseNegative }) => ({
      truePositive: truePositive + falsePositive,
      falsePositive: truePositive + falsePositive,
      trueNegative: trueNegative + falseNegative,
      falseNegative: trueNegative + falseNegative,
    })),
  },
  'counted in eight bits': {
    source: 'classic',
    compute: miscounted(({ truePositive, trueNegative, falsePositive, falseNegative }) => ({
      truePositive: truePositive % 256,
      trueNegative: trueNegative % 256,
      falsePositive: falsePositive % 256,
      falseNegative: falseNegative % 256,
    })),
  },
  'nothing beyond the first 32 elements': {
    source: 'classic',
    compute: ({ target, prediction }) =>
      confusionCounts({ target: slice(target, 0, 32), prediction: slice(prediction, 0, 32) }),
  },
  'the last element left out': {
    source: 'classic',
    compute: ({ target, prediction }) =>
      confusionCounts({ target: slice(target, 0, -1), prediction: slice(prediction, 0, -1) }),
  },
  'predictions of the other class': {
    source: 'classic',
    compute: ({ target, prediction }) =>
      confusionCounts({ target, prediction: otherClass(prediction) }),
  },
  'labels other than 0 and 1 dropped in silence': {
    source: 'classic',
    unguarded: true,
    strict: true,
    compute: (x) => ({
      truePositive: howMany(x, (observed, predicted) => observed === 1 && predicted === 1),
      trueNegative: howMany(x, (observed, predicted) => observed === 0 && predicted === 0),
      falsePositive: howMany(x, (observed, predicted) => observed === 0 && predicted === 1),
      falseNegative: howMany(x, (observed, predicted) => observed === 1 && predicted === 0),
    }),
  },
  'a row broadcast against a column': {
    source: 'pytorch/pytorch#16413',
    unguarded: true,
    compute: (x) => {
      const { target, prediction } = x;
      if (target.shape.length === prediction.shape.length) return confusionCounts(x);
      const pairs = [...prediction.data].map((predicted) =>
        confusionCounts({ target, prediction: elementwise(target, () => predicted) }),
      );
      const sum = (name: keyof ConfusionCounts): number => total(pairs.map((pair) => pair[name]));
      return {
        truePositive: sum('truePositive'),
        trueNegative: sum('trueNegative'),
        falsePositive: sum('falsePositive'),
        falseNegative: sum('falseNegative'),
      };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ConfusionCountsInputs> = {
  'from a table, by 2 y + ŷ': ({ target, prediction }) => {
    const table = [0, 0, 0, 0];
    target.data.forEach((observed, i) => {
      table[2 * observed + prediction.data[i]!]! += 1;
    });
    const [trueNegative, falsePositive, falseNegative, truePositive] = table as [
      number,
      number,
      number,
      number,
    ];
    return { truePositive, trueNegative, falsePositive, falseNegative };
  },
  'from the sums of y, ŷ and y ŷ': ({ target, prediction }) => {
    const truePositive = total(target.data.map((observed, i) => observed * prediction.data[i]!));
    const falsePositive = total(prediction.data) - truePositive;
    const falseNegative = total(target.data) - truePositive;
    return {
      truePositive,
      trueNegative: target.data.length - truePositive - falsePositive - falseNegative,
      falsePositive,
      falseNegative,
    };
  },
  'by the four conditions': (x) => ({
    truePositive: howMany(x, (observed, predicted) => observed === 1 && predicted === 1),
    trueNegative: howMany(x, (observed, predicted) => observed === 0 && predicted === 0),
    falsePositive: howMany(x, (observed, predicted) => observed === 0 && predicted === 1),
    falseNegative: howMany(x, (observed, predicted) => observed === 1 && predicted === 0),
  }),
};

export const variants: Variants<ConfusionCountsInputs> = {
  'class 0 positive': {
    compute: ({ target, prediction }) =>
      confusionCounts({ target: otherClass(target), prediction: otherClass(prediction) }),
  },
};
