import { describe, expect, test } from 'vitest';
import type { NDArray } from '../kernel/index.js';
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
import type { Inputs } from './spec.js';
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
