import { roundingsIn } from '../../src/conformance/estimate.js';
import type { Spec } from '../../src/conformance/spec.js';
import type { EigenDecompositionSymmetricInputs } from '../../src/formulas/linear-algebra/eigen-decomposition-symmetric.js';
import { dot, type Format, type NDArray, rowOf } from '../../src/kernel/index.js';
import { largestElement } from '../scales.js';

export const spec: Spec<EigenDecompositionSymmetricInputs> = {
  id: 'linear-algebra/eigen-decomposition-symmetric',
  name: 'Eigendecomposition of a symmetric matrix',
  latex: String.raw`
    A V = V \operatorname{diag}(\lambda) \qquad V^\top V = I \qquad
    \lambda_1 \le \lambda_2 \le \dots \le \lambda_n
  `,
  inputs: {
    matrix: { kind: 'real', shape: ['n', 'n'], structure: 'symmetric' },
  },
  lengths: { n: [1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 16] },
  outputs: {
    values: {
      kind: 'real',
      shape: ['n'],
      meaning: 'the eigenvalues in ascending order',
      scale: {
        of: (_: EigenDecompositionSymmetricInputs, values) =>
          largestElement({ shape: [values.length], data: values }),
        reason: 'rotations and reflections round the small values in units of the largest',
        always: true,
      },
    },
    vectors: {
      kind: 'real',
      shape: ['n', 'n'],
      meaning: 'their eigenvectors, in columns',
      free: 'signs of columns',
      shared: 'columns',
      scale: {
        of: ({ matrix }: EigenDecompositionSymmetricInputs, vectors, index, format) =>
          scalesOf(matrix, vectors, format)[index % matrix.shape[1]!]!,
        reason:
          'a vector turns by the roundings of the matrix over the distance to the nearest other ' +
          'value; beside one so near that nothing is fixed, laws judge it',
        always: true,
      },
    },
  },
  errors: {
    shape: 'matrix is not square',
    domain: 'matrix is not symmetric',
    empty: 'there are no elements',
  },
  variants: {
    descending: {
      meaning: 'the values in descending order, and the vectors with them',
      usedBy: ['R eigen(), "values … sorted in decreasing order"'],
    },
  },
  sources: ['Calculus, The eigenvalue test', 'Jacobi 1846', 'Rutishauser 1966'],
};

/** A column that the roundings of the matrix can turn by more than this is anyone's choice. */
const LARGEST_TURN = 0.01;

/** By the vectors they belong to: every element asks, and all of a column have one scale. */
const known = new WeakMap<Float64Array, readonly number[]>();

/** For each column ‖A‖ over the distance to the nearest other value, and 1 for its own length. */
function scalesOf(matrix: NDArray, vectors: Float64Array, format: Format): readonly number[] {
  const remembered = known.get(vectors);
  if (remembered !== undefined) return remembered;
  const stretched = stretches(matrix, vectors);
  const norm = Math.max(...stretched.map(Math.abs));
  const scales = stretched.map((value, column) => {
    const gap = Math.min(
      ...stretched.map((other, i) => (i === column ? Infinity : Math.abs(value - other))),
    );
    const turn = roundingsIn(format, matrix.data.length) * (norm / gap);
    return turn < LARGEST_TURN ? norm / gap + 1 : Infinity;
  });
  known.set(vectors, scales);
  return scales;
}

/** vᵀ A v of each column: its value, in whichever order the columns stand. */
function stretches(matrix: NDArray, vectors: Float64Array): readonly number[] {
  const n = matrix.shape[0]!;
  return Array.from({ length: n }, (_, column) => {
    const along = { data: vectors, start: column, stride: n };
    const image = Float64Array.from({ length: n }, (_, row) => dot(n, rowOf(matrix, row), along));
    return dot(n, { data: image, start: 0, stride: 1 }, along);
  });
}
