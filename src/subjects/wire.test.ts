import { describe, expect, test } from 'vitest';
import { formats, matrix, ndarray, type Precision, roundTo, vector } from '../kernel/index.js';
import { decodeArray, decodeNumber, encodeArray, encodeNumber } from './wire.js';

const precisions = Object.keys(formats) as readonly Precision[];

describe.each(precisions)('an array of %s', (dtype) => {
  const { largest, smallestNormal, unit } = formats[dtype];
  const subnormal = 2 * unit * smallestNormal;
  const values = [
    [0, -0, Number.NaN],
    [Infinity, -Infinity, largest],
    [-largest, subnormal, -subnormal],
    [smallestNormal, smallestNormal - subnormal, 1 - unit],
    [1 + 2 * unit, roundTo(dtype, 0.1), roundTo(dtype, -1e-3)],
  ];

  test.each(['base64', 'list'] as const)('comes back as it was sent, as %s', (encoding) => {
    const sent = matrix(...values);
    const line = JSON.stringify(encodeArray(sent, dtype, encoding));
    expect(decodeArray(JSON.parse(line))).toEqual(sent);
  });

  test('may be empty, or a single number', () => {
    for (const sent of [ndarray([0, 3], []), ndarray([], [2])]) {
      expect(decodeArray(encodeArray(sent, dtype, 'base64'))).toEqual(sent);
      expect(decodeArray(encodeArray(sent, dtype, 'list'))).toEqual(sent);
    }
  });
});

test('every number of the sixteen-bit formats survives its bytes', () => {
  for (const dtype of ['float16', 'bfloat16'] as const) {
    const bits = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
    const data = Buffer.from(bits.buffer).toString('base64');
    const decoded = decodeArray({ dtype, shape: [2 ** 16], data });
    const again = decodeArray(encodeArray(decoded, dtype, 'base64'));
    expect(decoded.data.every((value) => Object.is(roundTo(dtype, value), value))).toBe(true);
    expect(again).toEqual(decoded);
    // Distinct bits are distinct numbers, NaNs apart.
    const numbers = decoded.data.filter((value) => !Number.isNaN(value));
    expect(new Set(numbers).size).toBe(numbers.length - 1);
  }
});

test('bytes are those of other tools', () => {
  const bytes = (dtype: Precision) =>
    Buffer.from(encodeArray(vector(1.5, -2), dtype, 'base64').data as string, 'base64').toString(
      'hex',
    );
  // numpy.array([1.5, -2], dtype).tobytes().hex(); bfloat16 is the upper half of float32.
  expect(bytes('float64')).toBe('000000000000f83f00000000000000c0');
  expect(bytes('float32')).toBe('0000c03f000000c0');
  expect(bytes('float16')).toBe('003e00c0');
  expect(bytes('bfloat16')).toBe('c03f00c0');
});

test('a list may be nested', () => {
  const nested = {
    dtype: 'float64',
    shape: [2, 2],
    data: [
      ['NaN', '-0'],
      ['Infinity', 4],
    ],
  };
  expect(decodeArray(nested)).toEqual(matrix([Number.NaN, -0], [Infinity, 4]));
});

test('numbers that JSON cannot write are words', () => {
  for (const value of [0, -0, Number.NaN, Infinity, -Infinity, 5e-324, 1e300]) {
    expect(decodeNumber(JSON.parse(JSON.stringify(encodeNumber(value))))).toBe(value);
  }
});

test.each([
  [undefined, /array must be an object of dtype, shape and data, got undefined/],
  [[1, 2], /array must be an object of dtype, shape and data, got a list of 2/],
  [{ dtype: 'int8', shape: [1], data: [1] }, /dtype must be one of .*, got the text "int8"/],
  [{ dtype: 'toString', shape: [1], data: [1] }, /dtype must be one of/],
  [{ dtype: 'float64', shape: [-1], data: [] }, /shape must be a list of integers/],
  [{ dtype: 'float64', shape: 2, data: [1, 2] }, /shape must be a list of integers.*, got 2/],
  [{ dtype: 'float64', shape: [2], data: [1] }, /must have 2 elements for shape \[2\], got 1/],
  [{ dtype: 'float64', shape: [1e9, 1e9], data: [1] }, /must have 1000000000000000000 elements/],
  [{ dtype: 'float64', shape: [2], data: [1, null] }, /number must be .*, got null/],
  [{ dtype: 'float64', shape: [2], data: [1, '2'] }, /number must be .*, got the text "2"/],
  [{ dtype: 'float64', shape: [2, 1], data: [[1], [2, 3]] }, /lists of 1 at depth 1/],
  [{ dtype: 'float64', shape: [1], data: 'AAAA' }, /must have 8 bytes, .*, got 3/],
  [{ dtype: 'float64', shape: [1], data: 'not base64!!' }, /must be base64, got the text/],
  [{ dtype: 'float64', shape: [1], data: {} }, /must be base64 or a list, got an object/],
])('%j is refused', (value, message) => {
  expect(() => decodeArray(value)).toThrow(message);
});
