import { type NDArray, sizeOf } from '../kernel/ndarray.js';
import { formats, type Precision, roundTo } from '../kernel/precision.js';
import type { EchoParams } from './protocol.js';
import { decodeArray, decodeNumber, type Encoding, encodeArray, encodeNumber } from './wire.js';

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
export function echoQuestion(dtype: Precision, encoding: Encoding): EchoParams {
  const numbers = awkwardNumbers(dtype);
  const array = { shape: [3, numbers.length / 3], data: Float64Array.from(numbers) };
  const wire = encodeArray(array, dtype, encoding);
  return {
    array: { ...wire, shape: [...wire.shape], data: wire.data as string | unknown[] },
    numbers: numbers.map(encodeNumber),
  };
}

/** How the answer to the echo differs from the question; undefined if it does not. */
export function echoDifference(dtype: Precision, answer: EchoParams): string | undefined {
  const numbers = awkwardNumbers(dtype);
  const array: NDArray = decodeArray(answer.array);
  if (array.shape.length !== 2 || sizeOf(array.shape) !== numbers.length || array.shape[0] !== 3) {
    return `an array of shape [3, ${numbers.length / 3}] came back with shape [${array.shape.join(', ')}]`;
  }
  if (answer.numbers.length !== numbers.length) {
    return `${numbers.length} numbers came back as ${answer.numbers.length}`;
  }
  const alone = answer.numbers.map(decodeNumber);
  for (let i = 0; i < numbers.length; i++) {
    const sent = numbers[i]!;
    if (!Object.is(array.data[i], sent))
      return `${show(sent)} in an array of ${dtype} came back as ${show(array.data[i]!)}`;
    if (!Object.is(alone[i], sent))
      return `the number ${show(sent)} came back as ${show(alone[i]!)}`;
  }
  return undefined;
}

function show(value: number): string {
  return String(encodeNumber(value));
}
