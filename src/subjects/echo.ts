import { type NDArray, sizeOf } from '../kernel/ndarray.js';
import { formats, type Precision, roundTo } from '../kernel/precision.js';
import { describe } from './describe.js';
import { unpackEcho } from './packed.js';
import { type EchoParams, type PackedEcho, readEchoResult, readPackedEcho } from './protocol.js';
import {
  decodeArray,
  decodeNumber,
  type Encoding,
  encodeArray,
  encodeElements,
  encodeNumber,
} from './wire.js';

/*
 * Before anything else a program gives back numbers that are easily bent on the way. A wire that
 * bends them is found here, and no formula is blamed for it.
 */

/** Numbers that text, a shorter format or a careless conversion changes. */
function awkwardNumbers(dtype: Precision): readonly number[] {
  const { significandBits, largest, smallestNormal, unit } = formats[dtype];
  const wholes = 2 ** significandBits;
  return [
    0,
    -0,
    Number.NaN,
    Infinity,
    -Infinity,
    // The smallest number above 0, and the largest of the subnormal ones.
    2 * unit * smallestNormal,
    smallestNormal - 2 * unit * smallestNormal,
    // From here on only every second integer is a number of the format.
    wholes - 1,
    wholes + 2,
    1 + 2 * unit,
    1 - unit,
    roundTo(dtype, 0.1),
    roundTo(dtype, -1 / 3),
    largest,
    -largest,
  ];
}

/** The message of the echo. */
export function echoQuestion(dtype: Precision, encoding: Encoding): EchoParams | PackedEcho {
  const awkward = awkwardNumbers(dtype);
  const array = { shape: [3, awkward.length / 3], data: Float64Array.from(awkward) };
  const numbers = awkward.map(encodeNumber);
  if (encoding === 'packed') {
    return { dtype, array: [0, ...array.shape], numbers, data: encodeElements(array.data, dtype) };
  }
  const wire = encodeArray(array, dtype, encoding);
  return {
    array: { ...wire, shape: [...wire.shape], data: wire.data as string | unknown[] },
    numbers,
  };
}

/** What came back of the echo: for a program that answers as it should, an array and numbers. */
export interface Echoed {
  readonly array: NDArray;
  readonly numbers: readonly unknown[];
}

export function readEcho(result: unknown, encoding: Encoding): Echoed {
  if (encoding === 'packed') return unpackEcho(readPackedEcho(result));
  const { array, numbers } = readEchoResult(result);
  return { array: decodeArray(array), numbers: numbers.map(decodeNumber) };
}

/** How the answer to the echo differs from the question; undefined if it does not. */
export function echoDifference(dtype: Precision, answer: Echoed): string | undefined {
  const numbers = awkwardNumbers(dtype);
  const { array } = answer;
  if (array.shape.length !== 2 || sizeOf(array.shape) !== numbers.length || array.shape[0] !== 3) {
    return `an array of shape [3, ${numbers.length / 3}] came back with shape [${array.shape.join(', ')}]`;
  }
  if (answer.numbers.length !== numbers.length) {
    return `${numbers.length} numbers came back as ${answer.numbers.length}`;
  }
  for (let i = 0; i < numbers.length; i++) {
    const sent = numbers[i]!;
    if (!Object.is(array.data[i], sent))
      return `${show(sent)} in an array of ${dtype} came back as ${show(array.data[i]!)}`;
    const alone = answer.numbers[i];
    if (!Object.is(alone, sent)) {
      return `the number ${show(sent)} came back as ${typeof alone === 'number' ? show(alone) : describe(alone)}`;
    }
  }
  return undefined;
}

function show(value: number): string {
  return String(encodeNumber(value));
}
