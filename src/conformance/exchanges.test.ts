import { describe, expect, test } from 'vitest';
import { vector } from '../kernel/index.js';
import { attempt, exchangesOf, questionOf } from './exchanges.js';
import { scaledSum, sessionOf, subjectWith } from './formulas.fixture.js';
import type { Heard } from './session.js';
import type { Outcome } from './subject.js';

const inputs = { x: vector(1, 2) };
const answering = (answer: (Outcome & { kind: 'answer' })['answer']): Outcome => ({
  kind: 'answer',
  answer,
});

/** What is made of some answers, in the order in which they were heard. */
function heard(operation: Heard['operation'], ...outcomes: readonly Outcome[]) {
  const session = sessionOf(scaledSum(), subjectWith());
  for (const outcome of outcomes) {
    session.heard.push({ operation: 'value', inputs, outcome });
    session.heard.push({ operation: 'gradient', inputs, cotangent: 3, outcome });
  }
  return exchangesOf(session, operation);
}

describe('exchanges', () => {
  test('about a value and about a gradient are kept apart', () => {
    const value = answering(6);
    const gradient = answering({ x: vector(6, 6) });
    expect(heard('value', value, gradient).map(({ right }) => right)).toEqual([true, false]);
    expect(heard('gradient', value, gradient).map(({ right }) => right)).toEqual([false, true]);
    expect(heard('value', value)[0]).toMatchObject({ answer: 6, heard: { operation: 'value' } });
  });

  test('without an answer are wrong', () => {
    const [thrown, faulty] = heard(
      'value',
      { kind: 'threw', message: 'no' },
      { kind: 'fault', fault: 'crash', message: 'gone' },
    );
    for (const exchange of [thrown, faulty]) {
      expect(exchange).toMatchObject({ answer: undefined, right: false });
      expect(exchange!.yardstick.right).toBe(6);
    }
  });

  test('are judged by what was asked for alone', () => {
    const [more] = heard('gradient', answering({ x: vector(6, 6), factor: vector(1) }));
    expect(more).toMatchObject({ answer: { x: vector(6, 6) }, right: true });
    expect(more!.answer).not.toHaveProperty('factor');
  });

  test('about a value keep all of its parts', () => {
    const [parts] = heard('value', answering({ count: 6, rest: vector(1) }));
    expect(parts!.answer).toEqual({ count: 6, rest: vector(1) });
  });
});

test('a question can be put at other inputs, with the cotangent that it had, or with 1', () => {
  const session = sessionOf(scaledSum(), subjectWith());
  const outcome = answering(0);
  const ask = (rest: Partial<Heard>) => {
    const { reference, inputs: at } = questionOf(
      session,
      { operation: 'gradient', inputs, outcome, ...rest },
      { x: vector(5) },
    );
    return reference(at);
  };
  expect(ask({ cotangent: 3 })).toEqual({ x: vector(6) });
  expect(ask({})).toEqual({ x: vector(2) });
  expect(ask({ operation: 'value' })).toBe(10);
});

test('an attempt gives what was computed, or nothing where that is refused', () => {
  expect(attempt(() => 0)).toBe(0);
  expect(
    attempt(() => {
      throw new Error('refused');
    }),
  ).toBeUndefined();
});
