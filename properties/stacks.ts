import type { Estimate } from '../src/conformance/estimate.js';
import { type NDArray, sizeOf } from '../src/kernel/index.js';

/*
 * Stacks of matrices as lists of rows, for laws, mistakes and alternatives that work matrix by
 * matrix: the last two axes are rows and columns, those before them tell the matrices apart.
 */

/** A matrix as its rows. */
export type Rows = readonly (readonly number[])[];

/** The matrices of a stack. */
export function matricesOf({ shape, data }: NDArray): readonly Rows[] {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const row = (index: number): number[] => [...data.subarray(index * columns, ++index * columns)];
  return Array.from({ length: sizeOf(shape.slice(0, -2)) }, (_, matrix) =>
    Array.from({ length: rows }, (_, k) => row(matrix * rows + k)),
  );
}

/** The stack of matrices of one shape, under leading axes. */
export function stackOf(leading: readonly number[], matrices: readonly Rows[]): NDArray {
  const [first] = matrices;
  const data = Float64Array.from(matrices.flatMap((rows) => rows.flat()));
  return { shape: [...leading, first!.length, first![0]!.length], data };
}

/** A stack with each of its matrices changed. */
export function matrixwise(stack: NDArray, change: (rows: Rows, matrix: number) => Rows): NDArray {
  return stackOf(stack.shape.slice(0, -2), matricesOf(stack).map(change));
}

/** A matrix turned over its diagonal. */
export function turned(rows: Rows): Rows {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!));
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
export function rowsInOrder(stack: NDArray, order: readonly number[]): NDArray {
  return matrixwise(stack, (rows) => order.map((row) => rows[row]!));
}

/** The columns of each matrix of a stack in another order, or some of them. */
export function columnsInOrder(stack: NDArray, order: readonly number[]): NDArray {
  return matrixwise(stack, (rows) => rows.map((row) => order.map((column) => row[column]!)));
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
