import type { NDArray } from '../../kernel/index.js';
import type { Sample } from '../law.js';
import type { Inputs } from '../spec.js';
import { binomial, countBound, upperTail } from './binomial.js';
import {
  type Agreements,
  agreementBound,
  agreements,
  type Coins,
  certainBits,
  together,
} from './coins.js';
import { disjointPairs, type Neighbours, samePlaces } from './pairs.js';
import type { Draws, SampleTest, Sampling, Statistic } from './sampling.js';
import type { Slack } from './slack.js';
import { figure, grouped } from './words.js';

/*
 * How dropout is judged: it keeps each element with one probability, on its own, scaled so that
 * the mean stays, and the others become 0. An input without zeros shows the mask.
 */

/** What the dropout of a formula does. */
export interface MaskLaw {
  readonly law: string;
  readonly sample: Sample;
  readonly alternatives: Readonly<Record<string, Sample>>;
}

/** At one half alone, to keep what ought to be dropped and to scale by 1/p would be right. */
const RATES = [0.1, 0.5, 0.9];
/** With twelve, a mask that always drops the same number is not yet seen. */
const CALLS = 16;
const SHAPE: readonly number[] = [8, 32];

/**
 * No two elements equal and none 0, in eight bits of significand, so that every format holds
 * them, and far from the ends of each when they are scaled.
 */
const INPUT: NDArray = {
  shape: SHAPE,
  data: Float64Array.from({ length: 256 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + (i >> 1) / 128)),
};

/** The judgement of masks that keep each element with probability 1 − rate, and scale it. */
export function maskSampling(law: MaskLaw): Sampling {
  const x = INPUT;
  const often = RATES.flatMap((rate) => Array.from({ length: CALLS }, () => ({ x, rate })));
  return {
    ...law,
    calls: [
      ...often,
      { x, rate: 0 },
      { x, rate: 1 },
      { x, rate: 0.5, training: false },
      { x, rate: 0.9, training: false },
    ],
    tests,
    standard: ({ answer }) =>
      answer.data.map((value, i) => eighthsOfOctaves(value / INPUT.data[i]!)),
  };
}

/** A scale, coarse enough that rounding does not tell two apart; what is 0 or negative, far from all. */
function eighthsOfOctaves(scale: number): number {
  if (scale > 0) return Math.round(8 * Math.log2(scale));
  return scale === 0 ? -1e6 : -2e6;
}

/** First what explains the others: masks that hang together keep a wrong number as well. */
const tests: readonly SampleTest[] = [
  { sentence: 'keeps all at rate 0 and outside training', statistics: identities },
  { sentence: 'drops all at rate 1', statistics: nothings },
  { sentence: 'gives 0 or its input over 1 − rate', statistics: values },
  { sentence: 'drops anew at every call', statistics: byRate(repeats) },
  { sentence: 'drops each element on its own', statistics: byRate(neighbours) },
  { sentence: 'drops with a probability of rate', statistics: byRate(counts) },
  { sentence: 'drops a number that is left to chance', statistics: byRate(scatters) },
];

// ---- what is certain --------------------------------------------------------------------

const rateOf = ({ rate }: Inputs): number => rate as number;
const trains = ({ training }: Inputs): boolean => training !== false;

function identities(draws: readonly Draws[]): readonly Statistic[] {
  return draws.flatMap(({ inputs, answer }, call) => {
    if (trains(inputs) && rateOf(inputs) !== 0) return [];
    const where = trains(inputs) ? 'at rate 0' : `outside training, at rate ${rateOf(inputs)},`;
    return wrongElement(
      answer,
      call,
      where,
      (x, y) => x === y,
      (x) => `${x}`,
    );
  });
}

function nothings(draws: readonly Draws[]): readonly Statistic[] {
  return draws.flatMap(({ inputs, answer }, call) => {
    if (!trains(inputs) || rateOf(inputs) !== 1) return [];
    return wrongElement(
      answer,
      call,
      'at rate 1',
      (_, y) => y === 0,
      () => '0',
    );
  });
}

/** Roundings of the scale, of the product, and of 1 − rate, which the rate may have lost. */
function values(draws: readonly Draws[], { unit }: Slack): readonly Statistic[] {
  return draws.flatMap(({ inputs, answer }, call) => {
    const rate = rateOf(inputs);
    if (!trains(inputs) || rate === 0 || rate === 1) return [];
    const room = unit * (8 + (8 * rate) / (1 - rate));
    const isRight = (x: number, y: number): boolean => {
      const right = x / (1 - rate);
      return y === 0 || Math.abs(y - right) <= room * Math.abs(right);
    };
    const expected = (x: number): string => `0 or ${figure(x / (1 - rate))}`;
    return wrongElement(answer, call, `at rate ${figure(rate)}`, isRight, expected);
  });
}

function wrongElement(
  { data }: NDArray,
  call: number,
  where: string,
  isRight: (x: number, y: number) => boolean,
  expected: (x: number) => string,
): readonly Statistic[] {
  const at = data.findIndex((y, i) => !isRight(INPUT.data[i]!, y));
  if (at === -1) return [];
  const [x, y] = [INPUT.data[at]!, data[at]!];
  const wrong = data.filter((value, i) => !isRight(INPUT.data[i]!, value)).length;
  return [
    {
      p: 0,
      proof: true,
      call,
      finding: () =>
        `${grouped(wrong)} of ${grouped(data.length)} elements ${where} are wrong: ${x} becomes ${figure(y)}`,
      expected: () => expected(x),
      got: () => figure(y),
    },
  ];
}

// ---- what is left to chance -------------------------------------------------------------

/** The masks of one rate, and the probabilities of keeping that a coarse source may turn it into. */
interface Masks {
  readonly rate: number;
  readonly lowest: number;
  readonly highest: number;
  readonly masks: readonly Coins[];
  /** The number of the first call of this rate. */
  readonly call: number;
}

/** Statistics of each rate on its own. */
function byRate(statistics: (masks: Masks) => readonly Statistic[]): SampleTest['statistics'] {
  return (draws, slack) => {
    const rates = new Set(draws.map(({ inputs }) => rateOf(inputs)));
    return [...rates].flatMap((rate) => {
      const of = draws.filter(({ inputs }) => trains(inputs) && rateOf(inputs) === rate);
      if (of.length < CALLS) return [];
      return statistics({
        rate,
        lowest: Math.max(0, 1 - rate - slack.uniform),
        highest: Math.min(1, 1 - rate + slack.uniform),
        masks: of.map(({ answer }) => maskOf(answer)),
        call: draws.indexOf(of[0]!),
      });
    });
  };
}

/** Which elements were kept. Nothing of that is in doubt: the input has no zeros. */
function maskOf({ data }: NDArray): Coins {
  const bits = new Uint8Array(data.length);
  for (let i = 0; i < bits.length; i++) bits[i] = data[i] === 0 ? 0 : 1;
  return certainBits(bits);
}

function counts({ rate, lowest, highest, masks, call }: Masks): readonly Statistic[] {
  const trials = masks.length * INPUT.data.length;
  const kept = masks.reduce((total, mask) => total + keptOf(mask), 0);
  return [
    {
      p: countBound({ least: kept, most: kept, trials, lowest, highest }),
      call,
      finding: () =>
        `${grouped(trials - kept)} of ${grouped(trials)} elements are dropped at rate ${figure(rate)}`,
      expected: () => `about ${grouped(Math.round(trials * rate))}`,
      got: () => grouped(trials - kept),
    },
  ];
}

function keptOf({ bits }: Coins, low = 0, high = bits.length): number {
  let kept = 0;
  for (let i = low; i < high; i++) kept += bits[i]!;
  return kept;
}

/** Masks, or rows of masks, that keep the same number too often: shuffled, not drawn. */
function scatters({ rate, lowest, highest, masks, call }: Masks): readonly Statistic[] {
  const columns = SHAPE.at(-1)!;
  const rows = SHAPE[0]!;
  const statistic = (what: string, kept: readonly number[], size: number): Statistic => {
    const { value, times } = commonest(kept);
    return {
      p: samenessBound(times, kept.length, size, lowest, highest),
      call,
      finding: () =>
        `${grouped(times)} of ${grouped(kept.length)} ${what} drop exactly ${size - value} of ${size} elements at rate ${figure(rate)}`,
      expected: () => 'numbers that differ by chance',
      got: () => `${grouped(times)} times ${size - value}`,
    };
  };
  const inRows = masks.flatMap((mask) =>
    Array.from({ length: rows }, (_, row) => keptOf(mask, row * columns, (row + 1) * columns)),
  );
  return [
    statistic(
      'masks',
      masks.map((mask) => keptOf(mask)),
      INPUT.data.length,
    ),
    statistic('rows of masks', inRows, columns),
  ];
}

function commonest(values: readonly number[]): { value: number; times: number } {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const [value, most] = [...times].reduce((one, other) => (other[1] > one[1] ? other : one));
  return { value, times: most };
}

/** That any one count comes up so often: the union over all counts of the chance of each. */
function samenessBound(
  times: number,
  of: number,
  size: number,
  lowest: number,
  highest: number,
): number {
  let total = 0;
  for (let k = 0; k <= size; k++) {
    // The probability of k is largest at k/size.
    const likeliest = Math.min(highest, Math.max(lowest, k / size));
    total += upperTail(times, of, binomial(k, size, likeliest));
  }
  return Math.min(1, total);
}

/**
 * How likely independent elements agree so often. Where the rate is wrong, what follows from
 * that is not held against their independence.
 */
function pairBound({ lowest, highest, masks }: Masks): (agreed: Agreements) => number {
  const both = (keep: number): number => keep * keep + (1 - keep) * (1 - keep);
  const kept = masks.reduce((total, { share }) => total + share, 0) / masks.length;
  const shares = [both(lowest), both(highest), both(kept)];
  if (lowest <= 0.5 && highest >= 0.5) shares.push(0.5);
  return (agreed) => agreementBound(agreed, Math.min(...shares), Math.max(...shares));
}

const places: Neighbours = disjointPairs(SHAPE);
const EVERYWHERE = samePlaces(INPUT.data.length);
const FIRST_HALF = Array.from({ length: CALLS / 2 }, (_, i) => i);
const EVEN = FIRST_HALF.map((i) => 2 * i);
const ODD = FIRST_HALF.map((i) => 2 * i + 1);

function neighbours(of: Masks): readonly Statistic[] {
  const bound = pairBound(of);
  const { masks, rate, call } = of;
  const pooled = Object.entries(places.pooled).map(([where, pairs]) => {
    const agreed = together(masks.map((mask) => agreements(mask, mask, pairs)));
    return hangTogether(where, agreed, bound(agreed), rate, call);
  });
  const alone = Object.entries(places.alone).map(([where, lines]) => {
    const each = lines.map((line) => together(masks.map((mask) => agreements(mask, mask, [line]))));
    const worst = each.reduce((one, other) => (bound(other) < bound(one) ? other : one));
    return hangTogether(where, worst, Math.min(1, bound(worst) * lines.length), rate, call);
  });
  return [...pooled, ...alone];
}

/** Calls in turn, from the first and from the second, and calls far apart. */
function repeats(of: Masks): readonly Statistic[] {
  const bound = pairBound(of);
  const { masks, rate, call } = of;
  const pairs = (firsts: readonly number[], distance: number): Agreements =>
    together(
      firsts
        .filter((one) => one + distance < masks.length)
        .map((one) => agreements(masks[one]!, masks[one + distance]!, EVERYWHERE)),
    );
  const statistic = (where: string, agreed: Agreements): Statistic =>
    hangTogether(where, agreed, bound(agreed), rate, call);
  return [
    statistic('at one place of two calls', pairs(EVEN, 1)),
    statistic('at one place of two calls, the second and third', pairs(ODD, 1)),
    statistic('at one place of two calls far apart', pairs(FIRST_HALF, CALLS / 2)),
  ];
}

function hangTogether(
  where: string,
  { same, of }: Agreements,
  p: number,
  rate: number,
  call: number,
): Statistic {
  const expected = of * (rate * rate + (1 - rate) * (1 - rate));
  return {
    p,
    call,
    finding: () =>
      `two elements ${where} are both kept or both dropped in ${grouped(same)} of ${grouped(of)} pairs at rate ${figure(rate)}`,
    expected: () => `in about ${grouped(Math.round(expected))}`,
    got: () => `${grouped(same)} of ${grouped(of)}`,
  };
}
