import { describe, expect, it } from 'vitest';
import { type NDArray, type Precision, roundTo, stream } from '../../kernel/index.js';
import { drawsBy } from './draw.js';
import { maskSampling } from './mask.js';
import { type Draws, verdictOf } from './sampling.js';
import { slackOf } from './slack.js';

type Answer = (asked: {
  readonly x: Float64Array;
  readonly rate: number;
  readonly training: boolean;
  readonly u: () => number;
  readonly call: number;
}) => (value: number, i: number) => number;

function masks(answer: Answer, seed: string | number = 'mask'): readonly Draws[] {
  let call = 0;
  const sampling = maskSampling({
    law: 'mask',
    alternatives: {},
    sample: ({ x, rate, training = true }, draws) => {
      const { shape, data } = x as NDArray;
      const asked = {
        x: data,
        rate: rate as number,
        training: training as boolean,
        u: () => draws.uniform(),
        call: call++,
      };
      return { shape, data: data.map(answer(asked)) };
    },
  });
  return drawsBy(sampling.sample, sampling.calls, stream(seed));
}

const { tests } = maskSampling({ law: '', alternatives: {}, sample: () => 0 });

function found(draws: readonly Draws[], precision: Precision = 'float64'): Record<string, string> {
  const rounded = draws.map(({ inputs, answer: { shape, data } }) => ({
    inputs,
    answer: { shape, data: data.map((value) => roundTo(precision, value)) },
  }));
  return Object.fromEntries(
    [...verdictOf(tests, rounded, slackOf(precision))].flatMap(([sentence, statistic]) =>
      statistic === undefined ? [] : [[sentence, statistic.finding()]],
    ),
  );
}

const right: Answer =
  ({ rate, training, u }) =>
  (value) =>
    training ? (u() >= rate ? value / (1 - rate) : 0) : value;

describe('masks', () => {
  it('are asked for in 52 calls, and 39 figures of them are looked at', () => {
    const draws = masks(right);
    expect(draws.length).toBe(52);
    expect(tests.flatMap((test) => test.statistics(draws, slackOf('float64'))).length).toBe(39);
  });

  it('are taken from inputs that show them: different, not 0, and held by every format', () => {
    const { data } = masks(right)[0]!.inputs.x as NDArray;
    expect(new Set(data).size).toBe(data.length);
    expect(data.every((x) => x !== 0 && roundTo('bfloat16', x) === x)).toBe(true);
  });

  it.each(['float64', 'float32', 'float16', 'bfloat16'] as const)(
    'are acquitted in %s',
    (precision) => {
      for (let seed = 0; seed < 10; seed++)
        expect(found(masks(right, seed), precision)).toEqual({});
    },
  );

  it('from 8 random bits are acquitted in bfloat16', () => {
    const coarse: Answer =
      ({ rate, training, u }) =>
      (value) =>
        training ? (Math.floor(u() * 256) / 256 >= rate ? value / (1 - rate) : 0) : value;
    for (let seed = 0; seed < 10; seed++)
      expect(found(masks(coarse, seed), 'bfloat16')).toEqual({});
  });

  it('say which element is wrong, and at which rate', () => {
    const unscaled: Answer =
      ({ rate, training, u }) =>
      (value) =>
        training ? (u() >= rate ? value : 0) : value;
    const findings = found(masks(unscaled));
    expect(Object.keys(findings)).toEqual(['gives 0 or its input over 1 − rate']);
    expect(Object.values(findings)[0]).toMatch(
      /^2\d\d of 256 elements at rate 0\.1 are wrong: (-?\d[.\d]*) becomes -?\d[.\d]*$/,
    );
  });

  it('leave what is certain to no chance', () => {
    const always: Answer =
      ({ rate, u }) =>
      (value) =>
        u() >= rate ? value / (1 - rate) : 0;
    expect(Object.keys(found(masks(always)))).toEqual(['keeps all at rate 0 and outside training']);
    const nan: Answer = (asked) => (value, i) =>
      asked.rate === 1 ? Number.NaN : right(asked)(value, i);
    expect(found(masks(nan))).toEqual({
      'drops all at rate 1': '256 of 256 elements at rate 1 are wrong: 1 becomes NaN',
    });
  });

  it('that drop too few are counted', () => {
    const few: Answer =
      ({ rate, training, u }) =>
      (value) =>
        training ? (u() >= rate * (rate < 1 ? 0.7 : 1) ? value / (1 - rate) : 0) : value;
    expect(found(masks(few))).toEqual({
      'drops with a probability of rate': expect.stringMatching(
        /^2,5\d\d of 4,096 elements are dropped at rate 0\.9$/,
      ),
    });
  });

  it('that come again are told so', () => {
    const same: Answer = (asked) => {
      const draws = stream('same');
      return right({ ...asked, u: () => draws.uniform() });
    };
    expect(Object.keys(found(masks(same)))[0]).toBe('drops anew at every call');
    // Every call but the last is answered by the one before.
    let latest = stream(0);
    const twice: Answer = (asked) => {
      latest = stream(`twice/${Math.floor(asked.call / 2)}`);
      const draws = latest;
      return right({ ...asked, u: () => draws.uniform() });
    };
    expect(Object.keys(found(masks(twice)))).toContain('drops anew at every call');
  });

  it('that come again from the second call on are told so', () => {
    const late: Answer = (asked) => {
      const draws = stream(`late/${Math.ceil(asked.call / 2)}`);
      return right({ ...asked, u: () => draws.uniform() });
    };
    expect(found(masks(late))['drops anew at every call']).toMatch(
      /^two elements at one place of two calls, the second and third are both kept or both dropped in 1,792 of 1,792 pairs/,
    );
  });

  it('have the benefit of a coarse source, whether they keep too many or too few', () => {
    const [, , , , , counted] = tests;
    expect(counted!.sentence).toBe('drops with a probability of rate');
    for (const change of [0.95, 1.05]) {
      const biased: Answer =
        ({ rate, training, u }) =>
        (value) =>
          training ? (u() >= rate * change ? value / (1 - rate) : 0) : value;
      const draws = masks(biased);
      const [fine, coarse] = (['float64', 'bfloat16'] as const).map((precision) =>
        counted!.statistics(draws, slackOf(precision)).map(({ p }) => p),
      );
      expect(coarse!.length).toBe(3);
      coarse!.forEach((p, i) => {
        if (fine![i]! < 1) expect(p).toBeGreaterThan(fine![i]!);
      });
    }
  });

  it('of the second half that repeat the first are told so', () => {
    const half: Answer = (asked) => {
      const draws = stream(`half/${asked.call % 8}`);
      return right({ ...asked, u: () => draws.uniform() });
    };
    expect(Object.keys(found(masks(half)))).toContain('drops anew at every call');
  });

  it('that drop a fixed number of each row are told so', () => {
    const fixed: Answer = (asked) => {
      const order = new Map<number, number>();
      for (let row = 0; row < 8; row++) {
        const ranks = Array.from({ length: 32 }, (_, i) => ({ i, u: asked.u() }));
        ranks.sort((a, b) => a.u - b.u);
        for (const [rank, { i }] of ranks.entries()) order.set(32 * row + i, (rank + 0.5) / 32);
      }
      return (value, i) => right({ ...asked, u: () => order.get(i)! })(value, i);
    };
    expect(found(masks(fixed))).toEqual({
      'drops a number that is left to chance':
        '128 of 128 rows of masks drop exactly 16 of 32 elements at rate 0.5',
    });
  });

  it('that hang together in one column alone are told so', () => {
    const column: Answer = (asked) => {
      const kept = asked.u();
      return (value, i) => {
        const u = asked.u();
        return right({ ...asked, u: () => (i % 32 === 5 ? kept : u) })(value, i);
      };
    };
    expect(found(masks(column))).toEqual({
      'drops each element on its own': expect.stringMatching(
        /^two elements below one another in one column are both kept or both dropped in 64 of 64 pairs at rate 0\.5$/,
      ),
    });
  });
});
