import { type Estimate, equal } from '../src/conformance/estimate.js';
import { always, type Law, type Variant } from '../src/conformance/law.js';
import type { Gradient, Value } from '../src/conformance/spec.js';
import { type NDArray, sizeOf } from '../src/kernel/index.js';
import { rowwise } from './laws.js';

/*
 * Laws of formulas that work row by row, along the last axis, and the small change of their
 * mistakes and alternatives.
 */

/** The rows of an array along its last axis, copied. */
export function rowsOf({ shape, data }: NDArray): readonly Float64Array[] {
  const columns = shape.at(-1)!;
  return Array.from({ length: sizeOf(shape.slice(0, -1)) }, (_, row) =>
    data.slice(row * columns, (row + 1) * columns),
  );
}

/** How many rows an array has along its last axis. */
export function rowCount({ shape }: NDArray): number {
  return sizeOf(shape.slice(0, -1));
}

/** The plain mean over rows, added from first to last as most libraries do. */
export function rowAverage(
  array: NDArray,
  cost: (row: Float64Array, index: number) => number,
): number {
  return total(rowsOf(array).map(cost)) / rowCount(array);
}

/** The plain sum of numbers, from first to last. */
export function total(terms: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum += terms[i]!;
  return sum;
}

/** An array of the same leading axes, whose rows may have another length. */
export function reshapedRows(
  array: NDArray,
  change: (row: Float64Array, index: number) => ArrayLike<number>,
): NDArray {
  const rows = rowsOf(array).map((row, index) => Float64Array.from(change(row, index)));
  const columns = rows[0]!.length;
  const data = new Float64Array(rows.length * columns);
  for (const [index, row] of rows.entries()) data.set(row, index * columns);
  return { shape: [...array.shape.slice(0, -1), columns], data };
}

/** An estimate through a function of its elements, whose slope says what becomes of the budget. */
export function through(
  estimate: Estimate,
  change: (value: number) => number,
  slope: (value: number) => number,
): Estimate {
  const { shape, unit, values } = estimate;
  const budget = (): Float64Array =>
    estimate.budget().map((room, i) => room * Math.abs(slope(values[i]!)));
  return { shape, unit, values: values.map(change), budget };
}

/** The root of an estimate. Next to 0 its slope has no end: the ends of the budget tell instead. */
export function rootOf(estimate: Estimate): Estimate {
  return throughBetween(estimate, (value) => Math.sqrt(Math.max(0, value)));
}

/** The logarithm of an estimate, of which nothing is known where it may be 0. */
export function logarithmOf(estimate: Estimate): Estimate {
  return throughBetween(estimate, Math.log);
}

/** An estimate through a rising function, of which the budget is what lies between its ends. */
function throughBetween(estimate: Estimate, change: (value: number) => number): Estimate {
  const { shape, unit, values } = estimate;
  const budget = (): Float64Array =>
    estimate.budget().map((room, i) => {
      const [low, high] = [change(values[i]! - room), change(values[i]! + room)];
      // The lower end lies outside of the domain: however far down the function may go.
      if (low === -Infinity || (Number.isNaN(low) && !Number.isNaN(high))) return Infinity;
      return high - low;
    });
  return { shape, unit, values: values.map(change), budget };
}

/** The variant of a loss that is the same up to a factor: a sum for a mean, bits for nats. */
export function scaledVariant<In, Of extends Gradient>(
  loss: (inputs: In) => number,
  gradient: (inputs: In, cotangent?: number) => Of,
  factor: (inputs: In) => number,
): Variant<In> {
  return {
    compute: (inputs) => loss(inputs) * factor(inputs),
    gradient: (inputs, cotangent: Value) =>
      gradient(inputs, (cotangent as number) * factor(inputs)),
  };
}

/** Rows may be shuffled, as long as those of all arguments stay together. */
export function isTheSameInAnyOrderOfRows<In>(...names: (keyof In & string)[]): Law<In> {
  return always('is the same in any order of the rows', async (loss, inputs, draws) => {
    const arrays = names.map((name) => inputs[name] as NDArray);
    const order = draws.shuffled([...Array(arrays[0]!.shape[0]!).keys()]);
    const shuffled = arrays.map((array) => slicesInOrder(array, order));
    const named = Object.fromEntries(names.map((name, i) => [name, shuffled[i]]));
    return equal(await loss({ ...inputs, ...named }), await loss(inputs));
  });
}

/** The slices along the first axis, in another order. */
function slicesInOrder({ shape, data }: NDArray, order: readonly number[]): NDArray {
  const size = data.length / shape[0]!;
  return {
    shape,
    data: Float64Array.from(
      order.flatMap((slice) => [...data.subarray(slice * size, (slice + 1) * size)]),
    ),
  };
}

/** Columns may be shuffled, as long as those of all arguments stay together. */
export function isTheSameInAnyOrderOfColumns<In>(
  noun: string,
  ...names: (keyof In & string)[]
): Law<In> {
  return always(`is the same in any order of the ${noun}`, async (loss, inputs, draws) => {
    const arrays = names.map((name) => inputs[name] as NDArray);
    const order = draws.shuffled([...Array(arrays[0]!.shape.at(-1)!).keys()]);
    const shuffled = arrays.map((array) =>
      rowwise(array, (row) => order.map((column) => row[column]!)),
    );
    const named = Object.fromEntries(names.map((name, i) => [name, shuffled[i]]));
    return equal(await loss({ ...inputs, ...named }), await loss(inputs));
  });
}

/** What goes in at a column comes out at that column, whatever stands beside it in which order. */
export function keepsToItsColumns<In>(name: keyof In & string, noun: string): Law<In> {
  return always(`follows its ${noun} when they change places`, async (formula, inputs, draws) => {
    const array = inputs[name] as NDArray;
    const order = draws.shuffled([...Array(array.shape.at(-1)!).keys()]);
    const shuffle = (data: Float64Array): Float64Array =>
      rowwise({ shape: array.shape, data }, (row) => order.map((column) => row[column]!)).data;
    const answer = await formula(inputs);
    const shuffled = { shape: array.shape, data: shuffle(array.data) };
    return equal(await formula({ ...inputs, [name]: shuffled }), {
      ...answer,
      values: shuffle(answer.values),
      budget: () => shuffle(answer.budget()),
    });
  });
}

/** Classes may be shuffled: the columns of `scores`, and the labels with them. */
export function isTheSameInAnyOrderOfClasses<In>(
  scores: keyof In & string,
  label: keyof In & string,
  unchanged: (inputs: In) => number | undefined = () => undefined,
): Law<In> {
  return always('is the same in any order of the classes', async (loss, inputs, draws) => {
    const array = inputs[scores] as NDArray;
    const labels = inputs[label] as NDArray;
    const order = draws.shuffled([...Array(array.shape.at(-1)!).keys()]);
    // A label that means no class stays, and then no class may take its place.
    const fixed = unchanged(inputs);
    if (fixed !== undefined && order.includes(fixed)) return undefined;
    const renamed = labels.data.map((k) => (k === fixed ? k : order.indexOf(k)));
    const shuffled = {
      ...inputs,
      [scores]: rowwise(array, (row) => order.map((column) => row[column]!)),
      [label]: { shape: labels.shape, data: renamed },
    };
    return equal(await loss(shuffled), await loss(inputs));
  });
}

/** Only differences within a row count: a number added to all of it changes nothing. */
export function seesOnlyDifferences<In>(name: keyof In & string): Law<In> {
  return always('stays the same when a number is added to a row', async (loss, inputs, draws) => {
    const shifted = rowwise(inputs[name] as NDArray, (row) => {
      const shift = draws.integer(-64, 64) / 16;
      return row.map((value) => value + shift);
    });
    return equal(await loss({ ...inputs, [name]: shifted }), await loss(inputs));
  });
}
