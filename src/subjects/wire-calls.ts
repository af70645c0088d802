import type { Argument, Gradient, Part, Value } from '../conformance/spec.js';
import type { Call, Outcome } from '../conformance/subject.js';
import { isNDArray, type NDArray } from '../kernel/ndarray.js';
import type { Precision } from '../kernel/precision.js';
import { describe, messageOf } from './describe.js';
import { readOutcome, type WireCall, type WireOutcome } from './protocol.js';
import { decodeArray, decodeNumber, type Encoding, encodeArray, encodeNumber } from './wire.js';

type WireArgument = WireCall['inputs'][string];

/** A call as the protocol carries it. */
export function writeCall(
  call: Call,
  dtype: Precision,
  encoding: Exclude<Encoding, 'packed'>,
): WireCall {
  const write = (argument: Argument | Value): unknown => {
    if (typeof argument === 'number') return encodeNumber(argument);
    if (typeof argument !== 'object' || Array.isArray(argument)) return argument;
    if (isNDArray(argument)) return encodeArray(argument, dtype, encoding);
    return mapEntries(argument as Readonly<Record<string, Part>>, write);
  };
  const inputs = mapEntries(call.inputs, write) as Record<string, WireArgument>;
  const { formula, operation, cotangent } = call;
  return cotangent === undefined
    ? { formula, operation, inputs }
    : { formula, operation, inputs, cotangent: write(cotangent) as WireCall['cotangent'] };
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  const result: Record<string, To> = {};
  for (const name in record) result[name] = change(record[name]!);
  return result;
}

/** What came of a call. One outcome that is malformed spoils no other of its message. */
export function readCallOutcome(wire: unknown, call: Call | undefined): Outcome {
  try {
    return interpret(readOutcome(wire), call);
  } catch (error) {
    return { kind: 'fault', fault: 'malformed', message: messageOf(error) };
  }
}

function interpret(outcome: WireOutcome, call: Call | undefined): Outcome {
  const changed =
    outcome.changed === undefined || outcome.changed.length === 0
      ? {}
      : { changed: outcome.changed };
  if (outcome.error !== undefined) return { kind: 'threw', message: outcome.error, ...changed };
  const answer = call?.operation === 'gradient' ? readGradient(outcome) : readValue(outcome);
  return { kind: 'answer', answer, ...changed };
}

function readValue({ value }: WireOutcome): Value {
  if (value === undefined) throw new Error('outcome must have a value, got none');
  return isRecord(value) ? readEach(value, 'part', readPart) : readPlain(value);
}

function readPart(value: unknown): Part {
  return isRecord(value) ? readEach(value, 'array', readArray) : readPlain(value);
}

/** A number, or an array of rank 1 or more. */
function readPlain(value: unknown): number | NDArray {
  if (typeof value !== 'object' || value === null) return decodeNumber(value);
  const array = decodeArray(value);
  return array.shape.length === 0 ? array.data[0]! : array;
}

/** An array where nothing else will do; a number is one of rank 0. */
function readArray(value: unknown): NDArray {
  const plain = readPlain(value);
  return typeof plain === 'number' ? { shape: [], data: Float64Array.of(plain) } : plain;
}

function readGradient({ gradient }: WireOutcome): Gradient {
  if (typeof gradient !== 'object' || gradient === null || Array.isArray(gradient)) {
    throw new Error(
      `gradient must be an object of arrays by input name, got ${describe(gradient)}`,
    );
  }
  return readEach(gradient as Readonly<Record<string, unknown>>, 'gradient of', readArray);
}

/** An object that holds what has names; an array says what its format or its shape is. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { dtype, shape } = value as { readonly dtype?: unknown; readonly shape?: unknown };
  return typeof dtype !== 'string' && !Array.isArray(shape);
}

/** Reads every entry, and names the one that cannot be read. */
function readEach<Entry>(
  record: Readonly<Record<string, unknown>>,
  what: string,
  read: (value: unknown) => Entry,
): Readonly<Record<string, Entry>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      try {
        return [name, read(value)];
      } catch (error) {
        throw new Error(`${what} ${name}: ${messageOf(error)}`);
      }
    }),
  );
}
