import { endianness } from 'node:os';
import { type NDArray, sizeOf } from '../kernel/ndarray.js';
import { formats, type Precision, roundTo } from '../kernel/precision.js';
import { describe } from './describe.js';

/*
 * Numbers and arrays as they travel between the suite and a program. JSON has no NaN, no
 * Infinity and, in many libraries, no −0, so those travel as words; arrays travel as the
 * base64 of their little-endian bytes, which is exact and six times faster than text, or as
 * lists for programs written by hand, or all arrays of a message as one base64 (`packed.ts`).
 * Nothing that arrives is trusted.
 */

/** How a program wants arrays: as bytes, as lists of numbers, or as the bytes of all of them. */
export type Encoding = 'base64' | 'list' | 'packed';

/** A number in JSON. */
export type WireNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0';

/** An array in JSON: `data` is base64, or a list, flat or nested, of wire numbers. */
export interface WireArray {
  readonly dtype: Precision;
  readonly shape: readonly number[];
  readonly data: string | readonly unknown[];
}

/** Something that arrived is not what the wire format allows; the message says what it was. */
class WireError extends Error {
  override readonly name = 'WireError';
}

const words: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** A number as JSON can carry it. */
export function encodeNumber(value: number): WireNumber {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return (Object.is(value, -0) ? '-0' : String(value)) as WireNumber;
}

/** The number that a JSON value stands for. */
export function decodeNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  const number = words.get(value);
  if (number === undefined) {
    throw new WireError(
      `wire: number must be a JSON number, "NaN", "Infinity", "-Infinity" or "-0", got ${describe(value)}`,
    );
  }
  return number;
}

/** The number that a word stands for; undefined for any other word. */
export function wordNumber(word: string): number | undefined {
  return words.get(word);
}

/** An array as JSON can carry it, its elements rounded to `dtype`. */
export function encodeArray(
  array: NDArray,
  dtype: Precision,
  encoding: Exclude<Encoding, 'packed'>,
): WireArray {
  const data =
    encoding === 'base64'
      ? encodeElements(array.data, dtype)
      : Array.from(array.data, (element) => encodeNumber(roundTo(dtype, element)));
  return { dtype, shape: array.shape, data };
}

/** The array that a JSON value stands for. */
export function decodeArray(value: unknown): NDArray {
  const { dtype, shape, data } = requireFields(value);
  const size = sizeOf(shape);
  if (typeof data === 'string') return { shape, data: fromBase64(data, dtype, size) };
  if (!Array.isArray(data)) {
    throw new WireError(`wire: data must be base64 or a list, got ${describe(data)}`);
  }
  const flat = !data.some(Array.isArray);
  const elements = flat ? data : flatten(data, shape);
  if (elements.length !== size) {
    throw new WireError(
      `wire: data must have ${size} elements for shape [${shape.join(', ')}], got ${elements.length}`,
    );
  }
  const decoded = new Float64Array(size);
  for (let i = 0; i < size; i++) decoded[i] = decodeNumber(elements[i]);
  return { shape, data: decoded };
}

interface Fields {
  readonly dtype: Precision;
  readonly shape: readonly number[];
  readonly data: unknown;
}

function requireFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WireError(
      `wire: array must be an object of dtype, shape and data, got ${describe(value)}`,
    );
  }
  const { dtype, shape, data } = value as Readonly<Record<string, unknown>>;
  if (!isPrecision(dtype)) {
    throw new WireError(
      `wire: dtype must be one of ${Object.keys(formats).join(', ')}, got ${describe(dtype)}`,
    );
  }
  if (!isShape(shape)) {
    throw new WireError(
      `wire: shape must be a list of integers of at least 0, got ${describe(shape)}`,
    );
  }
  return { dtype, shape, data };
}

/** True for the name of a floating-point format. */
export function isPrecision(value: unknown): value is Precision {
  return typeof value === 'string' && Object.hasOwn(formats, value);
}

/** True for a list of lengths. */
export function isShape(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) && value.every((length) => Number.isSafeInteger(length) && length >= 0)
  );
}

function flatten(list: readonly unknown[], shape: readonly number[]): readonly unknown[] {
  const elements: unknown[] = [];
  const visit = (level: unknown, depth: number): void => {
    if (depth === shape.length) {
      elements.push(level);
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) {
      throw new WireError(
        `wire: data must have lists of ${shape[depth]} at depth ${depth}, for shape [${shape.join(', ')}], got ${describe(level)}`,
      );
    }
    for (const inner of level) visit(inner, depth + 1);
  };
  visit(list, 0);
  return elements;
}

/** Bytes of an element. */
export const widths: Readonly<Record<Precision, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
};

const littleEndian = endianness() === 'LE';

/** Elements as the base64 of their bytes, each rounded to `dtype`. */
export function encodeElements(elements: Float64Array, dtype: Precision): string {
  return toBytes(elements, dtype).toString('base64');
}

function toBytes(elements: Float64Array, dtype: Precision): Buffer {
  if (littleEndian && dtype === 'float64') return bytesOf(elements);
  if (littleEndian && dtype === 'float32') return bytesOf(Float32Array.from(elements));
  const bytes = Buffer.alloc(elements.length * widths[dtype]);
  for (let i = 0; i < elements.length; i++) writers[dtype](bytes, i, elements[i]!);
  return bytes;
}

function bytesOf(elements: Float64Array | Float32Array): Buffer {
  return Buffer.from(elements.buffer, elements.byteOffset, elements.byteLength);
}

function fromBase64(text: string, dtype: Precision, size: number): Float64Array {
  const expected = size * widths[dtype];
  const bytes = bytesIn(text);
  if (bytes.length !== expected) {
    throw new WireError(
      `wire: data must have ${expected} bytes, ${size} elements of ${dtype}, got ${bytes.length}`,
    );
  }
  return elementsIn(bytes, dtype);
}

/** The elements whose bytes a base64 spells out, as many as there are. */
export function decodeElements(text: unknown, dtype: Precision): Float64Array {
  if (typeof text !== 'string') {
    throw new WireError(`wire: data must be base64, got ${describe(text)}`);
  }
  const bytes = bytesIn(text);
  if (bytes.length % widths[dtype] !== 0) {
    throw new WireError(`wire: data must be whole elements of ${dtype}, got ${bytes.length} bytes`);
  }
  return elementsIn(bytes, dtype);
}

/**
 * Base64 by RFC 4648, section 4. Buffer skips whatever is not of its alphabet, and so writes less
 * than the length promises; but it also knows the alphabet of section 5.
 */
function bytesIn(text: string): Buffer {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = (text.length / 4) * 3 - padding;
  const whole = text.length % 4 === 0 && !text.includes('-') && !text.includes('_');
  const bytes = Buffer.from(new ArrayBuffer(whole ? length : 0));
  // Four times as fast as Buffer.from.
  if (!whole || bytes.write(text, 'base64') !== length) {
    throw new WireError(`wire: data must be base64, got ${describe(text)}`);
  }
  return bytes;
}

/** The elements whose bytes fill a buffer of their own. */
function elementsIn(bytes: Buffer, dtype: Precision): Float64Array {
  if (littleEndian && dtype === 'float64') return new Float64Array(bytes.buffer);
  const read = readers[dtype];
  const elements = new Float64Array(bytes.length / widths[dtype]);
  for (let i = 0; i < elements.length; i++) elements[i] = read(bytes, i);
  return elements;
}

const writers: Readonly<Record<Precision, (to: Buffer, index: number, value: number) => void>> = {
  float64: (to, index, value) => to.writeDoubleLE(value, 8 * index),
  float32: (to, index, value) => to.writeFloatLE(value, 4 * index),
  float16: (to, index, value) =>
    to.writeUInt16LE(float16Bits(roundTo('float16', value)), 2 * index),
  bfloat16: (to, index, value) =>
    to.writeUInt16LE(float32Bits(roundTo('bfloat16', value)) >>> 16, 2 * index),
};

const readers: Readonly<Record<Precision, (from: Buffer, index: number) => number>> = {
  float64: (from, index) => from.readDoubleLE(8 * index),
  float32: (from, index) => from.readFloatLE(4 * index),
  float16: (from, index) => float16Value(from.readUInt16LE(2 * index)),
  bfloat16: (from, index) => float32Value(from.readUInt16LE(2 * index) << 16),
};

const view = new DataView(new ArrayBuffer(4));

function float32Bits(value: number): number {
  view.setFloat32(0, value);
  return view.getUint32(0);
}

function float32Value(bits: number): number {
  view.setUint32(0, bits >>> 0);
  return view.getFloat32(0);
}

/** The bits of a number of IEEE 754 binary16: sign, five bits of exponent, ten of significand. */
function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24);
  // Exact: a number of binary16 has its exponent in the float32 bits, shifted by 127 − 15.
  const bits = float32Bits(magnitude);
  return sign | (((bits >>> 23) - 112) << 10) | ((bits >>> 13) & 0x3ff);
}

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
