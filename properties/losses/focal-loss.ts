import { atLeast, equal, exactly, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import { binaryCrossEntropy } from '../../src/formulas/losses/binary-cross-entropy.js';
import {
  type FocalLossInputs,
  focalLoss,
  focalLossGradient,
} from '../../src/formulas/losses/focal-loss.js';
import { average, elementwise, isNonNegative, sumVariant } from '../laws.js';

export const properties: Properties<FocalLossInputs> = [
  isNonNegative(),
  always('is 0 for certain predictions that come true', async (loss, x) => {
    const certain = elementwise(x.target, Math.round);
    return equal(await loss({ ...x, probability: certain, target: certain }), exactly(0));
  }),
  always('is half the binary cross-entropy at gamma 0 and alpha 1/2', async (loss, x) =>
    equal(
      await loss({ ...x, alpha: 0.5, gamma: 0 }),
      exactly(0.5 * binaryCrossEntropy({ probability: x.probability, target: x.target })),
    ),
  ),
  always('is the same with classes and their weights exchanged', async (loss, x) => {
    // Sixteenths, so that 1 − p is exact.
    const dyadic = {
      ...x,
      probability: elementwise(x.probability, sixteenth),
      target: elementwise(x.target, sixteenth),
      alpha: sixteenth(x.alpha ?? 0.25),
    };
    const exchanged = {
      ...x,
      probability: elementwise(dyadic.probability, (p) => 1 - p),
      target: elementwise(dyadic.target, (y) => 1 - y),
      alpha: 1 - dyadic.alpha,
    };
    return equal(await loss(dyadic), await loss(exchanged));
  }),
  always('does not rise with gamma', async (loss, x) => {
    const gamma = x.gamma ?? 2;
    return atLeast(await loss({ ...x, gamma }), await loss({ ...x, gamma: gamma + 1 }));
  }),
  always('halves with every unit of gamma at predictions of one half', async (loss, x) => {
    const half = { ...x, probability: elementwise(x.target, () => 0.5) };
    const gamma = x.gamma ?? 2;
    return equal(
      await loss({ ...half, gamma: gamma + 1 }),
      times(await loss({ ...half, gamma }), 0.5),
    );
  }),
  always('at even weights is the mean of its values at 0 and 1', async (loss, x) => {
    const ends = plus(await loss({ ...x, alpha: 0 }), await loss({ ...x, alpha: 1 }));
    return equal(await loss({ ...x, alpha: 0.5 }), times(ends, 0.5));
  }),
];

function sixteenth(value: number): number {
  return Math.round(value * 16) / 16;
}

type Terms = Readonly<Record<'p' | 'y' | 'alpha' | 'gamma', number>>;

/** A mean of a cost of one probability and its target. */
function meanOf(cost: (terms: Terms, index: number) => number) {
  return ({ probability, target, alpha = 0.25, gamma = 2 }: FocalLossInputs): number =>
    average(probability, target, (p, y, i) => cost({ p, y, alpha, gamma }, i));
}

/** weight · factor · logarithm, where a weight of 0 counts nothing. */
function weighted(weight: number, factor: number, logarithm: number): number {
  return weight === 0 ? 0 : weight * factor * logarithm;
}

/** The loss of one element as it is written. */
function focal({ p, y, alpha, gamma }: Terms): number {
  return (
    -weighted(alpha * y, (1 - p) ** gamma, Math.log(p)) -
    weighted((1 - alpha) * (1 - y), p ** gamma, Math.log1p(-p))
  );
}

/** Binary cross-entropy of one element. */
function crossEntropy({ p, y }: Terms): number {
  return -weighted(y, 1, Math.log(p)) - weighted(1 - y, 1, Math.log1p(-p));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<FocalLossInputs> = {
  'alpha for both classes': {
    source: 'mkocabas/focal-loss-keras#6',
    compute: meanOf(
      ({ p, y, alpha, gamma }) =>
        -weighted(alpha * y, (1 - p) ** gamma, Math.log(p)) -
        weighted(alpha * (1 - y), p ** gamma, Math.log1p(-p)),
    ),
  },
  'alpha for the negative class': {
    source: 'clcarwin/focal_loss_pytorch#10',
    compute: ({ alpha = 0.25, ...x }) => focalLoss({ ...x, alpha: 1 - alpha }),
  },
  'negative class forgotten': {
    source: 'ML Formulas, E000-08',
    compute: meanOf(
      ({ p, y, alpha, gamma }) => -weighted(alpha * y, (1 - p) ** gamma, Math.log(p)),
    ),
  },
  'factor of the probability that was right': {
    source: 'classic',
    compute: meanOf(
      ({ p, y, alpha, gamma }) =>
        -weighted(alpha * y, p ** gamma, Math.log(p)) -
        weighted((1 - alpha) * (1 - y), (1 - p) ** gamma, Math.log1p(-p)),
    ),
  },
  'gamma of 0 taken for the default': {
    source: 'classic',
    compute: ({ gamma, ...x }) => focalLoss({ ...x, gamma: gamma || 2 }),
  },
  'alpha of 0 taken for the default': {
    source: 'classic',
    compute: ({ alpha, ...x }) => focalLoss({ ...x, alpha: alpha || 0.25 }),
  },
  'gamma always 2': {
    source: 'classic',
    compute: (x) => focalLoss({ ...x, gamma: 2 }),
  },
  '0 · ln 0 taken for NaN': {
    source: 'classic',
    compute: meanOf(
      ({ p, y, alpha, gamma }) =>
        -(alpha * y * (1 - p) ** gamma * Math.log(p)) -
        (1 - alpha) * (1 - y) * p ** gamma * Math.log(1 - p),
    ),
  },
  'gamma a factor instead of a power': {
    source: 'classic',
    compute: meanOf(
      ({ p, y, alpha, gamma }) =>
        -weighted(alpha * y, (1 - p) * gamma, Math.log(p)) -
        weighted((1 - alpha) * (1 - y), p * gamma, Math.log1p(-p)),
    ),
  },
  'power of a mean cross-entropy': {
    source: 'classic',
    compute: (x) => {
      const cost = meanOf(crossEntropy)(x);
      return (x.alpha ?? 0.25) * (1 - Math.exp(-cost)) ** (x.gamma ?? 2) * cost;
    },
  },
  'gamma cut to an integer': {
    source: 'classic',
    compute: ({ gamma = 2, ...x }) => focalLoss({ ...x, gamma: Math.trunc(gamma) }),
  },
  'nothing charged within 0.01 of the class': {
    source: 'classic',
    compute: meanOf((terms) => (Math.abs(terms.p - terms.y) < 0.01 ? 0 : focal(terms))),
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: meanOf((terms, i) => (i < 32 ? focal(terms) : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: meanOf(({ p, ...terms }) => Math.fround(focal({ ...terms, p: Math.fround(p) }))),
  },
  'targets repeated until they fit': {
    source: 'classic',
    unguarded: true,
    compute: ({ probability, target, alpha = 0.25, gamma = 2 }) =>
      average(probability, probability, (p, _, i) =>
        focal({ p, y: target.data[i % target.data.length]!, alpha, gamma }),
      ),
  },
  'gradient with the factor held constant': {
    source: 'classic',
    gradient: gradientOf(
      ({ p, y, alpha, gamma }) =>
        (y === 1 ? 0 : ((1 - alpha) * (1 - y) * p ** gamma) / (1 - p)) -
        (y === 0 ? 0 : (alpha * y * (1 - p) ** gamma) / p),
    ),
  },
  'gradient not divided by the number of elements': {
    source: 'classic',
    gradient: (x, cotangent) =>
      focalLossGradient(x, (cotangent as number) * x.probability.data.length),
  },
};

/** A gradient from the slope of one element's cost, before it is divided by their number. */
function gradientOf(slope: (terms: Terms) => number) {
  return (
    { probability, target, alpha = 0.25, gamma = 2 }: FocalLossInputs,
    cotangent: unknown,
  ): Gradient => ({
    probability: elementwise(
      probability,
      (p, i) =>
        ((cotangent as number) * slope({ p, y: target.data[i]!, alpha, gamma })) /
        probability.data.length,
    ),
  });
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<FocalLossInputs> = {
  'as it is written': meanOf(focal),
  'logarithm of 1 − p': meanOf(
    ({ p, y, alpha, gamma }) =>
      -weighted(alpha * y, (1 - p) ** gamma, Math.log(p)) -
      weighted((1 - alpha) * (1 - y), p ** gamma, Math.log(1 - p)),
  ),
  'powers through logarithms': meanOf(({ p, y, alpha, gamma }) => {
    const power = (logarithm: number): number => (gamma === 0 ? 1 : Math.exp(gamma * logarithm));
    return (
      -weighted(alpha * y, power(Math.log1p(-p)), Math.log(p)) -
      weighted((1 - alpha) * (1 - y), power(Math.log(p)), Math.log1p(-p))
    );
  }),
};

/** Clipped as the source document does. */
function clipped({ probability, ...x }: FocalLossInputs): FocalLossInputs {
  return {
    ...x,
    probability: elementwise(probability, (p) => Math.max(1e-15, Math.min(1 - 1e-15, p))),
  };
}

export const variants: Variants<FocalLossInputs> = {
  sum: sumVariant(focalLoss, focalLossGradient, 'probability'),
  'without class weights': {
    compute: (x) => 2 * focalLoss({ ...x, alpha: 0.5 }),
    gradient: (x, cotangent) => focalLossGradient({ ...x, alpha: 0.5 }, 2 * (cotangent as number)),
  },
  'one factor for soft targets': {
    compute: meanOf((terms) => {
      const { p, y, alpha, gamma } = terms;
      const missing = p * (1 - y) + (1 - p) * y;
      const weight = alpha * y + (1 - alpha) * (1 - y);
      return weighted(weight, missing ** gamma, crossEntropy(terms));
    }),
  },
  'probabilities clipped to 1e-15': {
    compute: (x) => focalLoss(clipped(x)),
  },
};
