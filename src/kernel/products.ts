import type { NDArray } from './ndarray.js';
import { sum } from './sums.js';

/*
 * Products of matrices, of which an array of more axes is a stack: its last two axes are rows
 * and columns, and those before them, the same in both factors, tell the matrices apart.
 */

/** Where the terms of a dot product stand: every so many elements, from a first one on. */
export interface Line {
  readonly data: Float64Array;
  readonly start: number;
  readonly stride: number;
}

/** The sum of the products of two lines of n elements, added pairwise. */
export function dot(n: number, left: Line, right: Line): number {
  return sum(n, (low, high) => {
    let partial = 0;
    for (let k = low; k < high; k++) {
      partial +=
        left.data[left.start + k * left.stride]! * right.data[right.start + k * right.stride]!;
    }
    return partial;
  });
}

/** A stack of matrices as lines: along the rows of each, or down its columns. */
interface Stack {
  readonly lines: number;
  readonly length: number;
  readonly line: (matrix: number, index: number) => Line;
}

function rowsOf({ shape, data }: NDArray): Stack {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const start = (matrix: number, row: number): number => (matrix * rows + row) * columns;
  return {
    lines: rows,
    length: columns,
    line: (matrix, row) => ({ data, start: start(matrix, row), stride: 1 }),
  };
}

function columnsOf({ shape, data }: NDArray): Stack {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const start = (matrix: number, column: number): number => matrix * rows * columns + column;
  return {
    lines: columns,
    length: rows,
    line: (matrix, column) => ({ data, start: start(matrix, column), stride: columns }),
  };
}

/** Every line of the left with every line of the right, matrix by matrix. */
function dots(leading: readonly number[], left: Stack, right: Stack): NDArray {
  const matrices = leading.reduce((product, length) => product * length, 1);
  const data = new Float64Array(matrices * left.lines * right.lines);
  let next = 0;
  for (let matrix = 0; matrix < matrices; matrix++) {
    for (let row = 0; row < left.lines; row++) {
      const along = left.line(matrix, row);
      for (let column = 0; column < right.lines; column++) {
        data[next++] = dot(left.length, along, right.line(matrix, column));
      }
    }
  }
  return { shape: [...leading, left.lines, right.lines], data };
}

/** A B: the product of two matrices, or of two stacks of them, matrix by matrix. */
export function matrixProduct(left: NDArray, right: NDArray): NDArray {
  return dots(left.shape.slice(0, -2), rowsOf(left), columnsOf(right));
}

/** A Bᵀ: the rows of one matrix with the rows of another. */
export function productWithTransposed(left: NDArray, right: NDArray): NDArray {
  return dots(left.shape.slice(0, -2), rowsOf(left), rowsOf(right));
}

/** Aᵀ B: the columns of one matrix with the columns of another. */
export function productOfTransposed(left: NDArray, right: NDArray): NDArray {
  return dots(left.shape.slice(0, -2), columnsOf(left), columnsOf(right));
}
