import { describe, expect, test } from 'vitest';
import {
  fromNested,
  isNDArray,
  matrix,
  type Nested,
  ndarray,
  ones,
  product,
  sameShape,
  shapesEqual,
  sizeOf,
  toNested,
  vector,
} from './ndarray.js';

describe('ndarray', () => {
  test('copies its elements and its shape', () => {
    const shape = [2, 2];
    const elements = Float64Array.of(1, 2, 3, 4);
    const array = ndarray(shape, elements);
    elements[0] = 9;
    shape[0] = 9;
    expect(array).toEqual({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
  });

  test('refuses elements that do not fill the shape', () => {
    expect(() => ndarray([2, 3], [1, 2, 3])).toThrow(
      new RangeError('ndarray: elements must number 6 for shape [2, 3], got 3'),
    );
  });

  test('of rank 0 holds one element, and of a zero length none', () => {
    expect(ndarray([], [5]).data).toEqual(Float64Array.of(5));
    expect(ndarray([3, 0], []).data).toHaveLength(0);
    expect(() => ndarray([], [])).toThrow(RangeError);
  });
});

test('sizeOf multiplies the lengths', () => {
  expect([sizeOf([]), sizeOf([4]), sizeOf([2, 3, 4]), sizeOf([2, 0])]).toEqual([1, 4, 24, 0]);
});

test('vector and matrix take elements and rows', () => {
  expect(vector(1, -0)).toEqual({ shape: [2], data: Float64Array.of(1, -0) });
  expect(vector(3).data).toEqual(Float64Array.of(3));
  expect(vector().shape).toEqual([0]);
  expect(matrix([1, 2, 3], [4, 5, 6])).toEqual({
    shape: [2, 3],
    data: Float64Array.of(1, 2, 3, 4, 5, 6),
  });
  expect(() => matrix([1, 2], [3])).toThrow(RangeError);
});

test('sameShape takes the buffer without copying it', () => {
  const data = Float64Array.of(5, 6);
  expect(sameShape(vector(1, 2), data).data).toBe(data);
});

describe('nested lists', () => {
  test.each<[Nested, readonly number[]]>([
    [5, []],
    [[], [0]],
    [[1, 2, 3], [3]],
    [
      [[1], [2]],
      [2, 1],
    ],
    [
      [[], []],
      [2, 0],
    ],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        [
          [9, 10],
          [11, 12],
        ],
      ],
      [3, 2, 2],
    ],
  ])('%j has shape %j, and comes back', (nested, shape) => {
    const array = fromNested(nested);
    expect(array.shape).toEqual(shape);
    expect(toNested(array)).toEqual(nested);
  });

  test('are read in row-major order', () => {
    expect(
      fromNested([
        [1, 2],
        [3, 4],
      ]).data,
    ).toEqual(Float64Array.of(1, 2, 3, 4));
  });

  test('keep NaN, infinities and −0', () => {
    expect(toNested(fromNested([Number.NaN, Infinity, -0]))).toEqual([Number.NaN, Infinity, -0]);
  });

  test.each<[string, unknown, string]>([
    [
      'rows of different length',
      [[1, 2], [3]],
      'array: lists at depth 1 must all have length 2, got a list of 1',
    ],
    ['a number among rows', [[1, 2], 3], 'array: lists at depth 1 must all have length 2, got 3'],
    ['a row among numbers', [1, [2]], 'array: elements must be numbers, got a list of 1'],
    [
      'an element after an empty row',
      [[], [1]],
      'array: lists at depth 1 must all have length 0, got a list of 1',
    ],
    ['text', ['1'], 'array: elements must be numbers, got 1'],
    ['null', [null], 'array: elements must be numbers, got null'],
  ])('are refused with %s', (_what, nested, message) => {
    expect(() => fromNested(nested as Nested)).toThrow(new RangeError(message));
  });
});

test('shapes are equal with the same lengths in the same order', () => {
  expect(shapesEqual([], [])).toBe(true);
  expect(shapesEqual([2, 3], [2, 3])).toBe(true);
  expect(shapesEqual([2, 3], [3, 2])).toBe(false);
  expect(shapesEqual([2], [2, 1])).toBe(false);
  expect(shapesEqual([2, 1], [2])).toBe(false);
});

test('isNDArray knows an array by its fields, whoever made it', () => {
  expect(isNDArray({ shape: [1], data: Float64Array.of(1) })).toBe(true);
  for (const other of [null, 1, [1], {}, { shape: [1], data: [1] }, { data: Float64Array.of(1) }]) {
    expect(isNDArray(other)).toBe(false);
  }
  expect(isNDArray({ shape: 1, data: Float64Array.of(1) })).toBe(false);
});

test('a product keeps the shape of its left side, element by element', () => {
  expect(product(matrix([1, 2], [3, 4]), matrix([5, 6], [7, -8]))).toEqual(
    matrix([5, 12], [21, -32]),
  );
});

test('ones fill their shape', () => {
  expect(ones([2, 2])).toEqual(matrix([1, 1], [1, 1]));
  expect(ones([0])).toEqual(vector());
});
