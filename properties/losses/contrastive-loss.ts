import { atLeast, atMost, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import {
  type ContrastiveLossInputs,
  contrastiveLoss,
  contrastiveLossGradient,
} from '../../src/formulas/losses/contrastive-loss.js';
import { average, elementwise, isNonNegative } from '../laws.js';

export const properties: Properties<ContrastiveLossInputs> = [
  isNonNegative(),
  always('is 0 for similar pairs that coincide', async (loss, x) => {
    const together = elementwise(x.distance, () => 0);
    const similar = elementwise(x.target, () => 1);
    return equal(await loss({ ...x, distance: together, target: similar }), exactly(0));
  }),
  always('is 0 for dissimilar pairs a margin or more apart', async (loss, x) => {
    const margin = x.margin ?? 1;
    const apart = elementwise(x.distance, (distance) => Math.max(margin, distance));
    const dissimilar = elementwise(x.target, () => 0);
    return equal(await loss({ ...x, distance: apart, target: dissimilar }), exactly(0));
  }),
  always('is the margin squared for dissimilar pairs that coincide', async (loss, x) => {
    const together = elementwise(x.distance, () => 0);
    return equal(
      await loss({ ...x, distance: together, target: together }),
      exactly((x.margin ?? 1) ** 2),
    );
  }),
  always('is the mean square of the distances of similar pairs', async (loss, x) => {
    const similar = elementwise(x.target, () => 1);
    const squares = average(x.distance, x.distance, (distance) => distance * distance);
    return equal(await loss({ ...x, target: similar }), exactly(squares));
  }),
  always('quadruples when distances and margin double', async (loss, x) => {
    const doubled = {
      distance: elementwise(x.distance, (distance) => 2 * distance),
      target: x.target,
      margin: 2 * (x.margin ?? 1),
    };
    return equal(await loss(doubled), times(await loss(x), 4));
  }),
  always('does not fall as similar pairs move apart', async (loss, x) =>
    atLeast(await loss({ ...x, distance: farther(x, 1) }), await loss(x)),
  ),
  always('does not rise as dissimilar pairs move apart', async (loss, x) =>
    atMost(await loss({ ...x, distance: farther(x, 0) }), await loss(x)),
  ),
];

/** The distances with a quarter of the margin added for the pairs of one kind. */
function farther({ distance, target, margin = 1 }: ContrastiveLossInputs, kind: number) {
  return elementwise(distance, (value, i) =>
    target.data[i] === kind ? value + 0.25 * margin : value,
  );
}

/** A mean of a cost of one distance and what is known of the pair. */
function meanOf(cost: (d: number, y: number, margin: number, index: number) => number) {
  return ({ distance, target, margin = 1 }: ContrastiveLossInputs): number =>
    average(distance, target, (d, y, i) => cost(d, y, margin, i));
}

/** A gradient from the slope of one pair's cost, before it is divided by their number. */
function gradientOf(slope: (d: number, y: number, margin: number, count: number) => number) {
  return (
    { distance, target, margin = 1 }: ContrastiveLossInputs,
    cotangent: unknown,
  ): Gradient => {
    const count = distance.data.length;
    return {
      distance: elementwise(
        distance,
        (d, i) => ((cotangent as number) * slope(d, target.data[i]!, margin, count)) / count,
      ),
    };
  };
}

/** As it is usually written: one of the two terms has weight 0. */
function contrastive(d: number, y: number, margin: number): number {
  return y * d ** 2 + (1 - y) * Math.max(0, margin - d) ** 2;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ContrastiveLossInputs> = {
  'margin less the squared distance': {
    source: 'BVLC/caffe ContrastiveLoss legacy_version',
    compute: meanOf((d, y, margin) => y * d ** 2 + (1 - y) * Math.max(0, margin - d ** 2)),
  },
  'squared margin less the squared distance': {
    source: 'classic',
    compute: meanOf((d, y, margin) => y * d ** 2 + (1 - y) * Math.max(0, margin ** 2 - d ** 2)),
  },
  'one for dissimilar': {
    source: 'ML Formulas, E000-09',
    compute: meanOf((d, y, margin) => contrastive(d, 1 - y, margin)),
  },
  'not cut off at the margin': {
    source: 'classic',
    compute: meanOf((d, y, margin) => y * d ** 2 + (1 - y) * (margin - d) ** 2),
  },
  'dissimilar pairs not squared': {
    source: 'classic',
    compute: meanOf((d, y, margin) => y * d ** 2 + (1 - y) * Math.max(0, margin - d)),
  },
  'similar pairs not squared': {
    source: 'classic',
    compute: meanOf((d, y, margin) => y * d + (1 - y) * Math.max(0, margin - d) ** 2),
  },
  'distances taken for squared ones': {
    source: 'classic',
    compute: meanOf((d, y, margin) => contrastive(Math.sqrt(d), y, margin)),
  },
  'margin always 1': {
    source: 'classic',
    compute: meanOf((d, y) => contrastive(d, y, 1)),
  },
  'each kind averaged by itself': {
    source: 'classic',
    compute: (x) => {
      const mean = (kind: number): number => {
        const share = meanOf((_, y) => (y === kind ? 1 : 0))(x);
        const cost = meanOf((d, y, margin) => (y === kind ? contrastive(d, y, margin) : 0))(x);
        return share === 0 ? 0 : cost / share;
      };
      return mean(0) + mean(1);
    },
  },
  'dissimilar pairs within 0.01 of the margin forgiven': {
    source: 'classic',
    compute: meanOf((d, y, margin) =>
      y === 0 && Math.abs(margin - d) < 0.01 ? 0 : contrastive(d, y, margin),
    ),
  },
  'only the first 32 pairs added': {
    source: 'classic',
    compute: meanOf((d, y, margin, i) => (i < 32 ? contrastive(d, y, margin) : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: meanOf((d, y, margin) => Math.fround(contrastive(Math.fround(d), y, margin))),
  },
  'kinds repeated until they fit': {
    source: 'classic',
    unguarded: true,
    compute: ({ distance, target, margin = 1 }) =>
      average(distance, distance, (d, _, i) =>
        contrastive(d, target.data[i % target.data.length]!, margin),
      ),
  },
  'distances cut to the margin in place': {
    source: 'classic',
    compute: ({ distance, target, margin = 1 }) => {
      const loss = contrastiveLoss({ distance, target, margin });
      distance.data.forEach((d, i) => {
        distance.data[i] = Math.min(d, margin);
      });
      return loss;
    },
  },
  'gradient of dissimilar pairs with its sign lost': {
    source: 'classic',
    gradient: gradientOf((d, y, margin) => 2 * (y === 1 ? d : Math.max(0, margin - d))),
  },
  'gradient kept beyond the margin': {
    source: 'classic',
    gradient: gradientOf((d, y, margin) => 2 * (y === 1 ? d : d - margin)),
  },
  'gradient without the 2': {
    source: 'classic',
    gradient: gradientOf((d, y, margin) => (y === 1 ? d : -Math.max(0, margin - d))),
  },
  'gradient not divided by the number of pairs': {
    source: 'classic',
    gradient: (x, cotangent) =>
      contrastiveLossGradient(x, (cotangent as number) * x.distance.data.length),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ContrastiveLossInputs> = {
  'both terms, one with weight 0': meanOf(contrastive),
  'branch by branch': meanOf((d, y, margin) => {
    if (y === 1) return d * d;
    return d >= margin ? 0 : (margin - d) * (margin - d);
  }),
};

export const variants: Variants<ContrastiveLossInputs> = {
  halved: {
    compute: (x) => 0.5 * contrastiveLoss(x),
    gradient: (x, cotangent) => contrastiveLossGradient(x, 0.5 * (cotangent as number)),
  },
  'halved, with 1 for dissimilar': {
    compute: (x) => 0.5 * contrastiveLoss(exchanged(x)),
    gradient: (x, cotangent) => contrastiveLossGradient(exchanged(x), 0.5 * (cotangent as number)),
  },
};

function exchanged(x: ContrastiveLossInputs): ContrastiveLossInputs {
  return { ...x, target: elementwise(x.target, (kind) => 1 - kind) };
}
