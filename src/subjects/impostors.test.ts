import { describe, expect, test } from 'vitest';
import type { Formula } from '../conformance/formula.js';
import { scaledSum, scaledSumOf } from '../conformance/formulas.fixture.js';
import type { Sampling } from '../conformance/sampling/sampling.js';
import type { Inputs, Spec, Value } from '../conformance/spec.js';
import type { Operation, Outcome, Subject } from '../conformance/subject.js';
import { type NDArray, type Stream, vector } from '../kernel/index.js';
import {
  alternativeSubject,
  mistakeSubject,
  referenceSubject,
  trivialSubjects,
} from './impostors.js';

const formula = scaledSum();
const inputs: Inputs = { x: vector(1, 2) };
const nothing: Inputs = { x: vector() };

async function ask(
  subject: Subject,
  given: Inputs,
  operation: Operation = 'value',
): Promise<Outcome> {
  const cotangent: { cotangent?: Value } = operation === 'gradient' ? { cotangent: 3 } : {};
  const call = { formula: formula.id, operation, inputs: given, ...cotangent };
  const [outcome] = await subject.ask([call]);
  return outcome!;
}

describe('the reference as a subject', () => {
  test('answers value and gradient, in the format that is asked for', async () => {
    const subject = referenceSubject(formula, 'float32');
    expect(subject.dtype).toBe('float32');
    expect(await ask(subject, inputs)).toEqual({ kind: 'answer', answer: 6 });
    expect(await ask(subject, inputs, 'gradient')).toEqual({
      kind: 'answer',
      answer: { x: vector(6, 6) },
    });
  });

  test('offers no gradient where the formula has none', () => {
    const { gradient: _, ...flat } = formula;
    expect(referenceSubject(flat).description.gradients).toEqual([]);
  });
});

test('an alternative stands behind the demands of the reference, and has no gradient', async () => {
  const subject = alternativeSubject(formula, 'from the right', (x) =>
    (x.x as NDArray).data.reduceRight((sum, value) => sum + 2 * value, 0),
  );
  expect(subject.description).toMatchObject({ name: 'from the right', gradients: [] });
  expect(await ask(subject, inputs)).toEqual({ kind: 'answer', answer: 6 });
  expect(await ask(subject, nothing)).toMatchObject({ kind: 'threw' });
});

describe('a mistake as a subject', () => {
  const tripled = (x: Inputs): number => 1.5 * (x.x as NDArray).data.length;

  test('in the value keeps the gradient of the reference, and its demands', async () => {
    const subject = mistakeSubject(formula, 'wrong', { source: 'classic', compute: tripled });
    expect(await ask(subject, inputs)).toEqual({ kind: 'answer', answer: 3 });
    expect(await ask(subject, nothing)).toMatchObject({ kind: 'threw' });
    expect(await ask(subject, inputs, 'gradient')).toMatchObject({ answer: { x: vector(6, 6) } });
  });

  test('in the gradient keeps the value of the reference', async () => {
    const subject = mistakeSubject(formula, 'wrong', {
      source: 'classic',
      gradient: () => ({ x: vector(0, 0) }),
    });
    expect(await ask(subject, inputs)).toEqual({ kind: 'answer', answer: scaledSumOf(inputs) });
    expect(await ask(subject, inputs, 'gradient')).toMatchObject({ answer: { x: vector(0, 0) } });
  });

  test('of checking is not guarded', async () => {
    const mistake = { source: 'classic', compute: tripled, unguarded: true } as const;
    expect(await ask(mistakeSubject(formula, 'wrong', mistake), nothing)).toEqual({
      kind: 'answer',
      answer: 0,
    });
  });
});

describe('a formula of several parts, which draws', () => {
  const parts = { low: vector(1), high: 2 };
  const drawing = {
    ...scaledSum({ reference: () => parts }),
    sampling: { sample: (_: Inputs, draws: Stream) => draws.uniform() } as Sampling,
  };
  const { output: _, ...spec } = drawing.spec;
  const real = { kind: 'real', shape: 'scalar' } as const;
  const split: Formula = {
    ...drawing,
    spec: { ...spec, outputs: { low: { ...real, shape: 'any' }, high: real } } as Spec,
  };

  test('is drawn anew at every call, and the same in every run', async () => {
    const [one, other] = [referenceSubject(split), referenceSubject(split)];
    expect(one.description.samples).toEqual([formula.id]);
    const first = await ask(one, {}, 'sample');
    expect(await ask(one, {}, 'sample')).not.toEqual(first);
    expect(await ask(other, {}, 'sample')).toEqual(first);
  });

  test('has a mistake in its draws alone', async () => {
    const mistake = mistakeSubject(split, 'wrong', { source: 'classic', sample: () => 7 });
    expect(await ask(mistake, {}, 'sample')).toEqual({ kind: 'answer', answer: 7 });
    expect(await ask(mistake, {})).toEqual({ kind: 'answer', answer: parts });
  });

  test('has trivial answers in its parts and in its draws', async () => {
    const trivial = trivialSubjects(split);
    expect(await ask(trivial['always 0']!, {})).toEqual({
      kind: 'answer',
      answer: { low: vector(0), high: 0 },
    });
    expect(await ask(trivial['its parts exchanged']!, {})).toEqual({
      kind: 'answer',
      answer: { low: 2, high: vector(1) },
    });
    expect(await ask(trivial['draws always 0']!, {}, 'sample')).toMatchObject({ answer: 0 });
    const same = trivial['the same draws at every call']!;
    expect(await ask(same, {}, 'sample')).toEqual(await ask(same, {}, 'sample'));
  });

  test('is not called so where it has one part and no draws', () => {
    const names = Object.keys(trivialSubjects(formula));
    expect(names).not.toContain('its parts exchanged');
    expect(names).not.toContain('draws always 0');
  });
});
