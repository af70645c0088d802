import { type NDArray, shapesEqual } from '../kernel/index.js';
import { scratch } from './scratch.js';
import type { Argument, Arrays, Gradient, Inputs, Parts, Value } from './spec.js';

/*
 * What arguments and answers are made of, whatever their form: a number, an array, arrays by
 * name, parts by name. Whoever counts, compares, changes or prints them need not know more.
 */

/** True for several arrays under names; false for one array, for a shape, and for a plain value. */
export function isArrays(argument: Argument | undefined): argument is Arrays {
  return typeof argument === 'object' && !Array.isArray(argument) && !isArray(argument);
}

/** True for an argument, an answer or a part of one that is a plain array. */
export function isArray(value: Argument | Value | Gradient | undefined): value is NDArray {
  return typeof value === 'object' && (value as Partial<NDArray>).data instanceof Float64Array;
}

/** True for an answer in several parts, or the slopes of several inputs. */
export function isParts(answer: Value | Gradient): answer is Parts {
  return typeof answer === 'object' && !isArray(answer);
}

const none: readonly NDArray[] = [];

/** The arrays of an argument: none of a number, one of an array. */
export function arraysIn(argument: Argument | undefined): readonly NDArray[] {
  if (typeof argument !== 'object') return none;
  if (isArray(argument)) return [argument];
  return isArrays(argument) ? Object.values(argument) : none;
}

/** The arrays of all arguments. */
export function allArrays(inputs: Inputs): readonly NDArray[] {
  return Object.values(inputs).flatMap(arraysIn);
}

/** An argument with each of its arrays replaced by another; itself where it has none. */
export function withArrays<Given extends Argument>(
  argument: Given,
  change: (array: NDArray) => NDArray,
): Given {
  if (isArray(argument)) return change(argument) as Given;
  if (!isArrays(argument)) return argument;
  return mapEntries(argument, change) as Given;
}

/** An answer with each of its numbers replaced by another. */
export function withNumbers<Answer extends Value | Gradient>(
  answer: Answer,
  change: (element: number) => number,
): Answer {
  if (typeof answer === 'number') return change(answer) as Answer;
  if (isArray(answer)) return changed(answer, change) as Answer;
  return mapEntries(answer as Parts, (part) => withNumbers(part as Value, change)) as Answer;
}

/** An array with each of its elements replaced by another. */
function changed({ shape, data }: NDArray, change: (element: number) => number): NDArray {
  // A loop: the builtin map of typed arrays is three times slower.
  const elements = new Float64Array(data.length);
  for (let i = 0; i < elements.length; i++) elements[i] = change(data[i]!);
  return { shape, data: elements };
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  const result: Record<string, To> = {};
  for (const name of Object.keys(record)) result[name] = change(record[name]!);
  return result;
}

/** An answer as one list of numbers, with the layout that tells two apart. */
export interface Flat {
  readonly parts: readonly FlatPart[];
  readonly data: Float64Array;
}

/** One number or array of an answer, and where its elements stand in the list. */
export interface FlatPart {
  /** `output`; the name of a part; for arrays by name, `gradients.weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly size: number;
}

/** Lays a value or a gradient out flat; its parts in the order of their names. */
export function flatten(answer: Value | Gradient): Flat {
  if (typeof answer === 'number') {
    const data = scratch(1);
    data[0] = answer;
    return { parts: [{ name: 'output', shape: [], start: 0, size: 1 }], data };
  }
  if (isArray(answer)) {
    const { shape, data } = answer;
    return { parts: [{ name: 'output', shape, start: 0, size: data.length }], data };
  }
  const parts: FlatPart[] = [];
  const pieces: ArrayLike<number>[] = [];
  let start = 0;
  const add = (name: string, shape: readonly number[], data: ArrayLike<number>): void => {
    parts.push({ name, shape, start, size: data.length });
    pieces.push(data);
    start += data.length;
  };
  const visit = (level: Parts, prefix: string): void => {
    for (const key of namesInOrder(level)) {
      const part = level[key]!;
      if (typeof part === 'number') add(prefix + key, [], [part]);
      else if (isArray(part)) add(prefix + key, part.shape, part.data);
      else visit(part, `${prefix}${key}.`);
    }
  };
  visit(answer as Parts, '');
  const [only] = pieces;
  if (pieces.length === 1 && only instanceof Float64Array) return { parts, data: only };
  const data = new Float64Array(start);
  parts.forEach((part, i) => {
    data.set(pieces[i]!, part.start);
  });
  return { parts, data };
}

function namesInOrder(parts: Parts): readonly string[] {
  const names = Object.keys(parts);
  return names.length < 2 ? names : names.sort();
}

/** The name of the part of an answer that a flat part belongs to. */
export function partOf({ name }: FlatPart): string {
  const dot = name.indexOf('.');
  return dot === -1 ? name : name.slice(0, dot);
}

/** True for arguments that are the same, bit by bit. */
export function sameInputs(left: Inputs, right: Inputs): boolean {
  for (const name in left) {
    if (!sameArgument(left[name]!, right[name])) return false;
  }
  return true;
}

function sameArgument(left: Argument, right: Argument | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return Object.is(left, right);
  const [ours, theirs] = [arraysIn(left), arraysIn(right)];
  // What has no arrays is the shape of one.
  if (ours.length === 0 && theirs.length === 0) return String(left) === String(right);
  return ours.length === theirs.length && ours.every((array, i) => sameArray(array, theirs[i]!));
}

function sameArray(left: NDArray, right: NDArray): boolean {
  if (!shapesEqual(left.shape, right.shape)) return false;
  for (let i = 0; i < left.data.length; i++) {
    if (!Object.is(left.data[i], right.data[i])) return false;
  }
  return true;
}

/** True for answers that are the same, bit by bit, in the same layout. */
export function sameValue(left: Value | Gradient, right: Value | Gradient): boolean {
  if (typeof left === 'number' || typeof right === 'number') return Object.is(left, right);
  const [ours, theirs] = [flatten(left), flatten(right)];
  return (
    ours.parts.length === theirs.parts.length &&
    ours.parts.every(({ name }, i) => name === theirs.parts[i]!.name) &&
    sameArray(
      { shape: [ours.data.length], data: ours.data },
      { shape: [theirs.data.length], data: theirs.data },
    )
  );
}
