import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { PartMissing } from './estimate.js';
import { scaledSum, sessionOf, subjectWith } from './formulas.fixture.js';
import { answerOf, WrongAnswer } from './law-answers.js';
import type { Terms } from './questions.js';
import type { Inputs, Value } from './spec.js';

/** The terms of a formula that gives the elements of x, their sum, and a list of both. */
function terms(): Terms {
  const parts = ({ x }: Inputs): Value => {
    const array = x as NDArray;
    const total = array.data.reduce((sum, element) => sum + element, 0);
    return { elements: array, total, list: { a: array, b: vector(total) } };
  };
  const formula = scaledSum({ reference: parts });
  const { output: _, ...spec } = formula.spec;
  const outputs = {
    elements: { kind: 'real', shape: 'x' },
    total: { kind: 'real', shape: 'scalar' },
    list: { kind: 'real', shape: 'list' },
  } as const;
  return sessionOf({ ...formula, spec: { ...spec, outputs } }, subjectWith()).terms;
}

const inputs = { x: vector(1, 2) };
const right = { elements: vector(1, 2), total: 3, list: { a: vector(1, 2), b: vector(3) } };

describe('an answer in parts', () => {
  test('is all of its numbers, in the order of the names of its parts', () => {
    const { values, shape } = answerOf(terms(), { inputs }, right);
    expect([...values]).toEqual([1, 2, 1, 2, 3, 3]);
    expect(shape).toEqual([6]);
  });

  test('gives each part with the room that is its own', () => {
    const answer = answerOf(terms(), { inputs }, right);
    const total = answer.part('total');
    expect([...total.values]).toEqual([3]);
    expect(total.shape).toEqual([]);
    expect(total.budget()).toHaveLength(1);
    expect(total.budget()[0]).toBeGreaterThan(3 * total.unit);
    const elements = answer.part('elements');
    expect(elements.shape).toEqual([2]);
    expect(elements.budget()[1]).toBeGreaterThan(elements.budget()[0]!);
  });

  test('gives the arrays of a list end to end, and nothing for an empty one', () => {
    const answer = answerOf(terms(), { inputs }, right);
    expect([...answer.part('list').values]).toEqual([1, 2, 3]);
    expect(answer.part('list').budget()).toHaveLength(3);
    const empty = answerOf(terms(), { inputs }, { ...right, list: {} }).part('list');
    expect([...empty.values, ...empty.budget()]).toEqual([]);
  });

  test('has no part that the subject leaves out, and room for those that it gives', () => {
    const answer = answerOf(terms(), { inputs }, { total: 4 });
    expect(() => answer.part('elements')).toThrow(new PartMissing('elements is not given'));
    expect(() => answer.part('list')).toThrow(PartMissing);
    expect(answer.part('total').budget()).toHaveLength(1);
  });

  test('is wrong where a part is of another size', () => {
    const answer = answerOf(terms(), { inputs }, { ...right, elements: vector(1, 2, 3) });
    expect(() => answer.part('elements').budget()).toThrow(
      new WrongAnswer('answers 3 numbers, right is 2'),
    );
  });

  test('measures its room once for all who answer the question', () => {
    const question = { inputs };
    const of = terms();
    const first = answerOf(of, question, right).budget();
    expect(answerOf(of, question, right).budget()).toBe(first);
  });
});
