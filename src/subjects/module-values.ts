import type {
  Argument,
  Arrays,
  Gradient,
  Lengths,
  Part,
  Parts,
  Value,
} from '../conformance/spec.js';
import type { Precision } from '../kernel/index.js';
import { isNDArray, type NDArray, shapesEqual, sizeOf } from '../kernel/ndarray.js';
import { describe } from './describe.js';
import { isShape } from './wire.js';

/*
 * Values on the way into and out of code that runs in JavaScript. What goes in is a copy in the
 * form that the code wants; what comes out may be anything, and is copied at once, so that a
 * buffer that is used again cannot change an answer that was already given.
 */

/** How a module wants its arrays: nested lists, or `{ shape, data }` with typed data. */
export type ArrayForm = 'nested' | 'typed';

/** What a module gave back is not an answer; the message says what it was. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/** No library has arrays of a higher rank; a list that holds itself has no end. */
const HIGHEST_RANK = 32;

/** A fresh copy of an argument, or of a cotangent, in the form that a module wants. */
export function toModule(argument: Argument | Value, form: ArrayForm, dtype: Precision): unknown {
  if (typeof argument !== 'object') return argument;
  if (!isNDArray(argument)) {
    return isLengths(argument) ? argument.slice() : toRecord(argument, form, dtype);
  }
  if (form === 'nested') return toLists(argument);
  const data = dtype === 'float32' ? Float32Array.from(argument.data) : argument.data.slice();
  return { shape: argument.shape.slice(), data };
}

/** A type predicate that sees through `readonly`. */
function isLengths(argument: object): argument is Lengths {
  return Array.isArray(argument);
}

/** Arrays by name, or the parts of a cotangent. */
function toRecord(parts: Arrays | Parts, form: ArrayForm, dtype: Precision): unknown {
  const record: Record<string, unknown> = {};
  for (const name in parts) record[name] = toModule(parts[name]!, form, dtype);
  return record;
}

function toLists({ shape, data }: NDArray): unknown {
  if (shape.length === 1) return Array.from(data);
  let next = 0;
  const list = (depth: number): unknown => {
    if (depth === shape.length) return data[next++];
    const level: unknown[] = [];
    for (let i = 0; i < shape[depth]!; i++) level.push(list(depth + 1));
    return level;
  };
  return list(0);
}

/** True while a value is, bit by bit, what {@link toModule} made of the argument. */
export function isUnchanged(
  given: unknown,
  argument: Argument | Value,
  form: ArrayForm,
  dtype: Precision,
): boolean {
  if (typeof argument !== 'object') return Object.is(given, argument);
  if (!isNDArray(argument)) {
    return isLengths(argument)
      ? isShape(given) && shapesEqual(given, argument)
      : sameRecord(given, argument, form, dtype);
  }
  return form === 'nested' ? sameLists(given, argument) : sameTyped(given, argument, dtype);
}

function sameRecord(
  given: unknown,
  parts: Arrays | Parts,
  form: ArrayForm,
  dtype: Precision,
): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const record = given as Readonly<Record<string, unknown>>;
  const names = Object.keys(parts);
  if (Object.keys(record).length !== names.length) return false;
  return names.every((name) => isUnchanged(record[name], parts[name]!, form, dtype));
}

function sameLists(given: unknown, { shape, data }: NDArray): boolean {
  let next = 0;
  const same = (level: unknown, depth: number): boolean => {
    if (depth === shape.length) return Object.is(level, data[next++]);
    if (!Array.isArray(level) || level.length !== shape[depth]) return false;
    for (let i = 0; i < level.length; i++) {
      if (!same(level[i], depth + 1)) return false;
    }
    return true;
  };
  return same(given, 0);
}

function sameTyped(given: unknown, { shape, data }: NDArray, dtype: Precision): boolean {
  const typed = given as { shape: unknown; data: unknown } | null | undefined;
  const elements = typed?.data;
  if (!(elements instanceof Float64Array || elements instanceof Float32Array)) return false;
  if (elements.length !== data.length || !isShape(typed?.shape)) return false;
  if (!shapesEqual(typed.shape, shape)) return false;
  for (let i = 0; i < data.length; i++) {
    const expected = dtype === 'float32' ? Math.fround(data[i]!) : data[i]!;
    const element = elements[i]!;
    // Equal and not 0 are the same bits: nearly always, and with nothing more to ask.
    if (element === expected && element !== 0) continue;
    if (!Object.is(element, expected)) return false;
  }
  return true;
}

/**
 * The value that a module answered, copied: a number, an array, or an object of parts, each a
 * number, an array or an object of arrays.
 *
 * @throws AnswerError for anything else.
 */
export function valueFromModule(answer: unknown): Value {
  const plain = plainFrom(answer);
  if (plain !== undefined) return plain;
  if (!isRecord(answer)) {
    throw new AnswerError(`answer must be a number or an array, got ${describe(answer)}`);
  }
  return eachOf(answer, 'part', partFromModule);
}

function partFromModule(part: unknown): Part {
  const plain = plainFrom(part);
  if (plain !== undefined) return plain;
  if (!isRecord(part)) {
    throw new AnswerError(
      `must be a number, an array or an object of arrays, got ${describe(part)}`,
    );
  }
  return eachOf(part, 'array', arrayFromModule);
}

/** An array where nothing else will do; a number is one of rank 0. */
function arrayFromModule(entry: unknown): NDArray {
  const plain = plainFrom(entry);
  if (plain === undefined) {
    throw new AnswerError(`must be a number or an array, got ${describe(entry)}`);
  }
  return typeof plain === 'number' ? { shape: [], data: Float64Array.of(plain) } : plain;
}

/**
 * A number, or an array in any of the forms that modules give: nested lists, a typed array (a
 * vector), or `{ shape, data }`. An array of rank 0 is a number. Undefined for anything else.
 */
function plainFrom(answer: unknown): number | NDArray | undefined {
  if (typeof answer === 'number') return answer;
  if (Array.isArray(answer)) return fromLists(answer);
  if (isTyped(answer)) return { shape: [answer.length], data: Float64Array.from(answer) };
  if (typeof answer !== 'object' || answer === null) return undefined;
  if (!('shape' in answer && 'data' in answer)) return undefined;
  const array = fromFields(answer.shape, answer.data);
  return array.shape.length === 0 ? array.data[0]! : array;
}

/** An object of fields; not a Map or whatever else keeps what it holds out of sight. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.keys(value).length > 0;
}

/** Reads every field, and names the one that cannot be read. */
function eachOf<Entry>(
  record: Readonly<Record<string, unknown>>,
  what: string,
  read: (entry: unknown) => Entry,
): Readonly<Record<string, Entry>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, entry]) => {
      try {
        return [name, read(entry)];
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error;
        throw new AnswerError(`${what} ${name}: ${error.message}`);
      }
    }),
  );
}

/**
 * The gradient that a module answered: an object with an array, or a number, for each input.
 *
 * @throws AnswerError for anything else.
 */
export function gradientFromModule(answer: unknown): Gradient {
  if (Array.isArray(answer) || !isRecord(answer)) {
    throw new AnswerError(
      `gradient must be an object of arrays by input name, got ${describe(answer)}`,
    );
  }
  return eachOf(answer, 'gradient of', arrayFromModule);
}

type Typed = Exclude<NodeJS.TypedArray, BigInt64Array | BigUint64Array>;

function isTyped(value: unknown): value is Typed {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

function fromFields(shape: unknown, data: unknown): NDArray {
  if (!isShape(shape)) {
    throw new AnswerError(`shape must be a list of integers of at least 0, got ${describe(shape)}`);
  }
  if (!isTyped(data) && !Array.isArray(data)) {
    throw new AnswerError(`data must be a list or a typed array, got ${describe(data)}`);
  }
  if (data.length !== sizeOf(shape)) {
    throw new AnswerError(
      `data must have ${sizeOf(shape)} elements for shape [${shape.join(', ')}], got ${data.length}`,
    );
  }
  const elements =
    data instanceof Float64Array
      ? data.slice()
      : isTyped(data)
        ? Float64Array.from(data)
        : vectorOf(data);
  return { shape: shape.slice(), data: elements };
}

function vectorOf(list: readonly unknown[]): Float64Array {
  const elements = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) elements[i] = requireElement(list[i]);
  return elements;
}

function requireElement(element: unknown): number {
  if (typeof element === 'number') return element;
  throw new AnswerError(`elements must be numbers, got ${describe(element)}`);
}

function fromLists(list: readonly unknown[]): NDArray {
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) {
    if (shape.length === HIGHEST_RANK) {
      throw new AnswerError(`lists must be nested at most ${HIGHEST_RANK} deep`);
    }
    shape.push(level.length);
  }
  if (shape.length === 1) return { shape, data: vectorOf(list) };

  const elements: number[] = [];
  const visit = (level: unknown, depth: number): void => {
    if (depth === shape.length) {
      elements.push(requireElement(level));
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) {
      throw new AnswerError(
        `lists must all have length ${shape[depth]} at depth ${depth}, got ${describe(level)}`,
      );
    }
    for (let i = 0; i < level.length; i++) visit(level[i], depth + 1);
  };
  visit(list, 0);
  return { shape, data: Float64Array.from(elements) };
}
