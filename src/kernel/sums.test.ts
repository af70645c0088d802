import { describe, expect, test } from 'vitest';
import { withMover } from './moves.js';
import { stream } from './random.js';
import { type Block, mean, sum } from './sums.js';

function blockOf(terms: ArrayLike<number>): Block {
  return (low, high) => {
    let partial = 0;
    for (let i = low; i < high; i++) partial += terms[i]!;
    return partial;
  };
}

/** The exact sum of multiples of 2⁻⁵³ below 2⁵³ in size, as a count of 2⁻⁵³. */
function exactSum(terms: Float64Array): bigint {
  let total = 0n;
  for (const term of terms) total += BigInt(term * 2 ** 53);
  return total;
}

describe('sum', () => {
  test('of 10⁶ uniform values is off by less than 1 ulp, where a plain loop is off by many', () => {
    const draws = stream('sums');
    // Two draws a term: one has only 32 bits, of which any sum here would be exact.
    const terms = Float64Array.from(
      { length: 1e6 },
      () => draws.uniform() + 2 ** -21 * draws.uniform(),
    );
    const exact = exactSum(terms);
    // The sum lies between 2¹⁸ and 2¹⁹, where an ulp is 2⁻³⁴, or 2¹⁹ times 2⁻⁵³.
    const ulps = (got: number): number => Math.abs(Number(BigInt(got * 2 ** 53) - exact)) / 2 ** 19;
    expect(sum(terms.length, blockOf(terms))).toBeGreaterThan(2 ** 18);
    expect(ulps(sum(terms.length, blockOf(terms)))).toBeLessThan(1);
    expect(ulps(blockOf(terms)(0, terms.length))).toBeGreaterThan(10);
  });

  test.each([0, 1, 2, 127, 128, 129, 255, 256, 257, 1000])('takes each of %d terms once', (n) => {
    const seen = new Uint8Array(n);
    const total = sum(n, (low, high) => {
      for (let i = low; i < high; i++) seen[i]!++;
      return high - low;
    });
    expect(total).toBe(n);
    expect(seen.every((count) => count === 1)).toBe(true);
  });

  test('propagates NaN and infinities', () => {
    expect(sum(2, blockOf([1, Number.NaN]))).toBeNaN();
    expect(sum(2, blockOf([1, -Infinity]))).toBe(-Infinity);
    expect(sum(2, blockOf([Infinity, -Infinity]))).toBeNaN();
  });
});

describe('mean', () => {
  test.each([1, 2, 3, 7, 100, 129, 1000, 12345])(
    'of %d times the largest number stays within 2 ulp of it',
    (n) => {
      const terms = new Float64Array(n).fill(Number.MAX_VALUE);
      const value = mean(n, blockOf(terms));
      expect(value).toBeLessThan(Infinity);
      expect(value).toBeGreaterThanOrEqual(Number.MAX_VALUE * (1 - 2 ** -52));
    },
  );

  test('of huge values of both signs is not NaN', () => {
    const terms = [Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, -Number.MAX_VALUE];
    expect(mean(4, blockOf(terms))).toBe(0);
  });

  test('is infinite or NaN only where a term is, and for no terms', () => {
    expect(mean(2, blockOf([Infinity, 1]))).toBe(Infinity);
    expect(mean(2, blockOf([Infinity, -Infinity]))).toBeNaN();
    expect(mean(2, blockOf([Number.NaN, 1]))).toBeNaN();
    expect(mean(0, blockOf([]))).toBeNaN();
  });

  test('of subnormals keeps them', () => {
    expect(mean(2, blockOf([5e-324, 5e-324]))).toBe(5e-324);
  });
});

test('a sum and a mean are one movable result each', () => {
  const terms = new Float64Array(1000).fill(Number.MAX_VALUE / 4);
  const calls: number[] = [];
  const result = (value: number): number => {
    calls.push(value);
    return 1;
  };
  const mover = { result, transcendental: (value: number) => value };
  expect(withMover(mover, () => sum(1000, () => 0.5))).toBe(1);
  expect(withMover(mover, () => mean(1000, blockOf(terms)))).toBe(1);
  expect(calls).toHaveLength(2);
});
