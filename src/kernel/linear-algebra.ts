import { FormulaError, requireNonEmpty, requireRank } from './errors.js';
import { rounded } from './moves.js';
import type { NDArray } from './ndarray.js';
import { dot, type Line } from './products.js';

/** A row of a matrix, from its first column on. */
export function rowOf({ shape, data }: NDArray, row: number): Line {
  return { data, start: row * shape[1]!, stride: 1 };
}

/** A column of a matrix, from its first row on, or from a later one. */
export function columnOf({ shape, data }: NDArray, column: number, from = 0): Line {
  const columns = shape[1]!;
  return { data, start: from * columns + column, stride: columns };
}

/** A matrix of the given shape, element by element. */
export function matrixFrom(
  rows: number,
  columns: number,
  element: (row: number, column: number) => number,
): NDArray {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[i * columns + j] = element(i, j);
  }
  return { shape: [rows, columns], data };
}

/** The matrix with 1 on its diagonal and 0 elsewhere. */
export function identityMatrix(n: number): NDArray {
  return matrixFrom(n, n, (i, j) => (i === j ? 1 : 0));
}

/** The rows of a matrix as columns. */
export function transposed({ shape, data }: NDArray): NDArray {
  const [rows, columns] = shape as [number, number];
  return matrixFrom(columns, rows, (i, j) => data[j * columns + i]!);
}

/**
 * X with Lᵀ X = B, by back substitution: L is lower triangular, with no 0 on its diagonal, and
 * what stands above the diagonal is not read.
 */
export function solveTransposed(lower: NDArray, right: NDArray): NDArray {
  const [n, columns] = right.shape as [number, number];
  const solution: NDArray = { shape: right.shape, data: new Float64Array(n * columns) };
  for (let j = 0; j < columns; j++) {
    for (let i = n - 1; i >= 0; i--) {
      const known = dot(n - 1 - i, columnOf(lower, i, i + 1), columnOf(solution, j, i + 1));
      const rest = right.data[i * columns + j]! - known;
      solution.data[i * columns + j] = rounded(rest / lower.data[i * n + i]!);
    }
  }
  return solution;
}

/** Demands matrices with as many rows as columns, and at least one. */
export function requireSquare(formula: string, matrices: Readonly<Record<string, NDArray>>): void {
  requireRank(formula, 2, matrices);
  requireNonEmpty(formula, matrices);
  for (const [name, { shape }] of Object.entries(matrices)) {
    if (shape[0] !== shape[1]) {
      throw new FormulaError('shape', `${formula}: ${name} must be square, got [${shape}]`);
    }
  }
}

/**
 * Demands square matrices that are equal to their transposes, exactly: half of what is not
 * symmetric would be ignored. NaN opposite to NaN is missing data, and propagates.
 */
export function requireSymmetric(
  formula: string,
  matrices: Readonly<Record<string, NDArray>>,
): void {
  requireSquare(formula, matrices);
  for (const [name, { shape, data }] of Object.entries(matrices)) {
    const n = shape[0]!;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const [below, above] = [data[i * n + j]!, data[j * n + i]!];
        if (below === above || (Number.isNaN(below) && Number.isNaN(above))) continue;
        throw new FormulaError(
          'domain',
          `${formula}: ${name} must be symmetric, got ${above} at [${j}, ${i}] and ${below} at [${i}, ${j}]`,
        );
      }
    }
  }
}
