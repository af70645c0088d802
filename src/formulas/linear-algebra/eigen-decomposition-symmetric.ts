import {
  identityMatrix,
  matrixFrom,
  type NDArray,
  requireSymmetric,
  rounded,
} from '../../kernel/index.js';

export interface EigenDecompositionSymmetricInputs {
  /** A symmetric matrix A, of shape [n, n]: a covariance, a Hessian, a graph's Laplacian. */
  readonly matrix: NDArray;
}

/** The directions that a symmetric matrix only stretches, and by how much. */
export type EigenDecomposition = {
  /** The eigenvalues in ascending order, of shape [n]. */
  readonly values: NDArray;
  /** In column j the eigenvector of value j, of length 1 and of either sign; of shape [n, n]. */
  readonly vectors: NDArray;
};

/**
 * **Eigendecomposition of a symmetric matrix**: the directions that it only stretches, at right
 * angles to one another, and by how much it stretches each.
 *
 * $$
 * A V = V \operatorname{diag}(\lambda) \qquad V^\top V = I \qquad
 * \lambda_1 \le \lambda_2 \le \dots \le \lambda_n
 * $$
 *
 * Each vector may have either sign, and vectors of equal values may be any at right angles to one
 * another that span the same space. Computed by Jacobi's rotations, each of which turns two axes
 * until one element off the diagonal is 0; every rotation keeps lengths, so that all values are
 * off by a few roundings of the largest one, and the vectors stay at right angles. Data that is
 * missing or infinite makes everything NaN.
 *
 * Unit: the values have that of A, the vectors none.
 *
 * @returns `values` of shape [n], in ascending order, and `vectors` of shape [n, n], in columns.
 * @throws FormulaError `shape` if `matrix` is not square.
 * @throws FormulaError `domain` if `matrix` is not symmetric.
 * @throws FormulaError `empty` if there are no elements.
 * @see C. G. J. Jacobi, "Über ein leichtes Verfahren …", J. reine angew. Math. 30 (1846) 51–94;
 *   H. Rutishauser, "The Jacobi Method for Real Symmetric Matrices", Numer. Math. 9 (1966) 1–10
 * @example
 * eigenDecompositionSymmetric({ matrix: matrix([2, 1], [1, 2]) }).values; // → [1, 3]
 */
export function eigenDecompositionSymmetric({
  matrix,
}: EigenDecompositionSymmetricInputs): EigenDecomposition {
  requireSymmetric('eigenDecompositionSymmetric', { matrix });

  const n = matrix.shape[0]!;
  if (!matrix.data.every(Number.isFinite))
    return inOrder(
      n,
      () => NaN,
      matrixFrom(n, n, () => NaN),
    );
  const scale = scaleOf(matrix);
  const rest = matrixFrom(n, n, (i, j) => matrix.data[i * n + j]! / scale);
  const vectors = identityMatrix(n);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!sweepOnce(rest, vectors)) break;
  }
  return inOrder(n, (i) => scale * rest.data[i * n + i]!, vectors);
}

/** Ten or fewer are usual: near the end, what is left off the diagonal is squared by each sweep. */
const MOST_SWEEPS = 40;

/** An eighth of a rounding of the diagonal. Less would be lost in it, and between equal values never end. */
const NEGLIGIBLE = 2 ** -56;
/** The same beside a diagonal that is nothing but roundings, as a share of the largest element. */
const NOTHING = 2 ** -110;

/** A power of two near the largest element, so that no square or product leaves the range of doubles. */
function scaleOf({ data }: NDArray): number {
  let largest = 0;
  for (const element of data) largest = Math.max(largest, Math.abs(element));
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** Turns every two axes once, row by row. False if there was nothing left to turn. */
function sweepOnce(rest: NDArray, vectors: NDArray): boolean {
  const n = rest.shape[0]!;
  let turned = false;
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const between = Math.abs(rest.data[p * n + q]!);
      const diagonal = Math.sqrt(Math.abs(rest.data[p * n + p]! * rest.data[q * n + q]!));
      if (between <= Math.max(NOTHING, NEGLIGIBLE * diagonal)) continue;
      turn(rest, vectors, p, q);
      turned = true;
    }
  }
  return turned;
}

/** Turns axes p and q by the smaller of the angles that make the element between them 0. */
function turn({ shape, data }: NDArray, vectors: NDArray, p: number, q: number): void {
  const n = shape[0]!;
  const between = data[p * n + q]!;
  // The cotangent of twice the angle, and so the tangent of the angle itself.
  const cotangent = (data[q * n + q]! - data[p * n + p]!) / (2 * between);
  const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(1, cotangent));
  const sine = tangent / Math.hypot(1, tangent);

  data[p * n + p]! -= rounded(tangent * between);
  data[q * n + q]! += rounded(tangent * between);
  data[p * n + q] = data[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      turnPair(data, k * n + p, k * n + q, sine);
      data[p * n + k] = data[k * n + p]!;
      data[q * n + k] = data[k * n + q]!;
    }
    turnPair(vectors.data, k * n + p, k * n + q, sine);
  }
}

/**
 * (x, y) turned: (c x − s y, s x + c y), by what is added to each. c itself is next to 1 where the
 * angle is small, and the product with it would round what hardly changes.
 */
function turnPair(data: Float64Array, first: number, second: number, sine: number): void {
  const [x, y] = [data[first]!, data[second]!];
  const half = sine / (1 + Math.sqrt(1 - sine * sine));
  data[first] = x - sine * (y + half * x);
  data[second] = y + sine * (x - half * y);
}

/** The values in ascending order, and the columns with them. */
function inOrder(n: number, valueAt: (i: number) => number, vectors: NDArray): EigenDecomposition {
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((one, other) => valueAt(one) - valueAt(other));
  return {
    values: { shape: [n], data: Float64Array.from(order, valueAt) },
    vectors: matrixFrom(n, n, (i, j) => vectors.data[i * n + order[j]!]!),
  };
}
