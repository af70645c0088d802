import {
  type Answer,
  atMost,
  equal,
  exactly,
  plus,
  rowSums,
  times,
  type Violation,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type EigenDecomposition,
  type EigenDecompositionSymmetricInputs,
  eigenDecompositionSymmetric,
} from '../../src/formulas/linear-algebra/eigen-decomposition-symmetric.js';
import {
  identityMatrix,
  matrixFrom,
  matrixProduct,
  type NDArray,
  productOfTransposed,
  transposed,
  vector,
} from '../../src/kernel/index.js';
import { elementwise } from '../laws.js';
import {
  arrayOf,
  difference,
  frobeniusNorm,
  leadingBlock,
  picked,
  reordered,
  symmetricFrom,
  vanishes,
} from '../matrices.js';

export const properties: Properties<EigenDecompositionSymmetricInputs> = [
  always('stretches each vector by its value', async (decompose, { matrix }) => {
    const answer = await decompose({ matrix });
    const vectors = arrayOf(answer.part('vectors'));
    const left = matrixProduct(matrix, vectors);
    const residual = difference(left, columnsTimes(vectors, answer.part('values').values));
    const bound = answer.unit * frobeniusNorm(matrix);
    const within = (boundAt: (column: number) => number): Violation | undefined =>
      vanishes('A v less the value times v', residual, (_, column) => boundAt(column));
    if (within(() => bound) === undefined) return undefined;
    // A value may be off by its budget, which is dear to measure, and then no vector is as close.
    const room = answer.part('values').budget();
    return within((column) => bound + room[column]!);
  }),
  always('has vectors of length 1 at right angles', async (decompose, { matrix }) => {
    const answer = await decompose({ matrix });
    const vectors = arrayOf(answer.part('vectors'));
    const angles = difference(
      productOfTransposed(vectors, vectors),
      identityMatrix(sizeOf(matrix)),
    );
    const bound = orthonormalWithin(answer, matrix);
    return vanishes('Vᵀ V less the identity', angles, () => bound);
  }),
  always('has values in ascending order', async (decompose, { matrix }) => {
    const values = (await decompose({ matrix })).part('values');
    return atMost(picked(values, below(sizeOf(matrix) - 1)), picked(values, above(matrix)));
  }),
  always('has values that add up to the trace', async (decompose, { matrix }) => {
    const n = sizeOf(matrix);
    const trace = below(n).reduce((total, i) => total + matrix.data[i * n + i]!, 0);
    return equal(rowSums((await decompose({ matrix })).part('values')), exactly(trace));
  }),
  always(
    'has values whose squares add up to those of the elements',
    async (decompose, { matrix }) => {
      const values = (await decompose({ matrix })).part('values');
      const excess = frobeniusNorm(arrayOf(values)) - frobeniusNorm(matrix);
      // The length of the values is off by no more than the length of their errors.
      const bound = (): number => frobeniusNorm({ ...matrix, data: values.budget() });
      return vanishes('the length of the values less that of the matrix', vector(excess), bound);
    },
  ),
  always('has the two values that a quadratic equation has', async (decompose, { matrix }) => {
    if (sizeOf(matrix) < 2) return undefined;
    const block = leadingBlock(matrix, 2);
    const [first, between, , last] = block.data as unknown as [number, number, number, number];
    const [middle, away] = [0.5 * (first + last), Math.hypot(0.5 * (first - last), between)];
    const values = (await decompose({ matrix: block })).part('values');
    return equal(values, exactly([middle - away, middle + away]));
  }),
  always('grows with the matrix, by c', async (decompose, { matrix }, draws) => {
    const factor = 2 ** draws.integer(-12, 12);
    const grown = elementwise(matrix, (element) => factor * element);
    const values = (await decompose({ matrix })).part('values');
    return equal((await decompose({ matrix: grown })).part('values'), times(values, factor));
  }),
  always('turns its values round with the sign of the matrix', async (decompose, { matrix }) => {
    const negated = elementwise(matrix, (element) => -element);
    const values = (await decompose({ matrix })).part('values');
    const mirrored = (await decompose({ matrix: negated })).part('values');
    return equal(mirrored, times(picked(values, below(sizeOf(matrix)).reverse()), -1));
  }),
  always(
    'moves its values by what is added to the diagonal',
    async (decompose, { matrix }, draws) => {
      const n = sizeOf(matrix);
      const shift = (draws.integer(-16, 16) / 8) * Math.max(...matrix.data.map(Math.abs));
      const shifted = elementwise(matrix, (element, i) =>
        i % (n + 1) === 0 ? element + shift : element,
      );
      const values = (await decompose({ matrix })).part('values');
      const moved = (await decompose({ matrix: shifted })).part('values');
      return equal(moved, plus(values, exactly(new Float64Array(n).fill(shift))));
    },
  ),
  always('has the same values with the axes in any order', async (decompose, { matrix }, draws) => {
    const other = reordered(matrix, draws.shuffled(below(sizeOf(matrix))));
    const values = (await decompose({ matrix: other })).part('values');
    return equal(values, (await decompose({ matrix })).part('values'));
  }),
  always('has the same values along turned axes', async (decompose, { matrix }, draws) => {
    const n = sizeOf(matrix);
    if (n < 2) return undefined;
    const [p, q] = draws.shuffled(below(n)) as [number, number];
    const values = (await decompose({ matrix: turned(matrix, p, q) })).part('values');
    return equal(values, (await decompose({ matrix })).part('values'));
  }),
  always(
    'has between its values those of the matrix without its last axis',
    async (decompose, { matrix }) => {
      const n = sizeOf(matrix);
      if (n < 2) return undefined;
      const values = (await decompose({ matrix })).part('values');
      const inner = (await decompose({ matrix: leadingBlock(matrix, n - 1) })).part('values');
      return (
        atMost(picked(values, below(n - 1)), inner) ?? atMost(inner, picked(values, above(matrix)))
      );
    },
  ),
  always('has a product of values that is the determinant', async (decompose, { matrix }) => {
    const block = leadingBlock(matrix, Math.min(3, sizeOf(matrix)));
    return isProductOf((await decompose({ matrix: block })).part('values'), block);
  }),
];

function sizeOf({ shape }: NDArray): number {
  return shape[0]!;
}

/** The indices below a number. */
function below(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** The indices of all values but the first. */
function above(matrix: NDArray): number[] {
  return below(sizeOf(matrix)).slice(1);
}

/**
 * 1000 n u: LAPACK's QR and divide-and-conquer drivers leave 47 u at most where n is 48, and its
 * MRRR driver, which promises less, 22,500 u.
 */
function orthonormalWithin({ unit }: Answer, matrix: NDArray): number {
  const roundings = 32 * Math.max(1, matrix.data.length / 256);
  return (1000 * sizeOf(matrix) * unit) / roundings;
}

/** V diag(λ). */
function columnsTimes(vectors: NDArray, values: ArrayLike<number>): NDArray {
  const columns = vectors.shape[1]!;
  return elementwise(vectors, (element, i) => element * values[i % columns]!);
}

/** The same matrix along axes p and q turned by the angle whose cosine is 3/5. */
function turned(matrix: NDArray, p: number, q: number): NDArray {
  const n = sizeOf(matrix);
  const turn = matrixFrom(n, n, (i, j) => {
    if (i === j) return i === p || i === q ? 0.6 : 1;
    if (i === p && j === q) return 0.8;
    return i === q && j === p ? -0.8 : 0;
  });
  const { data } = matrixProduct(matrixProduct(turn, matrix), transposed(turn));
  return symmetricFrom(n, (i, j) => data[i * n + j]!);
}

/** det A of up to three rows. */
function determinant({ shape, data }: NDArray): number {
  const [a, b, c, d, e, f, g, h, i] = data as unknown as number[];
  if (shape[0] === 1) return a!;
  if (shape[0] === 2) return a! * d! - b! * c!;
  return a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
}

/** Compares a product of values with a determinant, whose own terms cancel. */
function isProductOf(
  values: Answer | ReturnType<Answer['part']>,
  matrix: NDArray,
): Violation | undefined {
  const product = values.values.reduce((total, value) => total * value, 1);
  const size = frobeniusNorm(matrix) ** sizeOf(matrix);
  const excess = vector(product - determinant(matrix));
  return vanishes('the product of the values less the determinant', excess, () => {
    const room = values.budget();
    const largest = values.values.reduce(
      (total, value, i) => total * (Math.abs(value) + room[i]!),
      1,
    );
    return largest - Math.abs(product) + 2 ** -48 * size;
  });
}

// ---- other ways -----------------------------------------------------------------------------

/** Jacobi's rotations, as most people write them. */
interface Rotations {
  readonly sweeps?: number;
  /** Elements off the diagonal up to this size are left alone. */
  readonly negligible?: number;
  /** The tangent of the angle by which to turn. */
  readonly tangent?: (first: number, last: number, between: number) => number;
  /** Which pairs of axes to turn in a sweep, in which order. */
  readonly pairs?: (rest: NDArray) => Iterable<readonly [number, number]>;
}

function byRotations({
  sweeps = 12,
  negligible = 0,
  tangent = smallTangent,
  pairs = rowByRow,
}: Rotations = {}) {
  return ({ matrix }: EigenDecompositionSymmetricInputs): EigenDecomposition => {
    const n = sizeOf(matrix);
    const rest = { shape: matrix.shape, data: matrix.data.slice() };
    const vectors = identityMatrix(n);
    for (let sweep = 0, turns = 1; sweep < sweeps && turns > 0; sweep++) {
      turns = 0;
      for (const [p, q] of pairs(rest)) {
        const between = rest.data[p * n + q]!;
        const [first, last] = [rest.data[p * n + p]!, rest.data[q * n + q]!];
        if (Math.abs(between) <= negligible || isLost(between, first, last)) continue;
        rotate(rest, vectors, p, q, tangent(first, last, between));
        turns += 1;
      }
    }
    return sorted(
      below(n).map((i) => rest.data[i * n + i]!),
      vectors,
    );
  };
}

/** True for what changes neither of two diagonal elements, nor turns their axes by a rounding. */
function isLost(between: number, first: number, last: number): boolean {
  const enlarged = 8 * Math.abs(between);
  const isLostIn = (x: number): boolean => Math.abs(x) + enlarged === Math.abs(x);
  return isLostIn(first) && isLostIn(last);
}

function smallTangent(first: number, last: number, between: number): number {
  const cotangent = (last - first) / (2 * between);
  const size = 1 / (Math.abs(cotangent) + Math.sqrt(1 + cotangent * cotangent));
  return cotangent < 0 ? -size : size;
}

function* rowByRow({ shape }: NDArray): Iterable<readonly [number, number]> {
  const n = shape[0]!;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) yield [p, q];
}

function columnByColumn(rest: NDArray): readonly (readonly [number, number])[] {
  return [...rowByRow(rest)].reverse();
}

/** As Jacobi did it: the largest element first, as often as a sweep has rotations. */
function* largestFirst(rest: NDArray): Iterable<readonly [number, number]> {
  const n = sizeOf(rest);
  for (const _ of rowByRow(rest)) {
    let largest: readonly [number, number] = [0, 1];
    for (const [p, q] of rowByRow(rest)) {
      const found = rest.data[largest[0] * n + largest[1]]!;
      if (Math.abs(rest.data[p * n + q]!) > Math.abs(found)) largest = [p, q];
    }
    yield largest;
  }
}

/** Gᵀ A G and V G, for the rotation G by an angle with this tangent. */
function rotate(rest: NDArray, vectors: NDArray, p: number, q: number, tangent: number): void {
  const n = sizeOf(rest);
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  const turn = (data: Float64Array, first: number, last: number): void => {
    const [x, y] = [data[first]!, data[last]!];
    data[first] = cosine * x - sine * y;
    data[last] = sine * x + cosine * y;
  };
  for (let k = 0; k < n; k++) turn(rest.data, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(rest.data, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(vectors.data, k * n + p, k * n + q);
}

function sorted(
  values: readonly number[],
  vectors: NDArray,
  compare: (one: number, other: number) => number = (one, other) => one - other,
): EigenDecomposition {
  const order = below(values.length).sort((one, other) => compare(values[one]!, values[other]!));
  return {
    values: vector(...order.map((i) => values[i]!)),
    vectors: withColumns(vectors, order),
  };
}

/** The columns of a matrix in another order. */
function withColumns({ shape, data }: NDArray, order: readonly number[]): NDArray {
  const n = shape[0]!;
  return matrixFrom(n, n, (i, j) => data[i * n + order[j]!]!);
}

/** Householder's reflections to three diagonals, and the QL algorithm with implicit shifts. */
function byTridiagonal({ matrix }: EigenDecompositionSymmetricInputs): EigenDecomposition {
  const n = sizeOf(matrix);
  const rest = { shape: matrix.shape, data: matrix.data.slice() };
  const vectors = identityMatrix(n);
  for (let k = 0; k < n - 2; k++) {
    const normal = reflectionOf(
      below(n).map((i) => (i > k ? rest.data[i * n + k]! : 0)),
      k + 1,
    );
    if (normal === undefined) continue;
    reflectRows(rest, normal);
    rest.data.set(reflectedColumns(rest, normal));
    vectors.data.set(reflectedColumns(vectors, normal));
  }
  const diagonal = below(n).map((i) => rest.data[i * n + i]!);
  const beside = below(n).map((i) => (i < n - 1 ? rest.data[(i + 1) * n + i]! : 0));
  for (let l = 0; l < n; l++) quickenUntilZero(diagonal, beside, vectors, l);
  return sorted(diagonal, vectors);
}

/** The unit normal of the mirror that takes a vector to a multiple of one axis. */
function reflectionOf(from: readonly number[], axis: number): readonly number[] | undefined {
  const largest = Math.max(...from.map(Math.abs));
  if (largest === 0) return undefined;
  const normal = from.map((x) => x / largest);
  const length = Math.sqrt(normal.reduce((total, x) => total + x * x, 0));
  normal[axis]! += normal[axis]! < 0 ? -length : length;
  const size = Math.sqrt(normal.reduce((total, x) => total + x * x, 0));
  return normal.map((x) => x / size);
}

function reflectRows({ shape, data }: NDArray, normal: readonly number[]): void {
  const n = shape[0]!;
  for (let j = 0; j < n; j++) {
    let along = 0;
    for (let i = 0; i < n; i++) along += normal[i]! * data[i * n + j]!;
    for (let i = 0; i < n; i++) data[i * n + j]! -= 2 * along * normal[i]!;
  }
}

function reflectedColumns(array: NDArray, normal: readonly number[]): Float64Array {
  const turned = transposed(array);
  reflectRows(turned, normal);
  return transposed(turned).data;
}

/** QL steps on rows l and below, until nothing is left beside diagonal element l. */
function quickenUntilZero(d: number[], e: number[], vectors: NDArray, l: number): void {
  // Lost beside the largest: where diagonal elements vanish too, others would never be lost.
  const size = Math.max(...d.map(Math.abs), ...e.map(Math.abs));
  for (let steps = 0; steps < 60; steps++) {
    let m = l;
    while (m < d.length - 1 && !isLost(e[m]! / 8, size, size)) m++;
    if (m === l) return;
    implicitStep(d, e, vectors, l, m);
  }
}

/** One step with the shift of Wilkinson, from row m up to row l. */
function implicitStep(d: number[], e: number[], vectors: NDArray, l: number, m: number): void {
  const half = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  const root = Math.hypot(half, 1);
  let g = d[m]! - d[l]! + e[l]! / (half + (half < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const [f, b] = [sine * e[i]!, cosine * e[i]!];
    const radius = Math.hypot(f, g);
    e[i + 1] = radius;
    if (radius === 0) {
      d[i + 1]! -= shift;
      e[m] = 0;
      return;
    }
    [sine, cosine] = [f / radius, g / radius];
    g = d[i + 1]! - shift;
    const lift = (d[i]! - g) * sine + 2 * cosine * b;
    shift = sine * lift;
    d[i + 1] = g + shift;
    g = cosine * lift - b;
    turnColumns(vectors, i, sine, cosine);
  }
  d[l]! -= shift;
  e[l] = g;
  e[m] = 0;
}

function turnColumns({ shape, data }: NDArray, i: number, sine: number, cosine: number): void {
  const n = shape[0]!;
  for (let k = 0; k < n; k++) {
    const [x, y] = [data[k * n + i]!, data[k * n + i + 1]!];
    data[k * n + i + 1] = sine * x + cosine * y;
    data[k * n + i] = cosine * x - sine * y;
  }
}

// ---- mistakes -------------------------------------------------------------------------------

/** A mistake that comes after a right decomposition. */
function afterwards(change: (right: EigenDecomposition, matrix: NDArray) => EigenDecomposition) {
  return ({ matrix }: EigenDecompositionSymmetricInputs): EigenDecomposition =>
    change(eigenDecompositionSymmetric({ matrix }), matrix);
}

/** A mistake in what is decomposed. */
function of(change: (matrix: NDArray) => NDArray) {
  return ({ matrix }: EigenDecompositionSymmetricInputs): EigenDecomposition =>
    eigenDecompositionSymmetric({ matrix: change(matrix) });
}

function everyColumn(
  { values, vectors }: EigenDecomposition,
  change: (column: Float64Array, index: number) => ArrayLike<number>,
): EigenDecomposition {
  const n = values.data.length;
  const columns = below(n).map((j) =>
    change(
      vectors.data.filter((_, i) => i % n === j),
      j,
    ),
  );
  return { values, vectors: matrixFrom(n, n, (i, j) => columns[j]![i]!) };
}

/** The largest in size by its powers, taken away, and then the next. */
function byPowers(steps: number) {
  return ({ matrix }: EigenDecompositionSymmetricInputs): EigenDecomposition => {
    const n = sizeOf(matrix);
    let rest = matrix;
    const [values, columns]: [number[], NDArray[]] = [[], []];
    for (let found = 0; found < n; found++) {
      let column = matrixFrom(n, 1, (i) => 1 + i / n);
      for (let step = 0; step < steps; step++) {
        const image = matrixProduct(rest, column);
        const length = frobeniusNorm(image);
        if (length > 0) column = elementwise(image, (x) => x / length);
      }
      const length = frobeniusNorm(column);
      const unit = elementwise(column, (x) => x / length);
      const value = productOfTransposed(unit, matrixProduct(rest, unit)).data[0]!;
      rest = difference(
        rest,
        elementwise(matrixProduct(unit, transposed(unit)), (x) => value * x),
      );
      values.push(value);
      columns.push(unit);
    }
    return sorted(
      values,
      matrixFrom(n, n, (i, j) => columns[j]!.data[i]!),
    );
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<EigenDecompositionSymmetricInputs> = {
  'vectors in rows': {
    source: 'yconst/YCMatrix#11',
    compute: afterwards(({ values, vectors }) => ({ values, vectors: transposed(vectors) })),
  },
  'values in the order of the solver': {
    source: 'facebookresearch/fastText#1205',
    compute: ({ matrix }) => {
      const { values, vectors } = eigenDecompositionSymmetric({ matrix });
      const n = sizeOf(matrix);
      const home = below(n).map((j) => largestAt(vectors.data.filter((_, i) => i % n === j)));
      const order = below(n).sort((one, other) => home[one]! - home[other]!);
      return {
        values: vector(...order.map((i) => values.data[i]!)),
        vectors: withColumns(vectors, order),
      };
    },
  },
  'values sorted, vectors not': {
    source: 'josdejong/mathjs#1844',
    compute: afterwards(({ values, vectors }) => {
      const n = values.data.length;
      const home = below(n).map((j) => largestAt(vectors.data.filter((_, i) => i % n === j)));
      const order = below(n).sort((one, other) => home[one]! - home[other]!);
      return { values, vectors: withColumns(vectors, order) };
    }),
  },
  'values in descending order, vectors in ascending': {
    source: 'biocore/DEICODE#33',
    compute: afterwards(({ values, vectors }) => ({
      values: vector(...[...values.data].reverse()),
      vectors,
    })),
  },
  'sorted by size without sign': {
    source: 'classic',
    compute: afterwards(({ values, vectors }) =>
      sorted([...values.data], vectors, (one, other) => Math.abs(one) - Math.abs(other)),
    ),
  },
  'singular values, without sign': {
    source: 'classic',
    compute: afterwards(({ values, vectors }) => sorted([...values.data].map(Math.abs), vectors)),
  },
  'values of the square': {
    source: 'classic',
    compute: afterwards(({ values, vectors }) =>
      sorted(
        [...values.data].map((value) => value * value),
        vectors,
      ),
    ),
  },
  'the diagonal taken for the values': {
    source: 'classic',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      return sorted(
        below(n).map((i) => matrix.data[i * n + i]!),
        identityMatrix(n),
      );
    },
  },
  'upper triangle left out': {
    source: 'classic',
    compute: of((matrix) => {
      const n = sizeOf(matrix);
      // What is left has the symmetric part that halves what stands beside the diagonal.
      return elementwise(matrix, (x, i) => (i % (n + 1) === 0 ? x : x / 2));
    }),
  },
  'triangles added, and the diagonal with them': {
    source: 'classic',
    compute: of((matrix) => {
      const n = sizeOf(matrix);
      return elementwise(matrix, (x, i) => (i % (n + 1) === 0 ? 2 * x : x));
    }),
  },
  'vectors scaled to a largest element of 1': {
    source: 'classic',
    compute: afterwards((right) =>
      everyColumn(right, (column) => column.map((x) => x / column[largestAt(column)]!)),
    ),
  },
  'vectors without their signs': {
    source: 'classic',
    compute: afterwards((right) => everyColumn(right, (column) => column.map(Math.abs))),
  },
  'vectors of equal values not at right angles': {
    source: 'numpy/numpy#20961',
    compute: afterwards((right, matrix) => {
      const n = sizeOf(matrix);
      const apart = 1e-9 * frobeniusNorm(matrix);
      return everyColumn(right, (column, j) => {
        const [value, before] = [right.values.data[j]!, right.values.data[j - 1]];
        if (before === undefined || value - before > apart) return column;
        const mixed = column.map((x, i) => (x + right.vectors.data[i * n + j - 1]!) * Math.SQRT1_2);
        return mixed;
      });
    }),
  },
  'a sign lost in the angle': {
    source: 'trilinos/Trilinos#15389',
    compute: byRotations({
      tangent: (first, last, between) => Math.abs(smallTangent(first, last, between)),
    }),
  },
  'no rotation between equal diagonal elements': {
    source: 'classic',
    compute: byRotations({
      tangent: (first, last, between) => (first === last ? 0 : smallTangent(first, last, between)),
    }),
  },
  '0/0 where there is nothing to turn': {
    source: 'taichi-dev/taichi#5434',
    compute: ({ matrix }) => {
      const { values, vectors } = eigenDecompositionSymmetric({ matrix });
      const n = sizeOf(matrix);
      const isDiagonal = matrix.data.every((x, i) => i % (n + 1) === 0 || x === 0);
      return isDiagonal
        ? { values, vectors: elementwise(vectors, () => Number.NaN) }
        : { values, vectors };
    },
  },
  'NaN where a row is 0': {
    source: 'muhammad-fiaz/num.zig#3',
    compute: ({ matrix }) => {
      const n = sizeOf(matrix);
      const { values, vectors } = eigenDecompositionSymmetric({ matrix });
      const hasZeroRow = below(n).some((i) => below(n).every((j) => matrix.data[i * n + j] === 0));
      if (!hasZeroRow) return { values, vectors };
      return { values: elementwise(values, () => Number.NaN), vectors };
    },
  },
  'one sweep of rotations': { source: 'classic', compute: byRotations({ sweeps: 1 }) },
  'three sweeps of rotations': { source: 'classic', compute: byRotations({ sweeps: 3 }) },
  'elements below 1e-9 taken for 0': {
    source: 'classic',
    compute: byRotations({ negligible: 1e-9 }),
  },
  'a hundred powers and no more': { source: 'classic', compute: byPowers(100) },
  '1e-6 added to the diagonal': {
    source: 'classic',
    compute: of((matrix) => {
      const n = sizeOf(matrix);
      return elementwise(matrix, (x, i) => (i % (n + 1) === 0 ? x + 1e-6 : x));
    }),
  },
  'negative values taken for rounding, and cut at 0': {
    source: 'classic',
    compute: afterwards(({ values, vectors }) => ({
      values: elementwise(values, (value) => Math.max(0, value)),
      vectors,
    })),
  },
  'rounded to float32': {
    source: 'classic',
    compute: afterwards(({ values, vectors }) => ({
      values: elementwise(values, Math.fround),
      vectors: elementwise(vectors, Math.fround),
    })),
  },
  'decomposed in its argument': {
    source: 'classic',
    compute: ({ matrix }) => {
      const right = eigenDecompositionSymmetric({ matrix });
      const n = sizeOf(matrix);
      matrix.data.set(matrixFrom(n, n, (i, j) => (i === j ? right.values.data[i]! : 0)).data);
      return right;
    },
  },
};

/** Where the largest element in size stands. */
function largestAt(column: Float64Array): number {
  return column.reduce((best, x, i) => (Math.abs(x) > Math.abs(column[best]!) ? i : best), 0);
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<EigenDecompositionSymmetricInputs> = {
  'three diagonals by reflections, then QL with implicit shifts': byTridiagonal,
  'rotations from the last column to the first, by an arctangent': byRotations({
    pairs: columnByColumn,
    tangent: (first, last, between) => Math.tan(0.5 * Math.atan((2 * between) / (last - first))),
  }),
  'rotations of the largest element': byRotations({ pairs: largestFirst }),
};

/** The conventions that the contract names. */
export const variants: Variants<EigenDecompositionSymmetricInputs> = {
  descending: {
    compute: ({ matrix }) => {
      const { values, vectors } = eigenDecompositionSymmetric({ matrix });
      const order = below(sizeOf(matrix)).reverse();
      return {
        values: vector(...order.map((i) => values.data[i]!)),
        vectors: withColumns(vectors, order),
      };
    },
  },
};
