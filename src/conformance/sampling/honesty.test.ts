import { describe, expect, it } from 'vitest';
import { type Precision, roundTo, stream } from '../../kernel/index.js';
import type { Inputs } from '../spec.js';
import { upperTail } from './binomial.js';
import { drawsBy, uniformsFrom } from './draw.js';
import { maskSampling } from './mask.js';
import { type Sampling, verdictOf } from './sampling.js';
import { slackOf } from './slack.js';
import { uniformSampling } from './uniform.js';

/*
 * That the rate of false alarms is what it is said to be. At 1e-10 no number of trials shows
 * it, so it is looked at where it can be seen: in thousands of honest samplers, figures of a
 * probability of p are no commoner than p, and verdicts at one in a hundred no commoner than that.
 */

/** Small arrays say as much about the rate as large ones: the bounds hold for every number of draws. */
const SHAPES = [
  [4, 16],
  [16, 4],
  [2, 2, 4, 4],
  [4, 16],
];

const uniform = uniformSampling({
  limit: () => 1,
  law: 'uniform',
  sample: ({ shape }, draws) => {
    const { data } = uniformsFrom(draws, shape as number[]);
    return { shape: shape as number[], data: data.map((u) => 2 * u - 1) };
  },
  alternatives: {},
});

const mask = maskSampling({
  law: 'mask',
  sample: ({ x, rate, training = true }, draws) => {
    const { shape, data } = x as { shape: number[]; data: Float64Array };
    if (!training) return { shape, data };
    const keep = 1 - (rate as number);
    return { shape, data: data.map((value) => (draws.uniform() < keep ? value / keep : 0)) };
  },
  alternatives: {},
});

interface Trials {
  readonly sampling: Sampling;
  readonly calls: readonly Inputs[];
  readonly precision?: Precision;
  readonly count: number;
}

/** The probabilities that honest samplers were given, trial by trial. */
function probabilities({ sampling, calls, precision = 'float64', count }: Trials): number[][] {
  const slack = slackOf(precision);
  return Array.from({ length: count }, (_, trial) => {
    const draws = drawsBy(sampling.sample, calls, stream(`honest/${precision}/${trial}`));
    const rounded = draws.map(({ inputs, answer: { shape, data } }) => ({
      inputs,
      answer: { shape, data: data.map((value) => roundTo(precision, value)) },
    }));
    const statistics = sampling.tests.flatMap((test) => test.statistics(rounded, slack));
    expect(statistics.filter(({ proof }) => proof)).toEqual([]);
    return statistics.map(({ p }) => p);
  });
}

/** How many successes a probability explains in nearly all sets of trials. */
function explained(count: number, p: number): number {
  let most = Math.floor(count * p);
  while (upperTail(most + 1, count, p) > 1e-4) most++;
  return most;
}

const cases: Record<string, Trials> = {
  'uniform draws': { sampling: uniform, calls: SHAPES.map((shape) => ({ shape })), count: 2000 },
  'uniform draws in float16': {
    sampling: uniform,
    calls: SHAPES.map((shape) => ({ shape })),
    precision: 'float16',
    count: 500,
  },
  masks: { sampling: mask, calls: mask.calls, count: 200 },
};

describe.each(Object.entries(cases))('of %s', (_, trials) => {
  const drawn = probabilities(trials);
  const { count } = trials;

  it.each([0.5, 0.1, 0.01])('no figure is called rarer than %d more often than that', (p) => {
    for (let figure = 0; figure < drawn[0]!.length; figure++) {
      const rare = drawn.filter((trial) => trial[figure]! <= p).length;
      expect(rare, `figure ${figure}`).toBeLessThanOrEqual(explained(count, p));
    }
  });

  it.each([0.1, 0.01])('verdicts at %d reject no more often than that', (rate) => {
    const rejected = drawn.filter((trial) => Math.min(...trial) * trial.length <= rate).length;
    expect(rejected).toBeLessThanOrEqual(explained(count, rate));
  });

  it('the rarest figure of all is no rarer than there were figures', () => {
    const figures = count * drawn[0]!.length;
    expect(Math.min(...drawn.flat())).toBeGreaterThan(1e-4 / figures);
  });
});

it('a verdict counts all figures that were looked at', () => {
  const draws = drawsBy(uniform.sample, uniform.calls, stream(1));
  const slack = slackOf('float64');
  const all = uniform.tests.flatMap((test) => test.statistics(draws, slack));
  const least = Math.min(...all.map(({ p }) => p));
  const found = (rate: number): number =>
    [...verdictOf(uniform.tests, draws, slack, rate).values()].filter(Boolean).length;
  expect(found(least * all.length * 0.999)).toBe(0);
  expect(found(least * all.length * 1.001)).toBe(1);
});
