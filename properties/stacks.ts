import type { Estimate } from '../src/conformance/estimate.js';
import { type NDArray, sizeOf } from '../src/kernel/index.js';

/*
 * Stacks of matrices as lists of rows, for laws, mistakes and alternatives that work matrix by
 * matrix: the last two axes are rows and columns, those before them tell the matrices apart.
 */

/** A matrix as its rows. */
export type Rows = readonly (readonly number[])[];

// Loops throughout: laws and alternatives run by the thousand, and builtins that take a function
// are several times slower.

/** The matrices of a stack. */
export function matricesOf({ shape, data }: NDArray): readonly Rows[] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const matrices: Rows[] = [];
  let next = 0;
  for (let matrix = sizeOf(shape.slice(0, -2)); matrix > 0; matrix--) {
    const list: number[][] = [];
    for (let row = 0; row < rows; row++) {
      const elements: number[] = [];
      for (let column = 0; column < columns; column++) elements.push(data[next++]!);
      list.push(elements);
    }
    matrices.push(list);
  }
  return matrices;
}

/** The stack of matrices of one shape, under leading axes. */
export function stackOf(leading: readonly number[], matrices: readonly Rows[]): NDArray {
  const shape = [...leading, matrices[0]!.length, matrices[0]![0]!.length];
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  for (const rows of matrices) {
    for (const row of rows) for (const element of row) data[next++] = element;
  }
  return { shape, data };
}

/** A stack with each of its matrices changed. */
export function matrixwise(stack: NDArray, change: (rows: Rows, matrix: number) => Rows): NDArray {
  return stackOf(stack.shape.slice(0, -2), matricesOf(stack).map(change));
}

/** A matrix turned over its diagonal. */
export function turned(rows: Rows): Rows {
  const columns: number[][] = [];
  for (let column = 0; column < rows[0]!.length; column++) {
    const elements: number[] = [];
    for (let row = 0; row < rows.length; row++) elements.push(rows[row]![column]!);
    columns.push(elements);
  }
  return columns;
}

/** The sum of the products of two rows, from first to last. */
export function dot(left: readonly number[], right: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < left.length; k++) total += left[k]! * right[k]!;
  return total;
}

/** A B, term after term. */
export function times(left: Rows, right: Rows): Rows {
  const columns = turned(right);
  return left.map((row) => columns.map((column) => dot(row, column)));
}

/** The rows of each matrix of a stack in another order, or some of them. */
export function rowsInOrder({ shape, data }: NDArray, order: readonly number[]): NDArray {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const picked = new Float64Array(sizeOf(shape.slice(0, -2)) * order.length * columns);
  let next = 0;
  for (let start = 0; start < data.length; start += rows * columns) {
    for (const row of order) {
      const from = start + row * columns;
      picked.set(data.subarray(from, from + columns), next);
      next += columns;
    }
  }
  return { shape: [...shape.slice(0, -2), order.length, columns], data: picked };
}

/** The columns of each matrix of a stack in another order, or some of them. */
export function columnsInOrder({ shape, data }: NDArray, order: readonly number[]): NDArray {
  const columns = shape.at(-1)!;
  const picked = new Float64Array((data.length / columns) * order.length);
  let next = 0;
  for (let start = 0; start < data.length; start += columns) {
    for (const column of order) picked[next++] = data[start + column]!;
  }
  return { shape: [...shape.slice(0, -1), order.length], data: picked };
}

/** Some elements of an estimate, chosen as they are from its array. */
export function chosen(estimate: Estimate, choose: (array: NDArray) => NDArray): Estimate {
  const { shape, values, unit, budget } = estimate;
  const { shape: chosenShape, data } = choose({ shape, data: values });
  return {
    shape: chosenShape,
    values: data,
    unit,
    budget: () => choose({ shape, data: budget() }).data,
  };
}
