/*
 * Arithmetic with more than 53 bits, for the special functions: a number is the sum of a high
 * part, its nearest double, and a low part, what that double misses. T. J. Dekker, "A
 * Floating-Point Technique for Extending the Available Precision", Numer. Math. 18 (1971)
 * 224–242.
 */

/** A number as the unevaluated sum of two doubles. */
export interface Parts {
  readonly high: number;
  readonly low: number;
}

/** 2²⁷ + 1, which splits a double into two halves of 26 bits. */
const SPLITTER = 134217729;

/** What `product`, the rounded left · right, misses; exactly, for sizes in [1e-140, 1e140]. */
export function productError(left: number, right: number, product: number): number {
  const leftSpread = SPLITTER * left;
  const leftHigh = leftSpread - (leftSpread - left);
  const leftLow = left - leftHigh;
  const rightSpread = SPLITTER * right;
  const rightHigh = rightSpread - (rightSpread - right);
  const rightLow = right - rightHigh;
  return (
    leftHigh * rightHigh - product + leftHigh * rightLow + leftLow * rightHigh + leftLow * rightLow
  );
}

/**
 * The polynomial with these coefficients, lowest power first, by Horner's rule in x² for the
 * even and the odd powers apart: two chains of half the length run side by side.
 */
export function polynomial(x: number, coefficients: readonly number[]): number {
  const square = x * x;
  let last = coefficients.length - 1;
  let even = last % 2 === 0 ? coefficients[last--]! : 0;
  let odd = 0;
  for (; last > 0; last -= 2) {
    odd = odd * square + coefficients[last]!;
    even = even * square + coefficients[last - 1]!;
  }
  return even + x * odd;
}

export const LN_2: Parts = { high: 0.6931471805599453, low: 2.3190468138462996e-17 };

/** ln 2 cut to 32 bits, so that its multiples up to 2²¹ are exact, and the rest. */
const LN_2_SHORT: Parts = { high: 0.6931471803691238, low: 1.9082149292705877e-10 };

/** How far `scaledExponential` holds numbers away from the subnormals before the last rounding. */
const HEADROOM = 128;

/** Two to the powers from −1022 to the headroom, exactly; `**` promises no such thing. */
const POWERS_OF_TWO = Float64Array.from({ length: 1023 + HEADROOM }, (_, i) =>
  powerOfTwo(i - 1022),
);

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let i = 0; i < Math.abs(exponent); i++) power *= exponent < 0 ? 0.5 : 2;
  return power;
}

/**
 * factor · eˣ of two numbers in parts, for x in [−800, 0], within about 0.8 ulp. A plain
 * product of `Math.exp` would be off by |x| times the error of x, by the error of `exp`, and,
 * among the subnormals, by a second rounding.
 */
export function scaledExponential(
  high: number,
  low: number,
  factor: number,
  factorLow: number,
): number {
  const twos = Math.round(high / LN_2.high);
  const remainder = high - twos * LN_2_SHORT.high - (twos * LN_2_SHORT.low - low);
  // |remainder| ≤ ln 2/2: the rounding errors of growth are small beside 1.
  const growth = Math.expm1(remainder);
  const value = factor + (factor * growth + factorLow * (1 + growth));
  return value * POWERS_OF_TWO[twos + 1022 + HEADROOM]! * 2 ** -HEADROOM;
}

/** 2/(2j + 1): ln((1 + s)/(1 − s)) = 2s + s³ · this series in s². |s| ≤ 0.172 needs 11 terms. */
const LOGARITHM = [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].map((odd) => 2 / odd);

const buffer = new DataView(new ArrayBuffer(8));

/** ln x for positive, finite x, within 2⁻⁶⁰ of its size where x is not next to 1. */
export function logarithm(x: number): Parts {
  buffer.setFloat64(0, x < 2 ** -1022 ? x * 2 ** 54 : x);
  const head = buffer.getUint32(0);
  let twos = (head >>> 20) - 1023 - (x < 2 ** -1022 ? 54 : 0);
  buffer.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let mantissa = buffer.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    twos += 1;
  }

  const numerator = mantissa - 1;
  const denominator = mantissa + 1;
  const denominatorLow = 1 - (denominator - mantissa);
  const s = numerator / denominator;
  const product = s * denominator;
  const error = productError(s, denominator, product);
  const sLow = (numerator - product - error - s * denominatorLow) / denominator;

  const main = twos * LN_2_SHORT.high;
  const high = main + 2 * s;
  // Exact, because main is 0 or the larger of the two.
  const missed = main - high + 2 * s;
  return {
    high,
    low: missed + (2 * sLow + s * s * s * polynomial(s * s, LOGARITHM) + twos * LN_2_SHORT.low),
  };
}
