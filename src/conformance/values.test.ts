import { describe, expect, test } from 'vitest';
import { matrix, ndarray, vector } from '../kernel/index.js';
import {
  allArrays,
  arraysIn,
  flatten,
  isArray,
  isArrays,
  partOf,
  sameInputs,
  sameValue,
  withArrays,
  withNumbers,
} from './values.js';

const list = { weight: matrix([1, 2], [3, 4]), bias: vector(5) };

test.each<[string, unknown, boolean, boolean]>([
  ['an array', vector(1), true, false],
  ['several arrays', list, false, true],
  ['no arrays', {}, false, true],
  ['arrays of which one is called data', { data: vector(1), shape: vector(2) }, false, true],
  ['a number', 1, false, false],
  ['a word', 'sum', false, false],
  ['a shape', [2, 3], false, false],
  ['nothing', undefined, false, false],
])('%s is an array, or several', (_, argument, one, several) => {
  expect(isArray(argument as never)).toBe(one);
  expect(isArrays(argument as never)).toBe(several);
});

test('the arrays of an argument are found in whatever form they stand', () => {
  expect(arraysIn(vector(1))).toEqual([vector(1)]);
  expect(arraysIn(list)).toEqual([list.weight, list.bias]);
  for (const argument of [1, 'sum', true, [2, 3], undefined])
    expect(arraysIn(argument)).toEqual([]);
  expect(allArrays({ x: vector(1), list, rate: 2, shape: [1] })).toEqual([
    vector(1),
    list.weight,
    list.bias,
  ]);
});

describe('changing', () => {
  const negated = (x: number): number => -x;

  test('reaches every array of an argument, and leaves the rest', () => {
    const copies = withArrays(list, ({ shape, data }) => ({ shape, data: data.map(negated) }));
    expect(copies).toEqual({ weight: matrix([-1, -2], [-3, -4]), bias: vector(-5) });
    expect(withArrays([2, 3], () => vector(0))).toEqual([2, 3]);
    expect(withArrays('sum', () => vector(0))).toBe('sum');
  });

  test('reaches every number of an answer', () => {
    expect(withNumbers(2, negated)).toBe(-2);
    expect(withNumbers(vector(1, 2), negated)).toEqual(vector(-1, -2));
    const parts = { clipped: list, norm: 7, rest: vector(8) };
    expect(withNumbers(parts, negated)).toEqual({
      clipped: { weight: matrix([-1, -2], [-3, -4]), bias: vector(-5) },
      norm: -7,
      rest: vector(-8),
    });
  });
});

describe('flat', () => {
  test('an answer is its numbers, and the layout that tells it from others', () => {
    expect(flatten(3)).toEqual({
      parts: [{ name: 'output', shape: [], start: 0, size: 1 }],
      data: Float64Array.of(3),
    });
    expect(flatten(matrix([1, 2]))).toMatchObject({ parts: [{ name: 'output', shape: [1, 2] }] });
  });

  test('parts stand in the order of their names, arrays of a list among them', () => {
    const { parts, data } = flatten({ norm: 7, clipped: list, rest: vector(8, 9) });
    expect(parts.map(({ name, start, size }) => [name, start, size])).toEqual([
      ['clipped.bias', 0, 1],
      ['clipped.weight', 1, 4],
      ['norm', 5, 1],
      ['rest', 6, 2],
    ]);
    expect([...data]).toEqual([5, 1, 2, 3, 4, 7, 8, 9]);
    expect(parts.map(partOf)).toEqual(['clipped', 'clipped', 'norm', 'rest']);
  });
});

describe('the same', () => {
  test.each<[string, unknown, boolean]>([
    ['the same', { x: vector(1, -0), list, shape: [2] }, true],
    ['another sign of 0', { x: vector(1, 0), list, shape: [2] }, false],
    ['another shape', { x: ndarray([2, 1], [1, -0]), list, shape: [2] }, false],
    [
      'another array of a list',
      { x: vector(1, -0), list: { ...list, bias: vector(6) }, shape: [2] },
      false,
    ],
    ['one array less', { x: vector(1, -0), list: { bias: list.bias }, shape: [2] }, false],
    ['other lengths', { x: vector(1, -0), list, shape: [3] }, false],
  ])('as inputs are bit by bit: %s', (_, other, same) => {
    const inputs = { x: vector(1, -0), list, shape: [2] };
    expect(sameInputs(inputs, other as never)).toBe(same);
  });

  test('as answers are numbers and layout', () => {
    expect(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(sameValue({ a: 1, b: 2 }, { a: 1, c: 2 })).toBe(false);
    expect(sameValue(vector(Number.NaN), vector(Number.NaN))).toBe(true);
    expect(sameValue(1, vector(1))).toBe(false);
  });
});
