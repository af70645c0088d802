import { describe, expect, test } from 'vitest';
import { type NDArray, type Precision, vector } from '../kernel/index.js';
import { checksOf } from './checks.js';
import { diagnose } from './diagnose.js';
import { counting, explained, sentenceFor, wrongWhere, xOf } from './diagnoses.fixture.js';
import { exchangesOf } from './exchanges.js';
import {
  type Changes,
  scaledSum,
  scaledSumOf,
  sessionOf,
  subjectWith,
} from './formulas.fixture.js';
import type { Diagnosis } from './report.js';
import type { Inputs, Value } from './spec.js';
import { traitsOf } from './traits.js';

describe('what wrong answers have in common', () => {
  const wild = (inputs: Inputs, i: number): number => {
    const right = scaledSumOf(inputs);
    return (Number.isFinite(right) ? right : 0) + 1 + i * i;
  };
  const common = (wrong: readonly Inputs[], right: readonly Inputs[], changes: Changes = {}) => {
    const answers = [
      ...right.map((inputs) => [inputs, scaledSumOf(inputs)] as const),
      ...wrong.map((inputs, i) => [inputs, wild(inputs, i)] as const),
    ];
    const [{ name }] = explained(answers, {}, changes) as [Diagnosis];
    return name;
  };
  const xs = (...data: number[][]): Inputs[] => data.map((x) => ({ x: vector(...x) }));

  test.each<[string, number[][], number[][]]>([
    ['holds an infinity', [[Infinity], [1, -Infinity]], [[1], [2, -1], [0]]],
    ['holds a negative element', [[-1], [-2, 3]], [[0], [1], [2, 0]]],
    ['holds a positive element', [[1], [2, -1]], [[0], [-1], [-3, 0]]],
    [
      'has at most 2 elements',
      [[1], [2, 3]],
      [
        [1, 2, 3],
        [3, 1, 2, 5],
      ],
    ],
    ['reaches a size of at most 0.5', [[0.5], [0.25]], [[1], [3]]],
    ['reaches a size of at most 1e-320', [[1e-320], [5e-321]], [[1], [2]]],
    // Rounded so that the sentence stays true.
    ['reaches a size of at least 0.123', [[0.12345], [5]], [[0.1], [0.01]]],
    ['reaches a size of at most 0.124', [[0.12345], [0.01]], [[0.2], [5]]],
    ['reaches a size of at least 1230', [[1234.5], [5000]], [[1000], [1]]],
    [
      'reaches a size of at most 0',
      [[0], [0, 0]],
      [
        [0, 5],
        [0, 7],
      ],
    ],
  ])('x %s', (what, wrong, right) => {
    expect(common(xs(...wrong), xs(...right))).toBe(`wrong only where x ${what}`);
  });

  test('may be an array that is given, or one that is left out', () => {
    const x = { kind: 'real', shape: 'any' } as const;
    const changes: Changes = {
      spec: { inputs: { x, mask: { ...x, shape: 'x', optional: true } } },
    };
    const plain = xs([1], [-2, 3], [4]);
    const masked = plain.map((inputs) => ({ ...inputs, mask: inputs.x! }));
    expect(common(masked, plain, changes)).toBe('wrong only where mask is given');
    expect(common(plain, masked, changes)).toBe('wrong only where mask is left out');
    expect(common([...plain, masked[0]!], masked.slice(1), changes)).toBe(
      'wrong for 4 of 6 inputs',
    );
  });

  test('may be answered rightly by chance once for five times', () => {
    const wrong = xs([-1], [-2], [-3], [-4], [-5]);
    expect(common(wrong, xs([-2.5], [1], [2]))).toBe('wrong only where x holds a negative element');
    expect(common(wrong, xs([-2.5], [-3.5], [1], [2]))).toBe('wrong for 5 of 9 inputs');
    // And for no more than half of the right ones.
    expect(common(wrong, xs([-2.5], [1]))).toBe('wrong only where x holds a negative element');
    expect(common(wrong, xs([-2.5]))).toBe('wrong for 5 of 6 inputs');
  });

  test('may be shared by more right ones, if wrong ones would hardly share it by chance', () => {
    const said = (wrong: number, shared: number, others: number): string => {
      const filled = (count: number, sign: number): number[][] =>
        Array.from({ length: count }, (_, i) => [sign * (i % 2 === 0 ? 0.5 : 50), 100]);
      const away = xs(...filled(shared, -1), ...filled(others, 1));
      return common(xs(...filled(wrong, -1)), away);
    };
    const negative = 'wrong only where x holds a negative element';
    expect(said(5, 1, 9)).toBe(negative);
    expect(said(5, 2, 8)).toBe(`${negative}, for 5 of 7 such inputs`);
    // By chance all five would share it with 3 of 10 once in 411 times.
    expect(said(5, 3, 7)).toBe('wrong for 5 of 15 inputs');
    expect(said(3, 1, 9)).toBe('wrong for 3 of 13 inputs');
    expect(said(1, 1, 999)).toBe('wrong for 1 of 1001 inputs');
    expect(said(20, 6, 6)).toBe(`${negative}, for 20 of 26 such inputs`);
    expect(said(20, 7, 5)).toBe('wrong for 20 of 32 inputs');
  });

  test('is the rarest among the right ones, where several are as good', () => {
    const wrong = Array.from({ length: 10 }, (_, i) => [-1, 5 + i]);
    const ordinary = Array.from({ length: 14 }, (_, i) => [i / 100, 0.5]);
    const right = [[-1, 9], [-1, 10], [-1, 11], [-1, 12], [-1, 0.5], [-1, 0.25], ...ordinary];
    expect(common(xs(...wrong), xs(...right))).toBe(
      'wrong only where x reaches a size of at least 5, for 10 of 14 such inputs',
    );
  });

  test('is that there are infinities, but no size that is infinite', () => {
    const infinite = Array.from({ length: 5 }, (_, i) => [Infinity, i]);
    const right = [[Infinity, Number.NaN], [Infinity, Number.NaN], [1], [2], [3], [4], [5], [6]];
    expect(common(xs(...infinite), xs(...right))).toBe(
      'wrong only where x holds an infinity, for 5 of 7 such inputs',
    );
    const missing = Array.from({ length: 12 }, () => [Infinity, Number.NaN]);
    expect(common(xs(...infinite), xs(...missing, [1, 2], [2, 3]))).toBe(
      'wrong for 5 of 19 inputs',
    );
  });

  test('is that an option is not its default', () => {
    const given = (factor: number): Inputs => ({ x: vector(1), factor });
    expect(common([given(3), given(5)], [given(2), { x: vector(1) }])).toBe(
      'wrong only where factor is not its default',
    );
  });

  test('is that two arrays are equal somewhere', () => {
    const inputs = {
      x: { kind: 'real', shape: 'any' },
      y: { kind: 'real', shape: 'x' },
    } as const;
    const pair = (x: number[], y: number[]): Inputs => ({ x: vector(...x), y: vector(...y) });
    const right = [pair([1, 2], [2, 1]), pair([3], [1]), pair([9, 1], [1, 7])];
    const wrong = [pair([1, 2], [1, 5]), pair([3], [3]), pair([8, 2], [1, 2])];
    expect(common(wrong, right, { spec: { inputs } })).toBe(
      'wrong only where x and y are equal somewhere',
    );
    // The first call is not blamed where one of its arrays was special.
    const odd = pair([1, 2], [Number.NaN, 5]);
    const later = Array.from({ length: 6 }, (_, i) => pair([i + 1, i], [i, i + 3]));
    const first = [[odd, 100], ...later.map((x) => [x, scaledSumOf(x)] as const)] as const;
    expect(explained(first, {}, { spec: { inputs } })).toMatchObject([
      { name: 'wrong only where y holds NaN' },
    ]);
  });

  test('is that they came first, if five right ones follow and nothing was special', () => {
    const after = (first: Inputs, count: number): string[] =>
      explained([
        [first, 100],
        ...counting(count).map((inputs) => [inputs, scaledSumOf(inputs)] as const),
      ]).map(({ name }) => name);
    const first = { x: vector(3, 3), factor: 3 };
    expect(after(first, 5)).toEqual(['wrong only the first time that it is asked']);
    expect(after(first, 4)).toEqual(['wrong only where elements of x are tied']);
    expect(after({ x: vector(1, Number.NaN) }, 6)).toEqual(['wrong only where x holds NaN']);
  });
});

describe('traits of a mistake that nobody knows', () => {
  test.each<[string, (inputs: Inputs) => number]>([
    ['wrong only where x holds NaN', (x) => (xOf(x).some(Number.isNaN) ? 0 : scaledSumOf(x))],
    ['wrong only where x holds a zero', wrongWhere((x) => x.includes(0))],
    ['wrong only where x holds a negative element', wrongWhere((x) => x.some((v) => v < 0))],
    ['wrong only where elements of x are tied', wrongWhere((x) => new Set(x).size < x.length)],
    ['wrong only where factor is left out', wrongWhere((_, { factor }) => factor === undefined)],
    ['wrong only where factor is 0', (x) => scaledSumOf(x) + (x.factor === 0 ? 1 : 0)],
  ])('%s', async (sentence, compute) => {
    expect(await sentenceFor(compute)).toBe(sentence);
  });

  test('wrong only above a size, which is told so that it is true', async () => {
    const sentence = await sentenceFor(wrongWhere((x) => x.some((v) => Math.abs(v) > 500)));
    const size = Number(
      /^wrong only where x reaches a size of at least (\S+)$/.exec(sentence)?.[1],
    );
    expect(size).toBeGreaterThan(495);
    const long = await sentenceFor(wrongWhere((x) => x.length >= 20));
    expect(long).toMatch(/^wrong only where x has at least 2\d elements$/);
  });

  test('wrong only the first time that it is asked', async () => {
    let calls = 0;
    const cold = (x: Inputs): number => scaledSumOf(x) + (calls++ === 0 ? 1 : 0);
    expect(await sentenceFor(cold)).toBe('wrong only the first time that it is asked');
  });

  test('every answer is wrong, when nothing more can be said', async () => {
    let calls = 0;
    const wild = (x: Inputs): number => scaledSumOf(x) * 1.7 + Math.sin(calls++) + 10;
    expect(await sentenceFor((x) => (xOf(x).some(Number.isNaN) ? 0 : wild(x)))).toBe(
      'every answer is wrong',
    );
  });

  test('how many are wrong, when nothing is shared', async () => {
    let calls = 0;
    const sometimes = (x: Inputs): number => scaledSumOf(x) + (calls++ % 3 === 0 ? calls : 0);
    expect(await sentenceFor(sometimes)).toMatch(/^wrong for \d+ of 101 inputs$/);
  });

  test('no factor is claimed that leaves one answer wrong', async () => {
    const nearly = (x: Inputs): number => (xOf(x).length === 64 ? 5 : 3) * scaledSumOf(x);
    expect(await sentenceFor(nearly)).not.toContain('times');
    const shifted = (x: Inputs): number => scaledSumOf(x) + (xOf(x).length === 64 ? 5 : 0.5);
    expect(await sentenceFor(shifted)).not.toContain('off by');
  });

  test('a claim is true of every wrong answer, beyond the first two hundred too', async () => {
    const session = sessionOf(
      scaledSum(),
      subjectWith((x) => scaledSumOf(x) + (xOf(x).length === 64 ? 1 : 0)),
    );
    const [check] = checksOf(session).filter(({ kind }) => kind === 'agreement');
    const sizes = Array.from({ length: 400 }, (_, run) => session.inputsOf(run, false));
    const plain = sizes.filter((x) => xOf(x).length < 64 && xOf(x).every(Number.isFinite));
    const telling = sizes.filter(
      (x) => xOf(x).length === 64 && xOf(x).every((v) => Math.abs(v) < 1e3),
    );
    for (const inputs of [...plain.slice(0, 250), ...telling])
      await check!.examine(session, inputs, 0);
    const [{ name, agrees }] = diagnose(session) as [Diagnosis];
    expect(agrees).toBeGreaterThan(3);
    expect(name).toBe('wrong only where x has at least 64 elements');
  });
});

describe('which elements are wrong', () => {
  const elementwise: Changes = {
    spec: {
      inputs: { x: { kind: 'real', shape: 'any' } },
      output: { kind: 'real', shape: 'x' },
    },
    reference: (inputs) => ({
      shape: (inputs.x as NDArray).shape,
      data: (inputs.x as NDArray).data,
    }),
  };
  /** What is said where `isWrong` elements are answered with NaN, in arrays of many sizes. */
  const said = (
    isWrong: (value: number, index: number) => boolean,
    changes: Changes = elementwise,
    xs: readonly (readonly number[])[] = arrays,
  ): string => {
    const answers = xs.map((x) => {
      const answer = vector(...x.map((value, i) => (isWrong(value, i) ? Number.NaN : value)));
      return [{ x: vector(...x) }, answer] as const;
    });
    return explained(answers, {}, changes)[0]!.name;
  };
  /** In each of them there are all kinds of elements, so that no feature of inputs tells. */
  const arrays = Array.from({ length: 8 }, (_, k) =>
    Array.from({ length: 31 }, (_, i) => (i - 15) * 0.5 + (i === 15 ? 0.125 : 0) + k / 256),
  );

  test.each<[string, (value: number, index: number) => boolean]>([
    ['of x of at most -2.99', (value) => value < -3 + 1 / 128],
    ['of x of at least 2', (value) => value >= 2],
    ['of x from 1 to 1.53', (value) => value >= 1 && value < 1.53],
    ['of x from -2 to 1.03', (value) => value >= -2 && value < 1.25],
    ['of x of at least 4.97 in size', (value) => Math.abs(value) > 4.6],
    ['of x from 2.97 to 3.53 in size', (value) => Math.abs(value) > 2.9 && Math.abs(value) < 3.6],
    ['at places of at least 30', (_, index) => index > 28 || (index > 28 && index < 0)],
  ])('those %s', (what, isWrong) => {
    const shuffled = what.startsWith('at')
      ? arrays.map((x) => x.map((_, i) => x[(7 * i) % 31]!))
      : arrays;
    expect(said(isWrong, elementwise, shuffled)).toBe(`wrong only for elements ${what}`);
  });

  test('is told of elementwise formulas alone', () => {
    const reduced: Changes = {
      ...elementwise,
      spec: { ...elementwise.spec, output: { kind: 'real', shape: ['n'] } },
    };
    expect(said((value) => value >= 2, reduced)).toBe('every answer is wrong');
  });

  test('takes five wrong elements, and five right ones outside', () => {
    const few = (count: number): string =>
      said((value) => value > 7.25, elementwise, [...arrays.slice(0, count), [1, 8], [2, -8]]);
    expect(few(3)).toMatch(/^wrong for 4 of 5/);
    expect(few(4)).toMatch(/^wrong only for elements of x of at least 7/);
    const narrow = Array.from({ length: 6 }, (_, k) => [k + 1, -1]);
    expect(said((value) => value > 0, elementwise, narrow)).toBe(
      'wrong only for elements of x of at least 1',
    );
    expect(said((value) => value > 0, elementwise, [...narrow.slice(0, 4), [5]])).not.toContain(
      'elements of',
    );
  });

  test('forgives a right one inside the range for every five wrong ones', () => {
    const lucky = (most: number) => {
      let left = most;
      return said((value) => value >= 2 && !(Math.abs(value - 4) < 0.05 && left-- > 0));
    };
    // 11 of the 31 elements of each array are wrong.
    expect(lucky(8)).toBe('wrong only for elements of x of at least 2');
    expect(said((value, index) => value >= 2 && index % 2 === 0)).toBe(
      'wrong only for elements of x of at least 2.5, for 48 of 88 such elements',
    );
  });

  test('is told beside parameters, and beside elements that are NaN and right', () => {
    const { reference, spec } = elementwise;
    const changes: Changes = {
      reference: reference!,
      spec: { ...spec, inputs: { factor: { kind: 'real', default: 2 }, ...spec!.inputs } },
    };
    expect(said((value) => value >= 2, changes)).toMatch(/^wrong only .* x of at least 2$/);
    const missing = arrays.map((x) => x.map((value, i) => (i % 2 === 0 ? Number.NaN : value)));
    expect(said((value) => value >= 2, elementwise, missing)).toMatch(/^wrong only .* at least 2/);
  });

  test('counts right elements on its ends as inside', () => {
    const answers = (tied: number) => {
      const inputs = [...Array.from({ length: 10 }, () => tied), 2, 3, 4, 5, 6, ...ends];
      const wrong = (i: number): boolean => i >= 10 && i < 15;
      const answer = vector(...inputs.map((value, i) => (wrong(i) ? Number.NaN : value)));
      return explained([[{ x: vector(...inputs) }, answer]], {}, elementwise)[0]!.name;
    };
    const ends = [-1, -1, -1, -1, -1, 9, 9, 9, 9, 9];
    expect(answers(-1)).toBe('wrong only for elements of x from 2 to 6');
    expect(answers(9)).toBe('wrong only for elements of x from 2 to 6');
    expect(answers(2)).toBe('wrong only for elements at places from 11 to 15');
    expect(answers(6)).toBe('wrong only for elements at places from 11 to 15');
  });

  test.each([
    [5, 5, 'from 2 to 6'],
    [4, 5, 'of at least 2'],
    [5, 4, 'of at most 6'],
    [0, 5, 'of at least 2'],
  ])('has an end where %d and %d right ones lie beyond', (above, below, range) => {
    const beyond = (count: number, value: number): number[] => new Array(count).fill(value);
    const wrong = Array.from({ length: 25 }, (_, i) => 2 + (i % 5));
    const inputs = [...wrong, ...beyond(above, 9), ...beyond(below, -1)];
    const answer = vector(...inputs.map((value, i) => (i < 25 ? Number.NaN : value)));
    const [said] = explained([[{ x: vector(...inputs) }, answer]], {}, elementwise);
    expect(said!.name).toBe(`wrong only for elements of x ${range}`);
  });

  test('is told of their places only where few of those are right', () => {
    const answersOf = (isWrong: (k: number, i: number) => boolean) =>
      arrays.map((x, k) => {
        const shuffled = x.map((_, i) => x[(7 * i + 5 * k) % 31]!);
        const answer = shuffled.map((value, i) => (isWrong(k, i) ? Number.NaN : value));
        return [{ x: vector(...shuffled) }, vector(...answer)] as const;
      });
    const said = (isWrong: (k: number, i: number) => boolean): string =>
      explained(answersOf(isWrong), {}, elementwise)[0]!.name;
    expect(said((_, i) => i < 6)).toBe('wrong only for elements at places of at most 6');
    expect(said((k, i) => i < 6 && (i + k) % 2 === 0)).toBe('every answer is wrong');
  });

  test('is told rather than which inputs are, where it is rarer among the right ones', () => {
    const ordinary = Array.from({ length: 30 }, (_, i) => 1 + i);
    const wrong = Array.from({ length: 10 }, (_, i) => ordinary.with(3 * i, -1 - i / 100));
    const right = Array.from({ length: 10 }, (_, i) => ordinary.with(0, i < 3 ? -1.05 : 2));
    const answers = [
      ...wrong.map((x, i) => {
        const inputs = x.with((3 * i + 1) % 30, -1.05);
        return [{ x: vector(...inputs) }, vector(...inputs.with(3 * i, Number.NaN))] as const;
      }),
      ...right.map((x) => [{ x: vector(...x) }, vector(...x)] as const),
    ];
    expect(explained(answers, {}, elementwise)[0]!.name).toBe(
      'wrong only for elements of x of at most -1, for 10 of 23 such elements',
    );
  });

  test('counts an error of exactly the budget as right, as the judge does', () => {
    const session = sessionOf(scaledSum(elementwise), subjectWith());
    for (const x of arrays) {
      const answer = vector(...x.map((value) => (value >= 2 ? Number.NaN : value)));
      const outcome = { kind: 'answer', answer } as const;
      session.heard.push({ operation: 'value', inputs: { x: vector(...x) }, outcome });
    }
    const exchanges = exchangesOf(session, 'value');
    for (const { yardstick } of exchanges) {
      const errors = yardstick.errors.bind(yardstick);
      yardstick.errors = (answer) => errors(answer)?.map((error) => (error === 0 ? 1 : error));
    }
    expect(traitsOf(session, exchanges)[0]).toBe('wrong only for elements of x of at least 2');
  });

  test('says nothing of the right ones among them', () => {
    const answers = arrays.map(
      (x) => [{ x: vector(...x) }, vector(...x.map((v) => (v >= 2 ? v + v * v : v)))] as const,
    );
    expect(explained(answers, {}, elementwise).map(({ name }) => name)).toEqual([
      'wrong only for elements of x of at least 2',
      'too large wherever it is wrong',
    ]);
  });

  test('is not told where an answer is missing, or of another shape', () => {
    const answers = arrays.map((x) => {
      const answer = vector(...x.map((value) => (value >= 2 ? Number.NaN : value)));
      return [{ x: vector(...x) }, answer] as const;
    });
    for (const other of [[{ x: vector(3) }], [{ x: vector(3) }, 3]] as const) {
      expect(explained([...answers, other], {}, elementwise)).toMatchObject([
        { name: 'every answer is wrong' },
      ]);
    }
  });

  test('of infinities and of NaN are told as what they are', () => {
    const special = (value: number) =>
      arrays.map((x) => x.map((element, i) => (i % 9 === 4 ? value : element)));
    const answers = (value: number) =>
      special(value).map((x) => {
        const answer = vector(...x.map((element) => (Object.is(element, value) ? 5 : element)));
        return [{ x: vector(...x) }, answer] as const;
      });
    expect(explained(answers(-Infinity), {}, elementwise)[0]!.name).toBe(
      'wrong only for elements of x of -Infinity',
    );
    expect(explained(answers(Number.NaN), {}, elementwise)[0]!.name).toBe('every answer is wrong');
  });
});

test('a relation to the right answers is told alone', () => {
  const answers = counting(6).map((inputs) => [inputs, 3 * scaledSumOf(inputs)] as const);
  expect(explained(answers).map(({ name }) => name)).toEqual([
    'every answer is 3 times the right one',
  ]);
});

describe('by how much answers are wrong', () => {
  /** What is said of answers to 1, 2, 3 … beside where they come: the right one is twice that. */
  const how = (
    change: (right: number, i: number) => number,
    precision: Precision = 'float64',
    count = 12,
  ): string | undefined => {
    const session = sessionOf(scaledSum(), subjectWith(), { precision });
    counting(count).forEach((inputs, i) => {
      const answer = change(scaledSumOf(inputs), i);
      session.heard.push({ operation: 'value', inputs, outcome: { kind: 'answer', answer } });
    });
    return diagnose(session)[1]?.name;
  };
  const wild = (i: number): number => 1 + Math.abs(Math.sin(7 * i));

  test('as another format is', () => {
    expect(how((right, i) => right * (1 + wild(i) * 2 ** -23))).toBe(
      'as exact as float32 would be',
    );
    const halves = (right: number, i: number): number => right * (1 + wild(i) * 2 ** -10);
    expect(how(halves, 'float32')).toBe('as exact as float16 would be');
    const short = (right: number, i: number): number => right * (1 + wild(i) * 2 ** -5);
    expect(how(short, 'float32')).toBe('as exact as bfloat16 would be');
    // In double precision nobody slips that far.
    expect(how(halves)).toBe('right to 2 digits at least');
    const coarse = (right: number, i: number): number => right * 10 ** (1 + (i % 4));
    for (const precision of ['float16', 'bfloat16'] as const) {
      expect(how(coarse, precision)).toBe('too large wherever it is wrong');
    }
  });

  test('by few digits', () => {
    expect(how((right, i) => right * (1 + (wild(i) * 1e-5) / 2))).toBe(
      'right to 5 digits at least',
    );
    expect(how((right, i) => right * (1 - wild(i) * 0.0049))).toBe('right to 2 digits at least');
    expect(how((right, i) => right * (1 - wild(i) * 0.006))).toBe('too small wherever it is wrong');
  });

  test('to one side, or to both', () => {
    expect(how((right, i) => right + wild(i))).toBe('too large wherever it is wrong');
    expect(how((right, i) => right - wild(i))).toBe('too small wherever it is wrong');
    expect(how((right, i) => right + (i % 2 === 0 ? 1 : -1) * wild(i))).toBeUndefined();
    // The right ones among them say nothing.
    expect(how((right, i) => right + (i % 2) * wild(i))).toBe('too large wherever it is wrong');
  });

  test('by not being numbers', () => {
    expect(how(() => Number.NaN)).toBe('NaN wherever it is wrong');
    expect(how((right, i) => (i === 0 ? Number.NaN : right + wild(i)))).toBeUndefined();
    expect(how((right, i) => (i === 0 ? Number.NaN : right * (1 + wild(i) / 1e5)))).toBeUndefined();
    expect(how((right, i) => (i === 0 ? Infinity : right + wild(i)))).toBe(
      'too large wherever it is wrong',
    );
  });

  test('takes five of them', () => {
    expect(how((right, i) => right + wild(i), 'float64', 5)).toBe('too large wherever it is wrong');
    expect(how((right, i) => right + wild(i), 'float64', 4)).toBeUndefined();
  });

  test('by not being answers at all', () => {
    const said = (...answers: (Value | undefined)[]): (string | undefined)[] =>
      explained(
        answers.map((answer, i) => {
          const inputs = { x: vector(i + 1) };
          return answer === undefined ? [inputs] : [inputs, answer];
        }),
      ).map(({ name }) => name);
    expect(said(2, 4, 6, undefined)[1]).toBe('throws wherever it is wrong');
    expect(said(2, 4, 7, undefined)).toHaveLength(1);
    expect(said(2, 4, vector(6), vector(8))[1]).toBe('of another shape wherever it is wrong');
    expect(said(2, 4, vector(6), 7)).toHaveLength(1);
    expect(said(2, 4, vector(6), undefined)).toHaveLength(1);
  });

  test('is not told of answers that are missing, or of another shape', () => {
    const wrong = counting(6).map((inputs, i) => [inputs, scaledSumOf(inputs) + wild(i)] as const);
    const said = (...more: Parameters<typeof explained>[0]): (string | undefined)[] =>
      explained([...wrong, ...more]).map(({ name }) => name);
    expect(said()[1]).toBe('too large wherever it is wrong');
    expect(said([{ x: vector(7) }])).toHaveLength(1);
    expect(said([{ x: vector(7) }, vector(0)])).toHaveLength(1);
    const nearly = counting(6).map(
      (inputs, i) => [inputs, scaledSumOf(inputs) * (1 + wild(i) * 2 ** -23)] as const,
    );
    expect(explained(nearly)[1]?.name).toBe('as exact as float32 would be');
    expect(explained([...nearly, [{ x: vector(7) }]])).toHaveLength(1);
  });
});
