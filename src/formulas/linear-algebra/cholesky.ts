import {
  dot,
  FormulaError,
  matrixFrom,
  type NDArray,
  productOfTransposed,
  requireSymmetric,
  rounded,
  rowOf,
  solveTransposed,
  sqrt,
  transposed,
} from '../../kernel/index.js';

export interface CholeskyInputs {
  /** A symmetric positive definite matrix A, of shape [n, n]: the covariance of n variables. */
  readonly matrix: NDArray;
}

/**
 * **Cholesky factor**: the square root of a positive definite matrix that is triangular.
 *
 * $$
 * A = L L^\top \qquad
 * L_{jj} = \sqrt{A_{jj} - \sum_{k<j} L_{jk}^2} \qquad
 * L_{ij} = \frac{A_{ij} - \sum_{k<j} L_{ik} L_{jk}}{L_{jj}} \quad (i > j)
 * $$
 *
 * What is under the root is what is left of a variable's variance when those before it are known.
 * It is above 0 for all of them just where A is positive definite, so the factorisation is the
 * test as well. No exchange of rows is needed: the squares in a row add up to A_jj, and nothing
 * grows. With L, determinants are products, and inverses are two substitutions.
 *
 * Unit: the root of that of A.
 *
 * @returns The factor L, of shape [n, n], with a positive diagonal and zeros above it.
 * @throws FormulaError `shape` if `matrix` is not square.
 * @throws FormulaError `domain` if `matrix` is not symmetric, or not positive definite.
 * @throws FormulaError `empty` if there are no elements.
 * @see A.-L. Cholesky, "Sur la résolution numérique des systèmes d'équations linéaires" (1910);
 *   N. J. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), chapter 10
 * @example
 * cholesky({ matrix: matrix([4, 2], [2, 5]) }); // → [[2, 0], [1, 2]]
 */
export function cholesky({ matrix }: CholeskyInputs): NDArray {
  requireSymmetric('cholesky', { matrix });

  const n = matrix.shape[0]!;
  const factor: NDArray = { shape: [n, n], data: new Float64Array(n * n) };
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      const rest = matrix.data[i * n + j]! - dot(j, rowOf(factor, i), rowOf(factor, j));
      factor.data[i * n + j] =
        i === j ? rootOfPivot(rest, j) : rounded(rest / factor.data[j * n + j]!);
    }
  }
  return factor;
}

/** NaN is missing data, and propagates. */
function rootOfPivot(pivot: number, row: number): number {
  if (pivot <= 0) {
    throw new FormulaError(
      'domain',
      `cholesky: matrix must be positive definite, got a pivot of ${pivot} in row ${row}`,
    );
  }
  return sqrt(pivot);
}

/**
 * Gradient of {@link cholesky}, by the matrix as a whole: with Φ the lower triangle and half of
 * the diagonal, and g the cotangent,
 *
 * $$
 * \frac{\partial}{\partial A} = \tfrac{1}{2} (S + S^\top)
 * \qquad S = L^{-\top} \, \Phi(L^\top g) \, L^{-1}
 * $$
 *
 * A symmetric matrix only ever changes symmetrically, so what opposite elements do together is
 * shared evenly between them: the gradient is symmetric, and its product with a symmetric change
 * of A is the change of the result. I. Murray, "Differentiation of the Cholesky decomposition",
 * arXiv:1602.07527 (2016), equations 9 and 10.
 *
 * @param cotangent What the factor is multiplied by further on, of its shape; what stands above
 *   the diagonal meets only zeros.
 * @returns `matrix`: a symmetric array of its shape.
 */
export function choleskyGradient(
  { matrix }: CholeskyInputs,
  cotangent: NDArray = matrixFrom(matrix.shape[0]!, matrix.shape[0]!, () => 1),
): { matrix: NDArray } {
  const factor = cholesky({ matrix });

  const n = matrix.shape[0]!;
  const { data: weighted } = productOfTransposed(factor, lowerTriangle(cotangent));
  const halved = matrixFrom(n, n, (i, j) =>
    i === j ? 0.5 * weighted[i * n + j]! : i > j ? weighted[i * n + j]! : 0,
  );
  // L⁻ᵀ Φ L⁻¹ is the transpose of L⁻ᵀ (L⁻ᵀ Φ)ᵀ.
  const { data: slope } = solveTransposed(factor, transposed(solveTransposed(factor, halved)));
  return {
    matrix: matrixFrom(n, n, (i, j) => 0.5 * (slope[i * n + j]! + slope[j * n + i]!)),
  };
}

function lowerTriangle({ shape, data }: NDArray): NDArray {
  const [n, columns] = shape as [number, number];
  return matrixFrom(n, columns, (i, j) => (i >= j ? data[i * columns + j]! : 0));
}
