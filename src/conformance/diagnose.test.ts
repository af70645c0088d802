import { describe, expect, test } from 'vitest';
import { loadFormula } from '../catalog.js';
import { type NDArray, transposed, vector } from '../kernel/index.js';
import { alternativeSubject } from '../subjects/impostors.js';
import { tryChecks } from './calibration.js';
import { diagnose } from './diagnose.js';
import {
  counting,
  diagnosed,
  explained,
  mistakeOf,
  numberOf,
  refuse,
  xOf,
} from './diagnoses.fixture.js';
import { type Changes, scaledSumGradient, scaledSumOf, subjectWith } from './formulas.fixture.js';
import type { Diagnosis } from './report.js';
import type { Inputs, Value } from './spec.js';

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

  test('a gradient is suspected with the cotangent that it was asked with', async () => {
    const gradient = (x: Inputs, cotangent: Value) => scaledSumGradient(x, 3 * Number(cotangent));
    const { diagnoses } = await diagnosed(subjectWith(scaledSumOf, gradient), {
      mistakes: { 'three times': { source: 'classic', gradient } },
    });
    expect(diagnoses).toMatchObject([{ operation: 'gradient', name: 'three times' }]);
  });

  test('a variant without a gradient is not suspected of one', () => {
    const values = counting(20).map((inputs) => [inputs, tripled(inputs)] as const);
    const [said] = explained(values, { operation: 'gradient' }, shelves);
    expect(said).toMatchObject({ kind: 'trait', operation: 'gradient' });
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
    const [hardly] = explained(asked, {}, { mistakes: { hardly: missing(2) } });
    expect(hardly).toMatchObject({ kind: 'trait' });
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
    const [always] = explained(partly, {}, { mistakes: { always: missing(0) } });
    // All wrong answers share a trait, and the right ones are not counted.
    expect(always).toMatchObject({ kind: 'trait', agrees: 15, of: 15 });
    const same = explained(partly, {}, { mistakes: { same: missing(5, scaledSumOf) } });
    expect(same).toMatchObject([{ name: 'same', agrees: 15, of: 15 }]);
  });

  test('a mistake that throws is not the one of a subject that answers, nor the reverse', () => {
    const throws = { mistakes: { throws: missing(5, refuse) } };
    expect(explained(asked, {}, throws)[0]).toMatchObject({ kind: 'trait' });
    const silent = asked.map(([inputs, answer]) =>
      numberOf(inputs) <= 5 ? ([inputs] as const) : ([inputs, answer] as const),
    );
    expect(explained(silent, {}, throws)).toMatchObject([{ name: 'throws', agrees: 20 }]);
    const answers = { mistakes: { answers: missing(0) } };
    expect(explained(silent, {}, answers)[0]).toMatchObject({ name: 'every answer is wrong' });
  });

  test('who throws is not taken for a suspect that says nothing, or is declared', () => {
    const thrown = counting(6).map((inputs) => [inputs] as const);
    const unnamed = ['every answer is wrong', 'throws wherever it is wrong'].map((name) => ({
      kind: 'trait',
      name,
    }));
    const changes = {
      variants: { silent: { compute: scaledSumOf } },
      mistakes: { silent: mistakeOf(scaledSumOf) },
    };
    expect(explained(thrown, { operation: 'gradient' }, changes)).toMatchObject(unnamed);
    const slope = { mistakes: { slope: { source: 'classic', gradient: scaledSumGradient } } };
    expect(explained(thrown, {}, slope)).toMatchObject(unnamed);
    const declared = { variants: { declared: { compute: refuse } } };
    const session = { variant: 'declared' };
    expect(explained(thrown, session, declared)).toMatchObject(unnamed);
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

test('a convention is known by its own roundings, which are not where those of the reference are', async () => {
  const formula = await loadFormula('linear-algebra/cholesky');
  const rowByRow = formula.alternatives['row by row']!;
  const subject = alternativeSubject(formula, 'upper', (x) => transposed(rowByRow(x) as NDArray));
  const { session } = await tryChecks(formula, subject, { seed: 1, whole: () => true });
  expect(diagnose(session)).toMatchObject([{ kind: 'variant', operation: 'value', name: 'upper' }]);
});
