import { describe, expect, test } from 'vitest';
import { everyNumber, type NDArray, type Precision, vector } from '../kernel/index.js';
import { type Check, checksOf, type Examination } from './checks.js';
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
import type { GoldenCase } from './golden.js';
import { always } from './law.js';
import type { SessionOptions } from './session.js';
import { SubjectFault } from './session.js';
import { slug } from './slug.js';
import type { Gradient, Inputs, OutputSpec, Spec, Value } from './spec.js';
import type { Call, Subject } from './subject.js';

const inputs: Inputs = { x: vector(1, 2.5) };

/** What came of one check of the scaled sum, at plain inputs unless told otherwise. */
function examine(
  ending: string,
  subject: Subject,
  { at, ...options }: Partial<SessionOptions> & { readonly at?: Inputs } = {},
  changes: Changes = {},
): Examination | Promise<Examination> {
  const session = sessionOf(scaledSum(changes), subject, options);
  const check = checksOf(session).find(({ id }) => id.endsWith(ending)) as Check;
  const pinned = typeof check.cases === 'string' ? inputs : check.cases[0]!;
  return check.examine(session, at ?? pinned, 0);
}

const answering = (answer: Value | Gradient): Subject =>
  subjectAnswering('test/scaled-sum', () => ({ kind: 'answer', answer }));
const throwing = subjectAnswering('test/scaled-sum', () => ({ kind: 'threw', message: 'no' }));

const pinning = (...cases: readonly GoldenCase[]): Changes => ({
  goldens: { formula: 'test/scaled-sum', provenance: {}, cases },
});

/** Changes that make the scaled sum a function of each element of x by itself. */
const elementwise = (
  of: (value: number) => number = (value) => value,
  spec: Partial<Spec> = {},
): Changes => ({
  ...pinning(),
  reference: ({ x }) => vector(...(x as NDArray).data.map(of)),
  spec: { output: { kind: 'real', shape: 'x' }, ...spec },
});

describe('the checks of a formula', () => {
  test('are the pinned values, agreement, laws, gradient, refusals and hygiene', () => {
    const checks = checksOf(sessionOf(scaledSum(), subjectWith()));
    expect(
      checks.map(({ id, kind, operation, cases }) => [
        id.replace('test/scaled-sum/', ''),
        kind,
        operation,
        typeof cases === 'string' ? cases : cases.length,
      ]),
    ).toEqual([
      ['golden/plain', 'golden', 'value', 1],
      ['golden/plain/gradient', 'golden', 'gradient', 1],
      ['agreement', 'agreement', 'value', 'generated'],
      ['law/is-the-same-at-the-same-inputs', 'law', 'value', 'finite'],
      ['gradient', 'gradient', 'gradient', 'generated'],
      ['refusal/empty', 'refusal', 'value', 1],
      ['hygiene/arguments', 'hygiene', 'value', 'generated'],
      ['hygiene/repeat', 'hygiene', 'value', 'generated'],
    ]);
  });

  test('ask what they say they ask, and a failure holds the call that failed', async () => {
    const ids = checksOf(sessionOf(scaledSum(), subjectWith())).map(({ id }) => id);
    for (const id of ids) {
      const calls: Call[] = [];
      const wrong = subjectAnswering('test/scaled-sum', (call, count) => {
        calls.push(call);
        const answer = call.operation === 'value' ? 1e9 + count : { x: vector(1e9) };
        return { kind: 'answer', answer, changed: ['x'] };
      });
      const check = checksOf(sessionOf(scaledSum(), wrong)).find((check) => check.id === id)!;
      const { failure } = await examine(id, wrong, { strict: true });
      expect(failure?.call, id).toStrictEqual(calls[0]);
      expect(new Set(calls.map(({ operation }) => operation))).toEqual(new Set([check.operation]));
    }
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
    expect(slug('|e| is even (or odd)')).toBe('e-is-even-or-odd');
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
    const changes = pinning({
      id: 'fine',
      why: 'a third',
      inputs: { x: [1, 1 / 3], factor: 2 },
      output: 99,
    });
    const rounded = answering(2 * (1 + Math.fround(1 / 3)));
    expect((await examine('/fine', rounded, {}, changes)).failure).toBeDefined();
    const float32 = await examine('/fine', rounded, { precision: 'float32' }, changes);
    expect(float32.failure).toBeUndefined();
  });

  test('holds in every precision that holds the inputs', async () => {
    const changes = pinning({
      id: 'exact',
      why: 'a half',
      inputs: { x: ['NaN', 0.5], factor: 2 },
      output: 99,
    });
    for (const precision of ['float64', 'float32', 'float16'] as const) {
      expect(await examine('/exact', answering(99), { precision }, changes)).toEqual({ ratio: 0 });
    }
  });

  test('is left out where a format would overflow on its finite inputs', () => {
    const changes = pinning(
      { id: 'largest', why: '', inputs: { x: [-65504, 1], factor: 65504 }, output: 0 },
      { id: 'infinite', why: '', inputs: { x: ['Infinity'], factor: '-Infinity' }, output: 0 },
      { id: 'element', why: '', inputs: { x: [1, -65536], factor: 2 }, output: 0 },
      { id: 'number', why: '', inputs: { x: [1, 2], factor: 65536 }, output: 0 },
    );
    const pinned = (precision: Precision): string[] =>
      checksOf(sessionOf(scaledSum(changes), subjectWith(), { precision }))
        .filter(({ kind }) => kind === 'golden')
        .map(({ id }) => id.slice('test/scaled-sum/golden/'.length));
    expect(pinned('float16')).toEqual(['largest', 'infinite']);
    expect(pinned('bfloat16')).toEqual(['largest', 'infinite', 'element', 'number']);
  });

  test('has a gradient beside it where the case gives one and its cotangent', () => {
    const [inputs, output, gradient] = [{ x: [1] }, 2, { x: [2] }];
    const changes = pinning(
      { id: 'neither', why: '', inputs, output },
      { id: 'slope', why: '', inputs, output, gradient },
      { id: 'weight', why: '', inputs, output, cotangent: 1 },
      { id: 'both', why: '', inputs, output, gradient, cotangent: 1 },
    );
    const ids = checksOf(sessionOf(scaledSum(changes), subjectWith())).map(({ id }) => id);
    expect(ids.filter((id) => /golden.*gradient/.test(id))).toEqual([
      'test/scaled-sum/golden/both/gradient',
    ]);
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

  test('is not held against a subject that throws where data is infinite', async () => {
    const bounded: Changes = { reference: () => 1 };
    const at = { x: vector(1, Infinity), factor: 3 };
    expect(await examine('/agreement', throwing, { at }, bounded)).toEqual({});
    const parameter = { x: vector(1, 2), factor: Infinity };
    const { failure } = await examine('/agreement', throwing, { at: parameter }, bounded);
    expect(failure?.message).toBe('throws inside the domain');
  });

  test('is not held against a subject that throws where a part of the answer is NaN', async () => {
    const divided = elementwise((value) => value / value);
    const at = { x: vector(0, 1) };
    expect(await examine('/agreement', throwing, { at }, divided)).toEqual({});
  });

  test('tells of a tail that the strict level would not forgive', async () => {
    const tail = {
      reference: () => Math.exp(-20),
      spec: { scale: { of: () => 1, reason: 'a test' } },
    };
    const lost = answering(Math.exp(-20) + 1e-16);
    const { failure, lostTail } = await examine('/agreement', lost, {}, tail);
    expect(failure).toBeUndefined();
    expect(lostTail?.()).toBeGreaterThan(1);
    expect((await examine('/agreement', lost, { strict: true }, tail)).failure).toBeDefined();
    const kept = answering(Math.exp(-20) * (1 + 1e-15));
    expect((await examine('/agreement', kept, {}, tail)).lostTail?.()).toBeUndefined();
    // An exact answer has lost nothing, and at the strict level a loss is a failure.
    for (const [exact, strict] of [
      [answering(Math.exp(-20)), false],
      [kept, true],
    ] as const) {
      const examined = await examine('/agreement', exact, { strict }, tail);
      expect(examined).toStrictEqual({ ratio: expect.any(Number) });
    }
  });

  describe('tells of a lost tail', () => {
    const unit = 2 ** -53;
    /** What is made of an answer around which everything of size 1 is forgiven. */
    const tailOf = async (right: readonly number[], ...answer: number[]) => {
      const spec: Partial<Spec> = {
        output: { kind: 'real', shape: 'x' },
        scale: { of: () => 1e9, reason: 'a test' },
      };
      const changes: Changes = { ...pinning(), reference: () => vector(...right), spec };
      const examined = await examine('/agreement', answering(vector(...answer)), {}, changes);
      expect(examined.failure).toBeUndefined();
      return examined.lostTail?.();
    };

    test('of one element among others, in strict budgets', async () => {
      expect(await tailOf([1, 1], 1, 1 + 3200 * unit)).toBeCloseTo(100, 6);
    });

    test('only beyond a thousand roundings', async () => {
      expect(await tailOf([1], 1 + 1000 * unit)).toBeUndefined();
      expect(await tailOf([1], 1 + 1002 * unit)).toBeCloseTo(1002 / 32, 6);
    });

    test('not of an infinity, however near it is to overflow', async () => {
      const largest = Number.MAX_VALUE;
      expect(await tailOf([1, largest], 1 + 500 * unit, Infinity)).toBeUndefined();
      expect(await tailOf([1, largest / 2], 1 + 2000 * unit, Infinity)).toBeUndefined();
    });

    test('not where the question itself is that sensitive', async () => {
      const at = { x: vector(1, 2 ** -40 - 1) };
      const cancelled = answering(2 ** -39 + 2 ** -50);
      const { failure, lostTail } = await examine('/agreement', cancelled, { at });
      expect(failure).toBeUndefined();
      expect(lostTail?.()).toBeUndefined();
    });
  });

  test('is a fault of the subject where it does not answer', async () => {
    const crashed = subjectAnswering('test/scaled-sum', () => undefined);
    await expect(examine('/agreement', crashed)).rejects.toThrow(SubjectFault);
  });

  test('remembers what was heard for the diagnosis', async () => {
    const session = sessionOf(scaledSum(), answering(9));
    const check = checksOf(session).find(({ kind }) => kind === 'agreement')!;
    await check.examine(session, inputs, 0);
    expect(session.heard).toMatchObject([
      { operation: 'value', inputs, outcome: { kind: 'answer', answer: 9 } },
    ]);
  });
});

describe('a sweep', () => {
  const sweepOf = (precision: Precision, exhaustive?: boolean, changes = elementwise()) => {
    const options = { precision, ...(exhaustive === undefined ? {} : { exhaustive }) };
    const session = sessionOf(scaledSum(changes), answering(0), options);
    return checksOf(session).find(({ id }) => id.endsWith('/sweep'));
  };
  const sweptBy = (check: Check | undefined): readonly NDArray[] =>
    (check!.cases as readonly Inputs[]).map(({ x }) => x as NDArray);

  test.each<[Precision, boolean | undefined, boolean]>([
    ['float16', true, true],
    ['bfloat16', true, true],
    ['float32', true, false],
    ['float64', true, false],
    ['float16', false, false],
    ['bfloat16', undefined, false],
  ])('of %s at the exhaustive level (%s): %s', (precision, exhaustive, there) => {
    expect(sweepOf(precision, exhaustive) !== undefined).toBe(there);
  });

  test.each<[string, boolean, Spec['inputs'], OutputSpec['shape']]>([
    ['one array', true, { x: { kind: 'real', shape: 'any' } }, 'x'],
    [
      'a number and an array',
      true,
      { n: { kind: 'real', default: 1 }, x: { kind: 'real', shape: 'any' } },
      'x',
    ],
    ['a sum', false, { x: { kind: 'real', shape: 'any' } }, 'scalar'],
    ['rows', false, { x: { kind: 'real', shape: ['...', 'c'] } }, 'x'],
    [
      'two arrays',
      false,
      { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: 'x' } },
      'x',
    ],
    ['a number', false, { x: { kind: 'real' } }, 'scalar'],
  ])('of %s: %s', (_, there, inputs, shape) => {
    const changes = elementwise(undefined, { inputs, output: { kind: 'real', shape } });
    expect(sweepOf('float16', true, changes) !== undefined).toBe(there);
  });

  test('asks every finite number once, 1024 at a time', () => {
    const inputs: Spec['inputs'] = { x: { kind: 'real', shape: 'any' } };
    const check = sweepOf('float16', true, elementwise(undefined, { inputs }))!;
    expect(check).toMatchObject({
      id: 'test/scaled-sum/sweep',
      kind: 'agreement',
      sentence: 'Scaled sum agrees with the reference on every float16 number',
      operation: 'value',
    });
    const swept = sweptBy(check);
    expect(swept.map(({ shape }) => shape)).toEqual(Array(62).fill([1024]));
    const asked = swept.flatMap(({ data }) => [...data]);
    const finite = everyNumber('float16').filter(Number.isFinite);
    expect(asked.every((value, i) => Object.is(value, finite[i]))).toBe(true);
  });

  test('asks those of the others that the contract answers', () => {
    const inputs: Spec['inputs'] = { x: { kind: 'real', shape: 'any', special: [Infinity] } };
    const swept = sweptBy(sweepOf('bfloat16', true, elementwise(undefined, { inputs })));
    const beyond = swept.flatMap(({ data }) =>
      [...data].filter((value) => !Number.isFinite(value)),
    );
    expect(beyond).toEqual([Infinity]);
  });

  test('finds the one number that is wrong', async () => {
    const identity = (wrong: number): Subject =>
      subjectWith(({ x }) => vector(...(x as NDArray).data.map((v) => (v === wrong ? 0 : v))));
    const options = { precision: 'float16', exhaustive: true } as const;
    const at = { x: vector(1, 1.5, 2) };
    expect(await examine('/sweep', identity(3), { ...options, at }, elementwise())).toEqual({
      ratio: 0,
    });
    const { failure } = await examine('/sweep', identity(1.5), { ...options, at }, elementwise());
    expect(failure).toMatchObject({ expected: '[1, 1.5, 2]', got: '[1, 0, 2]' });
  });
});

describe('a law', () => {
  const isSeven = always<Inputs>('is 7', async (formula, x) => equal(await formula(x), exactly(7)));
  const withLaw: Changes = { properties: [isSeven] };

  test('that is broken fails, with what it expected', async () => {
    expect(await examine('/is-7', answering(7), {}, withLaw)).toEqual({});
    const { failure, ratio } = await examine('/is-7', answering(8), {}, withLaw);
    expect(failure).toMatchObject({ expected: '7', got: '8' });
    expect(ratio).toBe(failure!.ratio);
    expect(ratio).toBeLessThan(Infinity);
  });

  test('is broken by a subject that throws, or answers in another size', async () => {
    const { failure, ratio } = await examine('/is-7', throwing, {}, withLaw);
    expect(failure?.message).toBe('throws "no"');
    expect(ratio).toBe(Infinity);
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

  test('sees the variant in the shape that it computes', async () => {
    const hasOneAxis = always<Inputs>('has one axis', async (formula, x) => {
      const { shape } = await formula(x);
      return shape.length === 1 ? undefined : { message: `has ${shape.length} axes` };
    });
    const changes: Changes = {
      ...elementwise(),
      properties: [hasOneAxis],
      variants: { same: { compute: ({ x }) => x as NDArray } },
    };
    const { failure } = await examine('/has-one-axis', answering(7), { variant: 'same' }, changes);
    expect(failure?.message).toBe('has 0 axes');
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

  test('of a number is asked for with 1 half of the time, else with sixteenths of either sign', async () => {
    const cotangents: number[] = [];
    const subject = subjectAnswering('test/scaled-sum', ({ inputs, cotangent }) => {
      cotangents.push(cotangent as number);
      return { kind: 'answer', answer: scaledSumGradient(inputs, cotangent) };
    });
    const session = sessionOf(scaledSum(), subject);
    const check = checksOf(session).find(({ id }) => id === 'test/scaled-sum/gradient')!;
    for (let run = 0; run < 800; run++) await check.examine(session, inputs, run);
    const ones = cotangents.filter((cotangent) => cotangent === 1).length;
    expect(ones / 800).toBeCloseTo(0.5, 1);
    const sixteenths = new Set(cotangents.map((cotangent) => cotangent * 16));
    const all = Array.from({ length: 32 }, (_, i) => [-i - 1, i + 1]).flat();
    expect([...sixteenths].sort((a, b) => a - b)).toEqual(all.sort((a, b) => a - b));
  });

  test('is not asked for where a part of the value is NaN', async () => {
    const changes = elementwise((value) => value / value);
    const subject = subjectAnswering('test/scaled-sum', () => ({ kind: 'threw', message: 'no' }));
    const at = { x: vector(0, 1) };
    expect(await examine('scaled-sum/gradient', subject, { at }, changes)).toEqual({});
    expect(subject.batches).toEqual([]);
  });

  test.each<[string, Value]>([
    ['output of shape []', 1],
    ['output of shape [2]', vector(1, 1)],
  ])('cannot be answered by a value: %s', async (layout, value) => {
    const { failure } = await examine('scaled-sum/gradient', answering(value));
    expect(failure?.message).toBe(`the answer has ${layout}, right is x of shape [2]`);
  });

  test('is remembered for the diagnosis, with its cotangent', async () => {
    const session = sessionOf(scaledSum(), subjectWith());
    await checksOf(session)[1]!.examine(session, inputs, 0);
    const outcome = { kind: 'answer', answer: { x: vector(6, 6) } };
    expect(session.heard).toMatchObject([{ operation: 'gradient', inputs, cotangent: 3, outcome }]);
  });

  test('of a variant is compared with that of the variant', async () => {
    const tripled = {
      compute: (x: Inputs) => 1.5 * scaledSumOf(x),
      gradient: (x: Inputs, cotangent: Value) => scaledSumGradient(x, 1.5 * (cotangent as number)),
    };
    const subject = subjectWith(tripled.compute, tripled.gradient);
    const changes: Changes = { variants: { tripled } };
    const options = { variant: 'tripled' };
    expect(await examine('scaled-sum/gradient', subject, options, changes)).toEqual({ ratio: 0 });
    const usual = await examine('scaled-sum/gradient', subjectWith(), options, changes);
    expect(usual.failure).toBeDefined();
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
    ['an answer with a NaN', answering(vector(1, Number.NaN))],
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
    expect(await examine('/hygiene/arguments', answering(7))).toEqual({});
  });

  test('is asked for at the inputs of a run, then those of the next, then the first again', async () => {
    const asked: Inputs[] = [];
    const subject = subjectAnswering('test/scaled-sum', ({ inputs }) => {
      asked.push(inputs);
      return { kind: 'threw', message: 'no' };
    });
    const session = sessionOf(scaledSum(), subject);
    const check = checksOf(session).find(({ id }) => id.endsWith('/repeat'))!;
    expect(await check.examine(session, inputs, 5)).toEqual({});
    expect(asked).toHaveLength(3);
    for (const [i, which] of [inputs, session.inputsOf(6, false), inputs].entries()) {
      expect(asked[i]).toBe(which);
    }
  });

  test('is broken by an error the second time, or only the first', async () => {
    const throwingAt = (which: number): Subject =>
      subjectAnswering('test/scaled-sum', (_, count) =>
        count === which ? { kind: 'threw', message: 'no' } : { kind: 'answer', answer: 7 },
      );
    expect((await examine('/hygiene/repeat', throwingAt(0))).failure).toMatchObject({
      message: 'answers differently when it is asked again',
      expected: 'an error',
      got: '7',
    });
    expect((await examine('/hygiene/repeat', throwingAt(2))).failure).toMatchObject({
      expected: '7',
      got: 'an error',
    });
  });

  test('is broken by another answer the second time, down to the sign of zero', async () => {
    const fickle = (answers: readonly Value[]): Subject =>
      subjectAnswering('test/scaled-sum', (_, count) => ({
        kind: 'answer',
        answer: answers[count]!,
      }));
    expect(await examine('/hygiene/repeat', fickle([1, 2, 1]))).toEqual({});
    expect(await examine('/hygiene/repeat', fickle([Number.NaN, 2, Number.NaN]))).toEqual({});
    const { failure } = await examine('/hygiene/repeat', fickle([vector(1, 0), 2, vector(1, -0)]));
    expect(failure).toMatchObject({ expected: '[1, 0]', got: '[1, -0.0]' });
    expect(
      (await examine('/hygiene/repeat', fickle([vector(1), 2, vector(1, 2)]))).failure,
    ).toBeDefined();
  });
});

describe('a law that an answer breaks', () => {
  const reading = (shape: (rank: number) => void): Changes => ({
    properties: [
      always('is read', async (formula, x) => {
        shape((await formula(x)).shape.length);
        return undefined;
      }),
    ],
  });
  const throws = (): never => {
    throw new TypeError('cannot read');
  };

  test('fails where right answers can be read', async () => {
    const changes = reading((rank) => (rank === 0 ? undefined : throws()));
    const { failure } = await examine('law/is-read', answering(vector(1, 2)), {}, changes);
    expect(failure?.message).toBe('answers in a form that cannot be read');
    expect(await examine('law/is-read', answering(7), {}, changes)).toEqual({});
  });

  test('is a defect of the law where they cannot', async () => {
    const asked = examine('law/is-read', answering(7), {}, reading(throws));
    await expect(asked).rejects.toThrow('cannot read');
  });
});
