import {
  atLeast,
  atMost,
  equal,
  exactly,
  minus,
  plus,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import {
  type BinaryCrossEntropyFromLogitsInputs,
  binaryCrossEntropyFromLogits,
  binaryCrossEntropyFromLogitsGradient,
} from '../../src/formulas/losses/binary-cross-entropy-from-logits.js';
import {
  average,
  changesByTheMeanAtMost,
  elementwise,
  isConvexIn,
  isNonNegative,
  sumVariant,
} from '../laws.js';

export const properties: Properties<BinaryCrossEntropyFromLogitsInputs> = [
  isNonNegative(),
  always('is the same with logits negated and classes exchanged', async (loss, x) => {
    // Sixteenths, so that 1 − y is exact.
    const target = elementwise(x.target, (y) => Math.round(y * 16) / 16);
    const mirrored = {
      logits: elementwise(x.logits, (z) => -z),
      target: elementwise(target, (y) => 1 - y),
    };
    return equal(await loss({ logits: x.logits, target }), await loss(mirrored));
  }),
  always('is ln 2 for logits of 0', async (loss, { target }) =>
    equal(await loss({ logits: elementwise(target, () => 0), target }), exactly(Math.LN2)),
  ),
  always('is at least the mean size of the logits on the wrong side', async (loss, x) =>
    atLeast(await loss(x), exactly(wrongSide(x))),
  ),
  always('exceeds the logits on the wrong side by at most ln 2', async (loss, x) =>
    atMost(await loss(x), exactly(wrongSide(x) + Math.LN2)),
  ),
  always('rises by the mean logit when every class turns negative', async (loss, { logits }) => {
    const positive = await loss({ logits, target: elementwise(logits, () => 1) });
    const negative = await loss({ logits, target: elementwise(logits, () => 0) });
    return equal(minus(negative, positive), exactly(average(logits, logits, (z) => z)));
  }),
  always('lies midway between the classes for targets of one half', async (loss, { logits }) => {
    const at = (y: number) => loss({ logits, target: elementwise(logits, () => y) });
    return equal(await at(0.5), times(plus(await at(0), await at(1)), 0.5));
  }),
  isConvexIn('logits'),
  changesByTheMeanAtMost('changes by at most the mean change of logits', 'logits'),
];

/** What the logits on the wrong side would cost if the logarithm were a plain maximum. */
function wrongSide({ logits, target }: BinaryCrossEntropyFromLogitsInputs): number {
  return average(logits, target, (z, y) => y * Math.max(0, -z) + (1 - y) * Math.max(0, z));
}

/** A mean of a cost of one logit and its target. */
function meanOf(cost: (z: number, y: number, index: number) => number) {
  return ({ logits, target }: BinaryCrossEntropyFromLogitsInputs): number =>
    average(logits, target, cost);
}

/** A gradient from the slope of one element's cost, before it is divided by their number. */
function gradientOf(slope: (z: number, y: number, count: number) => number) {
  return ({ logits, target }: BinaryCrossEntropyFromLogitsInputs, cotangent: unknown): Gradient => {
    const count = logits.data.length;
    return {
      logits: elementwise(
        logits,
        (z, i) => ((cotangent as number) * slope(z, target.data[i]!, count)) / count,
      ),
    };
  };
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** The usual stable form. */
function stable(z: number, y: number): number {
  return Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
}

/** weight · value, where a weight of 0 counts nothing. */
function weighted(weight: number, value: number): number {
  return weight === 0 ? 0 : weight * value;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<BinaryCrossEntropyFromLogitsInputs> = {
  'logarithm of the saturated sigmoid': {
    source: 'ML Formulas, E000-04',
    compute: meanOf(
      (z, y) => -weighted(y, Math.log(sigmoid(z))) - weighted(1 - y, Math.log(1 - sigmoid(z))),
    ),
  },
  'exponential that overflows': {
    source: 'classic',
    compute: meanOf((z, y) => Math.log(1 + Math.exp(z)) - z * y),
  },
  'probability clipped to 1e-15': {
    source: 'ML Formulas, E000-04',
    compute: meanOf((z, y) => {
      const p = Math.max(1e-15, Math.min(1 - 1e-15, sigmoid(z)));
      return -y * Math.log(p) - (1 - y) * Math.log(1 - p);
    }),
  },
  'sigmoid taken twice': {
    source: 'classic',
    compute: meanOf((z, y) => stable(sigmoid(z), y)),
  },
  'size of the logit forgotten in the exponential': {
    source: 'classic',
    compute: meanOf((z, y) => Math.max(z, 0) - z * y + Math.log1p(Math.exp(-z))),
  },
  'classes read as −1 and 1': {
    source: 'classic',
    compute: meanOf((z, y) => Math.max(-z * y, 0) + Math.log1p(Math.exp(-Math.abs(z * y)))),
  },
  'negative class forgotten': {
    source: 'classic',
    compute: meanOf((z, y) => weighted(y, stable(z, 1))),
  },
  'soft targets rounded to classes': {
    source: 'classic',
    compute: meanOf((z, y) => stable(z, Math.round(y))),
  },
  'logits clipped to ±30': {
    source: 'classic',
    compute: meanOf((z, y) => stable(Math.max(-30, Math.min(30, z)), y)),
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: meanOf((z, y, i) => (i < 32 ? stable(z, y) : 0)),
  },
  'in single precision': {
    source: 'classic',
    compute: meanOf((z, y) => Math.fround(stable(Math.fround(z), Math.fround(y)))),
  },
  'targets repeated until they fit': {
    source: 'classic',
    unguarded: true,
    compute: ({ logits, target }) =>
      average(logits, logits, (z, _, i) => stable(z, target.data[i % target.data.length]!)),
  },
  'gradient times the slope of the sigmoid once more': {
    source: 'classic',
    gradient: gradientOf((z, y) => (sigmoid(z) - y) * sigmoid(z) * sigmoid(-z)),
  },
  'gradient not divided by the number of elements': {
    source: 'classic',
    gradient: gradientOf((z, y, count) => (sigmoid(z) - y) * count),
  },
  'gradient through eᶻ/(1 + eᶻ), which overflows': {
    source: 'classic',
    gradient: gradientOf((z, y) => Math.exp(z) / (1 + Math.exp(z)) - y),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<BinaryCrossEntropyFromLogitsInputs> = {
  'max(z, 0) − z y + ln(1 + e^(−|z|))': meanOf(stable),
  'the plain logarithm of 1 + e^(−|z|)': meanOf(
    (z, y) => Math.max(z, 0) - z * y + Math.log(1 + Math.exp(-Math.abs(z))),
  ),
  'two log-sigmoids': meanOf((z, y) => {
    const logSigmoid = (of: number): number =>
      Math.min(of, 0) - Math.log1p(Math.exp(-Math.abs(of)));
    return -y * logSigmoid(z) - (1 - y) * logSigmoid(-z);
  }),
  '(1 − y) z − ln σ(z), as in PyTorch': meanOf(
    (z, y) => (1 - y) * z - (Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)))),
  ),
  'the larger exponential taken out, as in PyTorch before': meanOf((z, y) => {
    const largest = Math.max(-z, 0);
    return (1 - y) * z + largest + Math.log(Math.exp(-largest) + Math.exp(-z - largest));
  }),
};

export const variants: Variants<BinaryCrossEntropyFromLogitsInputs> = {
  sum: sumVariant(binaryCrossEntropyFromLogits, binaryCrossEntropyFromLogitsGradient, 'logits'),
};
