import { describe, expect, test } from 'vitest';
import { formats, type Precision, roundTo } from './precision.js';

/** Every finite number ≥ 0 of a 16-bit format in order, its place being its bit pattern. */
function finiteNumbers(exponentBits: number, fractionBits: number): number[] {
  const bias = 2 ** (exponentBits - 1) - 1;
  const perBinade = 2 ** fractionBits;
  return Array.from({ length: (2 ** exponentBits - 1) * perBinade }, (_, bits) => {
    const exponent = Math.floor(bits / perBinade);
    const fraction = (bits % perBinade) / perBinade;
    return exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias);
  });
}

/** The next double away from zero, or towards it. */
const beyond = (x: number): number => x + x * 2 ** -52;
const short = (x: number): number => x - x * 2 ** -53;

const tables = {
  float16: finiteNumbers(5, 10),
  bfloat16: finiteNumbers(8, 7),
} as const;

describe.each(['float16', 'bfloat16'] as const)('roundTo %s', (precision) => {
  const numbers = tables[precision];
  const sameFor = (cases: readonly (readonly [number, number])[]): void => {
    const misses = cases.flatMap(([value, right]) => [
      ...(Object.is(roundTo(precision, value), right) ? [] : [{ value, right }]),
      ...(Object.is(roundTo(precision, -value), -right) ? [] : [{ value: -value, right: -right }]),
    ]);
    expect(misses).toEqual([]);
  };

  test('knows the format: its largest number, smallest normal number and unit', () => {
    const { largest, smallestNormal, significandBits, unit } = formats[precision];
    expect(numbers.at(-1)).toBe(largest);
    expect(numbers[2 ** (significandBits - 1)]).toBe(smallestNormal);
    expect(numbers[numbers.indexOf(1) + 1]).toBe(1 + 2 * unit);
  });

  test('leaves every number of the format as it is, subnormals and −0 included', () => {
    sameFor(numbers.map((number) => [number, number]));
  });

  test('takes the middle of every two neighbours to the even one', () => {
    sameFor(
      numbers
        .slice(1)
        .map((above, below) => [
          (numbers[below]! + above) / 2,
          below % 2 === 0 ? numbers[below]! : above,
        ]),
    );
  });

  test('takes the doubles next to every middle to the nearer neighbour', () => {
    sameFor(
      numbers.slice(1).flatMap((above, below): [number, number][] => {
        const middle = (numbers[below]! + above) / 2;
        return [
          [short(middle), numbers[below]!],
          [beyond(middle), above],
        ];
      }),
    );
  });

  test('overflows half a spacing beyond the largest number', () => {
    const largest = numbers.at(-1)!;
    const threshold = largest + (largest - numbers.at(-2)!) / 2;
    sameFor([
      [short(threshold), largest],
      [threshold, Infinity],
      [Number.MAX_VALUE, Infinity],
      [Infinity, Infinity],
    ]);
  });

  test('takes the smallest doubles to a zero of their sign, and NaN to NaN', () => {
    sameFor([
      [5e-324, 0],
      [2 ** -1022, 0],
      [2 ** -149, 0],
      [Number.NaN, Number.NaN],
    ]);
  });
});

test('float16 overflows at 65520', () => {
  expect(roundTo('float16', 65519.99)).toBe(65504);
  expect(roundTo('float16', 65520)).toBe(Infinity);
});

test('a number is rounded once, not by way of float32', () => {
  // A hair above the middle of 1 and its successor; float32 would lose the hair, and tie to 1.
  expect(roundTo('float16', 1 + 2 ** -11 + 2 ** -40)).toBe(1 + 2 ** -10);
  expect(roundTo('bfloat16', 1 + 2 ** -8 + 2 ** -40)).toBe(1 + 2 ** -7);
});

test('float32 is the rounding of the platform, and float64 none', () => {
  for (const value of [0.1, -1e-45, 1e300, -0, Number.NaN]) {
    expect(roundTo('float32', value)).toBe(Math.fround(value));
    expect(roundTo('float64', value)).toBe(value);
  }
});

test.each(Object.keys(formats) as Precision[])(
  '%s: 1 + unit is a tie that goes to 1',
  (precision) => {
    const { unit } = formats[precision];
    expect(roundTo(precision, 1 + unit)).toBe(1);
    expect(roundTo(precision, 1 + 2 * unit)).toBe(1 + 2 * unit);
  },
);

test('float64 and float32 are those of IEEE 754', () => {
  expect(formats.float64).toEqual({
    unit: Number.EPSILON / 2,
    largest: Number.MAX_VALUE,
    smallestNormal: 2.2250738585072014e-308,
    significandBits: 53,
  });
  expect(formats.float32).toEqual({
    unit: 2 ** -24,
    largest: 3.4028234663852886e38,
    smallestNormal: 1.1754943508222875e-38,
    significandBits: 24,
  });
});
