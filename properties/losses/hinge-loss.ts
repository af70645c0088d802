import { atLeast, atMost, equal, exactly, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import {
  type HingeLossInputs,
  hingeLoss,
  hingeLossGradient,
} from '../../src/formulas/losses/hinge-loss.js';
import { average, elementwise, isNonNegative, sumVariant } from '../laws.js';

export const properties: Properties<HingeLossInputs> = [
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
  always('is 1 plus the mean size of scores that all err', async (loss, { scores, target }) => {
    const wrong = elementwise(target, (label, i) => -label * Math.abs(scores.data[i]!));
    const size = average(scores, scores, Math.abs);
    return equal(await loss({ scores: wrong, target }), exactly(1 + size));
  }),
  always('is at least the share of errors', async (loss, x) =>
    atLeast(
      await loss(x),
      exactly(average(x.scores, x.target, (score, label) => (score * label <= 0 ? 1 : 0))),
    ),
  ),
  always('is the mean shortfall next to the margin', async (loss, { target }, draws) => {
    const margins = elementwise(target, () => 1 - draws.uniform() * 2 ** -6);
    const scores = elementwise(target, (label, i) => label * margins.data[i]!);
    const shortfall = average(margins, margins, (margin) => 1 - margin);
    return equal(await loss({ scores, target }), exactly(shortfall));
  }),
  always('rises by at most the mean change of the scores', async (loss, x, draws) => {
    const step = elementwise(x.scores, () => draws.integer(-32, 32) / 16);
    const scores = elementwise(x.scores, (score, i) => score + step.data[i]!);
    const change = exactly(average(scores, x.scores, (after, before) => Math.abs(after - before)));
    return atMost(await loss({ ...x, scores }), plus(await loss(x), change));
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
  return ({ scores, target }: HingeLossInputs): number => average(scores, target, cost);
}

/** A gradient from the slope of one element's cost, before it is divided by their number. */
function gradientOf(slope: (score: number, label: number, count: number) => number) {
  return ({ scores, target }: HingeLossInputs, cotangent: unknown): Gradient => {
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
export const mistakes: Mistakes<HingeLossInputs> = {
  'classes 0 and 1 taken in silence': {
    source: 'ML Formulas, E000-06',
    unguarded: true,
    strict: true,
    compute: meanOf(hinge),
  },
  'margin of 0': {
    source: 'classic',
    compute: meanOf((score, label) => Math.max(0, -label * score)),
  },
  'not cut off at 0': {
    source: 'classic',
    compute: meanOf((score, label) => 1 - label * score),
  },
  'cut off after the mean': {
    source: 'classic',
    compute: (x) => Math.max(0, meanOf((score, label) => 1 - label * score)(x)),
  },
  'class multiplied with the margin': {
    source: 'classic',
    compute: meanOf((score, label) => Math.max(0, label - score)),
  },
  'divided by the number of support vectors': {
    source: 'classic',
    compute: (x) => {
      const support = meanOf((score, label) => (hinge(score, label) > 0 ? 1 : 0))(x);
      return support === 0 ? 0 : meanOf(hinge)(x) / support;
    },
  },
  'scores cut to [−1, 1] first': {
    source: 'classic',
    compute: meanOf((score, label) => hinge(Math.max(-1, Math.min(1, score)), label)),
  },
  'shortfalls under 0.01 forgiven': {
    source: 'classic',
    compute: meanOf((score, label) => (hinge(score, label) < 0.01 ? 0 : hinge(score, label))),
  },
  'scores cut to integers': {
    source: 'classic',
    compute: meanOf((score, label) => hinge(Math.trunc(score), label)),
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: meanOf((score, label, i) => (i < 32 ? hinge(score, label) : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: meanOf((score, label) => Math.fround(hinge(Math.fround(score), label))),
  },
  'classes repeated until they fit': {
    source: 'classic',
    unguarded: true,
    compute: ({ scores, target }) =>
      average(scores, scores, (score, _, i) => hinge(score, target.data[i % target.data.length]!)),
  },
  'margins written over the scores': {
    source: 'classic',
    compute: ({ scores, target }) => {
      scores.data.forEach((score, i) => {
        scores.data[i] = score * target.data[i]!;
      });
      return average(scores, scores, (margin) => Math.max(0, 1 - margin));
    },
  },
  'gradient kept beyond the margin': {
    source: 'classic',
    gradient: gradientOf((_, label) => -label),
  },
  'gradient cut off at 0 instead of the margin': {
    source: 'classic',
    gradient: gradientOf((score, label) => (label * score < 0 ? -label : 0)),
  },
  'gradient with its sign lost': {
    source: 'classic',
    gradient: gradientOf((score, label) => (label * score < 1 ? label : 0)),
  },
  'gradient not divided by the number of elements': {
    source: 'classic',
    gradient: gradientOf((score, label, count) => (label * score < 1 ? -label * count : 0)),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<HingeLossInputs> = {
  'through the size: (s + |s|) / 2': meanOf((score, label) => {
    const shortfall = 1 - label * score;
    return shortfall === -Infinity ? 0 : 0.5 * (shortfall + Math.abs(shortfall));
  }),
  'class by class': meanOf((score, label) => {
    if (label === 1) return score >= 1 ? 0 : 1 - score;
    return score <= -1 ? 0 : 1 + score;
  }),
};

export const variants: Variants<HingeLossInputs> = {
  sum: sumVariant(hingeLoss, hingeLossGradient, 'scores'),
};
