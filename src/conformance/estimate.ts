import { type Format, formats, type Precision } from '../kernel/index.js';

/**
 * Numbers known to within a budget: what a subject answered, and how far an honest answer may
 * lie from the exact one. Laws compare estimates, so that no law needs a tolerance of its own.
 */
export interface Estimate {
  readonly shape: readonly number[];
  readonly values: Float64Array;
  /** How far each value may be off. Measuring it is expensive, so it is asked for last. */
  readonly budget: () => Float64Array;
  /** A lower bound of the budget that is free: rounding units times the size of the value. */
  readonly unit: number;
}

/** What a subject answered: all of its numbers, and those of each part. */
export interface Answer extends Estimate {
  /**
   * One part of an answer that has several; arrays under names end to end.
   *
   * @throws PartMissing if the subject leaves the part out.
   */
  part(name: string): Estimate;
}

/** A law asks for a part that the subject does not give, and so is not judged by that law. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/** How a law was broken. */
export interface Violation {
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
  /** The error as a multiple of the budget, where the two were compared. */
  readonly ratio?: number;
}

/** Numbers known exactly. */
export function exactly(values: number | ArrayLike<number>, shape?: readonly number[]): Estimate {
  const list =
    values instanceof Float64Array
      ? values
      : typeof values === 'number'
        ? Float64Array.of(values)
        : Float64Array.from(values);
  return {
    shape: shape ?? (typeof values === 'number' ? [] : [list.length]),
    values: list,
    budget: () => new Float64Array(list.length),
    unit: 0,
  };
}

/** The sum of two estimates, element by element. */
export function plus(left: Estimate, right: Estimate): Estimate {
  return combine(left, right, (a, b) => a + b);
}

/** The difference of two estimates, element by element. */
export function minus(left: Estimate, right: Estimate): Estimate {
  return combine(left, right, (a, b) => a - b);
}

function combine(
  left: Estimate,
  right: Estimate,
  operation: (a: number, b: number) => number,
): Estimate {
  const unit = Math.max(left.unit, right.unit);
  const values = new Float64Array(left.values.length);
  for (let i = 0; i < values.length; i++) values[i] = operation(left.values[i]!, right.values[i]!);
  return {
    shape: left.shape,
    values,
    unit,
    budget: () => {
      const [ofLeft, ofRight] = [left.budget(), right.budget()];
      return ofLeft.map((b, i) => {
        const room = b + ofRight[i]!;
        // Infinity less Infinity is NaN, and needs no rounding to be anything.
        return room === Infinity ? room : room + roomFor(unit, values[i]!);
      });
    },
  };
}

/** An estimate times a number. */
export function times(estimate: Estimate, factor: number): Estimate {
  return {
    shape: estimate.shape,
    values: scaled(estimate.values, factor),
    unit: estimate.unit,
    // Nothing times what nothing is known of is not known either.
    budget: () =>
      estimate.budget().map((room) => (room === Infinity ? room : room * Math.abs(factor))),
  };
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const list = new Float64Array(values.length);
  for (let i = 0; i < list.length; i++) list[i] = values[i]! * factor;
  return list;
}

/** The rounding of a value; none for an exact one, even where that is infinite. */
function roomFor(unit: number, value: number): number {
  return unit === 0 ? 0 : unit * Math.abs(value);
}

/** The sums of an estimate along its last axis. */
export function rowSums(estimate: Estimate): Estimate {
  const columns = estimate.shape.at(-1) ?? 1;
  const rows = estimate.values.length / columns;
  const add = (terms: Float64Array): Float64Array => {
    const totals = new Float64Array(rows);
    for (let i = 0; i < terms.length; i++) {
      totals[Math.floor(i / columns)]! += terms[i]!;
    }
    return totals;
  };
  return {
    shape: estimate.shape.slice(0, -1),
    values: add(estimate.values),
    unit: estimate.unit,
    budget: () => {
      const sizes = add(estimate.values.map(Math.abs));
      return add(estimate.budget()).map((room, row) =>
        room === Infinity ? room : room + roomFor(estimate.unit, sizes[row]!),
      );
    },
  };
}

/** A violation unless the two agree within the sum of their budgets. */
export function equal(left: Estimate, right: Estimate): Violation | undefined {
  return compare(left, right, 'equal', (difference) => Math.abs(difference));
}

/** A violation unless the left is at most the right, within the sum of their budgets. */
export function atMost(left: Estimate, right: Estimate): Violation | undefined {
  return compare(left, right, 'be at most', (difference) => difference);
}

/** A violation unless the left is at least the right, within the sum of their budgets. */
export function atLeast(left: Estimate, right: Estimate): Violation | undefined {
  return compare(left, right, 'be at least', (difference) => -difference);
}

function compare(
  left: Estimate,
  right: Estimate,
  relation: string,
  excess: (difference: number) => number,
): Violation | undefined {
  if (left.values.length !== right.values.length) {
    return {
      message: 'the shapes differ',
      expected: `shape [${right.shape}]`,
      got: `shape [${left.shape}]`,
    };
  }
  const unit = Math.max(left.unit, right.unit);
  const withinUnits = (i: number): boolean => {
    const [a, b] = [left.values[i]!, right.values[i]!];
    return a === b || excess(a - b) <= unit * Math.min(Math.abs(a), Math.abs(b));
  };
  let within = 0;
  while (within < left.values.length && withinUnits(within)) within++;
  if (within === left.values.length) return undefined;

  const [ofLeft, ofRight] = [left.budget(), right.budget()];
  for (let i = 0; i < left.values.length; i++) {
    if (withinUnits(i)) continue;
    const [a, b] = [left.values[i]!, right.values[i]!];
    const allowed = ofLeft[i]! + ofRight[i]!;
    // An infinite budget marks a value that the format cannot hold: nothing can be said of it.
    if (allowed === Infinity) continue;
    const error = excess(a - b);
    if (error <= allowed) continue;
    return {
      message: Number.isNaN(a - b)
        ? `output[${i}] is ${a}, must ${relation} ${b}`
        : `output[${i}] must ${relation} ${b}, within ${allowed.toPrecision(3)}`,
      expected: String(b),
      got: String(a),
      ratio: Number.isNaN(error) ? Infinity : error / allowed,
    };
  }
  return undefined;
}

/**
 * The rounding units that an honest computation over n elements may add up to.
 *
 * Linear in n, as the error of a sum from left to right is in the worst case. Its root would do
 * for errors that cancel, but equal terms err in one direction: 2048 of them are off by up to
 * 325 units, where 32 √(n/256) would allow 90.
 */
export function roundings(precision: Precision, elements: number): number {
  return roundingsIn(formats[precision], elements);
}

/** The same in a format without a name. */
export function roundingsIn({ unit }: Format, elements: number): number {
  return 32 * Math.max(1, elements / 256) * unit;
}
