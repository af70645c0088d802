import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { type Check, checksOf, type Examination, slug } from './checks.js';
import { equal, exactly } from './estimate.js';
import {
  type Changes,
  scaledSum,
  scaledSumGradient,
  scaledSumOf,
  sessionOf,
  subjectAnswering,
  subjectWith,
} from './formulas.fixture.js';
import { always } from './law.js';
import type { SessionOptions } from './session.js';
import { SubjectFault } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Subject } from './subject.js';

const inputs: Inputs = { x: vector(1, 2.5) };

/** What came of one check of the scaled sum, at plain inputs unless told otherwise. */
function examine(
  ending: string,
  subject: Subject,
  { at, ...options }: Partial<SessionOptions> & { readonly at?: Inputs } = {},
  changes: Changes = {},
): Promise<Examination> {
  const session = sessionOf(scaledSum(changes), subject, options);
  const check = checksOf(session).find(({ id }) => id.endsWith(ending)) as Check;
  const pinned = typeof check.cases === 'string' ? inputs : check.cases[0]!;
  return check.examine(session, at ?? pinned, 0);
}

const answering = (answer: Value | Gradient): Subject =>
  subjectAnswering('test/scaled-sum', () => ({ kind: 'answer', answer }));
const throwing = subjectAnswering('test/scaled-sum', () => ({ kind: 'threw', message: 'no' }));

describe('the checks of a formula', () => {
  test('are the pinned values, agreement, laws, gradient, refusals and hygiene', () => {
    expect(checksOf(sessionOf(scaledSum(), subjectWith())).map(({ id }) => id)).toEqual([
      'test/scaled-sum/golden/plain',
      'test/scaled-sum/golden/plain/gradient',
      'test/scaled-sum/agreement',
      'test/scaled-sum/law/is-the-same-at-the-same-inputs',
      'test/scaled-sum/gradient',
      'test/scaled-sum/refusal/empty',
      'test/scaled-sum/hygiene/arguments',
      'test/scaled-sum/hygiene/repeat',
    ]);
  });

  test('read as sentences that begin with the name', () => {
    for (const { sentence } of checksOf(sessionOf(scaledSum(), subjectWith()))) {
      expect(sentence).toMatch(/^Scaled sum [a-z]/);
    }
  });

  test('leave strict goldens to the strict level, and gradients to formulas that have one', () => {
    const cases = [{ id: 'tail', why: 'a tail', inputs: { x: [1] }, output: 2, strict: true }];
    const formula = scaledSum({ goldens: { formula: 'test/scaled-sum', provenance: {}, cases } });
    const ids = (strict: boolean): string[] =>
      checksOf(sessionOf(formula, subjectWith(), { strict })).map(({ id }) => id);
    expect(ids(true)).toContain('test/scaled-sum/golden/tail');
    expect(ids(false)).not.toContain('test/scaled-sum/golden/tail');
    const { differentiable: _, ...spec } = scaledSum().spec;
    const flat = { ...scaledSum(), spec };
    expect(checksOf(sessionOf(flat, subjectWith())).map(({ kind }) => kind)).not.toContain(
      'gradient',
    );
  });

  test('have ids of lower-case words', () => {
    expect(slug('never exceeds δ² times |e|, or 1.5 of it')).toBe(
      'never-exceeds-δ²-times-e-or-1-5-of-it',
    );
    expect(slug('Is 0')).toBe('is-0');
  });
});

describe('a pinned value', () => {
  test('is compared with what the oracle gave, not with the reference', async () => {
    const wrongReference: Changes = { reference: (x) => scaledSumOf(x) + 1e-3 };
    expect((await examine('/plain', answering(7), {}, wrongReference)).failure).toBeUndefined();
    expect((await examine('/plain', answering(7.001), {}, wrongReference)).failure).toBeDefined();
    const { failure } = await examine('/plain', answering(8));
    expect(failure).toMatchObject({ expected: '7', got: '8' });
    expect(failure?.call).toMatchObject({ formula: 'test/scaled-sum', inputs });
  });

  test('gives way to the reference where the precision cannot hold the inputs', async () => {
    const cases = [{ id: 'fine', why: 'a third', inputs: { x: [1 / 3] }, output: 99 }];
    const changes = { goldens: { formula: 'test/scaled-sum', provenance: {}, cases } };
    const rounded = answering(2 * Math.fround(1 / 3));
    expect((await examine('/fine', rounded, {}, changes)).failure).toBeDefined();
    const float32 = await examine('/fine', rounded, { precision: 'float32' }, changes);
    expect(float32.failure).toBeUndefined();
  });

  test('gives way to a declared variant', async () => {
    const changes: Changes = { variants: { tripled: { compute: (x) => 3 * scaledSumOf(x) } } };
    const examination = await examine('/plain', answering(21), { variant: 'tripled' }, changes);
    expect(examination.failure).toBeUndefined();
  });

  test('of a gradient is asked for with its cotangent', async () => {
    expect((await examine('/plain/gradient', subjectWith())).failure).toBeUndefined();
    const halved = subjectWith(scaledSumOf, (x, cotangent) =>
      scaledSumGradient(x, (cotangent as number) / 2),
    );
    expect((await examine('/plain/gradient', halved)).failure).toMatchObject({
      expected: '{ x: [6, 6] }',
      got: '{ x: [3, 3] }',
    });
  });
});

describe('agreement', () => {
  test('is measured as a fraction of the budget', async () => {
    expect(await examine('/agreement', answering(7))).toEqual({ ratio: 0 });
    expect((await examine('/agreement', answering(7 * (1 + 1e-15)))).ratio).toBeGreaterThan(0);
    expect((await examine('/agreement', answering(7.1))).ratio).toBeGreaterThan(1e10);
  });

  test('is not held against a subject that throws on NaN data', async () => {
    expect(await examine('/agreement', throwing, { at: { x: vector(Number.NaN) } })).toEqual({});
    const { failure } = await examine('/agreement', throwing);
    expect(failure).toMatchObject({ message: 'throws inside the domain', got: 'an error: no' });
  });

  test('tells of a tail that the strict level would not forgive', async () => {
    const tail = {
      reference: () => Math.exp(-20),
      spec: { scale: { of: () => 1, reason: 'a test' } },
    };
    const lost = answering(Math.exp(-20) + 1e-16);
    const { failure, lostTail } = await examine('/agreement', lost, {}, tail);
    expect(failure).toBeUndefined();
    expect(lostTail).toBeGreaterThan(1);
    expect((await examine('/agreement', lost, { strict: true }, tail)).failure).toBeDefined();
    const kept = answering(Math.exp(-20) * (1 + 1e-15));
    expect((await examine('/agreement', kept, {}, tail)).lostTail).toBeUndefined();
  });

  test('is a fault of the subject where it does not answer', async () => {
    const crashed = subjectAnswering('test/scaled-sum', () => undefined);
    await expect(examine('/agreement', crashed)).rejects.toThrow(SubjectFault);
  });

  test('remembers what was heard for the diagnosis', async () => {
    const session = sessionOf(scaledSum(), answering(9));
    const check = checksOf(session).find(({ kind }) => kind === 'agreement')!;
    await check.examine(session, inputs, 0);
    expect(session.heard).toEqual([
      { operation: 'value', inputs, outcome: { kind: 'answer', answer: 9 } },
    ]);
  });
});

describe('a law', () => {
  const isSeven = always<Inputs>('is 7', async (formula, x) => equal(await formula(x), exactly(7)));
  const withLaw: Changes = { properties: [isSeven] };

  test('that is broken fails, with what it expected', async () => {
    expect(await examine('/is-7', answering(7), {}, withLaw)).toEqual({});
    expect((await examine('/is-7', answering(8), {}, withLaw)).failure).toMatchObject({
      expected: '7',
      got: '8',
    });
  });

  test('is broken by a subject that throws, or answers in another size', async () => {
    const { failure } = await examine('/is-7', throwing, {}, withLaw);
    expect(failure?.message).toBe('throws "no"');
    const sized = await examine('/is-7', answering(vector(7, 7)), {}, withLaw);
    expect(sized.failure?.message).toBe('the shapes differ');
  });

  test('that the declared variant breaks too is not held against the subject', async () => {
    const changes = {
      ...withLaw,
      variants: { tripled: { compute: (x: Inputs) => 3 * scaledSumOf(x) } },
    };
    expect(await examine('/is-7', answering(21), { variant: 'tripled' }, changes)).toEqual({});
    const kept = { ...withLaw, variants: { same: { compute: scaledSumOf } } };
    expect(
      (await examine('/is-7', answering(21), { variant: 'same' }, kept)).failure,
    ).toBeDefined();
  });

  test('draws the same for the same run, and its own errors come through', async () => {
    const seen: number[] = [];
    const drawing = always<Inputs>('draws', async (_, __, draws) => {
      seen.push(draws.uniform());
      return undefined;
    });
    const broken = always<Inputs>('breaks', async () => {
      throw new TypeError('a bug of ours');
    });
    const changes: Changes = { properties: [drawing, broken] };
    await examine('/draws', answering(7), {}, changes);
    await examine('/draws', answering(7), {}, changes);
    await examine('/draws', answering(7), { seed: 2 }, changes);
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).not.toBe(seen[2]);
    await expect(examine('/breaks', answering(7), {}, changes)).rejects.toThrow('a bug of ours');
  });
});

describe('a gradient', () => {
  test('is compared input by input; what was not asked for is not judged', async () => {
    const generous = subjectWith(scaledSumOf, (x, cotangent) => ({
      ...scaledSumGradient(x, cotangent),
      factor: vector(99),
    }));
    expect((await examine('scaled-sum/gradient', generous)).failure).toBeUndefined();
    const nothing = subjectWith(scaledSumOf, () => ({}));
    expect((await examine('scaled-sum/gradient', nothing)).failure?.message).toBe(
      'the answer has nothing, right is x of shape [2]',
    );
  });

  test('is asked for with a cotangent of the shape of the output, the same for the same run', async () => {
    const cotangents: unknown[] = [];
    const formula = scaledSum({
      reference: ({ x }) => x as NDArray,
      gradient: (_, cotangent) => ({ x: cotangent as NDArray }),
      spec: { output: { kind: 'real', shape: 'x' } },
    });
    const subject = subjectAnswering('test/scaled-sum', ({ cotangent }) => {
      cotangents.push(cotangent);
      return { kind: 'answer', answer: { x: cotangent as NDArray } };
    });
    const session = sessionOf(formula, subject);
    const check = checksOf(session).find(({ id }) => id === 'test/scaled-sum/gradient')!;
    for (const run of [0, 0, 1]) await check.examine(session, inputs, run);
    expect((cotangents[0] as NDArray).shape).toEqual([2]);
    expect(cotangents[1]).toEqual(cotangents[0]);
    expect(cotangents[2]).not.toEqual(cotangents[0]);
  });

  test('of a variant without one is not judged, and that is told', async () => {
    const changes: Changes = { variants: { tripled: { compute: (x) => 3 * scaledSumOf(x) } } };
    expect(
      await examine('scaled-sum/gradient', subjectWith(), { variant: 'tripled' }, changes),
    ).toEqual({ note: 'the variant tripled has no gradient to compare with' });
  });
});

describe('a refusal', () => {
  test.each<[string, Subject]>([
    ['an error', throwing],
    ['NaN', answering(Number.NaN)],
    ['an answer without elements', answering(vector())],
  ])('is %s', async (_, subject) => {
    expect(await examine('/refusal/empty', subject, { strict: true })).toEqual({});
  });

  test('missing is told, and fails at the strict level', async () => {
    expect(await examine('/refusal/empty', answering(0))).toEqual({
      note: 'accepts no elements: answers 0',
    });
    const { failure } = await examine('/refusal/empty', answering(0), { strict: true });
    expect(failure).toMatchObject({ message: 'accepts no elements', expected: 'an error or NaN' });
  });

  test('missing for shapes that do not match fails at every level', async () => {
    const changes: Changes = {
      spec: {
        inputs: { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: 'x' } },
        errors: { shape: 'x and y differ in shape' },
      },
      goldens: { formula: 'test/scaled-sum', provenance: {}, cases: [] },
    };
    const { failure } = await examine('/refusal/shape', answering(0), {}, changes);
    expect(failure?.message).toMatch(/^accepts x of shape/);
  });
});

describe('hygiene', () => {
  test('is broken by a changed argument', async () => {
    const changing = subjectAnswering('test/scaled-sum', () => ({
      kind: 'threw',
      message: 'no',
      changed: ['x', 'factor'],
    }));
    expect((await examine('/hygiene/arguments', changing)).failure?.message).toBe(
      'changes its argument x and factor',
    );
  });

  test('is broken by another answer the second time, down to the sign of zero', async () => {
    const fickle = (answers: readonly Value[]): Subject =>
      subjectAnswering('test/scaled-sum', (_, count) => ({
        kind: 'answer',
        answer: answers[count]!,
      }));
    expect(await examine('/hygiene/repeat', fickle([1, 2, 1]))).toEqual({});
    expect(await examine('/hygiene/repeat', fickle([Number.NaN, 2, Number.NaN]))).toEqual({});
    const { failure } = await examine('/hygiene/repeat', fickle([0, 2, -0]));
    expect(failure).toMatchObject({ expected: '0', got: '-0.0' });
    expect(
      (await examine('/hygiene/repeat', fickle([vector(1), 2, vector(1, 2)]))).failure,
    ).toBeDefined();
  });
});
