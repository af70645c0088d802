import { expect, it } from 'vitest';
import { withMover } from './moves.js';
import { matrix, ndarray, toNested } from './ndarray.js';
import { matrixProduct, productOfTransposed, productWithTransposed } from './products.js';
import { sum } from './sums.js';

const left = matrix([1, 2, 3], [4, 5, 6]);
const right = matrix([1, 0], [0, 1], [2, -1]);
const expected = [
  [7, -1],
  [16, -1],
];

it('multiplies matrices', () => {
  expect(toNested(matrixProduct(left, right))).toEqual(expected);
});

it('multiplies by a matrix turned over its diagonal', () => {
  const turned = matrix([1, 0, 2], [0, 1, -1]);
  expect(toNested(productWithTransposed(left, turned))).toEqual(expected);
  expect(toNested(productOfTransposed(matrix([1, 4], [2, 5], [3, 6]), right))).toEqual(expected);
});

it('multiplies stacks matrix by matrix', () => {
  const ones = ndarray([2, 1, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  const columns = ndarray([2, 1, 2, 1], [1, 10, 100, 1000]);
  expect(matrixProduct(ones, columns)).toEqual(ndarray([2, 1, 2, 1], [21, 43, 6500, 8700]));
  expect(productOfTransposed(ones, columns)).toEqual(ndarray([2, 1, 2, 1], [31, 42, 7500, 8600]));
  expect(productWithTransposed(columns, columns).shape).toEqual([2, 1, 2, 2]);
});

it('adds long products pairwise', () => {
  const n = 1000;
  const tenths = ndarray([1, n], new Float64Array(n).fill(0.1));
  const ones = ndarray([1, n], new Float64Array(n).fill(1));
  const pairwise = sum(n, (low, high) => {
    let partial = 0;
    for (let k = low; k < high; k++) partial += 0.1;
    return partial;
  });
  expect(productWithTransposed(tenths, ones).data).toEqual(Float64Array.of(pairwise));
});

it('passes each element to the judge as one result', () => {
  const moved: number[] = [];
  const mover = {
    result: (value: number): number => {
      moved.push(value);
      return value;
    },
    transcendental: (value: number): number => value,
  };
  withMover(mover, () => matrixProduct(left, right));
  expect(moved).toEqual(expected.flat());
});
