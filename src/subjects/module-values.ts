import type { Argument, Gradient, Inputs, Value } from '../conformance/spec.js';
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

/** What a module gave back is neither a number nor an array; the message says what it was. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/** No library has arrays of a higher rank; a list that holds itself has no end. */
const HIGHEST_RANK = 32;

/** A fresh copy of an argument in the form that a module wants. */
export function toModule(argument: Argument, form: ArrayForm, dtype: Precision): unknown {
  if (!isNDArray(argument)) return argument;
  if (form === 'nested') return toLists(argument);
  const data = dtype === 'float32' ? Float32Array.from(argument.data) : argument.data.slice();
  return { shape: argument.shape.slice(), data };
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

/** The names of the arguments that no longer are what {@link toModule} made of them, bit by bit. */
export function changedNames(
  given: Readonly<Record<string, unknown>>,
  inputs: Inputs,
  form: ArrayForm,
  dtype: Precision,
): readonly string[] {
  const changed: string[] = [];
  for (const name in inputs) {
    if (!isUnchanged(given[name], inputs[name]!, form, dtype)) changed.push(name);
  }
  return changed;
}

/** True while a value is, bit by bit, what {@link toModule} made of the argument. */
export function isUnchanged(
  given: unknown,
  argument: Argument,
  form: ArrayForm,
  dtype: Precision,
): boolean {
  if (!isNDArray(argument)) return Object.is(given, argument);
  return form === 'nested' ? sameLists(given, argument) : sameTyped(given, argument, dtype);
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
    // Equal and not 0: the same bits, but for those of NaN.
    if (
      element === expected
        ? element === 0 && 1 / element !== 1 / expected
        : element === element || expected === expected
    )
      return false;
  }
  return true;
}

/**
 * The value that a module answered, copied: a number, nested lists, a typed array (a vector) or
 * `{ shape, data }`. An array of rank 0 is a number.
 *
 * @throws AnswerError for anything else.
 */
export function valueFromModule(answer: unknown): Value {
  if (typeof answer === 'number') return answer;
  if (Array.isArray(answer)) return fromLists(answer);
  if (isTyped(answer)) return { shape: [answer.length], data: Float64Array.from(answer) };
  if (typeof answer === 'object' && answer !== null && 'shape' in answer && 'data' in answer) {
    const array = fromFields(answer.shape, answer.data);
    return array.shape.length === 0 ? array.data[0]! : array;
  }
  throw new AnswerError(`answer must be a number or an array, got ${describe(answer)}`);
}

/**
 * The gradient that a module answered: an object with an array, or a number, for each input.
 *
 * @throws AnswerError for anything else.
 */
export function gradientFromModule(answer: unknown): Gradient {
  if (
    typeof answer !== 'object' ||
    answer === null ||
    Array.isArray(answer) ||
    ArrayBuffer.isView(answer)
  ) {
    throw new AnswerError(
      `gradient must be an object of arrays by input name, got ${describe(answer)}`,
    );
  }
  const gradient: Record<string, NDArray> = {};
  for (const [name, entry] of Object.entries(answer)) {
    try {
      const value = valueFromModule(entry);
      gradient[name] =
        typeof value === 'number' ? { shape: [], data: Float64Array.of(value) } : value;
    } catch (error) {
      throw new AnswerError(`gradient of ${name}: ${(error as Error).message}`);
    }
  }
  return gradient;
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
