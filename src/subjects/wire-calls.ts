import type { Argument, Gradient } from '../conformance/spec.js';
import type { Call, Outcome } from '../conformance/subject.js';
import { isNDArray, type NDArray } from '../kernel/ndarray.js';
import type { Precision } from '../kernel/precision.js';
import { describe, messageOf } from './describe.js';
import { readOutcome, type WireCall, type WireOutcome } from './protocol.js';
import { decodeArray, decodeNumber, type Encoding, encodeArray, encodeNumber } from './wire.js';

/** A call as the protocol carries it. */
export function writeCall(call: Call, dtype: Precision, encoding: Encoding): WireCall {
  const write = (argument: Argument): WireCall['inputs'][string] => {
    if (typeof argument === 'number') return encodeNumber(argument);
    if (!isNDArray(argument)) return argument;
    return encodeArray(argument, dtype, encoding) as WireCall['inputs'][string];
  };
  const inputs: Record<string, WireCall['inputs'][string]> = {};
  for (const name in call.inputs) inputs[name] = write(call.inputs[name]!);
  const { formula, operation, cotangent } = call;
  return cotangent === undefined
    ? { formula, operation, inputs }
    : { formula, operation, inputs, cotangent: write(cotangent) as WireCall['cotangent'] };
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
  const answer =
    call?.operation === 'gradient' ? readGradient(outcome) : readValue(outcome.value, 'value');
  return { kind: 'answer', answer, ...changed };
}

/** A number, or an array of rank 1 or more. */
function readValue(value: unknown, name: string): number | NDArray {
  if (value === undefined) throw new Error(`outcome must have a ${name}, got none`);
  if (typeof value !== 'object' || value === null) return decodeNumber(value);
  const array = decodeArray(value);
  return array.shape.length === 0 ? array.data[0]! : array;
}

function readGradient({ gradient }: WireOutcome): Gradient {
  if (typeof gradient !== 'object' || gradient === null || Array.isArray(gradient)) {
    throw new Error(
      `gradient must be an object of arrays by input name, got ${describe(gradient)}`,
    );
  }
  const arrays: Record<string, NDArray> = {};
  for (const [name, entry] of Object.entries(gradient)) {
    const value = readValue(entry, name);
    arrays[name] = typeof value === 'number' ? { shape: [], data: Float64Array.of(value) } : value;
  }
  return arrays;
}
