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
import { average, elementwise, isNonNegative, sumVariant } from '../laws.js';

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
];

/** The mean of a loss of one probability and its target. */
function meanLoss(
  { probability, target }: BinaryCrossEntropyInputs,
  loss: (p: number, y: number) => number,
): number {
  return average(probability, target, loss);
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

/** Binary cross-entropy with other logarithms. */
function withLogarithms(logarithm: (p: number) => number): Variant<BinaryCrossEntropyInputs> {
  return {
    compute: (x) => meanLoss(x, (p, y) => -(y * logarithm(p) + (1 - y) * logarithm(1 - p))),
  };
}

function clippedTo(epsilon: number): Variant<BinaryCrossEntropyInputs> {
  const clip = ({ probability, target }: BinaryCrossEntropyInputs): BinaryCrossEntropyInputs => ({
    probability: elementwise(probability, (p) => Math.max(epsilon, Math.min(1 - epsilon, p))),
    target,
  });
  return { compute: (x) => binaryCrossEntropy(clip(x)) };
}

export const variants: Variants<BinaryCrossEntropyInputs> = {
  sum: sumVariant(binaryCrossEntropy, binaryCrossEntropyGradient, 'probability'),
  'probabilities clipped to 1e-15': clippedTo(1e-15),
  'probabilities clipped to 1e-7': clippedTo(1e-7),
  'logarithms clamped at -100': withLogarithms((p) => Math.max(-100, Math.log(p))),
  '1e-7 inside the logarithms': withLogarithms((p) => Math.log(p + 1e-7)),
};
