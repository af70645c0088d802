import { type Answer, atLeast, equal, exactly, minus } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type RocCurve,
  type RocCurveInputs,
  rocCurve,
} from '../../src/formulas/metrics-ranking/roc-curve.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise, exactlyLike, taken } from '../laws.js';
import { isTheSameInAnyOrderOfRows } from '../rows.js';

const rates = ['falsePositiveRate', 'truePositiveRate'] as const;

export const properties: Properties<RocCurveInputs> = [
  always('starts at (0, 0), at a threshold that nothing exceeds', async (curve, x) => {
    const answer = await curve(x);
    const first = (name: keyof RocCurve) => taken(answer.part(name), [0]);
    return (
      equal(first('falsePositiveRate'), exactly([0])) ??
      equal(first('truePositiveRate'), exactly([0])) ??
      atLeast(first('thresholds'), exactly([Math.max(...x.score.data)]))
    );
  }),
  always('ends at (1, 1)', async (curve, x) => {
    const answer = await curve(x);
    const last = (name: keyof RocCurve) =>
      taken(answer.part(name), [answer.part(name).values.length - 1]);
    return (
      equal(last('falsePositiveRate'), exactly([1])) ??
      equal(last('truePositiveRate'), exactly([1]))
    );
  }),
  always('never turns back', async (curve, x) => {
    const answer = await curve(x);
    for (const name of rates) {
      const rate = answer.part(name);
      const places = [...rate.values.keys()];
      const steps = minus(taken(rate, places.slice(1)), taken(rate, places.slice(0, -1)));
      const back = atLeast(steps, exactlyLike(steps, 0));
      if (back !== undefined) return back;
    }
    return undefined;
  }),
  always('has the distinct scores as thresholds, from the highest down', async (curve, x) => {
    const thresholds = (await curve(x)).part('thresholds');
    const places = [...thresholds.values.keys()].slice(1);
    return equal(taken(thresholds, places), exactly(distinct(x)));
  }),
  always('has the rates of its thresholds', async (curve, x) => {
    const answer = await curve(x);
    const thresholds = answer.part('thresholds').values;
    for (const [label, name] of rates.entries()) {
      const counted = exactly(thresholds.map((threshold) => rateOf(x, label, threshold)));
      const wrong = equal(answer.part(name), counted);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }),
  always('sees only the order of the scores', async (curve, x) => {
    const order = distinct(x);
    const ranks = elementwise(x.score, (score) => -order.indexOf(score));
    return equalRates(await curve({ ...x, score: ranks }), await curve(x));
  }),
  always('crosses scores that are all equal in one step', async (curve, x) => {
    const answer = await curve({ ...x, score: elementwise(x.score, () => 0.5) });
    return (
      equal(answer.part('falsePositiveRate'), exactly([0, 1])) ??
      equal(answer.part('truePositiveRate'), exactly([0, 1]))
    );
  }),
  always('exchanges its axes with the classes', async (curve, x) => {
    const exchanged = await curve({ ...x, target: elementwise(x.target, (label) => 1 - label) });
    const answer = await curve(x);
    return (
      equal(exchanged.part('falsePositiveRate'), answer.part('truePositiveRate')) ??
      equal(exchanged.part('truePositiveRate'), answer.part('falsePositiveRate'))
    );
  }),
  always('is turned about its middle by scores of the other sign', async (curve, x) => {
    const turned = await curve({ ...x, score: elementwise(x.score, (score) => -score) });
    const answer = await curve(x);
    for (const name of rates) {
      const back = taken(turned.part(name), [...turned.part(name).values.keys()].reverse());
      const rate = answer.part(name);
      const wrong = equal(back, minus(exactlyLike(rate, 1), rate));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }),
  always('is the same when every pair is there twice', async (curve, x) =>
    equal(await curve({ target: twice(x.target), score: twice(x.score) }), await curve(x)),
  ),
  isTheSameInAnyOrderOfRows('target', 'score'),
];

/** The two rates of two curves compared; their thresholds may differ. */
function equalRates(left: Answer, right: Answer) {
  return (
    equal(left.part('falsePositiveRate'), right.part('falsePositiveRate')) ??
    equal(left.part('truePositiveRate'), right.part('truePositiveRate'))
  );
}

/** The distinct scores from the highest down. */
function distinct({ score }: RocCurveInputs): number[] {
  return [...new Set(score.data)].sort((a, b) => b - a);
}

/** The share of a class that scores at least a threshold, as the definition reads. */
function rateOf({ target, score }: RocCurveInputs, label: number, threshold: number): number {
  const ofClass = score.data.filter((_, i) => target.data[i] === label);
  return ofClass.filter((value) => value >= threshold).length / ofClass.length;
}

function twice({ data }: NDArray): NDArray {
  return { shape: [2 * data.length], data: Float64Array.from([...data, ...data]) };
}

// ---- the small change of mistakes ---------------------------------------------------------

/** Positives and negatives that score at least a threshold. */
type Row = readonly [falsePositives: number, truePositives: number, threshold: number];

/** The positions of the scores, the highest first. */
function fromTheHighest({ score: { data } }: RocCurveInputs): number[] {
  return [...data.keys()].sort((i, j) => data[j]! - data[i]!);
}

/** What is counted along an order of the elements, after those that make a point. */
function walk(
  { target, score }: RocCurveInputs,
  order: readonly number[],
  isPoint: (here: number, next: number | undefined, rank: number) => boolean,
): Row[] {
  const rows: Row[] = [[0, 0, Infinity]];
  let [falsePositives, truePositives] = [0, 0];
  order.forEach((i, rank) => {
    if (target.data[i] === 1) truePositives++;
    else falsePositives++;
    const next = order[rank + 1];
    const nextScore = next === undefined ? undefined : score.data[next]!;
    const threshold = score.data[i]!;
    if (isPoint(threshold, nextScore, rank)) rows.push([falsePositives, truePositives, threshold]);
  });
  return rows;
}

const endsTies = (here: number, next: number | undefined): boolean => here !== next;

/** The points of the right curve, as counts. */
function rightRows(x: RocCurveInputs): Row[] {
  return walk(x, fromTheHighest(x), endsTies);
}

/** A curve through counted points. */
function through({ target }: RocCurveInputs, rows: readonly Row[]): RocCurve {
  const positives = target.data.filter((label) => label === 1).length;
  const negatives = target.data.length - positives;
  return {
    falsePositiveRate: column(rows, ([falsePositives]) => falsePositives / negatives),
    truePositiveRate: column(rows, ([, truePositives]) => truePositives / positives),
    thresholds: column(rows, ([, , threshold]) => threshold),
  };
}

function column(rows: readonly Row[], value: (row: Row, index: number) => number): NDArray {
  return { shape: [rows.length], data: Float64Array.from(rows, value) };
}

/** A curve through what a mistake makes of the right points. */
function redrawn(change: (rows: Row[], x: RocCurveInputs) => readonly Row[]) {
  return (x: RocCurveInputs): RocCurve => through(x, change(rightRows(x), x));
}

/** The right curve with some of its parts replaced. */
function replaced(change: (curve: RocCurve, x: RocCurveInputs) => Partial<RocCurve>) {
  return (x: RocCurveInputs): RocCurve => {
    const curve = rocCurve(x);
    return { ...curve, ...change(curve, x) };
  };
}

/** The curve of other scores; its thresholds too. */
function ofScores(change: (score: number) => number) {
  return (x: RocCurveInputs): RocCurve => rocCurve({ ...x, score: elementwise(x.score, change) });
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<RocCurveInputs> = {
  'tied scores in their order of appearance, a point each': {
    source: 'exploratory-io/exploratory_func#1588',
    compute: (x) =>
      through(
        x,
        walk(x, fromTheHighest(x), () => true),
      ),
  },
  'tied scores with the positives first, a point each': {
    source: 'classic',
    compute: (x) => {
      const { data } = x.target;
      const order = fromTheHighest(x).sort(
        (i, j) => x.score.data[j]! - x.score.data[i]! || data[j]! - data[i]!,
      );
      return through(
        x,
        walk(x, order, () => true),
      );
    },
  },
  'tied scores repeat the point that they share': {
    source: 'classic',
    compute: redrawn(([start, ...rows], x) => [
      start!,
      ...rows.flatMap((row) =>
        [...x.score.data].filter((score) => score === row[2]).map(() => row),
      ),
    ]),
  },
  'counted up to the first of tied scores': {
    source: 'aidotse/LeakPro#465',
    compute: (x) => {
      const order = fromTheHighest(x);
      const before = (rank: number): number | undefined => x.score.data[order[rank - 1]!];
      return through(
        x,
        walk(x, order, (here, _, rank) => here !== before(rank)),
      );
    },
  },
  'ties looked for in the unsorted scores': {
    source: 'smartcorelib/smartcore#373',
    compute: (x) => {
      const { data } = x.score;
      return through(
        x,
        walk(x, fromTheHighest(x), (_here, _next, rank) => data[rank] !== data[rank + 1]),
      );
    },
  },
  'scores closer than 1e-8 taken for ties': {
    source: 'scikit-learn/scikit-learn#6688',
    compute: (x) =>
      through(
        x,
        walk(x, fromTheHighest(x), (here, next) => next === undefined || here - next > 1e-8),
      ),
  },
  'scores compared in single precision': {
    source: 'classic',
    compute: (x) => {
      const order = fromTheHighest(x);
      return through(
        x,
        walk(
          x,
          order,
          (here, next) => next === undefined || Math.fround(here) !== Math.fround(next),
        ),
      );
    },
  },
  'scores rounded to two decimals': {
    source: 'classic',
    compute: ofScores((score) => Math.round(100 * score) / 100),
  },
  'sizes of the scores ranked, not the scores': {
    source: 'classic',
    compute: ofScores(Math.abs),
  },
  'scores sorted as text': {
    source: 'classic',
    compute: (x) => {
      const text = (i: number): string => String(x.score.data[i]);
      const order = [...x.score.data.keys()].sort((i, j) => (text(i) < text(j) ? 1 : -1));
      return through(x, walk(x, order, endsTies));
    },
  },
  'comparison that answers true or false': {
    source: 'classic',
    compute: (x) => {
      const { data } = x.score;
      const order = [...data.keys()].sort((i, j) => Number(data[i]! < data[j]!));
      return through(x, walk(x, order, endsTies));
    },
  },
  'from the lowest score up': {
    source: 'classic',
    compute: (x) => through(x, walk(x, fromTheHighest(x).reverse(), endsTies)),
  },
  'what exceeds the threshold, without what equals it': {
    source: 'classic',
    compute: redrawn((rows) =>
      rows.map(([, , threshold], point): Row => {
        const [falsePositives, truePositives] = rows[Math.max(0, point - 1)]!;
        return [falsePositives, truePositives, threshold];
      }),
    ),
  },
  'no start at (0, 0)': {
    source: 'classic',
    compute: redrawn((rows) => rows.slice(1)),
  },
  'no start at (0, 0) where a negative does not come first': {
    source: 'scikit-learn/scikit-learn#9790',
    compute: redrawn((rows) => (rows[1]![0] === 0 ? rows.slice(1) : rows)),
  },
  'no end at (1, 1)': {
    source: 'biolab/orange3#5138',
    compute: redrawn((rows) => rows.slice(0, -1)),
  },
  'end at (1, 1) twice': {
    source: 'classic',
    compute: redrawn((rows) => [...rows, rows.at(-1)!]),
  },
  'rates exchanged': {
    source: 'classic',
    compute: replaced(({ falsePositiveRate, truePositiveRate }) => ({
      falsePositiveRate: truePositiveRate,
      truePositiveRate: falsePositiveRate,
    })),
  },
  'specificity for the rate of false positives': {
    source: 'classic',
    compute: replaced(({ falsePositiveRate }) => ({
      falsePositiveRate: elementwise(falsePositiveRate, (rate) => 1 - rate),
    })),
  },
  'precision for the rate of true positives': {
    source: 'classic',
    compute: replaced((_, x) => ({
      truePositiveRate: column(rightRows(x), ([falsePositives, truePositives]) =>
        truePositives === 0 ? 0 : truePositives / (truePositives + falsePositives),
      ),
    })),
  },
  'false positives as a share of what was predicted': {
    source: 'classic',
    compute: replaced((_, x) => ({
      falsePositiveRate: column(rightRows(x), ([falsePositives, truePositives]) =>
        falsePositives === 0 ? 0 : falsePositives / (truePositives + falsePositives),
      ),
    })),
  },
  'false positives as a share of all': {
    source: 'classic',
    compute: replaced((_, x) => ({
      falsePositiveRate: column(rightRows(x), ([count]) => count / x.target.data.length),
    })),
  },
  'counts for rates': {
    source: 'classic',
    compute: replaced((_, x) => ({
      falsePositiveRate: column(rightRows(x), ([count]) => count),
      truePositiveRate: column(rightRows(x), ([, count]) => count),
    })),
  },
  'an epsilon of 1e-7 in the denominators': {
    source: 'classic',
    compute: (x) => {
      const positives = x.target.data.filter((label) => label === 1).length;
      const negatives = x.target.data.length - positives;
      return {
        ...rocCurve(x),
        falsePositiveRate: column(rightRows(x), ([count]) => count / (negatives + 1e-7)),
        truePositiveRate: column(rightRows(x), ([, count]) => count / (positives + 1e-7)),
      };
    },
  },
  'thresholds from the lowest up': {
    source: 'classic',
    compute: replaced(({ thresholds }) => ({
      thresholds: { shape: thresholds.shape, data: thresholds.data.slice().reverse() },
    })),
  },
  'each threshold one point early': {
    source: 'classic',
    compute: replaced(({ thresholds }) => ({
      thresholds: elementwise(thresholds, (_, i) => thresholds.data[i + 1] ?? -Infinity),
    })),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<RocCurveInputs> = {
  'everything counted anew at each threshold': (x) => {
    const thresholds = Float64Array.of(Infinity, ...distinct(x));
    const curve = (data: Float64Array): NDArray => ({ shape: [data.length], data });
    return {
      falsePositiveRate: curve(thresholds.map((threshold) => rateOf(x, 0, threshold))),
      truePositiveRate: curve(thresholds.map((threshold) => rateOf(x, 1, threshold))),
      thresholds: curve(thresholds),
    };
  },
  'as 1 less the specificity, from the lowest score up': (x) => {
    const upwards = { ...x, score: elementwise(x.score, (score) => -score) };
    // What scores less than each threshold, the lowest threshold first.
    const below = rightRows(upwards).map(([falsePositives, truePositives]) => [
      falsePositives,
      truePositives,
    ]);
    const [negatives, positives] = below.at(-1) as [number, number];
    const rows = below
      .reverse()
      .map(
        ([lowNegatives, lowPositives], i): Row => [
          1 - lowNegatives! / negatives,
          (positives - lowPositives!) / positives,
          [Infinity, ...distinct(x)][i]!,
        ],
      );
    return {
      falsePositiveRate: column(rows, ([rate]) => rate),
      truePositiveRate: column(rows, ([, rate]) => rate),
      thresholds: column(rows, ([, , threshold]) => threshold),
    };
  },
  'by a table of the scores': (x) => {
    const table = new Map<number, [number, number]>();
    x.score.data.forEach((score, i) => {
      const counts = table.get(score) ?? [0, 0];
      counts[x.target.data[i]!]! += 1;
      table.set(score, counts);
    });
    const rows: Row[] = [[0, 0, Infinity]];
    for (const score of [...table.keys()].sort((a, b) => b - a)) {
      const [falsePositives, truePositives] = rows.at(-1)!;
      const [more, hits] = table.get(score)!;
      rows.push([falsePositives + more, truePositives + hits, score]);
    }
    return through(x, rows);
  },
};

/** Without the points between two steps that add the same, as scikit-learn drops them. */
function withoutMiddles([start, ...rows]: Row[]): readonly Row[] {
  const same = (part: 0 | 1, i: number): boolean =>
    rows[i + 1]![part] - rows[i]![part] === rows[i]![part] - rows[i - 1]![part];
  const isMiddle = (i: number): boolean => i > 0 && i < rows.length - 1 && same(0, i) && same(1, i);
  return [start!, ...rows.filter((_, i) => !isMiddle(i))];
}

function startingAt(threshold: (highest: number) => number, rows: readonly Row[]): readonly Row[] {
  return rows.map((row, i) => (i === 0 ? [0, 0, threshold(rows[1]![2])] : row));
}

const above = (highest: number): number => highest + 1;

export const variants: Variants<RocCurveInputs> = {
  'between equal steps dropped': { compute: redrawn(withoutMiddles) },
  'first threshold 1 above the highest score': {
    compute: redrawn((rows) => startingAt(above, rows)),
  },
  'between equal steps dropped, first threshold 1 above the highest score': {
    compute: redrawn((rows) => startingAt(above, withoutMiddles(rows))),
  },
  'first threshold 1': { compute: redrawn((rows) => startingAt(() => 1, rows)) },
};
