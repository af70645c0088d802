import { atLeast, atMost, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import {
  type BernoulliNegativeLikelihoodInputs,
  bernoulliNegativeLikelihood,
  bernoulliNegativeLikelihoodGradient,
} from '../../src/formulas/losses/bernoulli-negative-likelihood.js';
import { vector } from '../../src/kernel/index.js';
import { elementwise } from '../laws.js';

export const properties: Properties<BernoulliNegativeLikelihoodInputs> = [
  always('is never positive', async (loss, x) => atMost(await loss(x), exactly(0))),
  always('is never below -1', async (loss, x) => atLeast(await loss(x), exactly(-1))),
  always('is -1 for certain predictions that come true', async (loss, { target }) =>
    equal(await loss({ probability: target, target }), exactly(-1)),
  ),
  always('is 0 once a certain prediction fails', async (loss, { probability, target }) => {
    const failing = elementwise(probability, (p, i) => (i === 0 ? 1 - target.data[0]! : p));
    return equal(await loss({ probability: failing, target }), exactly(0));
  }),
  always('halves with every prediction of one half', async (loss, { target }) => {
    const half = elementwise(target, () => 0.5);
    return equal(await loss({ probability: half, target }), exactly(-(2 ** -target.data.length)));
  }),
  always('is the same with both classes exchanged', async (loss, { probability, target }) => {
    // Sixteenths, so that 1 − p is exact.
    const dyadic = elementwise(probability, (p) => Math.round(p * 16) / 16);
    const other = {
      probability: elementwise(dyadic, (p) => 1 - p),
      target: elementwise(target, (y) => 1 - y),
    };
    return equal(await loss({ probability: dyadic, target }), await loss(other));
  }),
  always('is the same in reverse order', async (loss, { probability, target }) => {
    const reversed = {
      probability: { shape: probability.shape, data: probability.data.slice().reverse() },
      target: { shape: target.shape, data: target.data.slice().reverse() },
    };
    return equal(await loss(reversed), await loss({ probability, target }));
  }),
  always('is the same with a certain observation added', async (loss, { probability, target }) => {
    const longer = {
      probability: vector(...probability.data, 1),
      target: vector(...target.data, 1),
    };
    return equal(await loss(longer), await loss({ probability, target }));
  }),
];

/** Minus the product of one factor for each element. */
function minusProductOf(factor: (p: number, y: number, index: number) => number) {
  return ({ probability, target }: BernoulliNegativeLikelihoodInputs): number =>
    -probability.data.reduce((product, p, i) => product * factor(p, target.data[i]!, i), 1);
}

/** The sum of one term for each element. */
function sumOf(term: (p: number, y: number) => number) {
  return ({ probability, target }: BernoulliNegativeLikelihoodInputs): number =>
    probability.data.reduce((total, p, i) => total + term(p, target.data[i]!), 0);
}

function likelihood(p: number, y: number): number {
  return y === 1 ? p : 1 - p;
}

function logLikelihood(p: number, y: number): number {
  return y === 1 ? Math.log(p) : Math.log1p(-p);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<BernoulliNegativeLikelihoodInputs> = {
  'logarithm not undone': {
    source: 'classic',
    compute: (x) => -sumOf(logLikelihood)(x),
  },
  'sign forgotten': {
    source: 'classic',
    compute: (x) => -bernoulliNegativeLikelihood(x),
  },
  'geometric mean instead of the product': {
    source: 'classic',
    compute: (x) => -Math.exp(sumOf(logLikelihood)(x) / x.probability.data.length),
  },
  'sum instead of the product': {
    source: 'classic',
    compute: (x) => -sumOf(likelihood)(x),
  },
  'classes exchanged': {
    source: 'classic',
    compute: minusProductOf((p, y) => likelihood(p, 1 - y)),
  },
  'negative class forgotten': {
    source: 'classic',
    compute: minusProductOf((p, y) => p ** y),
  },
  '0 · ln 0 taken for NaN': {
    source: 'classic',
    compute: (x) => -Math.exp(sumOf((p, y) => y * Math.log(p) + (1 - y) * Math.log(1 - p))(x)),
  },
  '1e-7 inside the logarithms': {
    source: 'classic',
    compute: (x) => -Math.exp(sumOf((p, y) => Math.log(likelihood(p, y) + 1e-7))(x)),
  },
  'last element left out': {
    source: 'classic',
    compute: (x) => {
      const last = x.probability.data.length - 1;
      return minusProductOf((p, y, i) => (i === last ? 1 : likelihood(p, y)))(x);
    },
  },
  'only the first 32 elements multiplied': {
    source: 'classic',
    compute: minusProductOf((p, y, i) => (i < 32 ? likelihood(p, y) : 1)),
  },
  'in single precision': {
    source: 'classic',
    compute: minusProductOf((p, y) => Math.fround(likelihood(Math.fround(p), y))),
  },
  'likelihoods written over the probabilities': {
    source: 'classic',
    compute: ({ probability, target }) => {
      probability.data.forEach((p, i) => {
        probability.data[i] = likelihood(p, target.data[i]!);
      });
      return -probability.data.reduce((product, factor) => product * factor, 1);
    },
  },
  'classes repeated until they fit': {
    source: 'classic',
    unguarded: true,
    compute: ({ probability, target }) =>
      minusProductOf((p, _, i) => likelihood(p, target.data[i % target.data.length]!))({
        probability,
        target,
      }),
  },
  'gradient through the likelihood over that of one element': {
    source: 'classic',
    gradient: gradientOf((p, y, loss) => (loss * (y - p)) / (p * (1 - p))),
  },
  'gradient without the sign of the negative class': {
    source: 'classic',
    gradient: (x, cotangent) => ({
      probability: elementwise(
        bernoulliNegativeLikelihoodGradient(x, cotangent as number).probability,
        (slope) => -(cotangent as number) * Math.abs(slope),
      ),
    }),
  },
  'gradient of the log-likelihood': {
    source: 'classic',
    gradient: gradientOf((p, y) => (y === 1 ? -1 / p : 1 / (1 - p))),
  },
};

/** A gradient from one element and the loss of all. */
function gradientOf(slope: (p: number, y: number, loss: number) => number) {
  return (x: BernoulliNegativeLikelihoodInputs, cotangent: unknown): Gradient => {
    const loss = bernoulliNegativeLikelihood(x);
    return {
      probability: elementwise(
        x.probability,
        (p, i) => (cotangent as number) * slope(p, x.target.data[i]!, loss),
      ),
    };
  };
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<BernoulliNegativeLikelihoodInputs> = {
  'with powers, as it is written': minusProductOf((p, y) => p ** y * (1 - p) ** (1 - y)),
  'exponential of the sum of logarithms': (x) => -Math.exp(sumOf(logLikelihood)(x)),
  'class by class': (x) => {
    const ofClass = (label: number): number =>
      -minusProductOf((p, y) => (y === label ? likelihood(p, y) : 1))(x);
    return -(ofClass(1) * ofClass(0));
  },
};
