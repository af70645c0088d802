import { atLeast, atMost, equal, exactly } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Gradient } from '../../src/conformance/spec.js';
import {
  type SoftDiceInputs,
  softDice,
  softDiceGradient,
} from '../../src/formulas/losses/soft-dice.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, isNonNegative, isSymmetric } from '../laws.js';

export const properties: Properties<SoftDiceInputs> = [
  isNonNegative(),
  isSymmetric('probability', 'target'),
  always('is at most 1', async (loss, x) => atMost(await loss(x), exactly(1))),
  always('is 0 for two empty masks', async (loss, x) => {
    const empty = elementwise(x.target, () => 0);
    return equal(await loss({ ...x, probability: empty, target: empty }), exactly(0));
  }),
  always('is 0 where a hard mask is predicted exactly', async (loss, x) => {
    const mask = elementwise(x.target, Math.round);
    return equal(await loss({ ...x, probability: mask, target: mask }), exactly(0));
  }),
  always('is n/(n + s) where prediction and mask are complements', async (loss, x) => {
    const mask = elementwise(x.target, Math.round);
    const complement = elementwise(mask, (t) => 1 - t);
    const n = mask.data.length;
    return equal(
      await loss({ ...x, probability: complement, target: mask }),
      exactly(n / (n + (x.smoothing ?? 1))),
    );
  }),
  always('does not rise with smoothing', async (loss, x) => {
    const smoothing = x.smoothing ?? 1;
    return atLeast(await loss({ ...x, smoothing }), await loss({ ...x, smoothing: 2 * smoothing }));
  }),
  always('is the same when both masks are turned around', async (loss, x) =>
    equal(
      await loss({ ...x, probability: reversed(x.probability), target: reversed(x.target) }),
      await loss(x),
    ),
  ),
];

function reversed({ shape, data }: NDArray): NDArray {
  return { shape, data: data.slice().reverse() };
}

/** The sums that the loss is made of. */
interface Sums {
  readonly both: number;
  readonly predicted: number;
  readonly observed: number;
  readonly smoothing: number;
}

function sumsOf({ probability, target, smoothing = 1 }: SoftDiceInputs): Sums {
  let [both, predicted, observed] = [0, 0, 0];
  for (let i = 0; i < probability.data.length; i++) {
    both += probability.data[i]! * target.data[i]!;
    predicted += probability.data[i]!;
    observed += target.data[i]!;
  }
  return { both, predicted, observed, smoothing };
}

/** A loss from its sums. */
function fromSums(loss: (sums: Sums) => number) {
  return (x: SoftDiceInputs): number => loss(sumsOf(x));
}

function dice({ both, predicted, observed, smoothing }: Sums): number {
  return 1 - (2 * both + smoothing) / (predicted + observed + smoothing);
}

/** The same inputs with every array through `change`. */
function through(change: (value: number, index: number) => number) {
  return ({ probability, target, ...rest }: SoftDiceInputs): SoftDiceInputs => ({
    ...rest,
    probability: elementwise(probability, change),
    target: elementwise(target, change),
  });
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<SoftDiceInputs> = {
  'smoothing below only': {
    source: 'aim-uofa/AdelaiDet#610',
    compute: fromSums(
      ({ both, predicted, observed, smoothing }) =>
        1 - (2 * both) / (predicted + observed + smoothing),
    ),
  },
  'smoothing above doubled': {
    source: 'classic',
    compute: fromSums(
      ({ both, predicted, observed, smoothing }) =>
        1 - (2 * (both + smoothing)) / (predicted + observed + smoothing),
    ),
  },
  'intersection not doubled': {
    source: 'classic',
    compute: fromSums(
      ({ both, predicted, observed, smoothing }) =>
        1 - (both + smoothing) / (predicted + observed + smoothing),
    ),
  },
  'intersection over union, the Jaccard index': {
    source: 'classic',
    compute: fromSums(
      ({ both, predicted, observed, smoothing }) =>
        1 - (both + smoothing) / (predicted + observed - both + smoothing),
    ),
  },
  'coefficient instead of the loss': {
    source: 'classic',
    compute: fromSums((sums) => 1 - dice(sums)),
  },
  'minus the coefficient': {
    source: 'classic',
    compute: fromSums((sums) => dice(sums) - 1),
  },
  'prediction cut at one half first': {
    source: 'classic',
    compute: (x) =>
      softDice({ ...x, probability: elementwise(x.probability, (p) => (p > 0.5 ? 1 : 0)) }),
  },
  'smoothing always 1': {
    source: 'classic',
    compute: (x) => softDice({ ...x, smoothing: 1 }),
  },
  'mean of the elements by themselves': {
    source: 'classic',
    compute: ({ probability, target, smoothing = 1 }) =>
      probability.data.reduce((total, p, i) => {
        const t = target.data[i]!;
        return total + dice({ both: p * t, predicted: p, observed: t, smoothing });
      }, 0) / probability.data.length,
  },
  'means above, sums below': {
    source: 'classic',
    compute: (x) => {
      const { both, ...sums } = sumsOf(x);
      return dice({ ...sums, both: both / x.probability.data.length });
    },
  },
  'wrong where both masks are empty only': {
    source: 'classic',
    compute: fromSums((sums) => (sums.predicted + sums.observed === 0 ? 1 : dice(sums))),
  },
  'overlap of the background added': {
    source: 'classic',
    compute: (x) => 0.5 * (fromSums(dice)(x) + fromSums(dice)(through((value) => 1 - value)(x))),
  },
  'only the first 32 elements added': {
    source: 'classic',
    compute: (x) => softDice(through((value, i) => (i < 32 ? value : 0))(x)),
  },
  'in single precision': {
    source: 'classic',
    compute: (x) => Math.fround(softDice(through(Math.fround)(x))),
  },
  'mask repeated until it fits': {
    source: 'classic',
    unguarded: true,
    compute: ({ probability, target, ...rest }) =>
      fromSums(dice)({
        ...rest,
        probability,
        target: elementwise(probability, (_, i) => target.data[i % target.data.length]!),
      }),
  },
  'product written over the prediction': {
    source: 'classic',
    compute: (x) => {
      const loss = softDice(x);
      x.probability.data.forEach((p, i) => {
        x.probability.data[i] = p * x.target.data[i]!;
      });
      return loss;
    },
  },
  'gradient with the size held constant': {
    source: 'classic',
    gradient: gradientOf(
      (t, { predicted, observed, smoothing }) => (-2 * t) / (predicted + observed + smoothing),
    ),
  },
  'gradient with its sign lost': {
    source: 'classic',
    gradient: (x, cotangent) => softDiceGradient(x, -(cotangent as number)),
  },
  'gradient divided by the number of elements': {
    source: 'classic',
    gradient: (x, cotangent) =>
      softDiceGradient(x, (cotangent as number) / x.probability.data.length),
  },
};

/** A gradient from one element of the mask and the sums of all. */
function gradientOf(slope: (t: number, sums: Sums) => number) {
  return (x: SoftDiceInputs, cotangent: unknown): Gradient => {
    const sums = sumsOf(x);
    return { probability: elementwise(x.target, (t) => (cotangent as number) * slope(t, sums)) };
  };
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<SoftDiceInputs> = {
  '1 minus the ratio': fromSums(dice),
  'the difference of the sums over their size': fromSums(
    ({ both, predicted, observed, smoothing }) =>
      (predicted + observed - 2 * both) / (predicted + observed + smoothing),
  ),
};

export const variants: Variants<SoftDiceInputs> = {
  'squares below': {
    compute: (x) => {
      const squares = through((value) => value * value)(x);
      const { predicted, observed } = sumsOf(squares);
      return dice({ ...sumsOf(x), predicted, observed });
    },
  },
};
