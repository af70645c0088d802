import { atLeast, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variant,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type BinaryCrossEntropyInputs,
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
} from '../../src/formulas/losses/binary-cross-entropy.js';
import { log, type NDArray } from '../../src/kernel/index.js';
import {
  average,
  elementwise,
  isConvexIn,
  isNonNegative,
  probabilitiesBeside,
  sumVariant,
} from '../laws.js';

export const properties: Properties<BinaryCrossEntropyInputs> = [
  isNonNegative(),
  always('is 0 for certain predictions that come true', async (loss, { target }) => {
    const certain = elementwise(target, Math.round);
    return equal(await loss({ probability: certain, target: certain }), exactly(0));
  }),
  always('is the same with both classes exchanged', async (loss, { probability, target }) => {
    // Sixteenths, so that 1 − p is exact.
    const dyadic = elementwise(probability, (p) => Math.round(p * 16) / 16);
    const classes = elementwise(target, (y) => Math.round(y * 16) / 16);
    const other = {
      probability: elementwise(dyadic, (p) => 1 - p),
      target: elementwise(classes, (y) => 1 - y),
    };
    return equal(await loss({ probability: dyadic, target: classes }), await loss(other));
  }),
  always('is ln 2 for a prediction of one half', async (loss, { target }) =>
    equal(await loss({ probability: elementwise(target, () => 0.5), target }), exactly(Math.LN2)),
  ),
  always('is least where the prediction is the target', async (loss, x) =>
    atLeast(await loss(x), await loss({ probability: x.target, target: x.target })),
  ),
  isConvexIn('probability', probabilitiesBeside),
];

/** The mean of a loss of one probability and its target. */
function meanLoss(
  { probability, target }: BinaryCrossEntropyInputs,
  loss: (p: number, y: number, index: number) => number,
): number {
  return average(probability, target, loss);
}

/** The loss of one element, where a weight of 0 counts nothing. */
function crossEntropy(p: number, y: number): number {
  const positive = y === 0 ? 0 : y * Math.log(p);
  return -(positive + (y === 1 ? 0 : (1 - y) * Math.log1p(-p)));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<BinaryCrossEntropyInputs> = {
  '0 · ln 0 taken for NaN': {
    source: 'ml-explore/mlx#1280',
    compute: (x) => meanLoss(x, (p, y) => -(y * Math.log(p) + (1 - y) * Math.log(1 - p))),
  },
  'clipped by less than a rounding': {
    source: 'scikit-learn/scikit-learn#24315',
    compute: (x) =>
      meanLoss(x, (p, y) => {
        const clipped = Math.max(1e-17, Math.min(1 - 1e-17, p));
        return -(y * Math.log(clipped) + (1 - y) * Math.log(1 - clipped));
      }),
  },
  'negative class forgotten': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y) => (y === 0 ? 0 : -y * Math.log(p))),
  },
  'base 2 logarithm': {
    source: 'classic',
    compute: (x) => binaryCrossEntropy(x) / Math.LN2,
  },
  'classes exchanged': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y) => crossEntropy(p, 1 - y)),
  },
  'nothing charged where the prediction is the target': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y) => (p === y ? 0 : crossEntropy(p, y))),
  },
  'soft targets rounded to classes': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y) => crossEntropy(p, Math.round(y))),
  },
  'divided by the number of rows': {
    source: 'classic',
    compute: (x) => (binaryCrossEntropy(x) * x.target.data.length) / x.target.shape[0]!,
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y, i) => (i < 32 ? crossEntropy(p, y) : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: (x) => meanLoss(x, (p, y) => Math.fround(crossEntropy(Math.fround(p), y))),
  },
  'every prediction with every target': {
    source: 'ML Formulas, E000-10',
    unguarded: true,
    compute: ({ probability, target }) =>
      average(probability, probability, (p) => average(target, target, (y) => crossEntropy(p, y))),
  },
  'probabilities clipped in place': {
    source: 'classic',
    compute: (x) => {
      const loss = binaryCrossEntropy(x);
      x.probability.data.forEach((p, i) => {
        x.probability.data[i] = Math.max(1e-7, Math.min(1 - 1e-7, p));
      });
      return loss;
    },
  },
  'gradient of the logit': {
    source: 'classic',
    gradient: ({ probability, target }, cotangent) => ({
      probability: elementwise(
        probability,
        (p, i) => ((cotangent as number) * (p - target.data[i]!)) / probability.data.length,
      ),
    }),
  },
  'gradient not divided by the number of elements': {
    source: 'classic',
    gradient: (x, cotangent) =>
      binaryCrossEntropyGradient(x, (cotangent as number) * x.target.data.length),
  },
  'sign of the second term slipped': {
    source: 'Calculus for Machine Learning, E004-31',
    gradient: ({ probability, target }, cotangent) => ({
      probability: elementwise(probability, (p, i) => {
        const y = target.data[i]!;
        return (((cotangent as number) * (y - 1)) / (1 - p) - y / p) / probability.data.length;
      }),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<BinaryCrossEntropyInputs> = {
  'logarithm of 1 − p': (x) =>
    meanLoss(x, (p, y) => {
      const positive = y === 0 ? 0 : y * Math.log(p);
      return -(positive + (y === 1 ? 0 : (1 - y) * Math.log(1 - p)));
    }),
  'entropy plus divergence': (x) =>
    meanLoss(x, (p, y) => {
      const part = (of: number, to: number): number =>
        of === 0 ? 0 : of * (Math.log(of) - Math.log(to)) - of * Math.log(of);
      return part(y, p) + part(1 - y, 1 - p);
    }),
};

/** The mean slope with respect to each probability, from that of one element. */
function meanSlope(
  { probability, target }: BinaryCrossEntropyInputs,
  cotangent: number,
  slope: (p: number, y: number) => number,
): { probability: NDArray } {
  const n = probability.data.length;
  return {
    probability: elementwise(probability, (p, i) => (cotangent * slope(p, target.data[i]!)) / n),
  };
}

/** Binary cross-entropy with other logarithms, and their derivative. */
function withLogarithms(
  logarithm: (p: number) => number,
  slope: (p: number, y: number) => number,
): Variant<BinaryCrossEntropyInputs> {
  return {
    compute: (x) => meanLoss(x, (p, y) => -(y * logarithm(p) + (1 - y) * logarithm(1 - p))),
    gradient: (x, cotangent) => meanSlope(x, cotangent as number, slope),
  };
}

/** Clipped probabilities no longer move the loss. */
function clippedTo(epsilon: number): Variant<BinaryCrossEntropyInputs> {
  const clip = (p: number): number => Math.max(epsilon, Math.min(1 - epsilon, p));
  return {
    compute: ({ probability, target }) =>
      binaryCrossEntropy({ probability: elementwise(probability, clip), target }),
    gradient: (x, cotangent) =>
      meanSlope(x, cotangent as number, (p, y) => (clip(p) === p ? (1 - y) / (1 - p) - y / p : 0)),
  };
}

export const variants: Variants<BinaryCrossEntropyInputs> = {
  sum: sumVariant(binaryCrossEntropy, binaryCrossEntropyGradient, 'probability'),
  'probabilities clipped to 1e-15': clippedTo(1e-15),
  'probabilities clipped to 1e-7': clippedTo(1e-7),
  'logarithms clamped at -100': withLogarithms(
    (p) => Math.max(-100, log(p)),
    // ATen declares its 1e-12 as a float, in double precision too.
    (p, y) => (p - y) / Math.max((1 - p) * p, Math.fround(1e-12)),
  ),
  '1e-7 inside the logarithms': withLogarithms(
    (p) => log(p + 1e-7),
    (p, y) => (1 - y) / (1 - p + 1e-7) - y / (p + 1e-7),
  ),
};
