/** The floating-point formats that a subject may compute in. */
export type Precision = 'float64' | 'float32' | 'float16' | 'bfloat16';

/** What the judge needs to know of a format. */
export interface Format {
  /** Unit roundoff: half the distance from 1 to the next number. */
  readonly unit: number;
  /** The largest finite number. */
  readonly largest: number;
  /** The smallest positive number that is not subnormal. */
  readonly smallestNormal: number;
  /** Bits of the significand, the implied one included. */
  readonly significandBits: number;
}

/** The formats of IEEE 754-2019, and bfloat16: float32 cut to 8 bits of significand. */
export const formats: Readonly<Record<Precision, Format>> = {
  float64: {
    unit: 2 ** -53,
    largest: Number.MAX_VALUE,
    smallestNormal: 2 ** -1022,
    significandBits: 53,
  },
  float32: {
    unit: 2 ** -24,
    largest: (2 - 2 ** -23) * 2 ** 127,
    smallestNormal: 2 ** -126,
    significandBits: 24,
  },
  float16: {
    unit: 2 ** -11,
    largest: 65504,
    smallestNormal: 2 ** -14,
    significandBits: 11,
  },
  bfloat16: {
    unit: 2 ** -8,
    largest: (2 - 2 ** -7) * 2 ** 127,
    smallestNormal: 2 ** -126,
    significandBits: 8,
  },
};

/** Rounds to a format that the platform has no instruction for. */
type Rounder = (value: number) => number;

/** One float32 and its bits, to read the exponent of a number from. */
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/**
 * Adding 1.5 · 2⁵² spacings to a number and taking them away again leaves the nearest multiple
 * of the spacing, ties to even, because the sum has no bits below it. The spacing is looked up
 * by the exponent of the nearest float32; where that is the next power of two, the number is so
 * close to it that both spacings lead there.
 */
function rounderTo({ largest, smallestNormal, significandBits }: Format): Rounder {
  const anchors = Float64Array.from({ length: 256 }, (_, biased) => {
    const binade = Math.max(2 ** (biased - 127), smallestNormal);
    return 1.5 * 2 ** 52 * binade * 2 ** (1 - significandBits);
  });
  // Half a spacing beyond the largest number; the tie goes to even, which is Infinity.
  const overflow = largest * (1 + 1 / (2 ** (significandBits + 1) - 2));

  return (value) => {
    const size = Math.abs(value);
    if (!(size < overflow)) return Number.isNaN(value) ? value : Math.sign(value) * Infinity;
    single[0] = size;
    const anchor = anchors[singleBits[0]! >>> 23]!;
    const rounded = size + anchor - anchor;
    return value < 0 || Object.is(value, -0) ? -rounded : rounded;
  };
}

const roundToFloat16 = rounderTo(formats.float16);
const roundToBfloat16 = rounderTo(formats.bfloat16);

/** The nearest number of the format, ties to even; beyond the largest, ±Infinity. */
export function roundTo(precision: Precision, value: number): number {
  switch (precision) {
    case 'float64':
      return value;
    case 'float32':
      return Math.fround(value);
    case 'float16':
      return roundToFloat16(value);
    case 'bfloat16':
      return roundToBfloat16(value);
  }
}

/** Every number of a sixteen-bit format in the order of its bits: 65,536, NaNs and infinities included. */
export function everyNumber(precision: 'float16' | 'bfloat16'): Float64Array {
  const { significandBits } = formats[precision];
  const fractionBits = significandBits - 1;
  const exponents = 2 ** (15 - fractionBits);
  const bias = exponents / 2 - 1;
  const numbers = new Float64Array(65_536);
  for (let bits = 0; bits < numbers.length; bits++) {
    const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
    const exponent = Math.floor(bits / 2 ** fractionBits) % exponents;
    const sign = bits < 32_768 ? 1 : -1;
    if (exponent === exponents - 1) {
      numbers[bits] = fraction === 0 ? sign * Infinity : Number.NaN;
    } else if (exponent === 0) {
      numbers[bits] = sign * fraction * 2 ** (1 - bias);
    } else {
      numbers[bits] = sign * (1 + fraction) * 2 ** (exponent - bias);
    }
  }
  return numbers;
}
