import type { Format, NDArray, Stream } from '../../kernel/index.js';
import type { Structure } from '../spec.js';

/*
 * Matrices with a structure. Numbers drawn one by one make matrices that are all alike: no two
 * eigenvalues near one another, nothing graded, nothing singular. So a matrix is drawn from a
 * family, and the families of a structure are its ingredients.
 */

/** The structures of matrices. */
export type MatrixStructure = 'symmetric' | 'positive-definite' | 'full-rank' | 'rank-deficient';

/** Draws the elements of a matrix, row by row. Structures that are symmetric ask for a square. */
export type Family = (draws: Stream, format: Format, rows: number, columns: number) => Float64Array;

/** Families by name. Rare ones hide most mistakes, and show a few that nothing else does. */
export interface Families {
  readonly usual: Readonly<Record<string, Family>>;
  readonly rare: Readonly<Record<string, Family>>;
}

export function isMatrixStructure(structure: Structure | undefined): structure is MatrixStructure {
  return structure !== undefined && structure in matrixFamilies;
}

// ---- elements -----------------------------------------------------------------------------

/** One number after another, whatever its place. */
type Element = () => number;

function sixteenths(draws: Stream): Element {
  return () => draws.integer(-64, 64) / 16;
}

function smallIntegers(draws: Stream): Element {
  return () => draws.integer(-4, 4);
}

function uniform(draws: Stream): Element {
  return () => 20 * draws.uniform() - 10;
}

function filled(rows: number, columns: number, element: Element): Float64Array {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = element();
  return data;
}

/** A symmetric matrix, by the elements on and below its diagonal. */
function symmetric(n: number, element: (row: number, column: number) => number): Float64Array {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) data[i * n + j] = data[j * n + i] = element(i, j);
  }
  return data;
}

/** B Bᵀ of an n × r matrix B. */
function gram(factor: Float64Array, n: number): Float64Array {
  const r = factor.length / n;
  return symmetric(n, (i, j) => {
    let total = 0;
    for (let k = 0; k < r; k++) total += factor[i * r + k]! * factor[j * r + k]!;
    return total;
  });
}

/** D A D of a diagonal D: what was symmetric or positive definite stays so. */
function scaledBy(diagonal: readonly number[], data: Float64Array): Float64Array {
  const n = diagonal.length;
  return symmetric(n, (i, j) => diagonal[i]! * data[i * n + j]! * diagonal[j]!);
}

/** The rows and columns of a symmetric matrix in another order. */
function reordered(draws: Stream, data: Float64Array, n: number): Float64Array {
  const order = draws.shuffled(Array.from({ length: n }, (_, i) => i));
  return symmetric(n, (i, j) => data[order[i]! * n + order[j]!]!);
}

/** Powers of two, from 1 down to the reciprocal of `ratio`, in random order. */
function gradedScales(draws: Stream, n: number, ratio: number): number[] {
  const depth = Math.floor(Math.log2(ratio));
  const exponents = Array.from({ length: n }, (_, i) =>
    Math.round((depth * i) / Math.max(1, n - 1)),
  );
  return draws.shuffled(exponents.map((exponent) => 2 ** -exponent));
}

/** How large numbers may be whose squares still add up: 2²⁰⁰, and less where the format ends sooner. */
function hugeScale(draws: Stream, { largest }: Format): number {
  const most = Math.max(1, Math.min(200, Math.floor(Math.log2(largest) / 2) - 10));
  return 2 ** draws.integer(Math.ceil(most / 2), most);
}

/** How small, so that their squares are not lost. */
function tinyScale(draws: Stream, { smallestNormal }: Format): number {
  const least = Math.max(-200, Math.ceil(Math.log2(smallestNormal) / 2) + 3);
  return 2 ** draws.integer(least, Math.ceil(least / 2));
}

/** How ill-conditioned a matrix may be before roundings leave a digit of nothing in the answer. */
function conditionLimit({ unit }: Format, n: number): number {
  const roundings = 32 * Math.max(1, (n * n) / 256) * unit;
  return Math.max(8, 0.01 / roundings);
}

/** A family whose matrices are square, by the length of a side. */
function square(draw: (draws: Stream, n: number, format: Format) => Float64Array): Family {
  return (draws, format, n) => draw(draws, n, format);
}

// ---- symmetric ----------------------------------------------------------------------------

const symmetricFamilies: Families = {
  usual: {
    sixteenths: square((draws, n) => symmetric(n, sixteenths(draws))),
    integers: square((draws, n) => symmetric(n, smallIntegers(draws))),
    uniform: square((draws, n) => symmetric(n, uniform(draws))),
    'zero diagonal': square((draws, n) => {
      const element = sixteenths(draws);
      return symmetric(n, (i, j) => (i === j ? 0 : element()));
    }),
    // Rows and columns from 1 down to next to nothing.
    graded: square((draws, n, format) => {
      const ratio = Math.min(1e6, Math.sqrt(conditionLimit(format, n)));
      return scaledBy(gradedScales(draws, n, ratio), symmetric(n, uniform(draws)));
    }),
    // a I + b 1 1ᵀ: a is an eigenvalue n − 1 times over.
    'repeated values': square((draws, n) => {
      const [own, shared] = [draws.integer(-32, 32) / 16, draws.integer(1, 32) / 16];
      return symmetric(n, (i, j) => (i === j ? own + shared : shared));
    }),
    // A block again and again: every eigenvalue of it is repeated.
    'repeated blocks': square((draws, n) => {
      const size = Math.ceil(n / 2);
      const block = symmetric(size, sixteenths(draws));
      const blocks = symmetric(n, (i, j) =>
        Math.floor(i / size) === Math.floor(j / size) ? block[(i % size) * size + (j % size)]! : 0,
      );
      return reordered(draws, blocks, n);
    }),
    'nearly repeated values': square((draws, n, { unit }) => {
      const [own, shared] = [draws.integer(-32, 32) / 16, draws.integer(1, 32) / 16];
      const apart = draws.pick([4 * unit, Math.sqrt(unit), unit ** 0.25]);
      return symmetric(n, (i, j) => {
        const value = i === j ? own + shared : shared;
        return value * (1 + apart * draws.integer(-4, 4));
      });
    }),
    'nearly diagonal': square((draws, n, { unit }) => {
      const [element, size] = [sixteenths(draws), unit ** (0.25 + 0.5 * draws.uniform())];
      return symmetric(n, (i, j) => (i === j ? 1 : size) * element());
    }),
    // Every element near one number, which is large beside their differences.
    offset: square((draws, n) => {
      const [element, offset] = [sixteenths(draws), draws.integer(64, 1024)];
      return symmetric(n, () => offset + element());
    }),
    tridiagonal: square((draws, n) => {
      const element = sixteenths(draws);
      return symmetric(n, (i, j) => (i - j > 1 ? 0 : element()));
    }),
    arrow: square((draws, n) => {
      const element = sixteenths(draws);
      return symmetric(n, (i, j) => (i === j || j === 0 ? element() : 0));
    }),
    blocks: square((draws, n) => {
      const [element, cut] = [sixteenths(draws), Math.ceil(n / 2)];
      const apart = symmetric(n, (i, j) => (i >= cut && j < cut ? 0 : element()));
      return reordered(draws, apart, n);
    }),
    'rank-deficient': square((draws, n) => {
      const rank = Math.max(1, draws.integer(1, n) - 1);
      return gram(filled(n, rank, smallIntegers(draws)), n);
    }),
    'positive definite': square((draws, n, format) => wellConditioned(draws, n, format)),
    'negative definite': square((draws, n, format) =>
      wellConditioned(draws, n, format).map((value) => -value),
    ),
    huge: square((draws, n, format) => {
      const scale = hugeScale(draws, format);
      return symmetric(n, sixteenths(draws)).map((value) => value * scale);
    }),
    tiny: square((draws, n, format) => {
      const scale = tinyScale(draws, format);
      return symmetric(n, sixteenths(draws)).map((value) => value * scale);
    }),
  },
  rare: {
    diagonal: square((draws, n) => {
      const element = sixteenths(draws);
      return symmetric(n, (i, j) => (i === j ? element() : 0));
    }),
    zero: square((_, n) => new Float64Array(n * n)),
    identity: square((draws, n) => {
      const value = draws.pick([1, 1, -1, 0.1]);
      return symmetric(n, (i, j) => (i === j ? value : 0));
    }),
  },
};

// ---- positive definite ----------------------------------------------------------------------

/** B Bᵀ + I of sixteenths, which every format holds exactly that has the bits. */
function wellConditioned(draws: Stream, n: number, format: Format): Float64Array {
  const element = (): number => draws.integer(-8, 8) / 4;
  const data = gram(filled(n, n, element), n);
  for (let i = 0; i < n; i++) data[i * n + i]! += 1;
  return definite(data, n, format);
}

/** The matrix, its diagonal raised until no rounding to the format can make it indefinite. */
function definite(data: Float64Array, n: number, format: Format): Float64Array {
  const least = 1 / conditionLimit(format, n);
  for (let ridge = 2 * least; leastPivot(data, n) < least; ridge *= 2) {
    for (let i = 0; i < n; i++) {
      const own = data[i * n + i]!;
      data[i * n + i] = own > 0 ? own * (1 + ridge) : ridge;
    }
  }
  return data;
}

/**
 * The least pivot of elimination without exchanges, each as a share of its diagonal element: what
 * is left of it when all that comes before is known. Not above 0 for what is not positive definite.
 */
function leastPivot(data: Float64Array, n: number): number {
  const rest = data.slice();
  let least = Infinity;
  for (let k = 0; k < n; k++) {
    const pivot = rest[k * n + k]!;
    least = Math.min(least, data[k * n + k]! > 0 ? pivot / data[k * n + k]! : -1);
    if (!(least > 0)) return least;
    for (let i = k + 1; i < n; i++) {
      const factor = rest[i * n + k]! / pivot;
      for (let j = k + 1; j < n; j++) rest[i * n + j]! -= factor * rest[k * n + j]!;
    }
  }
  return least;
}

const definiteFamilies: Families = {
  usual: {
    sixteenths: square((draws, n, format) =>
      definite(
        symmetric(n, (i, j) => (i === j ? draws.integer(16, 64) : draws.integer(-16, 16)) / 16),
        n,
        format,
      ),
    ),
    gram: square(wellConditioned),
    uniform: square((draws, n, format) =>
      definite(gram(filled(n, n + 2, uniform(draws)), n), n, format),
    ),
    // One variable nearly a sum of others: little is left of its pivot.
    'nearly singular': square((draws, n, format) => {
      const nearness = conditionLimit(format, n) ** -draws.pick([0.5, 0.75, 0.9]);
      const data = gram(filled(n, Math.max(1, n - 1), smallIntegers(draws)), n);
      for (let i = 0; i < n; i++) data[i * n + i]! += nearness * (1 + data[i * n + i]!);
      return definite(data, n, format);
    }),
    graded: square((draws, n, format) => {
      const ratio = Math.min(1e6, Math.sqrt(conditionLimit(format, n)));
      return scaledBy(gradedScales(draws, n, ratio), wellConditioned(draws, n, format));
    }),
    // Variables that go together, as in the covariance of measurements.
    correlated: square((draws, n, format) => {
      const shared = draws.pick([0.5, 0.75, 0.9, -0.5]);
      return definite(
        symmetric(n, (i, j) => shared ** (i - j)),
        n,
        format,
      );
    }),
    tridiagonal: square((draws, n, format) => {
      const data = symmetric(n, (i, j) =>
        i === j ? 2 : i - j === 1 ? draws.pick([-1, -1, 1]) : 0,
      );
      return definite(data, n, format);
    }),
    arrow: square((draws, n, format) =>
      definite(
        symmetric(
          n,
          (i, j) => (i === j ? draws.integer(32, 64) : j === 0 ? draws.integer(-8, 8) : 0) / 16,
        ),
        n,
        format,
      ),
    ),
    // Larger elements off the diagonal than some on it.
    'large beside small': square((draws, n, format) => {
      const scales = Array.from({ length: n }, () => 2 ** draws.integer(-3, 3));
      return scaledBy(scales, wellConditioned(draws, n, format));
    }),
    huge: square((draws, n, format) => {
      const scale = hugeScale(draws, format);
      return wellConditioned(draws, n, format).map((value) => value * scale);
    }),
    tiny: square((draws, n, format) => {
      const scale = tinyScale(draws, format);
      return wellConditioned(draws, n, format).map((value) => value * scale);
    }),
  },
  rare: {
    diagonal: square((draws, n) =>
      symmetric(n, (i, j) => (i === j ? draws.integer(1, 64) / 16 : 0)),
    ),
    identity: square((_, n) => symmetric(n, (i, j) => (i === j ? 1 : 0))),
  },
};

// ---- of full rank, and of less ----------------------------------------------------------------

/** The matrix, its diagonal enlarged until it is far from every matrix of less rank. */
function independent(data: Float64Array, rows: number, columns: number): Float64Array {
  for (let more = 1; leastElimination(data, rows, columns) < FAR_FROM_DEFICIENT; more *= 2) {
    for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i]! += more;
  }
  return data;
}

const FAR_FROM_DEFICIENT = 2 ** -6;

/**
 * The least pivot of elimination with complete pivoting, as a share of the largest: 0, up to
 * rounding, for a matrix of less than full rank.
 */
function leastElimination(data: Float64Array, rows: number, columns: number): number {
  const rest = data.slice();
  const order = Math.min(rows, columns);
  let largest = 0;
  for (let k = 0; k < order; k++) {
    let [row, column] = [k, k];
    for (let i = k; i < rows; i++) {
      for (let j = k; j < columns; j++) {
        if (Math.abs(rest[i * columns + j]!) > Math.abs(rest[row * columns + column]!)) {
          [row, column] = [i, j];
        }
      }
    }
    const pivot = rest[row * columns + column]!;
    if (k === 0) largest = Math.abs(pivot);
    if (pivot === 0 || k === order - 1) return largest === 0 ? 0 : Math.abs(pivot) / largest;
    exchangeRows(rest, columns, k, row);
    exchangeColumns(rest, columns, k, column);
    for (let i = k + 1; i < rows; i++) {
      const factor = rest[i * columns + k]! / pivot;
      for (let j = k; j < columns; j++) rest[i * columns + j]! -= factor * rest[k * columns + j]!;
    }
  }
  return 0;
}

function exchangeRows(data: Float64Array, columns: number, one: number, other: number): void {
  for (let j = 0; j < columns; j++) {
    const kept = data[one * columns + j]!;
    data[one * columns + j] = data[other * columns + j]!;
    data[other * columns + j] = kept;
  }
}

function exchangeColumns(data: Float64Array, columns: number, one: number, other: number): void {
  for (let start = 0; start < data.length; start += columns) {
    const kept = data[start + one]!;
    data[start + one] = data[start + other]!;
    data[start + other] = kept;
  }
}

const fullFamilies: Families = {
  usual: {
    sixteenths: (draws, _, rows, columns) =>
      independent(filled(rows, columns, sixteenths(draws)), rows, columns),
    integers: (draws, _, rows, columns) =>
      independent(filled(rows, columns, smallIntegers(draws)), rows, columns),
    uniform: (draws, _, rows, columns) =>
      independent(filled(rows, columns, uniform(draws)), rows, columns),
    // A zero where elimination would like to begin.
    'zero diagonal': (draws, _, rows, columns) => {
      const order = Math.min(rows, columns);
      const data = independent(filled(rows, columns, sixteenths(draws)), rows, columns);
      const turned = data.slice();
      for (let i = 0; i < order; i++) {
        const from = ((i + 1) % order) * columns;
        turned.set(data.subarray(from, from + columns), i * columns);
      }
      return turned;
    },
    // Columns of different units.
    'columns of different sizes': (draws, format, rows, columns) => {
      const data = independent(filled(rows, columns, sixteenths(draws)), rows, columns);
      const ratio = Math.min(1e3, Math.sqrt(conditionLimit(format, columns)));
      const scales = gradedScales(draws, columns, ratio);
      return data.map((value, i) => value * scales[i % columns]!);
    },
    huge: (draws, format, rows, columns) => {
      const scale = hugeScale(draws, format);
      const data = independent(filled(rows, columns, sixteenths(draws)), rows, columns);
      return data.map((value) => value * scale);
    },
    tiny: (draws, format, rows, columns) => {
      const scale = tinyScale(draws, format);
      const data = independent(filled(rows, columns, sixteenths(draws)), rows, columns);
      return data.map((value) => value * scale);
    },
  },
  rare: {
    diagonal: (draws, _, rows, columns) =>
      filledBy(rows, columns, (i, j) => (i === j ? draws.integer(1, 64) / 16 : 0)),
    identity: (_, __, rows, columns) => filledBy(rows, columns, (i, j) => (i === j ? 1 : 0)),
  },
};

function filledBy(
  rows: number,
  columns: number,
  element: (row: number, column: number) => number,
): Float64Array {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = element(Math.floor(i / columns), i % columns);
  return data;
}

/** A product of two thin matrices of small integers: exactly of the rank that both have, or less. */
function thinProduct(draws: Stream, rows: number, columns: number, rank: number): Float64Array {
  const [left, right] = [
    filled(rows, rank, smallIntegers(draws)),
    filled(rank, columns, smallIntegers(draws)),
  ];
  return filledBy(rows, columns, (i, j) => {
    let total = 0;
    for (let k = 0; k < rank; k++) total += left[i * rank + k]! * right[k * columns + j]!;
    return total;
  });
}

const deficientFamilies: Families = {
  usual: {
    'thin product': (draws, _, rows, columns) =>
      thinProduct(draws, rows, columns, draws.integer(0, Math.min(rows, columns) - 1)),
    'rank one less': (draws, _, rows, columns) =>
      thinProduct(draws, rows, columns, Math.min(rows, columns) - 1),
    'rank one': (draws, _, rows, columns) =>
      thinProduct(draws, rows, columns, Math.min(1, Math.min(rows, columns) - 1)),
    // Of the shorter side, the last row or column is the sum of the others; alone, it is 0.
    'last a sum': (draws, _, rows, columns) => {
      const data = filled(rows, columns, smallIntegers(draws));
      const [tall, count] = [rows >= columns, Math.min(rows, columns)];
      for (let along = 0; along < Math.max(rows, columns); along++) {
        const at = (k: number): number => (tall ? along * columns + k : k * columns + along);
        let total = 0;
        for (let k = 0; k < count - 1; k++) total += data[at(k)]!;
        data[at(count - 1)] = total;
      }
      return data;
    },
    'two the same': (draws, _, rows, columns) => {
      const data = filled(rows, columns, smallIntegers(draws));
      const [tall, count] = [rows >= columns, Math.min(rows, columns)];
      const [one, other] = [draws.integer(0, count - 1), draws.integer(0, count - 1)];
      for (let along = 0; along < Math.max(rows, columns); along++) {
        const at = (k: number): number => (tall ? along * columns + k : k * columns + along);
        data[at(one)] = one === other ? 0 : data[at(other)]!;
      }
      return data;
    },
  },
  rare: { zero: (_, __, rows, columns) => new Float64Array(rows * columns) },
};

/** The families of each structure: what it can be made of. */
export const matrixFamilies: Readonly<Record<MatrixStructure, Families>> = {
  symmetric: symmetricFamilies,
  'positive-definite': definiteFamilies,
  'full-rank': fullFamilies,
  'rank-deficient': deficientFamilies,
};

// ---- moving and shrinking inside a structure ----------------------------------------------------

/**
 * For each element of a matrix, the one that it moves and changes with, by flat index: a symmetric
 * matrix stays symmetric, and one of less than full rank keeps its rank when whole rows grow.
 * Undefined where every element is on its own.
 */
export function movesTogether(
  structure: Structure | undefined,
  shape: readonly number[],
): Int32Array | undefined {
  const columns = shape.at(-1)!;
  const size = shape.reduce((product, length) => product * length, 1);
  switch (structure) {
    case 'symmetric':
    case 'positive-definite':
      return Int32Array.from({ length: size }, (_, index) => {
        const [row, column] = [Math.floor(index / columns), index % columns];
        return Math.min(row, column) * columns + Math.max(row, column);
      });
    case 'rank-deficient':
      return Int32Array.from({ length: size }, (_, index) => index - (index % columns));
    default:
      return undefined;
  }
}

/** What is left of a pivot that no rounding of single precision can take away. */
const CLEARLY_DEFINITE = 2 ** -10;
/** The same of a full rank, with columns of different sizes. */
const CLEARLY_INDEPENDENT = 2 ** -12;
/** What is left of a pivot that should be 0, after eliminations that round. */
const NOTHING = 2 ** -40;

/**
 * True for a matrix that has the structure, and by a margin where it is one that rounding can take
 * away: what a smaller counterexample must keep.
 */
export function hasStructure(structure: MatrixStructure, { shape, data }: NDArray): boolean {
  const [rows, columns] = shape as [number, number];
  switch (structure) {
    case 'symmetric':
      return isSymmetric(data, rows, columns);
    case 'positive-definite':
      return isSymmetric(data, rows, columns) && leastPivot(data, rows) >= CLEARLY_DEFINITE;
    case 'full-rank':
      return leastElimination(data, rows, columns) >= CLEARLY_INDEPENDENT;
    case 'rank-deficient':
      return leastElimination(data, rows, columns) <= NOTHING;
  }
}

function isSymmetric(data: Float64Array, rows: number, columns: number): boolean {
  if (rows !== columns) return false;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      if (!Object.is(data[i * columns + j]! + 0, data[j * columns + i]! + 0)) return false;
    }
  }
  return true;
}
