import { atLeast, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type CategoricalHingeInputs,
  categoricalHinge,
  categoricalHingeGradient,
} from '../../src/formulas/losses/categorical-hinge.js';
import { elementwise, isConvexIn, isNonNegative } from '../laws.js';
import {
  isTheSameInAnyOrderOfClasses,
  isTheSameInAnyOrderOfRows,
  rowAverage,
  scaledVariant,
  seesOnlyDifferences,
  total,
} from '../rows.js';

export const properties: Properties<CategoricalHingeInputs> = [
  isNonNegative(),
  seesOnlyDifferences('scores'),
  isTheSameInAnyOrderOfRows('scores', 'target'),
  isTheSameInAnyOrderOfClasses('scores', 'target'),
  always('is 1 where all scores are equal, and 0 for a single class', async (loss, x) => {
    const level = elementwise(x.scores, () => x.scores.data[0]!);
    return equal(
      await loss({ scores: level, target: x.target }),
      exactly(x.scores.shape[1] === 1 ? 0 : 1),
    );
  }),
  always('is at least the share of rows that a rival wins', async (loss, x) => {
    const won = meanLoss((rivals, own) => (Math.max(...rivals) >= own ? 1 : 0));
    return atLeast(await loss(x), exactly(won(x)));
  }),
  isConvexIn('scores'),
];

/** A loss of what the rows cost, each from the scores of the rivals and of the true class. */
function meanLoss(cost: (rivals: Float64Array, own: number) => number) {
  return ({ scores, target }: CategoricalHingeInputs): number =>
    rowAverage(scores, (row, i) => {
      const label = target.data[i]!;
      return cost(
        row.filter((_, k) => k !== label),
        row[label]!,
      );
    });
}

/** max(0, margin), with the NaN of either. */
function hinge(margin: number): number {
  return Math.max(0, margin);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<CategoricalHingeInputs> = {
  'true class among its own rivals': {
    source: 'classic',
    compute: ({ scores, target }) =>
      rowAverage(scores, (row, i) => hinge(1 + Math.max(...row) - row[target.data[i]!]!)),
  },
  'no margin': {
    source: 'classic',
    compute: meanLoss((rivals, own) => hinge(Math.max(...rivals) - own)),
  },
  'not cut off at 0': {
    source: 'classic',
    compute: meanLoss((rivals, own) => (rivals.length === 0 ? 0 : 1 + Math.max(...rivals) - own)),
  },
  'rival and true class exchanged': {
    source: 'classic',
    compute: meanLoss((rivals, own) =>
      rivals.length === 0 ? 0 : hinge(1 + own - Math.max(...rivals)),
    ),
  },
  'rivals added up': {
    source: 'classic',
    compute: meanLoss((rivals, own) => total(rivals.map((rival) => hinge(1 + rival - own)))),
  },
  'worst rival instead of the best': {
    source: 'classic',
    compute: meanLoss((rivals, own) =>
      rivals.length === 0 ? 0 : hinge(1 + Math.min(...rivals) - own),
    ),
  },
  squared: {
    source: 'classic',
    compute: meanLoss((rivals, own) => hinge(1 + Math.max(-Infinity, ...rivals) - own) ** 2),
  },
  'a single class charged as if a rival scored 0': {
    source: 'classic',
    compute: meanLoss((rivals, own) =>
      rivals.length === 0 ? hinge(1 - own) : hinge(1 + Math.max(...rivals) - own),
    ),
  },
  'NaN passed over': {
    source: 'classic',
    compute: meanLoss((rivals, own) => {
      let best = -Infinity;
      for (const rival of rivals) if (rival > best) best = rival;
      return 1 + best - own > 0 ? 1 + best - own : 0;
    }),
  },
  'margin added before the difference': {
    source: 'classic',
    strict: true,
    compute: meanLoss((rivals, own) => hinge(Math.fround(1 + Math.max(...rivals)) - own)),
  },
  'rivals after the true class alone': {
    source: 'classic',
    compute: ({ scores, target }) =>
      rowAverage(scores, (row, i) => {
        const rivals = row.slice(target.data[i]! + 1);
        return hinge(1 + Math.max(...rivals) - row[target.data[i]!]!);
      }),
  },
  'scores rounded to whole numbers': {
    source: 'classic',
    compute: meanLoss((rivals, own) =>
      hinge(1 + Math.max(...rivals.map(Math.trunc)) - Math.trunc(own)),
    ),
  },
  'mean over elements instead of rows': {
    source: 'classic',
    compute: (x) => categoricalHinge(x) / x.scores.shape[1]!,
  },
  'gradient without the true class': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const columns = x.scores.shape[1]!;
      const { scores } = categoricalHingeGradient(x, cotangent as number);
      return {
        scores: elementwise(scores, (slope, i) =>
          i % columns === x.target.data[Math.floor(i / columns)] ? 0 : slope,
        ),
      };
    },
  },
  'gradient where the margin is kept': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { scores } = categoricalHingeGradient(
        { scores: elementwise(x.scores, (score) => score * 1e-9), target: x.target },
        cotangent as number,
      );
      return { scores };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<CategoricalHingeInputs> = {
  'largest of the hinges of each rival': meanLoss((rivals, own) =>
    Math.max(0, ...rivals.map((rival) => rival - own + 1)),
  ),
  'best score with the margin given to every rival': ({ scores, target }) =>
    rowAverage(scores, (row, i) => {
      const label = target.data[i]!;
      if (row.length === 1) return 0;
      return Math.max(...row.map((score, k) => (k === label ? score : score + 1))) - row[label]!;
    }),
};

export const variants: Variants<CategoricalHingeInputs> = {
  sum: scaledVariant(
    categoricalHinge,
    categoricalHingeGradient,
    ({ target }) => target.data.length,
  ),
  'true class among the rivals, as 0': {
    compute: meanLoss((rivals, own) => hinge(1 + (Math.max(0, ...rivals) - own))),
  },
  'all rivals': {
    compute: ({ scores, target }) =>
      meanLoss((rivals, own) => total(rivals.map((rival) => hinge(1 + (rival - own)))))({
        scores,
        target,
      }) / scores.shape[1]!,
  },
};
