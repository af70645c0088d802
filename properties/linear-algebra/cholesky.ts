import { atLeast, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Value } from '../../src/conformance/spec.js';
import {
  type CholeskyInputs,
  cholesky,
  choleskyGradient,
} from '../../src/formulas/linear-algebra/cholesky.js';
import { eigenDecompositionSymmetric } from '../../src/formulas/linear-algebra/eigen-decomposition-symmetric.js';
import {
  matrixFrom,
  type NDArray,
  productOfTransposed,
  productWithTransposed,
  requireSquare,
  solveTransposed,
  transposed,
} from '../../src/kernel/index.js';
import { elementwise } from '../laws.js';
import { arrayOf, difference, leadingBlock, picked, vanishes } from '../matrices.js';

export const properties: Properties<CholeskyInputs> = [
  always('times its transpose is the matrix', async (factor, { matrix }) => {
    const answer = await factor({ matrix });
    const product = productWithTransposed(arrayOf(answer), arrayOf(answer));
    const roots = diagonalOf(matrix).map(Math.sqrt);
    // Each element is a sum of products whose sizes add up to no more than the two roots' product.
    return vanishes(
      'L Lᵀ less the matrix',
      difference(product, matrix),
      (row, column) => answer.unit * roots[row]! * roots[column]!,
    );
  }),
  always('has zeros above its diagonal', async (factor, { matrix }) => {
    const answer = await factor({ matrix });
    return equal(
      picked(
        answer,
        places(matrix, (i, j) => i < j),
      ),
      exactly(zeros(matrix)),
    );
  }),
  always('has a positive diagonal', async (factor, { matrix }) => {
    const diagonal = picked(
      await factor({ matrix }),
      places(matrix, (i, j) => i === j),
    );
    return atLeast(diagonal, exactly(new Float64Array(sizeOf(matrix))));
  }),
  always('grows by c when the matrix grows by c²', async (factor, { matrix }, draws) => {
    const factorBy = 2 ** draws.integer(-2, 2);
    const grown = elementwise(matrix, (element) => factorBy * factorBy * element);
    return equal(await factor({ matrix: grown }), times(await factor({ matrix }), factorBy));
  }),
  always(
    'begins as the factor of the first rows and columns',
    async (factor, { matrix }, draws) => {
      const size = draws.integer(1, sizeOf(matrix));
      const inner = await factor({ matrix: leadingBlock(matrix, size) });
      const whole = await factor({ matrix });
      return equal(
        picked(
          whole,
          places(matrix, (i, j) => i < size && j < size),
        ),
        inner,
      );
    },
  ),
  always('has rows in the units of its variables', async (factor, { matrix }, draws) => {
    const n = sizeOf(matrix);
    const units = Array.from({ length: n }, () => 2 ** draws.integer(-2, 2));
    const measured = matrixFrom(n, n, (i, j) => units[i]! * matrix.data[i * n + j]! * units[j]!);
    const answer = await factor({ matrix });
    const scale = (all: Float64Array): Float64Array =>
      all.map((element, i) => element * units[Math.floor(i / n)]!);
    const scaled = {
      ...answer,
      values: scale(answer.values),
      budget: () => scale(answer.budget()),
    };
    return equal(await factor({ matrix: measured }), scaled);
  }),
];

function sizeOf({ shape }: NDArray): number {
  return shape[0]!;
}

function zeros({ shape }: NDArray): Float64Array {
  const n = shape[0]!;
  return new Float64Array((n * (n - 1)) / 2);
}

function diagonalOf({ shape, data }: NDArray): number[] {
  const n = shape[0]!;
  return Array.from({ length: n }, (_, i) => data[i * n + i]!);
}

/** The flat indices of the places of a matrix that are meant. */
function places(
  { shape }: NDArray,
  isMeant: (row: number, column: number) => boolean,
): readonly number[] {
  const [rows, columns] = shape as [number, number];
  const all = Array.from({ length: rows * columns }, (_, i) => i);
  return all.filter((i) => isMeant(Math.floor(i / columns), i % columns));
}

// ---- other ways -----------------------------------------------------------------------------

/** A factor filled in by a plain loop, row by row, with what a mistake may change. */
interface Steps {
  /** How many of the terms before an element are taken off. */
  readonly terms?: (j: number) => number;
  readonly root?: (pivot: number) => number;
  /** What an element below the diagonal is divided by. */
  readonly divisor?: (factor: NDArray, row: number, column: number) => number;
}

function rowByRow({
  terms = (j) => j,
  root = Math.sqrt,
  divisor = ({ shape, data }, _, column) => data[column * (shape[0]! + 1)]!,
}: Steps = {}) {
  return ({ matrix }: CholeskyInputs): NDArray => {
    const n = sizeOf(matrix);
    const factor: NDArray = { shape: matrix.shape, data: new Float64Array(n * n) };
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = matrix.data[i * n + j]!;
        for (let k = 0; k < terms(j); k++) {
          rest -= factor.data[i * n + k]! * factor.data[j * n + k]!;
        }
        factor.data[i * n + j] = i === j ? root(rest) : rest / divisor(factor, i, j);
      }
    }
    return factor;
  };
}

/** Each column taken off what is left of the matrix as soon as it is known. */
function columnByColumn({ matrix }: CholeskyInputs): NDArray {
  const n = sizeOf(matrix);
  const rest = matrix.data.slice();
  for (let k = 0; k < n; k++) {
    const root = Math.sqrt(rest[k * n + k]!);
    for (let i = k; i < n; i++) rest[i * n + k]! /= root;
    rest[k * n + k] = root;
    for (let j = k + 1; j < n; j++) {
      for (let i = j; i < n; i++) rest[i * n + j]! -= rest[i * n + k]! * rest[j * n + k]!;
    }
  }
  return matrixFrom(n, n, (i, j) => (i < j ? 0 : rest[i * n + j]!));
}

/** A = M D Mᵀ, with ones on the diagonal of M. */
function unitFactor(matrix: NDArray): {
  readonly unit: NDArray;
  readonly pivots: readonly number[];
} {
  const n = sizeOf(matrix);
  const unit = matrixFrom(n, n, (i, j) => (i === j ? 1 : 0));
  const pivots: number[] = [];
  for (let j = 0; j < n; j++) {
    const rest = (i: number): number => {
      let left = matrix.data[i * n + j]!;
      for (let k = 0; k < j; k++)
        left -= unit.data[i * n + k]! * unit.data[j * n + k]! * pivots[k]!;
      return left;
    };
    pivots.push(rest(j));
    for (let i = j + 1; i < n; i++) unit.data[i * n + j] = rest(i) / pivots[j]!;
  }
  return { unit, pivots };
}

// ---- mistakes -------------------------------------------------------------------------------

/** A mistake that comes after a right factor. */
function afterwards(change: (factor: NDArray, matrix: NDArray) => NDArray) {
  return ({ matrix }: CholeskyInputs): NDArray => change(cholesky({ matrix }), matrix);
}

/** Φ, S and what is made of it: the gradient in steps, with what a mistake may change. */
function slope(
  { matrix }: CholeskyInputs,
  cotangent: Value,
  phi: (weighted: number, i: number, j: number) => number,
  shared: (slope: number, mirrored: number, i: number, j: number) => number,
): { matrix: NDArray } {
  const n = sizeOf(matrix);
  const factor = cholesky({ matrix });
  const { data } = productOfTransposed(factor, cotangent as NDArray);
  const halved = matrixFrom(n, n, (i, j) => phi(data[i * n + j]!, i, j));
  const solved = solveTransposed(factor, transposed(solveTransposed(factor, halved))).data;
  return {
    matrix: matrixFrom(n, n, (i, j) => shared(solved[j * n + i]!, solved[i * n + j]!, i, j)),
  };
}

function lowerHalf(weighted: number, i: number, j: number): number {
  return i === j ? weighted / 2 : i > j ? weighted : 0;
}

function average(one: number, other: number): number {
  return (one + other) / 2;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<CholeskyInputs> = {
  'lower triangle of the matrix itself': {
    source: 'chapel-lang/chapel#16487',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      return elementwise(matrix, (x, i) => (i % n > Math.floor(i / n) ? 0 : x));
    },
  },
  'upper triangle left as it was': {
    source: 'classic',
    compute: afterwards((factor, matrix) => {
      const n = sizeOf(matrix);
      return elementwise(factor, (x, i) => (i % n > Math.floor(i / n) ? matrix.data[i]! : x));
    }),
  },
  'both triangles filled': {
    source: 'torch/DEPRECEATED-torch7-distro#188',
    compute: afterwards((factor) => {
      const n = sizeOf(factor);
      return matrixFrom(n, n, (i, j) => factor.data[Math.max(i, j) * n + Math.min(i, j)]!);
    }),
  },
  'ones on the diagonal, as of the factor without roots': {
    source: 'classic',
    compute: ({ matrix }) => unitFactor(matrix).unit,
  },
  'pivots in place of their roots': {
    source: 'classic',
    compute: rowByRow({ root: (pivot) => pivot }),
  },
  'last term left out': {
    source: 'classic',
    compute: rowByRow({ terms: (j) => Math.max(0, j - 1) }),
  },
  'nothing taken off the diagonal': {
    source: 'classic',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      const right = cholesky({ matrix });
      return elementwise(right, (x, i) => (i % (n + 1) === 0 ? Math.sqrt(matrix.data[i]!) : x));
    },
  },
  'divided by the root of its own row': {
    source: 'classic',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      const right = cholesky({ matrix });
      return elementwise(right, (x, i) => {
        const [row, column] = [Math.floor(i / n), i % n];
        if (row <= column) return x;
        return (x * right.data[column * (n + 1)]!) / right.data[row * (n + 1)]!;
      });
    },
  },
  'symmetric square root': {
    source: 'classic',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      const { values, vectors } = eigenDecompositionSymmetric({ matrix });
      const halves = elementwise(vectors, (x, i) => x * Math.max(0, values.data[i % n]!) ** 0.25);
      return productWithTransposed(halves, halves);
    },
  },
  'signs left to a QR factorisation': {
    source: 'classic',
    compute: afterwards((factor) => {
      const n = sizeOf(factor);
      return elementwise(factor, (x, i) => (i % n < n - 1 || n === 1 ? -x : x));
    }),
  },
  '1e-6 added to the diagonal': {
    source: 'classic',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      return rowByRow()({
        matrix: elementwise(matrix, (x, i) => (i % (n + 1) === 0 ? x + 1e-6 : x)),
      });
    },
  },
  'pivots of at least 1e-8': {
    source: 'classic',
    compute: rowByRow({ root: (pivot) => Math.sqrt(Math.max(pivot, 1e-8)) }),
  },
  'negative pivots by their size': {
    source: 'stan-dev/math#48',
    unguarded: true,
    strict: true,
    compute: ({ matrix }) => {
      requireSquare('cholesky', { matrix });
      return rowByRow({ root: (pivot) => Math.sqrt(Math.abs(pivot)) })({ matrix });
    },
  },
  'roots rounded to float32': {
    source: 'classic',
    compute: rowByRow({ root: (pivot) => Math.fround(Math.sqrt(pivot)) }),
  },
  'factored in its argument': {
    source: 'classic',
    compute: ({ matrix }) => {
      matrix.data.set(cholesky({ matrix }).data);
      return matrix;
    },
  },
  'gradient without half of the diagonal': {
    source: 'classic',
    gradient: (x, cotangent) =>
      slope(x, cotangent, (weighted, i, j) => (i >= j ? weighted : 0), average),
  },
  'gradient not shared between opposite elements': {
    source: 'HIPS/autograd#56',
    gradient: (x, cotangent) => slope(x, cotangent, lowerHalf, (own) => own),
  },
  'gradient of both slopes in each of a pair': {
    source: 'pytorch/pytorch#18825',
    gradient: (x, cotangent) =>
      slope(x, cotangent, lowerHalf, (own, other, i, j) => (i === j ? own : own + other)),
  },
  'gradient with the zeros above the diagonal weighed': {
    source: 'classic',
    gradient: (x, cotangent) =>
      slope(x, cotangent, (weighted, i, j) => (i === j ? weighted / 2 : weighted / 2), average),
  },
  'gradient twice as large': {
    source: 'classic',
    gradient: (x, cotangent) => slope(x, cotangent, lowerHalf, (own, other) => own + other),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<CholeskyInputs> = {
  'row by row': rowByRow(),
  'each column taken off at once': columnByColumn,
  'the factor without roots, times the roots': ({ matrix }) => {
    const { unit, pivots } = unitFactor(matrix);
    const n = pivots.length;
    return matrixFrom(n, n, (i, j) => (i < j ? 0 : unit.data[i * n + j]! * Math.sqrt(pivots[j]!)));
  },
};

/** The conventions that the contract names. */
export const variants: Variants<CholeskyInputs> = {
  upper: {
    compute: ({ matrix }) => transposed(cholesky({ matrix })),
    gradient: ({ matrix }, cotangent) =>
      choleskyGradient({ matrix }, transposed(cotangent as NDArray)),
  },
  'lower triangle': {
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      const below = matrixFrom(n, n, (i, j) => matrix.data[Math.max(i, j) * n + Math.min(i, j)]!);
      return cholesky({ matrix: below });
    },
    gradient: ({ matrix }, cotangent) => {
      const n = sizeOf(matrix);
      const { data } = choleskyGradient({ matrix }, cotangent as NDArray).matrix;
      return {
        matrix: matrixFrom(n, n, (i, j) =>
          i === j ? data[i * n + j]! : i > j ? 2 * data[i * n + j]! : 0,
        ),
      };
    },
  },
};
