import { atLeast, atMost, equal, exactly, plus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type KlDivergenceInputs,
  klDivergence,
  klDivergenceGradient,
} from '../../src/formulas/information/kl-divergence.js';
import { isConvexInBoth, isNonNegative, isZeroWhereEqual, rowsReordered } from '../laws.js';
import {
  isTheSameInAnyOrderOfColumns,
  reshapedRows,
  rowAverage,
  rowCount,
  rowsOf,
  scaledVariant,
  total,
} from '../rows.js';

export const properties: Properties<KlDivergenceInputs> = [
  isNonNegative(),
  isZeroWhereEqual('p', 'q'),
  isTheSameInAnyOrderOfColumns('outcomes', 'p', 'q'),
  always('stays the same when an impossible outcome is added', async (divergence, x) => {
    const longer = {
      p: reshapedRows(x.p, (row) => [...row, 0]),
      q: reshapedRows(x.q, (row) => [...row, 0]),
    };
    return equal(await divergence(longer), await divergence(x));
  }),
  always('adds up over independent outcomes', async (divergence, x) => {
    // Quarters and halves: the products are exact, and their sums are no further from 1.
    const pairs = {
      p: reshapedRows(x.p, besideIndependent(0.5, 0.25, 0.25)),
      q: reshapedRows(x.q, besideIndependent(0.25, 0.5, 0.25)),
    };
    return equal(await divergence(pairs), plus(await divergence(x), exactly(0.25 * Math.LN2)));
  }),
  always('is at least half the squared distance (Pinsker)', async (divergence, x) => {
    const bound = meanOver(
      (p, q) => 0.5 * total(p.map((value, k) => Math.abs(value - q[k]!))) ** 2,
    );
    return atLeast(await divergence(x), exactly(bound(x)));
  }),
  isConvexInBoth('p', 'q', rowsReordered),
  always('never grows when two outcomes are merged', async (divergence, x) => {
    if (x.p.shape.at(-1)! < 2) return undefined;
    const merge = (row: Float64Array) => [Math.min(1, row[0]! + row[1]!), ...row.subarray(2)];
    const merged = { p: reshapedRows(x.p, merge), q: reshapedRows(x.q, merge) };
    return atMost(await divergence(merged), await divergence(x));
  }),
];

/** The joint distribution of the outcomes of a row and independent others. */
function besideIndependent(...others: number[]) {
  return (row: Float64Array): number[] =>
    [...row].flatMap((first) => others.map((second) => first * second));
}

/** The mean over rows of a divergence of one distribution from another. */
function meanOver(divergence: (p: Float64Array, q: Float64Array) => number) {
  return ({ p, q }: KlDivergenceInputs): number => {
    const others = rowsOf(q);
    return rowAverage(p, (row, i) => divergence(row, others[i]!));
  };
}

/** What the outcomes cost, one by one. */
function overOutcomes(term: (p: number, q: number) => number) {
  return (p: Float64Array, q: Float64Array): number =>
    total(p.map((value, k) => term(value, q[k]!)));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<KlDivergenceInputs> = {
  '0 · ln 0 taken for NaN': {
    source: 'TheAlgorithms/Python#14608',
    compute: meanOver(overOutcomes((p, q) => p * Math.log(p / q))),
  },
  'p and q exchanged': {
    source: 'classic',
    compute: (x) => klDivergence({ p: x.q, q: x.p }),
  },
  'entropy of p forgotten: cross-entropy': {
    source: 'loss functions (transcript), E003-04',
    compute: meanOver(overOutcomes((p, q) => (p === 0 ? 0 : -p * Math.log(q)))),
  },
  'sign lost': {
    source: 'classic',
    compute: (x) => -klDivergence(x),
  },
  'absolute value of every term': {
    source: 'classic',
    compute: meanOver(
      overOutcomes((p, q) => (p === 0 ? 0 : Math.abs(p * (Math.log(p) - Math.log(q))))),
    ),
  },
  'outcomes that q rules out left out': {
    source: 'classic',
    compute: meanOver(
      overOutcomes((p, q) => (p === 0 || q === 0 ? 0 : p * (Math.log(p) - Math.log(q)))),
    ),
  },
  'NaN dropped by the test for 0': {
    source: 'ML Formulas, E000-03',
    compute: meanOver(overOutcomes((p, q) => (p > 0 ? p * (Math.log(p) - Math.log(q)) : 0))),
  },
  '1e-10 inside the logarithm': {
    source: 'classic',
    compute: meanOver(overOutcomes((p, q) => p * Math.log((p + 1e-10) / (q + 1e-10)))),
  },
  'logarithm of q rounded to float32': {
    source: 'classic',
    compute: meanOver(
      overOutcomes((p, q) => (p === 0 ? 0 : p * (Math.log(p) - Math.fround(Math.log(q))))),
    ),
  },
  'symmetric: added to its mirror image': {
    source: 'classic',
    compute: (x) => klDivergence(x) + klDivergence({ p: x.q, q: x.p }),
  },
  'never below 0, by force': {
    source: 'classic',
    compute: meanOver(
      overOutcomes((p, q) => (p === 0 ? 0 : Math.max(0, p * (Math.log(p) - Math.log(q))))),
    ),
  },
  'q taken for logarithms, as PyTorch wants them': {
    source: 'classic',
    compute: meanOver(overOutcomes((p, q) => (p === 0 ? 0 : p * (Math.log(p) - q)))),
  },
  'gradient of the opposite sign': {
    source: 'classic',
    gradient: (x, cotangent) => klDivergenceGradient(x, -(cotangent as number)),
  },
  'gradient divided by the number of elements': {
    source: 'classic',
    gradient: (x, cotangent) => klDivergenceGradient(x, (cotangent as number) / x.p.shape.at(-1)!),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<KlDivergenceInputs> = {
  'logarithm of the quotient': meanOver(
    overOutcomes((p, q) => (p === 0 ? 0 : p * Math.log(p / q))),
  ),
  'minus the logarithm of the inverse quotient': meanOver(
    overOutcomes((p, q) => (p === 0 ? 0 : -p * Math.log(q / p))),
  ),
  'cross-entropy minus entropy': meanOver((p, q) => {
    const crossed = overOutcomes((a, b) => (a === 0 ? 0 : -a * Math.log(b)));
    return crossed(p, q) - crossed(p, p);
  }),
};

/** The divergence of distributions that are clipped to [epsilon, 1]. */
function clippedTo(epsilon: number) {
  return {
    compute: meanOver(
      overOutcomes((p, q) => {
        const [truth, belief] = [Math.max(epsilon, p), Math.max(epsilon, q)];
        return truth * Math.log(truth / belief);
      }),
    ),
  };
}

export const variants: Variants<KlDivergenceInputs> = {
  sum: scaledVariant(klDivergence, klDivergenceGradient, ({ p }) => rowCount(p)),
  'mean over elements': scaledVariant(
    klDivergence,
    klDivergenceGradient,
    ({ p }) => 1 / p.shape.at(-1)!,
  ),
  bits: scaledVariant(klDivergence, klDivergenceGradient, () => Math.LOG2E),
  'both clipped to 1e-15': clippedTo(1e-15),
  'both clipped to 1e-7': clippedTo(1e-7),
};
