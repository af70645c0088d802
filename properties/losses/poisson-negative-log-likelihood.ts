import { atLeast, equal, exactly, minus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type PoissonNegativeLogLikelihoodInputs,
  poissonNegativeLogLikelihood,
  poissonNegativeLogLikelihoodGradient,
} from '../../src/formulas/losses/poisson-negative-log-likelihood.js';
import { average, elementwise, isConvexIn, sumVariant } from '../laws.js';

export const properties: Properties<PoissonNegativeLogLikelihoodInputs> = [
  always('is least where the rate is the target', async (loss, x) =>
    atLeast(await loss(x), await loss({ ...x, rate: x.target })),
  ),
  always('adds the same when it is full, whatever the rate', async (loss, { rate, target }) => {
    const one = elementwise(rate, () => 1);
    // A rate of 0 costs infinitely much, full or not.
    const positive = elementwise(rate, (value) => (value === 0 ? 1 : value));
    const added = minus(
      await loss({ rate: positive, target, full: true }),
      await loss({ rate: positive, target, full: false }),
    );
    return equal(added, minus(await loss({ rate: one, target, full: true }), exactly(1)));
  }),
  always('adds nothing when it is full, for counts of 0 and 1', async (loss, { rate, target }) => {
    const few = elementwise(target, (count) => Math.min(count, 1));
    return equal(
      await loss({ rate, target: few, full: true }),
      await loss({ rate, target: few, full: false }),
    );
  }),
  always('is the rate where nothing is counted', async (loss, { rate }, draws) => {
    const level = draws.integer(0, 64) / 16;
    const nothing = { rate: elementwise(rate, () => level), target: elementwise(rate, () => 0) };
    return equal(await loss(nothing), exactly(level));
  }),
  always('changes by 1 − k ln 2 where a rate of 1 doubles', async (loss, { rate, target }) => {
    const at = (level: number) => loss({ rate: elementwise(rate, () => level), target });
    const change = average(target, target, (count) => 1 - count * Math.LN2);
    return equal(minus(await at(2), await at(1)), exactly(change));
  }),
  isConvexIn('rate', (rate, draws) =>
    elementwise(rate, (value) => value * draws.pick([0.25, 0.5, 1, 2, 4])),
  ),
];

/** The mean of a loss of one rate and its count. */
function meanLoss(
  loss: (rate: number, count: number, full: boolean) => number,
): (x: PoissonNegativeLogLikelihoodInputs) => number {
  return ({ rate, target, full = false }) =>
    average(rate, target, (predicted, count) => loss(predicted, count, full));
}

/** λ − k ln λ, where 0 ln 0 is 0. */
function surprise(rate: number, count: number): number {
  return count === 0 ? rate : rate - count * Math.log(rate);
}

/** ln k!, from products while they are small and from Stirling's series beyond. */
function logFactorial(count: number): number {
  if (count < 2) return 0;
  if (count < 16) {
    let product = 1;
    for (let factor = 2; factor <= count; factor++) product *= factor;
    return Math.log(product);
  }
  const inverse = 1 / (count * count);
  const tail = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / count;
  return stirling(count) + tail;
}

/** k ln k − k + ln(2πk)/2, which is ln k! but for 1/(12k). */
function stirling(count: number): number {
  return count * Math.log(count) - count + 0.5 * Math.log(2 * Math.PI * count);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<PoissonNegativeLogLikelihoodInputs> = {
  'Stirling left out where the term, not the count, is at most 1': {
    source: 'PaddlePaddle/Paddle#56733',
    compute: meanLoss((rate, count, full) => {
      const term = count === 0 ? 0 : stirling(count);
      return surprise(rate, count) + (full && term > 1 ? term : 0);
    }),
  },
  '0 · ln 0 taken for NaN': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) => rate - count * Math.log(rate) + (full ? logFactorial(count) : 0),
    ),
  },
  'rate and count exchanged': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) => surprise(count, rate) + (full ? logFactorial(count) : 0),
    ),
  },
  'rate taken for its logarithm': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) => Math.exp(rate) - count * rate + (full ? logFactorial(count) : 0),
    ),
  },
  'gamma of k for the factorial of k': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) => surprise(rate, count) + (full ? logFactorial(count - 1) : 0),
    ),
  },
  'factorial that overflows': {
    source: 'classic',
    compute: meanLoss((rate, count, full) => {
      let factorial = 1;
      for (let factor = 2; factor <= count && factorial < Infinity; factor++) factorial *= factor;
      return surprise(rate, count) + (full ? Math.log(factorial) : 0);
    }),
  },
  'factorial always added': {
    source: 'classic',
    compute: (x) => poissonNegativeLogLikelihood({ ...x, full: true }),
  },
  'deviance, half of it': {
    source: 'classic',
    compute: meanLoss((rate, count) =>
      count === 0 ? rate : rate - count + count * Math.log(count / rate),
    ),
  },
  'rate clipped to 1e-6': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) =>
        surprise(Math.max(rate, 1e-6), count) + (full ? logFactorial(count) : 0),
    ),
  },
  'base 2 logarithm': {
    source: 'classic',
    compute: meanLoss(
      (rate, count, full) =>
        (count === 0 ? rate : rate - count * Math.log2(rate)) + (full ? logFactorial(count) : 0),
    ),
  },
  'gradient without the 1': {
    source: 'classic',
    gradient: ({ rate, target }, cotangent) => ({
      rate: elementwise(rate, (value, i) => {
        const count = target.data[i]!;
        const ratio = count === 0 ? 0 : count / value;
        return (-(cotangent as number) * ratio) / rate.data.length;
      }),
    }),
  },
  'gradient of the logarithm of the rate': {
    source: 'classic',
    gradient: ({ rate, target }, cotangent) => ({
      rate: elementwise(
        rate,
        (value, i) => ((cotangent as number) * (value - target.data[i]!)) / rate.data.length,
      ),
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<PoissonNegativeLogLikelihoodInputs> = {
  "factorials from Stirling's series": meanLoss(
    (rate, count, full) => surprise(rate, count) + (full ? logFactorial(count) : 0),
  ),
  'through the base 2 logarithm': meanLoss((rate, count, full) => {
    const expected = count === 0 ? 0 : count * (Math.log2(rate) * Math.LN2);
    return rate - expected + (full ? logFactorial(count) : 0);
  }),
};

/** An epsilon inside the logarithm, and perhaps Stirling's approximation. */
function withEpsilon(epsilon: number, factorial: (count: number) => number) {
  return {
    compute: meanLoss(
      (rate, count, full) =>
        rate - count * Math.log(rate + epsilon) + (full ? factorial(count) : 0),
    ),
    gradient: ({ rate, target }: PoissonNegativeLogLikelihoodInputs, cotangent: unknown) => ({
      rate: elementwise(
        rate,
        (value, i) =>
          ((cotangent as number) * (1 - target.data[i]! / (value + epsilon))) / rate.data.length,
      ),
    }),
  };
}

/** Stirling's approximation where libraries use it: not for counts of 0 and 1. */
const maskedStirling = (count: number): number => (count > 1 ? stirling(count) : 0);

export const variants: Variants<PoissonNegativeLogLikelihoodInputs> = {
  sum: sumVariant(poissonNegativeLogLikelihood, poissonNegativeLogLikelihoodGradient, 'rate'),
  'Stirling approximation': {
    compute: meanLoss(
      (rate, count, full) => surprise(rate, count) + (full ? maskedStirling(count) : 0),
    ),
  },
  'Stirling approximation, 1e-8 inside the logarithm': withEpsilon(1e-8, maskedStirling),
  '1e-7 inside the logarithm': withEpsilon(1e-7, logFactorial),
};
