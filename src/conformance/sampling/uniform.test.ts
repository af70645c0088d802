import { describe, expect, it } from 'vitest';
import { type Precision, roundTo, type Stream, stream } from '../../kernel/index.js';
import { drawsBy, uniformsFrom } from './draw.js';
import { verdictOf } from './sampling.js';
import { slackOf } from './slack.js';
import { uniformSampling } from './uniform.js';

/** Draws on [−1/2, 1/2), each uniform number through a change. */
function sampler(change: (u: number, i: number, all: Float64Array) => number) {
  return uniformSampling({
    limit: () => 0.5,
    law: 'uniform on [−1/2, 1/2)',
    sample: ({ shape }, draws) => {
      const { data } = uniformsFrom(draws, shape as number[]);
      return { shape: shape as number[], data: data.map(change) };
    },
    alternatives: {},
  });
}

const right = sampler((u) => u - 0.5);

/** The sentences of the tests that reject, with what they found. */
function found(
  { sample, calls, tests }: typeof right,
  {
    precision = 'float64',
    draws = stream('uniform'),
  }: { precision?: Precision; draws?: Stream } = {},
): Record<string, string> {
  const rounded = drawsBy(sample, calls, draws).map(({ inputs, answer: { shape, data } }) => ({
    inputs,
    answer: { shape, data: data.map((value) => roundTo(precision, value)) },
  }));
  const verdict = verdictOf(tests, rounded, slackOf(precision));
  return Object.fromEntries(
    [...verdict].flatMap(([sentence, statistic]) =>
      statistic === undefined ? [] : [[sentence, statistic.finding()]],
    ),
  );
}

describe('uniform draws', () => {
  it('number 8,196, of four shapes, and no more than thirty-six figures are looked at', () => {
    const draws = drawsBy(right.sample, right.calls, stream(1));
    expect(draws.reduce((total, { answer }) => total + answer.data.length, 0)).toBe(8196);
    const figures = right.tests.flatMap((test) => test.statistics(draws, slackOf('float64')));
    expect(figures.length).toBe(34);
  });

  it.each(['float64', 'float32', 'float16', 'bfloat16'] as const)(
    'are acquitted in %s',
    (precision) => {
      for (let seed = 0; seed < 10; seed++) {
        expect(found(right, { precision, draws: stream(seed) })).toEqual({});
      }
    },
  );

  it.each([
    ['float32', 23],
    ['float16', 11],
    ['float16', 10],
    ['bfloat16', 8],
    ['bfloat16', 7],
  ] as const)('are acquitted in %s from %d random bits', (precision, bits) => {
    const coarse = sampler((u) => Math.floor(u * 2 ** bits) / 2 ** bits - 0.5);
    for (let seed = 0; seed < 10; seed++) {
      expect(found(coarse, { precision, draws: stream(seed) })).toEqual({});
    }
  });

  it('say what is wrong, and how wrong', () => {
    const narrow = found(sampler((u) => (u - 0.5) * Math.sqrt(2 / 3)));
    expect(Object.keys(narrow)).toEqual([
      'draws all the way to its limits',
      'draws numbers of the right variance',
      'draws uniformly between its limits',
    ]);
    expect(narrow['draws numbers of the right variance']).toMatch(
      /^the variance of 8,196 draws is 0\.6[67]\d? times the right one$/,
    );
    expect(narrow['draws all the way to its limits']).toBe(
      'the largest of 8,196 draws is 0.816 times the limit',
    );
  });

  it('of the wrong width are not told that they come from a grid, or hang together', () => {
    for (const width of [0.2, 3]) {
      const sentences = Object.keys(found(sampler((u) => (u - 0.5) * width)));
      expect(sentences).toContain('draws uniformly between its limits');
      expect(sentences).not.toContain('draws from more than a coarse grid');
      expect(sentences).not.toContain('draws each number on its own');
      expect(sentences).not.toContain('draws anew at every call');
    }
  });

  it('must not leave their range, by however little that shows', () => {
    expect(found(sampler((u) => 1.01 * (u - 0.5)))).toMatchObject({
      'draws nothing beyond its limits': expect.stringMatching(/of 2,048 draws of shape/),
    });
    expect(found(sampler((u, i) => (i === 7 ? Number.NaN : u - 0.5)))).toMatchObject({
      'draws nothing beyond its limits': expect.stringMatching(/^1 of 2,048 draws/),
    });
  });

  it('that hang together are told so, whatever else follows', () => {
    const paired = found(sampler((_, i, all) => all[i - (i % 2)]! - 0.5));
    expect(Object.keys(paired)[0]).toBe('draws each number on its own');
    expect(Object.values(paired)[0]).toMatch(
      /^the (signs|sizes) of two draws next to one another agree in 6,\d{3} of 8,192 pairs$/,
    );
  });

  it('whose sizes hang together are told so, though their signs do not', () => {
    const sizes = found(
      sampler((u, i, all) => {
        const size = Math.abs(all[i - (i % 2)]! - 0.5);
        return u < 0.5 ? -size : size;
      }),
    );
    expect(sizes['draws each number on its own']).toMatch(
      /^the sizes of two draws next to one another agree in 6,\d{3} of 8,192 pairs$/,
    );
  });

  it('that come again are told so', () => {
    const same = uniformSampling({
      ...right,
      limit: () => 0.5,
      sample: (inputs) => right.sample(inputs, stream('same')),
    });
    expect(found(same)['draws anew at every call']).toBe(
      'the signs of two draws at one place of two calls agree in 6,144 of 6,144 pairs',
    );
  });

  it('of one column only are found, though the others are independent', () => {
    const column = uniformSampling({
      ...right,
      limit: () => 0.5,
      sample: (inputs, draws) => {
        const { shape, data } = right.sample(inputs, draws) as {
          shape: number[];
          data: Float64Array;
        };
        const columns = shape.at(-1)!;
        return { shape, data: data.map((w, i) => (i % columns === 0 ? Math.abs(w) : w)) };
      },
    });
    expect(found(column)).toEqual({
      'draws each number on its own':
        'the signs of two draws below one another in one column agree in 127 of 127 pairs',
    });
  });

  it('from few random bits are found in double precision, and not held against float16', () => {
    const coarse = sampler((u) => Math.floor(u * 2 ** 15) / 2 ** 15 - 0.5);
    expect(Object.keys(found(coarse))).toEqual(['draws from more than a coarse grid']);
    expect(found(coarse, { precision: 'float16' })).toEqual({});
  });

  it.each([
    'draws all the way to its limits',
    'draws numbers whose mean is 0',
    'draws numbers of the right variance',
    'draws uniformly between its limits',
  ])('%s: a coarser format has the benefit', (sentence) => {
    const wrong = sampler((u) => 0.9 * (u - 0.47));
    const draws = drawsBy(wrong.sample, wrong.calls, stream('benefit'));
    const test = wrong.tests.find((one) => one.sentence === sentence)!;
    const [fine, coarse] = (['float64', 'bfloat16'] as const).map((precision) =>
      test.statistics(draws, slackOf(precision)).map(({ p }) => p),
    );
    coarse!.forEach((p, i) => {
      if (fine![i]! < 1) expect(p).toBeGreaterThan(fine![i]!);
    });
    expect(Math.min(...fine!)).toBeLessThan(0.1);
  });

  it('have the same verdict each time', () => {
    const wrong = sampler((u) => u * 0.5);
    expect(found(wrong)).toEqual(found(wrong));
  });
});
