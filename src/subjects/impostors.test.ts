import { describe, expect, test } from 'vitest';
import { scaledSum, scaledSumOf } from '../conformance/formulas.fixture.js';
import type { Inputs, Value } from '../conformance/spec.js';
import type { Operation, Outcome, Subject } from '../conformance/subject.js';
import { type NDArray, vector } from '../kernel/index.js';
import { alternativeSubject, mistakeSubject, referenceSubject } from './impostors.js';

const formula = scaledSum();
const inputs: Inputs = { x: vector(1, 2) };
const nothing: Inputs = { x: vector() };

async function ask(
  subject: Subject,
  given: Inputs,
  operation: Operation = 'value',
): Promise<Outcome> {
  const cotangent: { cotangent?: Value } = operation === 'value' ? {} : { cotangent: 3 };
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
