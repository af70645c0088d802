import { atMost, equal, exactly, plus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type JsDivergenceInputs,
  jsDivergence,
  jsDivergenceGradient,
} from '../../src/formulas/information/js-divergence.js';
import {
  elementwise,
  isConvexInBoth,
  isNonNegative,
  isSymmetric,
  isZeroWhereEqual,
  rowsReordered,
} from '../laws.js';
import {
  isTheSameInAnyOrderOfColumns,
  reshapedRows,
  rootOf,
  rowAverage,
  rowsOf,
  scaledVariant,
  total,
} from '../rows.js';

export const properties: Properties<JsDivergenceInputs> = [
  isNonNegative(),
  isSymmetric('p', 'q'),
  isZeroWhereEqual('p', 'q'),
  isTheSameInAnyOrderOfColumns('outcomes', 'p', 'q'),
  always('never exceeds ln 2', async (divergence, x) =>
    atMost(await divergence(x), exactly(Math.LN2)),
  ),
  always('is ln 2 where no outcome is possible under both', async (divergence, x) => {
    const apart = {
      p: reshapedRows(x.p, (row) => [...row, ...row.map(() => 0)]),
      q: reshapedRows(x.q, (row) => [...row.map(() => 0), ...row]),
    };
    return equal(await divergence(apart), exactly(Math.LN2));
  }),
  always('stays the same when an impossible outcome is added', async (divergence, x) => {
    const longer = {
      p: reshapedRows(x.p, (row) => [...row, 0]),
      q: reshapedRows(x.q, (row) => [...row, 0]),
    };
    return equal(await divergence(longer), await divergence(x));
  }),
  isConvexInBoth('p', 'q', rowsReordered),
  always('never grows when two outcomes are merged', async (divergence, x) => {
    if (x.p.shape.at(-1)! < 2) return undefined;
    const merge = (row: Float64Array) => [Math.min(1, row[0]! + row[1]!), ...row.subarray(2)];
    const merged = { p: reshapedRows(x.p, merge), q: reshapedRows(x.q, merge) };
    return atMost(await divergence(merged), await divergence(x));
  }),
  always('has a root that no detour shortens', async (divergence, { p, q }, draws) => {
    const halfway = elementwise(p, (value, k) => 0.5 * value + 0.5 * q.data[k]!);
    const detour = draws.pick([halfway, rowsReordered(p, draws), rowsReordered(q, draws)]);
    const there = rootOf(await divergence({ p, q: detour }));
    const back = rootOf(await divergence({ p: detour, q }));
    return atMost(rootOf(await divergence({ p, q })), plus(there, back));
  }),
];

/** The mean over rows of a divergence between two distributions. */
function meanOver(divergence: (p: Float64Array, q: Float64Array) => number) {
  return ({ p, q }: JsDivergenceInputs): number => {
    const others = rowsOf(q);
    return rowAverage(p, (row, i) => divergence(row, others[i]!));
  };
}

/** Σ p ln(p/q), where 0 ln 0 is 0. */
function relativeEntropy(p: Float64Array, q: Float64Array): number {
  return total(p.map((value, k) => (value === 0 ? 0 : value * Math.log(value / q[k]!))));
}

/** −Σ p ln p, where 0 ln 0 is 0. */
function entropy(p: Float64Array): number {
  return -total(p.map((value) => (value === 0 ? 0 : value * Math.log(value))));
}

function halfway(p: Float64Array, q: Float64Array): Float64Array {
  return p.map((value, k) => 0.5 * (value + q[k]!));
}

/** The definition, for two rows. */
function divergenceOf(p: Float64Array, q: Float64Array): number {
  const middle = halfway(p, q);
  return 0.5 * (relativeEntropy(p, middle) + relativeEntropy(q, middle));
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<JsDivergenceInputs> = {
  '0 · ln 0 taken for NaN': {
    source: 'drostlab/philentropy#1',
    compute: meanOver((p, q) => {
      const middle = halfway(p, q);
      const to = (from: Float64Array): number =>
        total(from.map((value, k) => value * Math.log(value / middle[k]!)));
      return 0.5 * (to(p) + to(q));
    }),
  },
  'half forgotten': {
    source: 'classic',
    compute: (x) => 2 * jsDivergence(x),
  },
  'middle not halved': {
    source: 'classic',
    compute: meanOver((p, q) => {
      const sum = p.map((value, k) => value + q[k]!);
      return 0.5 * (relativeEntropy(p, sum) + relativeEntropy(q, sum));
    }),
  },
  'divergences from the middle turned round': {
    source: 'classic',
    compute: meanOver((p, q) => {
      const middle = halfway(p, q);
      return 0.5 * (relativeEntropy(middle, p) + relativeEntropy(middle, q));
    }),
  },
  'p alone': {
    source: 'classic',
    compute: meanOver((p, q) => relativeEntropy(p, halfway(p, q))),
  },
  'middle taken geometrically': {
    source: 'classic',
    compute: meanOver((p, q) => {
      const middle = p.map((value, k) => Math.sqrt(value * q[k]!));
      const share = total(middle);
      const normal = middle.map((value) => value / share);
      return 0.5 * (relativeEntropy(p, normal) + relativeEntropy(q, normal));
    }),
  },
  'average of both divergences, without a middle': {
    source: 'classic',
    compute: meanOver((p, q) => 0.5 * (relativeEntropy(p, q) + relativeEntropy(q, p))),
  },
  'mean over elements instead of rows': {
    source: 'classic',
    compute: (x) => jsDivergence(x) / x.p.shape.at(-1)!,
  },
  '1e-10 inside the logarithms': {
    source: 'classic',
    compute: meanOver((p, q) => {
      const middle = halfway(p, q);
      const to = (from: Float64Array): number =>
        total(from.map((value, k) => value * Math.log((value + 1e-10) / (middle[k]! + 1e-10))));
      return 0.5 * (to(p) + to(q));
    }),
  },
  'computed in float32': {
    source: 'classic',
    compute: meanOver((p, q) => Math.fround(divergenceOf(p, q))),
  },
  'rows added up before they are compared': {
    source: 'classic',
    compute: ({ p, q }) => {
      const columns = p.shape.at(-1)!;
      const pooled = (rows: readonly Float64Array[]): Float64Array =>
        Float64Array.from({ length: columns }, (_, k) =>
          total(rows.map((row) => row[k]! / rows.length)),
        );
      return divergenceOf(pooled(rowsOf(p)), pooled(rowsOf(q)));
    },
  },
  'difference of entropies next to equality': {
    source: 'classic',
    strict: true,
    compute: meanOver((p, q) => entropy(halfway(p, q)) - 0.5 * (entropy(p) + entropy(q))),
  },
  'gradient as if the middle stood still': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { p, q } = jsDivergenceGradient(x, cotangent as number);
      const rows = x.p.data.length / x.p.shape.at(-1)!;
      const more = (slope: number): number => slope + (0.5 * (cotangent as number)) / rows;
      return { p: elementwise(p, more), q: elementwise(q, more) };
    },
  },
  'gradients of p and q exchanged': {
    source: 'classic',
    gradient: (x, cotangent) => {
      const { p, q } = jsDivergenceGradient(x, cotangent as number);
      return { p: q, q: p };
    },
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<JsDivergenceInputs> = {
  'as it is defined': meanOver(divergenceOf),
  'entropy of the middle minus the mean entropy': meanOver(
    (p, q) => entropy(halfway(p, q)) - 0.5 * (entropy(p) + entropy(q)),
  ),
  'ln 2 plus what the shares of each outcome say': meanOver(
    (p, q) =>
      Math.LN2 +
      0.5 *
        total(
          p.map((value, k) => {
            const both = value + q[k]!;
            const share = (of: number): number => (of === 0 ? 0 : of * Math.log(of / both));
            return share(value) + share(q[k]!);
          }),
        ),
  ),
};

export const variants: Variants<JsDivergenceInputs> = {
  bits: scaledVariant(jsDivergence, jsDivergenceGradient, () => Math.LOG2E),
  distance: {
    compute: meanOver((p, q) => Math.sqrt(Math.max(0, divergenceOf(p, q)))),
  },
  'both clipped to 1e-15': {
    compute: meanOver((p, q) => {
      const clip = (row: Float64Array): Float64Array => row.map((value) => Math.max(1e-15, value));
      const middle = clip(halfway(p, q));
      return 0.5 * (relativeEntropy(clip(p), middle) + relativeEntropy(clip(q), middle));
    }),
  },
};
