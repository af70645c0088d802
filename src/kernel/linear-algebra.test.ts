import { describe, expect, it } from 'vitest';
import {
  columnOf,
  identityMatrix,
  matrixFrom,
  requireSquare,
  requireSymmetric,
  rowOf,
  solveTransposed,
  transposed,
} from './linear-algebra.js';
import { matrix, ndarray, toNested } from './ndarray.js';
import { dot, productOfTransposed } from './products.js';
import { stream } from './random.js';

const rectangle = matrix([1, 2, 3], [4, 5, 6]);

describe('matrices', () => {
  it('are written element by element', () => {
    expect(matrixFrom(2, 3, (i, j) => 3 * i + j + 1)).toEqual(rectangle);
    expect(toNested(identityMatrix(2))).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('are turned over their diagonal', () => {
    expect(transposed(rectangle)).toEqual(matrix([1, 4], [2, 5], [3, 6]));
  });

  it('have rows and columns as lines', () => {
    expect(dot(3, rowOf(rectangle, 0), rowOf(rectangle, 1))).toBe(32);
    expect(dot(2, columnOf(rectangle, 0), columnOf(rectangle, 2))).toBe(27);
    expect(dot(1, columnOf(rectangle, 0, 1), columnOf(rectangle, 2, 1))).toBe(24);
  });
});

describe('back substitution', () => {
  it('undoes a product, and reads nothing above the diagonal', () => {
    const lower = matrix([2, Number.NaN, Number.NaN], [1, 4, Number.NaN], [-3, 0.5, 8]);
    const solution = matrix([1, -2], [0.5, 3], [-1, 4]);
    const zeros = matrixFrom(3, 3, (i, j) => (i < j ? 0 : lower.data[3 * i + j]!));
    expect(solveTransposed(lower, productOfTransposed(zeros, solution))).toEqual(solution);
  });

  it('loses nothing but roundings over many rows', () => {
    const draws = stream('substitution');
    const lower = matrixFrom(40, 40, (i, j) => (i === j ? 4 : i > j ? draws.uniform() / 8 : 0));
    const solution = matrixFrom(40, 1, () => draws.uniform());
    const found = solveTransposed(lower, productOfTransposed(lower, solution));
    for (const [i, x] of found.data.entries()) expect(x).toBeCloseTo(solution.data[i]!, 14);
  });
});

describe('demands on matrices', () => {
  it.each([
    ['shape', ndarray([3], [1, 2, 3]), 'f: x must have rank 2, got [3]'],
    ['empty', ndarray([0, 0], []), 'f: x must not be empty, got [0,0]'],
    ['empty', ndarray([0, 3], []), 'f: x must not be empty, got [0,3]'],
    ['shape', rectangle, 'f: x must be square, got [2,3]'],
    ['domain', matrix([1, 2], [3, 4]), 'f: x must be symmetric, got 2 at [0, 1] and 3 at [1, 0]'],
    [
      'domain',
      matrix([1, Number.NaN], [3, 4]),
      'f: x must be symmetric, got NaN at [0, 1] and 3 at [1, 0]',
    ],
  ])('%s', (code, x, message) => {
    expect(() => requireSymmetric('f', { x })).toThrow(expect.objectContaining({ code, message }));
  });

  it('accept what is symmetric, missing data too', () => {
    expect(() => requireSymmetric('f', { x: matrix([1, 2], [2, 4]) })).not.toThrow();
    expect(() => requireSymmetric('f', { x: matrix([1, NaN], [NaN, 4]) })).not.toThrow();
    expect(() => requireSymmetric('f', { x: matrix([1, 0], [-0, 4]) })).not.toThrow();
    expect(() => requireSquare('f', { x: matrix([1, 2], [3, 4]) })).not.toThrow();
  });
});
