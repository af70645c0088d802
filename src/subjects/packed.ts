import type { Argument, Gradient, Inputs, Part, Value } from '../conformance/spec.js';
import type { Call, Outcome } from '../conformance/subject.js';
import { isNDArray, type NDArray } from '../kernel/ndarray.js';
import type { Precision } from '../kernel/precision.js';
import { describe } from './describe.js';
import type { PackedEcho, PackedResult } from './protocol.js';
import {
  decodeElements,
  decodeNumber,
  encodeElements,
  encodeNumber,
  isShape,
  widths,
  wordNumber,
} from './wire.js';

/*
 * Many calls, or their outcomes, as one text and one buffer. In the text an array is its place,
 * `[offset, ...shape]`; its elements lie in the buffer. So a message is encoded once, where every
 * array would be, and a worker is handed the buffer without a copy. What JSON cannot write is a
 * word, as in `wire.ts`. Nothing that arrives is trusted: it is read by hand, because a schema
 * takes as long as everything else together.
 */

/** A message: JSON, and the elements of its arrays. */
export interface Packed {
  readonly text: string;
  readonly data: Float64Array;
}

/** Arrays begin at whole multiples of 16 bytes, as those of any allocator do. */
const ALIGNMENT = 16;

// ---- writing ----------------------------------------------------------------------------

/** Packs calls whose elements will each take `width` bytes. */
export function packCalls(calls: readonly Call[], width: number): Packed {
  const { text, data } = writeCalls(calls, width);
  return { text, data: data.slice() };
}

/** The same, its elements in memory that the next message takes. */
function writeCalls(calls: readonly Call[], width: number): Packed {
  const elements = openElements(ALIGNMENT / width);
  const packed = calls.map(({ formula, operation, inputs, cotangent }) => ({
    formula,
    operation,
    inputs: placeEach(inputs, elements),
    // JSON leaves out what is undefined.
    cotangent: cotangent === undefined ? undefined : place(cotangent, elements),
  }));
  return { text: JSON.stringify(packed), data: elements.close() };
}

/** Packs outcomes, in double precision. */
export function packOutcomes(outcomes: readonly Outcome[], calls: readonly Call[]): Packed {
  const elements = openElements(1);
  const packed = outcomes.map((outcome, i) => {
    const { changed } = outcome;
    if (outcome.kind === 'threw') return { error: outcome.message, changed };
    if (outcome.kind === 'fault') return { malformed: outcome.message, changed };
    const answer = place(outcome.answer, elements);
    return calls[i]!.operation === 'gradient'
      ? { gradient: answer, changed }
      : { value: answer, changed };
  });
  return { text: JSON.stringify(packed), data: elements.close().slice() };
}

/** The line of an `evaluate` request, in ASCII: nobody has to encode it to send it. */
export function packRequest(id: number, calls: readonly Call[], dtype: Precision): string {
  const { text, data } = writeCalls(calls, widths[dtype]);
  // Written by hand: the calls are JSON already.
  return `{"jsonrpc":"2.0","id":${id},"method":"evaluate","params":{"dtype":"${dtype}","calls":${inAscii(text)},"data":"${encodeElements(data, dtype)}"}}\n`;
}

/** JSON with an escape for every unit of UTF-16 that is not ASCII. */
function inAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Elements {
  /** Copies the elements of an array, and says where they begin. */
  add(array: Float64Array): number;
  /** All that was added, in memory that the next message takes. */
  close(): Float64Array;
}

/** Messages are written one at a time, each over the one before: what it was is sent or copied. */
let memory: Float64Array = new Float64Array(2 ** 13);

function openElements(stride: number): Elements {
  let end = 0;
  return {
    add: (array) => {
      const start = Math.ceil(end / stride) * stride;
      end = start + array.length;
      if (end > memory.length) memory = grown(memory, 2 * end);
      memory.set(array, start);
      return start;
    },
    close: () => memory.subarray(0, end),
  };
}

function grown(data: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(data);
  return larger;
}

function place(argument: Argument | Value, elements: Elements): unknown {
  if (typeof argument === 'number') return encodeNumber(argument);
  if (typeof argument !== 'object') return argument;
  if (isNDArray(argument)) return [elements.add(argument.data), ...argument.shape];
  // A list in a list, because a list of numbers is the place of an array.
  if (Array.isArray(argument)) return [argument];
  return placeEach(argument as Readonly<Record<string, Part>>, elements);
}

function placeEach(
  record: Readonly<Record<string, Argument | Value>>,
  elements: Elements,
): Record<string, unknown> {
  const places: Record<string, unknown> = {};
  for (const name in record) places[name] = place(record[name]!, elements);
  return places;
}

// ---- reading calls, in a worker of our own ------------------------------------------------

/** The calls that {@link packCalls} packed, their arrays views of the buffer. */
export function unpackCalls({ text, data }: Packed): readonly Call[] {
  const calls = JSON.parse(text) as (Omit<Call, 'inputs' | 'cotangent'> & {
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly cotangent?: unknown;
  })[];
  const found = (placed: unknown): Argument | Value => {
    if (typeof placed === 'string') return wordNumber(placed) ?? placed;
    if (typeof placed !== 'object' || placed === null) return placed as Argument;
    if (!Array.isArray(placed)) return findEach(placed as Record<string, unknown>);
    return Array.isArray(placed[0]) ? placed[0] : arrayAt(placed, data);
  };
  const findEach = (places: Readonly<Record<string, unknown>>): Value => {
    const record: Record<string, Part> = {};
    for (const name in places) record[name] = found(places[name]) as Part;
    return record;
  };
  return calls.map(({ formula, operation, inputs: places, cotangent }) => {
    const inputs = findEach(places) as Inputs;
    return cotangent === undefined
      ? { formula, operation, inputs }
      : { formula, operation, inputs, cotangent: found(cotangent) as Value };
  });
}

// ---- reading outcomes ---------------------------------------------------------------------

/** What a program answered to {@link packRequest}. */
export function unpackResult(
  { outcomes, dtype, data }: PackedResult,
  calls: readonly Call[],
): readonly Outcome[] {
  return readOutcomes(outcomes, decodeElements(data, dtype), calls);
}

/**
 * The outcomes that {@link packOutcomes} packed.
 *
 * @throws PackedError if it is something else that came.
 */
export function unpackOutcomes(packed: unknown, calls: readonly Call[]): readonly Outcome[] {
  const { text, data } = (packed ?? {}) as Partial<Packed>;
  if (typeof text !== 'string' || !(data instanceof Float64Array)) {
    throw new PackedError(`outcomes must be a text and its elements, got ${describe(packed)}`);
  }
  const outcomes: unknown = JSON.parse(text);
  if (!Array.isArray(outcomes)) {
    throw new PackedError(`outcomes must be a list, got ${describe(outcomes)}`);
  }
  return readOutcomes(outcomes, data, calls);
}

/** What a program gave back of the echo. */
export function unpackEcho({ array, numbers, dtype, data }: PackedEcho): {
  readonly array: NDArray;
  readonly numbers: readonly Part[];
} {
  const elements = decodeElements(data, dtype);
  return {
    array: arrayAt(array, elements),
    numbers: numbers.map((number) => readPlain(number, elements)),
  };
}

/** What arrived is not what the packed form allows; the message says what it was. */
class PackedError extends Error {
  override readonly name = 'PackedError';
}

/** What came of calls, each read by itself: one that is malformed spoils no other. */
function readOutcomes(
  outcomes: readonly unknown[],
  data: Float64Array,
  calls: readonly Call[],
): readonly Outcome[] {
  return outcomes.map((outcome, i) => {
    try {
      return readOutcome(outcome, data, calls[i]);
    } catch (error) {
      return { kind: 'fault', fault: 'malformed', message: (error as Error).message };
    }
  });
}

function readOutcome(outcome: unknown, data: Float64Array, call: Call | undefined): Outcome {
  if (!isRecord(outcome)) {
    throw new PackedError(`outcome must be an object, got ${describe(outcome)}`);
  }
  requireOneAnswer(outcome);
  const { value, gradient, error, malformed, changed } = outcome;
  const also = readChanged(changed);
  if (malformed !== undefined) {
    const message = readText(malformed, 'malformed');
    return { kind: 'fault', fault: 'malformed', message, ...also };
  }
  if (error !== undefined) return { kind: 'threw', message: readText(error, 'error'), ...also };
  const answer =
    call?.operation === 'gradient' ? readGradient(gradient, data) : readValue(value, data);
  return also === undefined ? { kind: 'answer', answer } : { kind: 'answer', answer, ...also };
}

/** Exactly one of the four, beside `changed` and nothing else. */
function requireOneAnswer(outcome: Readonly<Record<string, unknown>>): void {
  let answers = 0;
  for (const field in outcome) {
    if (field === 'value' || field === 'gradient' || field === 'error' || field === 'malformed') {
      answers++;
    } else if (field !== 'changed') {
      throw new PackedError(`outcome must have no field ${JSON.stringify(field)}`);
    }
  }
  if (answers !== 1) {
    throw new PackedError(
      `outcome must have exactly one of value, gradient, error and malformed, got ${describe(outcome)}`,
    );
  }
}

function readText(text: unknown, field: string): string {
  if (typeof text === 'string') return text;
  throw new PackedError(`${field} must be a text, got ${describe(text)}`);
}

function readChanged(changed: unknown): { readonly changed: readonly string[] } | undefined {
  if (changed === undefined) return undefined;
  if (!Array.isArray(changed) || !changed.every((name) => typeof name === 'string')) {
    throw new PackedError(`changed must be a list of names, got ${describe(changed)}`);
  }
  return changed.length === 0 ? undefined : { changed };
}

function readGradient(gradient: unknown, data: Float64Array): Gradient {
  if (gradient === undefined) throw new PackedError('outcome must have a gradient, got none');
  if (!isRecord(gradient)) {
    throw new PackedError(
      `gradient must be an object of arrays by input name, got ${describe(gradient)}`,
    );
  }
  return readEach(gradient, 'gradient of', data, readArray);
}

function readValue(value: unknown, data: Float64Array): Value {
  if (value === undefined) throw new PackedError('outcome must have a value, got none');
  return isRecord(value) ? readEach(value, 'part', data, readPart) : readPlain(value, data);
}

function readPart(part: unknown, data: Float64Array): Part {
  return isRecord(part) ? readEach(part, 'array', data, readArray) : readPlain(part, data);
}

/** An array where nothing else will do; a number is one of rank 0. */
function readArray(entry: unknown, data: Float64Array): NDArray {
  if (Array.isArray(entry)) return arrayAt(entry, data);
  return { shape: [], data: Float64Array.of(decodeNumber(entry)) };
}

/** A number, or an array of rank 1 or more. */
function readPlain(placed: unknown, data: Float64Array): number | NDArray {
  if (!Array.isArray(placed)) return decodeNumber(placed);
  const array = arrayAt(placed, data);
  return array.shape.length === 0 ? array.data[0]! : array;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads every entry, and names the one that cannot be read. */
function readEach<Entry>(
  record: Readonly<Record<string, unknown>>,
  what: string,
  data: Float64Array,
  read: (entry: unknown, data: Float64Array) => Entry,
): Readonly<Record<string, Entry>> {
  const entries: Record<string, Entry> = {};
  for (const name of Object.keys(record)) {
    // To assign it would change the prototype.
    if (name === '__proto__') throw new PackedError(`${what} __proto__: must have another name`);
    try {
      entries[name] = read(record[name], data);
    } catch (error) {
      throw new PackedError(`${what} ${name}: ${(error as Error).message}`);
    }
  }
  return entries;
}

/** The array at a place, which has to lie within the buffer; a view of it. */
function arrayAt(placed: readonly unknown[], data: Float64Array): NDArray {
  if (placed.length === 0 || !isShape(placed)) {
    throw new PackedError(
      `an array must be its offset and its shape, whole numbers of at least 0, got ${JSON.stringify(placed).slice(0, 80)}`,
    );
  }
  const [start, ...shape] = placed as readonly [number, ...number[]];
  let end = 1;
  for (const length of shape) end *= length;
  end += start;
  if (!(end <= data.length)) {
    throw new PackedError(
      `an array must lie within the ${data.length} elements of data, got shape [${shape.join(', ')}] at ${start}`,
    );
  }
  return { shape, data: data.subarray(start, end) };
}
