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

/** The nearest number of the format, ties to even; beyond the largest, ±Infinity. */
export function roundTo(precision: Precision, value: number): number {
  if (precision === 'float64' || value === 0 || !Number.isFinite(value)) return value;
  if (precision === 'float32') return Math.fround(value);
  const { significandBits, smallestNormal, largest } = formats[precision];
  const magnitude = Math.abs(value);
  // Below the smallest normal number the spacing no longer shrinks.
  const exponent = Math.floor(Math.log2(Math.max(magnitude, smallestNormal)));
  // log2 may round up to a power of two that the value has not reached, or fall short of one it has.
  const binade = 2 ** exponent > magnitude && magnitude >= smallestNormal ? exponent - 1 : exponent;
  const spacing =
    2 ** ((2 ** (binade + 1) <= magnitude ? binade + 1 : binade) - significandBits + 1);
  const quotient = value / spacing;
  const rounded = roundHalfToEven(quotient) * spacing;
  if (Math.abs(rounded) > largest) return Math.sign(value) * Infinity;
  return rounded === 0 ? Math.sign(value) * 0 : rounded;
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const fraction = value - below;
  if (fraction < 0.5) return below;
  if (fraction > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}
