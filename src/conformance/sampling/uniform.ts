import type { Sample } from '../law.js';
import type { Inputs } from '../spec.js';
import { countBound } from './binomial.js';
import { chernoffBound, distanceBound, endBound, meanBound, squareCumulant } from './bounds.js';
import { type Agreements, agreements, type Coins, coinsOf, fairBound, together } from './coins.js';
import { distanceFromUniform } from './distance.js';
import { grainOf } from './granularity.js';
import { chains, samePlaces } from './pairs.js';
import {
  type Draws,
  FALSE_ALARMS,
  type SampleTest,
  type Sampling,
  type Statistic,
} from './sampling.js';
import type { Slack } from './slack.js';
import { drawsInWords, figure, grouped } from './words.js';

/*
 * How an initialiser is judged that draws every weight on its own from a uniform law about 0,
 * whose width hangs on the shape that is asked for.
 */

/** What the initialiser of a formula draws. */
export interface UniformLaw {
  /** Half the width of the range, at what was asked. */
  readonly limit: (inputs: Inputs) => number;
  /** `uniform on [−l, l] with l = √(6/(fan-in + fan-out))`. */
  readonly law: string;
  readonly sample: Sample;
  readonly alternatives: Readonly<Record<string, Sample>>;
}

/**
 * Far from square, so that rows and columns of more than a hundred numbers can be judged alone;
 * a kernel none of whose axes can be taken for another; and the first shape again. 8,196 draws:
 * with half of them, every listed mistake is still rejected, with a quarter some are not.
 */
const SHAPES: readonly (readonly number[])[] = [
  [16, 128],
  [128, 16],
  [3, 3, 6, 38],
  [16, 128],
];

/** The judgement of draws from a uniform law about 0. */
export function uniformSampling({ limit, ...rest }: UniformLaw): Sampling {
  return {
    ...rest,
    calls: SHAPES.map((shape) => ({ shape })),
    tests: testsOf(limit),
    standard: ({ inputs, answer }) => answer.data.map((weight) => weight / limit(inputs)),
  };
}

type Limit = UniformLaw['limit'];

function testsOf(limit: Limit): readonly SampleTest[] {
  const scaled = (draws: readonly Draws[]): readonly Scaled[] =>
    draws.map((one, call) => scaledBy(limit(one.inputs), one, call));
  const test = (
    sentence: string,
    statistics: (calls: readonly Scaled[], slack: Slack) => readonly Statistic[],
  ): SampleTest => ({
    sentence,
    statistics: (draws, slack) => statistics(scaled(draws), slack),
  });
  // First what explains the others: draws that hang together have a wrong mean as well.
  return [
    test('draws nothing beyond its limits', support),
    test('draws each number on its own', neighbours),
    test('draws anew at every call', repeats),
    test('draws all the way to its limits', ends),
    test('draws numbers whose mean is 0', means),
    test('draws numbers of the right variance', variances),
    test('draws uniformly between its limits', distributions),
    test('draws from more than a coarse grid', grains),
  ];
}

/** The draws of one call, or of all of them, over their limit, and as numbers in [0, 1]. */
interface Scaled {
  readonly of: readonly Draws[];
  readonly call: number;
  readonly limit: number;
  readonly standard: Float64Array;
  readonly uniforms: Float64Array;
}

function scaledBy(limit: number, one: Draws, call: number): Scaled {
  const standard = one.answer.data.map((weight) => weight / limit);
  return { of: [one], call, limit, standard, uniforms: uniformsOf(standard) };
}

function uniformsOf(standard: Float64Array): Float64Array {
  return standard.map((z) => Math.min(1, Math.max(0, (z + 1) / 2)));
}

/** All calls taken together: their draws have one law, over their limits. */
function pooled(calls: readonly Scaled[]): Scaled {
  const standard = Float64Array.from(calls.flatMap((call) => [...call.standard]));
  return {
    of: calls.flatMap(({ of }) => of),
    call: 0,
    limit: 1,
    standard,
    uniforms: uniformsOf(standard),
  };
}

/** Each call, because it shows which shape is wrong, and all together, because they show more. */
function eachAndAll(calls: readonly Scaled[]): readonly Scaled[] {
  return [...calls, pooled(calls)];
}

// ---- the range --------------------------------------------------------------------------

function support(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return calls.flatMap(({ of, call, limit, standard }) => {
    const beyond = standard.filter((z) => !(Math.abs(z) <= 1 + slack.relative));
    if (beyond.length === 0) return [];
    const farthest = beyond.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one));
    const range = `[${figure(-limit)}, ${figure(limit)}]`;
    return [
      {
        p: 0,
        proof: true as const,
        call,
        finding: () =>
          `${grouped(beyond.length)} of ${drawsInWords(of)} lie beyond the limits, up to ${figure(Math.abs(farthest))} times as far out`,
        expected: () => `numbers in ${range}`,
        got: () => String(farthest * limit),
      },
    ];
  });
}

function ends(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  const { of, uniforms, standard } = pooled(calls);
  const statistic = (end: 'largest' | 'smallest', reached: number, at: number): Statistic => ({
    p: endBound(uniforms.length, reached + slack.uniform),
    call: 0,
    finding: () => `the ${end} of ${drawsInWords(of)} is ${figure(at)} times the limit`,
    expected: () => (end === 'largest' ? 'close to 1' : 'close to -1'),
    got: () => figure(at),
  });
  const [largest, smallest] = [largestOf(standard), -largestOf(standard.map((z) => -z))];
  return [
    statistic('largest', (largest + 1) / 2, largest),
    statistic('smallest', (1 - smallest) / 2, smallest),
  ];
}

function largestOf(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), -Infinity);
}

// ---- moments and distribution -----------------------------------------------------------

function means(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return eachAndAll(calls).map(({ of, call, standard }) => {
    const mean = meanOf(standard, (z) => z);
    const offset = Math.max(0, Math.abs(mean) - 2 * slack.uniform);
    return {
      p: meanBound(standard.length, offset, 1 / 3),
      call,
      finding: () => `the mean of ${drawsInWords(of)} is ${figure(mean)} times the limit`,
      expected: () => 'a mean of 0',
      got: () => `${figure(mean)} times the limit`,
    };
  });
}

function variances(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return eachAndAll(calls).map(({ of, call, standard }) => {
    const square = meanOf(standard, (z) => z * z);
    // |z² − Z²| = |z − Z| |z + Z|, where z stands for an ideal Z within 2 u-units.
    const room = 2 * slack.uniform * meanOf(standard, (z) => 2 * Math.abs(z) + 2 * slack.uniform);
    const excess = Math.max(0, Math.abs(square - 1 / 3) - room);
    const nearest = 1 / 3 + Math.sign(square - 1 / 3) * excess;
    return {
      p: chernoffBound(standard.length, nearest, 1 / 3, squareCumulant),
      call,
      finding: () =>
        `the variance of ${drawsInWords(of)} is ${figure(3 * square)} times the right one`,
      expected: () => 'a third of the limit squared',
      got: () => `${figure(square)} times the limit squared`,
    };
  });
}

function meanOf(values: Float64Array, of: (value: number) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total / values.length;
}

/** The share of draws that is looked at as the tails, half of it on either side. */
const TAILS = 2 ** -5;

function distributions(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return [...distances(calls, slack), tails(pooled(calls), slack)];
}

function distances(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return eachAndAll(calls).map(({ of, call, uniforms }) => {
    const distance = distanceFromUniform(uniforms);
    return {
      p: distanceBound(uniforms.length, Math.max(0, distance - slack.uniform)),
      call,
      finding: () =>
        `the distribution of ${drawsInWords(of)} is ${figure(distance)} from the uniform one somewhere`,
      expected: () => 'as many draws in every part of the range',
      got: () => `${figure(100 * distance)} % of the draws in the wrong place`,
    };
  });
}

function tails({ of, uniforms }: Scaled, slack: Slack): Statistic {
  const within = (end: number): number => uniforms.filter((u) => u < end || u > 1 - end).length;
  const inside = within(TAILS / 2);
  const p = countBound({
    least: within(TAILS / 2 - slack.uniform),
    most: within(TAILS / 2 + slack.uniform),
    trials: uniforms.length,
    lowest: TAILS,
    highest: TAILS,
  });
  return {
    p,
    call: 0,
    finding: () => `${grouped(inside)} of ${drawsInWords(of)} lie in the outermost 32nd`,
    expected: () => `about ${grouped(Math.round(TAILS * uniforms.length))}`,
    got: () => grouped(inside),
  };
}

// ---- independence -----------------------------------------------------------------------

/** What a draw says in one bit: which side of 0 it lies on, and whether it is a large one. */
const COINS: Readonly<Record<string, (uniforms: Float64Array, slack: Slack) => Coins>> = {
  signs: (uniforms, slack) => coinsOf(uniforms, slack.uniform),
  sizes: (uniforms, slack) => coinsOf(foldedOf(uniforms), 2 * slack.uniform),
};

/** |2u − 1|, which is uniform where u is, and the same for u and 1 − u. */
function foldedOf(uniforms: Float64Array): Float64Array {
  return uniforms.map((u) => Math.abs(2 * u - 1));
}

function neighbours(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return Object.entries(COINS).flatMap(([what, toss]) => {
    const coins = calls.map(({ uniforms }) => toss(uniforms, slack));
    const families = calls.map(({ of }) => chains(of[0]!.answer.shape));
    const places = Object.keys(families[0]!.pooled);
    const lines = Object.keys(families[0]!.alone);
    return [
      ...places.map((where): Statistic => {
        const counts = together(
          coins.map((coin, call) => agreements(coin, coin, families[call]!.pooled[where]!)),
        );
        return hangTogether(what, where, counts, fairBound(counts), 0);
      }),
      ...lines.map((where): Statistic => {
        const alone = coins.flatMap((coin, call) =>
          families[call]!.alone[where]!.map((pairs) => {
            const counts = agreements(coin, coin, [pairs]);
            return { counts, call, p: fairBound(counts) };
          }),
        );
        const { counts, call, p } = alone.reduce((one, other) => (other.p < one.p ? other : one));
        // Of so many lines, the one that looks worst.
        return hangTogether(what, where, counts, Math.min(1, p * alone.length), call);
      }),
    ];
  });
}

function repeats(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  return Object.entries(COINS).flatMap(([what, toss]) => {
    const coins = calls.map(({ uniforms }) => toss(uniforms, slack));
    const between = (one: Coins, other: Coins): Agreements =>
      agreements(one, other, samePlaces(Math.min(one.bits.length, other.bits.length)));
    const inTurn = together(coins.slice(1).map((coin, call) => between(coins[call]!, coin)));
    const ofOneShape = between(coins[0]!, coins.at(-1)!);
    const last = coins.length - 1;
    return [
      hangTogether(what, 'at one place of two calls', inTurn, fairBound(inTurn), last),
      hangTogether(
        what,
        'at one place of two calls of one shape',
        ofOneShape,
        fairBound(ofOneShape),
        last,
      ),
    ];
  });
}

function hangTogether(
  what: string,
  where: string,
  { same, of }: Agreements,
  p: number,
  call: number,
): Statistic {
  return {
    p,
    call,
    finding: () =>
      `the ${what} of two draws ${where} agree in ${grouped(same)} of ${grouped(of)} pairs`,
    expected: () => 'in about half of them',
    got: () => `${grouped(same)} of ${grouped(of)}`,
  };
}

// ---- the source -------------------------------------------------------------------------

/** Far above the spacing of 23 random bits, and so small that few draws come as near by chance. */
const REACH = 2 ** -19;

function grains(calls: readonly Scaled[], slack: Slack): readonly Statistic[] {
  // Coarser formats have coarser draws, and nothing to say about their source.
  if (slack.uniform > REACH) return [];
  // Where the law is wrong, how near its draws come to one another follows from that.
  if (distances(calls, slack).some(({ p }) => p * 100 <= FALSE_ALARMS)) return [];
  const { of, uniforms } = pooled(calls);
  const statistic = (what: string, values: Float64Array, scale: number): Statistic => {
    const { near, of: trials, expected, p } = grainOf(values, scale * REACH, scale * slack.uniform);
    return {
      p,
      call: 0,
      finding: () =>
        `${grouped(near)} of ${grouped(trials)} ${what} come within ${figure(scale * REACH)} of the range of others, of ${drawsInWords(of)}`,
      expected: () => `about ${grouped(Math.round(expected))} by chance`,
      got: () => grouped(near),
    };
  };
  return [statistic('draws', uniforms, 1), statistic('sizes', foldedOf(uniforms), 2)];
}
