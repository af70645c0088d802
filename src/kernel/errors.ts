import { mover } from './moves.js';
import { type NDArray, shapesEqual } from './ndarray.js';

/** What a formula refuses: shapes that do not match, values outside the domain, empty arrays. */
export type ErrorCode = 'shape' | 'domain' | 'empty';

/** The one error that formulas throw. The message reads `formula: argument must rule, got value`. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Arguments by name, as a demand takes them: the names become part of the message. */
type Named<Value> = Readonly<Record<string, Value>>;

/** Demands arrays of one shape. */
export function requireSameShape(formula: string, arrays: Named<NDArray>): void {
  let first: string | undefined;
  for (const name in arrays) {
    first ??= name;
    const [wanted, { shape }] = [arrays[first]!.shape, arrays[name]!];
    if (!shapesEqual(wanted, shape)) {
      throw new FormulaError(
        'shape',
        `${formula}: ${name} must have the shape of ${first}, [${wanted}], got [${shape}]`,
      );
    }
  }
}

/** Demands arrays of the given rank: 1 for vectors, 2 for matrices. */
export function requireRank(formula: string, rank: number, arrays: Named<NDArray>): void {
  for (const [name, { shape }] of Object.entries(arrays)) {
    if (shape.length !== rank) {
      throw new FormulaError('shape', `${formula}: ${name} must have rank ${rank}, got [${shape}]`);
    }
  }
}

/** Demands at least one axis: a row to work along. */
export function requireRows(formula: string, arrays: Named<NDArray>): void {
  for (const [name, { shape }] of Object.entries(arrays)) {
    if (shape.length === 0) {
      throw new FormulaError('shape', `${formula}: ${name} must have an axis, got a number`);
    }
  }
}

/** Demands a vector with one element for each row of a matrix. */
export function requireOnePerRow(
  formula: string,
  rows: Named<NDArray>,
  vectors: Named<NDArray>,
): void {
  const [[matrixName, matrix]] = Object.entries(rows) as [[string, NDArray]];
  for (const [name, { shape }] of Object.entries(vectors)) {
    if (shape.length !== 1 || shape[0] !== matrix.shape[0]) {
      throw new FormulaError(
        'shape',
        `${formula}: ${name} must have shape [${matrix.shape[0]}], one element for each row of ${matrixName}, got [${shape}]`,
      );
    }
  }
}

/**
 * Demands arrays whose axes agree. A symbol means one length wherever it stands; `'...'`, in
 * front, any number of leading axes, the same for all. An array that was left out has none.
 *
 * ```ts
 * requireAxes('linear', { x, weight }, { x: ['...', 'in'], weight: ['in', 'out'] });
 * ```
 */
export function requireAxes<Name extends string>(
  formula: string,
  arrays: Readonly<Record<Name, NDArray | undefined>>,
  axes: Readonly<Record<Name, readonly string[]>>,
): void {
  const known = new Map<string, readonly number[]>();
  for (const name in arrays) {
    const array = arrays[name];
    if (array === undefined) continue;
    const wanted = axes[name].map((symbol) => known.get(symbol)?.join(', ') ?? symbol);
    if (!agrees(array.shape, axes[name], known)) {
      throw new FormulaError(
        'shape',
        `${formula}: ${name} must have shape [${wanted.filter((axis) => axis !== '').join(', ')}], got [${array.shape.join(', ')}]`,
      );
    }
  }
}

/** Tells whether a shape has these axes, and notes the lengths of those that are new. */
function agrees(
  shape: readonly number[],
  axes: readonly string[],
  known: Map<string, readonly number[]>,
): boolean {
  const leading = axes[0] === '...' ? shape.length - axes.length + 1 : 0;
  if (leading < 0 || (axes[0] !== '...' && shape.length !== axes.length)) return false;
  let end = 0;
  return axes.every((symbol) => {
    const start = end;
    end += symbol === '...' ? leading : 1;
    const lengths = shape.slice(start, end);
    const before = known.get(symbol);
    if (before === undefined) known.set(symbol, lengths);
    return before === undefined || shapesEqual(before, lengths);
  });
}

/** Demands a vector with one element for each column of a matrix. */
export function requireOnePerColumn(
  formula: string,
  matrices: Named<NDArray>,
  vectors: Named<NDArray>,
): void {
  const [[matrixName, matrix]] = Object.entries(matrices) as [[string, NDArray]];
  for (const [name, { shape }] of Object.entries(vectors)) {
    if (shape.length !== 1 || shape[0] !== matrix.shape[1]) {
      throw new FormulaError(
        'shape',
        `${formula}: ${name} must have shape [${matrix.shape[1]}], one element for each column of ${matrixName}, got [${shape}]`,
      );
    }
  }
}

/** Demands arrays with at least one element. */
export function requireNonEmpty(formula: string, arrays: Named<NDArray>): void {
  for (const [name, array] of Object.entries(arrays)) {
    if (array.data.length === 0) {
      throw new FormulaError(
        'empty',
        `${formula}: ${name} must not be empty, got [${array.shape}]`,
      );
    }
  }
}

/** Demands that every element satisfy a rule. NaN fails every rule that it is asked about. */
export function requireElements(
  formula: string,
  arrays: Named<NDArray>,
  rule: string,
  holds: (element: number) => boolean,
): void {
  for (const [name, { data }] of Object.entries(arrays)) {
    for (let i = 0; i < data.length; i++) {
      if (!holds(data[i]!)) {
        throw new FormulaError('domain', `${formula}: ${name} must ${rule}, got ${data[i]}`);
      }
    }
  }
}

/** Demands that a number satisfy a rule. */
export function requireNumber(
  formula: string,
  numbers: Named<number>,
  rule: string,
  holds: (value: number) => boolean,
): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!holds(value)) {
      throw new FormulaError('domain', `${formula}: ${name} must ${rule}, got ${value}`);
    }
  }
}

/** Demands numbers that are positive and finite. */
export function requirePositive(formula: string, numbers: Named<number>): void {
  requireNumber(
    formula,
    numbers,
    'be positive and finite',
    (value) => value > 0 && value < Infinity,
  );
}

/** Demands numbers that are finite and at least 0. */
export function requireNonNegative(formula: string, numbers: Named<number>): void {
  requireNumber(
    formula,
    numbers,
    'be finite and at least 0',
    (value) => value >= 0 && value < Infinity,
  );
}

/** Demands elements in [0, 1], or NaN, which is missing data and propagates. */
export function requireUnitInterval(formula: string, arrays: Named<NDArray>): void {
  requireElements(formula, arrays, 'lie in [0, 1]', (element) => !(element < 0) && !(element > 1));
}

/**
 * Demands rows that are probability distributions: elements in [0, 1], or NaN, with a sum
 * within a hundredth of 1, which no rounding of an honest distribution exceeds in float16 or
 * longer. While the judge moves elements one by one their sum may stray, and is not asked.
 */
export function requireDistributions(formula: string, arrays: Named<NDArray>): void {
  requireRows(formula, arrays);
  requireUnitInterval(formula, arrays);
  if (mover !== undefined) return;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    const columns = shape.at(-1)!;
    for (let start = 0; start < data.length; start += columns) {
      let total = 0;
      for (let i = start; i < start + columns; i++) total += data[i]!;
      if (Math.abs(total - 1) > 0.01) {
        throw new FormulaError(
          'domain',
          `${formula}: ${name} must have rows that sum to 1, got ${total}`,
        );
      }
    }
  }
}

/** Demands classes written as 0 and 1. */
export function requireBinary(formula: string, arrays: Named<NDArray>): void {
  requireElements(formula, arrays, 'be 0 or 1', (label) => label === 0 || label === 1);
}

/** Demands classes written as −1 and 1. */
export function requireSigns(formula: string, arrays: Named<NDArray>): void {
  requireElements(formula, arrays, 'be -1 or 1', (label) => label === -1 || label === 1);
}

/** Demands labels of classes: integers in [0, classes). */
export function requireLabels(formula: string, classes: number, arrays: Named<NDArray>): void {
  requireElements(
    formula,
    arrays,
    `be integers in [0, ${classes})`,
    (element) => Number.isInteger(element) && element >= 0 && element < classes,
  );
}

/**
 * Demands counts: integers of at least 0, or NaN, which is missing data and propagates. While the
 * judge moves elements they are no integers, and that is not asked.
 */
export function requireCounts(formula: string, arrays: Named<NDArray>): void {
  requireElements(
    formula,
    arrays,
    'be integers of at least 0',
    (count) =>
      Number.isNaN(count) || (count >= 0 && (mover !== undefined || Number.isInteger(count))),
  );
}

/** Demands draws of a uniform random generator, in [0, 1). None of them is ever missing. */
export function requireUniforms(formula: string, arrays: Named<NDArray>): void {
  requireElements(formula, arrays, 'lie in [0, 1)', (element) => element >= 0 && element < 1);
}
