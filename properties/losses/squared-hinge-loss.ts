import { atLeast, atMost, equal, exactly, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import { hingeLoss } from '../../src/formulas/losses/hinge-loss.js';
import {
  type SquaredHingeLossInputs,
  squaredHingeLoss,
  squaredHingeLossGradient,
} from '../../src/formulas/losses/squared-hinge-loss.js';
import { average, elementwise, isNonNegative, sumVariant } from '../laws.js';

export const properties: Properties<SquaredHingeLossInputs> = [
  isNonNegative(),
  always('is the same with scores and classes negated', async (loss, x) => {
    const mirrored = {
      scores: elementwise(x.scores, (score) => -score),
      target: elementwise(x.target, (label) => -label),
    };
    return equal(await loss(x), await loss(mirrored));
  }),
  always('is 0 where every score reaches the margin', async (loss, { scores, target }) => {
    const beyond = elementwise(target, (label, i) => label * (1 + Math.abs(scores.data[i]!)));
    return equal(await loss({ scores: beyond, target }), exactly(0));
  }),
  always('is 1 for scores of 0', async (loss, { target }) =>
    equal(await loss({ scores: elementwise(target, () => 0), target }), exactly(1)),
  ),
  always('is at least the square of the hinge loss', async (loss, x) =>
    atLeast(await loss(x), exactly(hingeLoss(x) ** 2)),
  ),
  always('is at least the share of errors', async (loss, x) =>
    atLeast(
      await loss(x),
      exactly(average(x.scores, x.target, (score, label) => (score * label <= 0 ? 1 : 0))),
    ),
  ),
  always('quadruples when every shortfall doubles', async (loss, { scores, target }) => {
    // Sixteenths, so that the margins are exact: 1 − 2(1 − m) is 2m − 1.
    const dyadic = elementwise(scores, (score) => (Math.round(score * 16) % 1024) / 16);
    const doubled = elementwise(dyadic, (score, i) => 2 * score - target.data[i]!);
    return equal(
      await loss({ scores: doubled, target }),
      times(await loss({ scores: dyadic, target }), 4),
    );
  }),
  always('keeps the digits of scores next to the margin', async (loss, { target }, draws) => {
    const margins = elementwise(target, () => 1 - draws.uniform() * 2 ** -20);
    const scores = elementwise(target, (label, i) => label * margins.data[i]!);
    const squares = average(margins, margins, (margin) => (1 - margin) ** 2);
    return equal(await loss({ scores, target }), exactly(squares));
  }),
  always('is convex: at most the mean of its values on either side', async (loss, x, draws) => {
    const step = elementwise(x.scores, () => draws.integer(-32, 32) / 16);
    const moved = (sign: number) => ({
      ...x,
      scores: elementwise(x.scores, (score, i) => score + sign * step.data[i]!),
    });
    const sides = plus(await loss(moved(1)), await loss(moved(-1)));
    return atMost(await loss(x), times(sides, 0.5));
  }),
];

/** A mean of a cost of one score and its class. */
function meanOf(cost: (score: number, label: number, index: number) => number) {
  return ({ scores, target }: SquaredHingeLossInputs): number => average(scores, target, cost);
}

/** A gradient from the slope of one element's cost, before it is divided by their number. */
function gradientOf(slope: (score: number, label: number, count: number) => number) {
  return ({ scores, target }: SquaredHingeLossInputs, cotangent: unknown): Gradient => {
    const count = scores.data.length;
    return {
      scores: elementwise(
        scores,
        (score, i) => ((cotangent as number) * slope(score, target.data[i]!, count)) / count,
      ),
    };
  };
}

function hinge(score: number, label: number): number {
  return Math.max(0, 1 - label * score);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SquaredHingeLossInputs> = {
  'classes 0 and 1 taken in silence': {
    source: 'ML Formulas, E000-06',
    unguarded: true,
    strict: true,
    compute: meanOf((score, label) => hinge(score, label) ** 2),
  },
  'squared before it is cut off at 0': {
    source: 'classic',
    compute: meanOf((score, label) => Math.max(0, (1 - label * score) ** 2)),
  },
  'squared after the mean': {
    source: 'classic',
    compute: (x) => meanOf(hinge)(x) ** 2,
  },
  'score squared instead of the shortfall': {
    source: 'classic',
    compute: meanOf((score, label) => Math.max(0, 1 - label * score * score)),
  },
  halved: {
    source: 'classic',
    compute: meanOf((score, label) => 0.5 * hinge(score, label) ** 2),
  },
  'not squared': {
    source: 'classic',
    compute: meanOf(hinge),
  },
  'linear beyond a shortfall of 2': {
    source: 'Zhang 2004, the modified Huber loss',
    compute: meanOf((score, label) =>
      hinge(score, label) > 2 ? -4 * label * score : hinge(score, label) ** 2,
    ),
  },
  'expanded into 1 − 2 m + m²': {
    source: 'classic',
    compute: meanOf((score, label) =>
      label * score >= 1 ? 0 : 1 - 2 * label * score + score * score,
    ),
  },
  'shortfalls under 0.01 forgiven': {
    source: 'classic',
    compute: meanOf((score, label) => (hinge(score, label) < 0.01 ? 0 : hinge(score, label) ** 2)),
  },
  'wrong for the negative class only': {
    source: 'classic',
    compute: meanOf((score, label) => Math.max(0, label === 1 ? 1 - score : score) ** 2),
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: meanOf((score, label, i) => (i < 32 ? hinge(score, label) ** 2 : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: meanOf((score, label) => Math.fround(hinge(Math.fround(score), label) ** 2)),
  },
  'a class for each score, in every pairing': {
    source: 'ML Formulas, E000-10',
    unguarded: true,
    compute: ({ scores, target }) =>
      average(scores, scores, (score) =>
        average(target, target, (label) => hinge(score, label) ** 2),
      ),
  },
  'gradient without the 2': {
    source: 'classic',
    gradient: gradientOf((score, label) => -label * hinge(score, label)),
  },
  'gradient without the class': {
    source: 'classic',
    gradient: gradientOf((score, label) => -2 * hinge(score, label)),
  },
  'gradient not divided by the number of elements': {
    source: 'classic',
    gradient: gradientOf((score, label, count) => -2 * label * hinge(score, label) * count),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SquaredHingeLossInputs> = {
  'shortfall times its cut-off': meanOf((score, label) => {
    const shortfall = 1 - label * score;
    return shortfall < 0 ? 0 : shortfall * shortfall;
  }),
  'as the squared distance from score to margin': meanOf((score, label) => {
    const margin = label * score;
    return margin >= 1 ? 0 : (margin - 1) ** 2;
  }),
};

export const variants: Variants<SquaredHingeLossInputs> = {
  sum: sumVariant(squaredHingeLoss, squaredHingeLossGradient, 'scores'),
};
