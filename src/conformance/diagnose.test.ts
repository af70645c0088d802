import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { checksOf } from './checks.js';
import { diagnose } from './diagnose.js';
import {
  type Changes,
  scaledSum,
  scaledSumGradient,
  scaledSumOf,
  sessionOf,
  subjectWith,
} from './formulas.fixture.js';
import type { Diagnosis } from './report.js';
import type { Session } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Subject } from './subject.js';

const xOf = (inputs: Inputs): number[] => [...(inputs.x as NDArray).data];
const wrongWhere =
  (holds: (x: number[], inputs: Inputs) => boolean) =>
  (inputs: Inputs): number =>
    scaledSumOf(inputs) * (holds(xOf(inputs), inputs) ? Math.E : 1) +
    (holds(xOf(inputs), inputs) ? 1 : 0);

/** What is said of a subject after its goldens and a hundred runs. */
async function diagnosed(
  subject: Subject,
  changes: Changes = {},
  variant?: string,
): Promise<{ diagnoses: Diagnosis[]; session: Session }> {
  const session = sessionOf(scaledSum(changes), subject, { variant });
  for (const check of checksOf(session)) {
    if (!['golden', 'agreement', 'gradient'].includes(check.kind)) continue;
    const runs = typeof check.cases === 'string' ? 100 : 1;
    for (let run = 0; run < runs; run++) {
      const inputs =
        typeof check.cases === 'string' ? session.inputsOf(run, false) : check.cases[0]!;
      await check.examine(session, inputs, run);
    }
  }
  return { diagnoses: diagnose(session), session };
}

/** What is said of a session that heard these answers and no others; none is a throw. */
function explained(
  answers: readonly (readonly [Inputs, (Value | Gradient)?])[],
  { operation = 'value' as 'value' | 'gradient', variant = undefined as string | undefined } = {},
  changes: Changes = {},
): Diagnosis[] {
  const session = sessionOf(scaledSum(changes), subjectWith(), { variant });
  for (const [inputs, answer] of answers) {
    session.heard.push({
      operation,
      inputs,
      outcome: answer === undefined ? { kind: 'threw', message: 'no' } : { kind: 'answer', answer },
    });
  }
  return diagnose(session);
}

/** One to `count`, each as inputs of its own. */
const counting = (count: number): Inputs[] =>
  Array.from({ length: count }, (_, i) => ({ x: vector(i + 1) }));
const numberOf = (inputs: Inputs): number => xOf(inputs)[0]!;
const mistakeOf = (
  compute: (inputs: Inputs) => number,
): { source: string; compute: typeof compute } => ({
  source: 'classic',
  compute,
});
const refuse = (): never => {
  throw new Error('refused');
};

const sentenceFor = async (compute: (inputs: Inputs) => number): Promise<string> => {
  const { diagnoses } = await diagnosed(subjectWith(compute));
  expect(diagnoses).toHaveLength(1);
  expect(diagnoses[0]).toMatchObject({ kind: 'trait', operation: 'value' });
  return diagnoses[0]!.name;
};

describe('named suspects', () => {
  const tripled = (inputs: Inputs): number => 3 * scaledSumOf(inputs);
  const first = (inputs: Inputs): number => xOf(inputs)[0]! * Number(inputs.factor ?? 2);
  const shelves: Changes = {
    variants: { tripled: { compute: tripled } },
    mistakes: { 'the first element alone': { source: 'someone/library#1', compute: first } },
  };

  test('a right subject is not explained', async () => {
    expect((await diagnosed(subjectWith(), shelves)).diagnoses).toEqual([]);
  });

  test('a variant is named, with the inputs that tell it apart', async () => {
    const { diagnoses } = await diagnosed(subjectWith(tripled), shelves);
    expect(diagnoses).toEqual([
      {
        kind: 'variant',
        operation: 'value',
        name: 'tripled',
        agrees: expect.any(Number),
        of: expect.any(Number),
      },
    ]);
    const [{ agrees, of }] = diagnoses as [Diagnosis];
    expect(agrees).toBe(of);
    // Not all of them tell: a third of NaN, or of nothing, is the same.
    expect(of).toBeGreaterThan(50);
    expect(of).toBeLessThan(101);
  });

  test('a mistake is named with its source', async () => {
    const { diagnoses } = await diagnosed(subjectWith(first), shelves);
    expect(diagnoses[0]).toMatchObject({
      kind: 'mistake',
      name: 'the first element alone',
      source: 'someone/library#1',
    });
  });

  test('a mistake made half of the time is not named', async () => {
    let calls = 0;
    const sometimes = (x: Inputs): number => (calls++ % 2 === 0 ? first(x) : scaledSumOf(x) + 1);
    const { diagnoses } = await diagnosed(subjectWith(sometimes), shelves);
    expect(diagnoses.map(({ kind }) => kind)).toEqual(['trait']);
  });

  test('the variant that is declared is not a suspect', async () => {
    const { diagnoses } = await diagnosed(subjectWith(), shelves, 'tripled');
    expect(diagnoses.map(({ name }) => name)).not.toContain('tripled');
  });

  test('a mistake that throws is sided with by who throws', async () => {
    const refuses = (x: Inputs): number => {
      if (xOf(x).some((value) => value < 0)) throw new Error('negative');
      return scaledSumOf(x);
    };
    const { diagnoses } = await diagnosed(subjectWith(refuses), {
      mistakes: { 'negative elements refused': { source: 'classic', compute: refuses } },
    });
    expect(diagnoses[0]).toMatchObject({ name: 'negative elements refused' });
  });

  test('value and gradient are explained apart', async () => {
    const gradient = (x: Inputs) => scaledSumGradient(x, -1);
    const { diagnoses } = await diagnosed(subjectWith(tripled, gradient), {
      ...shelves,
      mistakes: { 'cotangent ignored': { source: 'classic', gradient } },
    });
    expect(diagnoses.map(({ operation, name }) => [operation, name])).toEqual([
      ['value', 'tripled'],
      ['gradient', 'cotangent ignored'],
    ]);
  });

  test('suspects do not see, and cannot change, the inputs of one another', async () => {
    const greedy = (x: Inputs): number => {
      const total = scaledSumOf(x);
      (x.x as NDArray).data.fill(0);
      return total + 1;
    };
    const { session } = await diagnosed(subjectWith(tripled), {
      mistakes: { greedy: { source: 'classic', compute: greedy } },
    });
    expect(session.heard.some(({ inputs }) => xOf(inputs).some((value) => value !== 0))).toBe(true);
  });
});

describe('how sure one can be of a suspect', () => {
  const wrong = (inputs: Inputs): number => numberOf(inputs) ** 2 + 100;
  /** A mistake that differs from the subject at the first few of the inputs. */
  const missing = (misses: number, otherwise: (inputs: Inputs) => number = () => -1) =>
    mistakeOf((inputs) => (numberOf(inputs) <= misses ? otherwise(inputs) : wrong(inputs)));
  const asked = counting(20).map((inputs) => [inputs, wrong(inputs)] as const);

  test('nineteen of twenty convince, eighteen do not', () => {
    expect(explained(asked, {}, { mistakes: { nearly: missing(1) } })).toEqual([
      {
        kind: 'mistake',
        operation: 'value',
        name: 'nearly',
        source: 'classic',
        agrees: 19,
        of: 20,
      },
    ]);
    expect(explained(asked, {}, { mistakes: { hardly: missing(2) } })).toMatchObject([
      { kind: 'trait' },
    ]);
  });

  test('the two that agree best are named, the best first', () => {
    const mistakes = { nearly: missing(1), alsoNearly: missing(1), exactly: missing(0) };
    expect(explained(asked, {}, { mistakes }).map(({ name }) => name)).toEqual([
      'exactly',
      'nearly',
    ]);
  });

  test('a mistake that would show where the subject is right is not the one', () => {
    const partly = counting(20).map(
      (inputs) => [inputs, numberOf(inputs) > 5 ? wrong(inputs) : scaledSumOf(inputs)] as const,
    );
    const always = explained(partly, {}, { mistakes: { always: missing(0) } });
    expect(always).toMatchObject([{ kind: 'trait' }]);
    const same = explained(partly, {}, { mistakes: { same: missing(5, scaledSumOf) } });
    expect(same).toMatchObject([{ name: 'same', agrees: 15, of: 15 }]);
  });

  test('a mistake that throws is not the one of a subject that answers, nor the reverse', () => {
    const throws = { mistakes: { throws: missing(5, refuse) } };
    expect(explained(asked, {}, throws)).toMatchObject([{ kind: 'trait' }]);
    const silent = asked.map(([inputs, answer]) =>
      numberOf(inputs) <= 5 ? ([inputs] as const) : ([inputs, answer] as const),
    );
    expect(explained(silent, {}, throws)).toMatchObject([{ name: 'throws', agrees: 20 }]);
    const answers = { mistakes: { answers: missing(0) } };
    expect(explained(silent, {}, answers)).toMatchObject([{ name: 'every answer is wrong' }]);
  });

  test('who throws is not taken for a suspect that says nothing, or is declared', () => {
    const thrown = counting(6).map((inputs) => [inputs] as const);
    const changes = {
      variants: { silent: { compute: scaledSumOf } },
      mistakes: { silent: mistakeOf(scaledSumOf) },
    };
    expect(explained(thrown, { operation: 'gradient' }, changes)).toMatchObject([
      { kind: 'trait', operation: 'gradient', name: 'every answer is wrong' },
    ]);
    const slope = { mistakes: { slope: { source: 'classic', gradient: scaledSumGradient } } };
    expect(explained(thrown, {}, slope)).toMatchObject([{ kind: 'trait' }]);
    const declared = { variants: { declared: { compute: refuse } } };
    const session = { variant: 'declared' };
    expect(explained(thrown, session, declared)).toMatchObject([{ kind: 'trait' }]);
  });

  test('a suspect that changes its inputs does not spoil them for the next', () => {
    const greedy = mistakeOf((inputs) => {
      (inputs.x as NDArray).data.fill(0);
      return 0;
    });
    const mistakes = { greedy, exactly: missing(0) };
    expect(explained(asked, {}, { mistakes })).toMatchObject([{ name: 'exactly', agrees: 20 }]);
  });

  test('what a gradient gives beyond the question is not looked at', () => {
    const more = counting(6).map(
      (inputs) => [inputs, { ...scaledSumGradient(inputs), factor: vector(1) }] as const,
    );
    expect(explained(more, { operation: 'gradient' })).toEqual([]);
  });
});

describe('one relation between all answers', () => {
  const sentences = (...parameters: Parameters<typeof explained>): string[] =>
    explained(...parameters).map(({ name }) => name);
  const tripled = (inputs: Inputs): number => 3 * scaledSumOf(inputs);
  const asked = (compute: (inputs: Inputs) => Value, xs: readonly number[]) =>
    xs.map((x) => [{ x: vector(x) }, compute({ x: vector(x) })] as const);

  test('takes five numbers to be seen', () => {
    expect(sentences(asked(tripled, [1, 2, 3, 4, 5]))).toEqual([
      'every answer is 3 times the right one',
    ]);
    expect(sentences(asked(tripled, [1, 2, 3, 4]))).toEqual(['every answer is wrong']);
    const shifted = (inputs: Inputs): number => scaledSumOf(inputs) + 0.5;
    expect(sentences(asked(shifted, [3, 4, 5, 6, 7]))).toEqual(['every answer is off by 0.5']);
    expect(sentences(asked(shifted, [3, 4, 5, 6]))).toEqual(['every answer is wrong']);
  });

  test('is not blurred by what is zero, not a number, too large or too small', () => {
    const plain = [1, 2, 3, 4, 5];
    for (const other of [0, Number.NaN, 0.8e308]) {
      const xs = [...plain, ...plain.map(() => other), ...plain.map(() => other)];
      expect(sentences(asked(tripled, xs))).toEqual(['every answer is 3 times the right one']);
    }
    const flushed = (inputs: Inputs): number => (numberOf(inputs) < 1e-300 ? 0 : tripled(inputs));
    expect(sentences(asked(flushed, [1, 2, 1e-315, 3, 4]))).toEqual([
      'every answer is 3 times the right one',
    ]);
  });

  test('holds for each element of an array, and of a gradient', () => {
    const output = { kind: 'real', shape: 'x' } as const;
    const twice = ({ x }: Inputs): NDArray => vector(...xOf({ x: x! }).map((v) => 2 * v));
    const changes: Changes = { spec: { output }, reference: twice };
    const inputs = { x: vector(1, 2, 3, 4, 5) };
    expect(sentences([[inputs, vector(6, 12, 18, 24, 30)]], {}, changes)).toEqual([
      'every answer is 3 times the right one',
    ]);
    expect(sentences([[inputs, vector(6, 12, 18, 24, 31)]], {}, changes)).toEqual([
      'every answer is wrong',
    ]);
    const gradient = [[inputs, { x: vector(6, 6, 6, 6, 6) }]] as const;
    expect(sentences(gradient, { operation: 'gradient' })).toEqual([
      'every answer is 3 times the right one',
    ]);
  });

  test('is not looked for where an answer is missing, or of another shape', () => {
    const answers = asked(tripled, [1, 2, 3, 4, 5, 6]);
    expect(sentences([...answers, [{ x: vector(7) }]])).toEqual(['every answer is wrong']);
    expect(sentences([...answers, [{ x: vector(7) }, vector(42)]])).toEqual([
      'every answer is wrong',
    ]);
  });

  test('of an option that is not looked at is told only if it explains all', () => {
    const given = [3, 4, 5].map((factor) => ({ x: vector(7), factor }));
    const ignored = given.map((inputs) => [inputs, 14] as const);
    const neglected = ['computes with the default of factor, 2, whatever is given'];
    expect(sentences(ignored)).toEqual(neglected);
    for (const another of [
      [{ x: vector(8), factor: 3 }, 1],
      [{ x: vector(8), factor: 3 }],
    ] as const) {
      expect(sentences([...ignored, another])).toEqual(['every answer is wrong']);
    }
    expect(sentences([...ignored, [{ x: vector(8) }, 1]])).toEqual(['every answer is wrong']);
  });

  test('that an option is ignored is not concluded where its default is refused', () => {
    const refusing = (x: Inputs): number => {
      if (x.factor !== 3) throw new RangeError('scaledSum: factor must be 3');
      return scaledSumOf(x);
    };
    const wrong = [[{ x: vector(7), factor: 3 }, 1]] as const;
    expect(sentences(wrong, {}, { reference: refusing })).toEqual(['every answer is wrong']);
  });

  test('that an option is ignored is not concluded from calls without it', () => {
    const output = { kind: 'real', shape: 'scalar', min: 0 } as const;
    const below = [[{ x: vector(0) }, -1e-310]] as const;
    expect(sentences(below, {}, { spec: { output } })).toEqual(['every answer is wrong']);
  });
});

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
    return explained(answers, {}, changes).map(({ name }) => name);
  };
  const xs = (...data: number[][]): Inputs[] => data.map((x) => ({ x: vector(...x) }));

  test.each<[string, number[][], number[][]]>([
    ['holds an infinity', [[Infinity], [1, -Infinity]], [[1], [2, -1], [0]]],
    ['holds a negative element', [[-1], [-2, 3]], [[0], [1], [2, 0]]],
    ['holds a positive element', [[1], [2, -1]], [[0], [-1], [-3, 0]]],
    [
      'has elements of at most 2',
      [[1], [2, 3]],
      [
        [1, 2, 3],
        [3, 1, 2, 5],
      ],
    ],
    ['reaches a size of at most 0.5', [[0.5], [0.25]], [[1], [3]]],
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
    expect(common(xs(...wrong), xs(...right))).toEqual([`wrong only where x ${what}`]);
  });

  test('may be answered rightly by chance once for five times', () => {
    const wrong = xs([-1], [-2], [-3], [-4], [-5]);
    expect(common(wrong, xs([-2.5], [1], [2]))).toEqual([
      'wrong only where x holds a negative element',
    ]);
    expect(common(wrong, xs([-2.5], [-3.5], [1], [2]))).toEqual(['wrong for 5 of 9 inputs']);
  });

  test('is that an option is not its default', () => {
    const given = (factor: number): Inputs => ({ x: vector(1), factor });
    expect(common([given(3), given(5)], [given(2), { x: vector(1) }])).toEqual([
      'wrong only where factor is not its default',
    ]);
  });

  test('is that two arrays are equal somewhere', () => {
    const inputs = {
      x: { kind: 'real', shape: 'any' },
      y: { kind: 'real', shape: 'x' },
    } as const;
    const pair = (x: number[], y: number[]): Inputs => ({ x: vector(...x), y: vector(...y) });
    const right = [pair([1, 2], [2, 1]), pair([3], [1]), pair([9, 1], [1, 7])];
    const wrong = [pair([1, 2], [1, 5]), pair([3], [3]), pair([8, 2], [1, 2])];
    expect(common(wrong, right, { spec: { inputs } })).toEqual([
      'wrong only where x and y are equal somewhere',
    ]);
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
    ['every answer is 3 times the right one', (x) => 3 * scaledSumOf(x)],
    ['every answer is 0.3333 times the right one', (x) => scaledSumOf(x) / 3],
    ['every answer has the wrong sign', (x) => -scaledSumOf(x)],
    ['every answer is off by 0.5', (x) => scaledSumOf(x) + 0.5],
    [
      'computes with the default of factor, 2, whatever is given',
      ({ x }) => scaledSumOf({ x: x! }),
    ],
    [
      'takes an explicit 0 of factor for its default, 2',
      (x) => scaledSumOf({ ...x, factor: Number(x.factor) || 2 }),
    ],
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
    expect(long).toMatch(/^wrong only where x has elements of at least 2\d$/);
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
    expect(name).toBe('wrong only where x has elements of at least 64');
  });
});
