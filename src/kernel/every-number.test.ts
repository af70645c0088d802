import { describe, expect, it } from 'vitest';
import { everyNumber, formats, roundTo } from './precision.js';

describe.each(['float16', 'bfloat16'] as const)('every number of %s', (precision) => {
  const finiteNumbers = (): number[] => [...everyNumber(precision)].filter(Number.isFinite);

  it('is a number of the format', () => {
    for (const number of finiteNumbers()) expect(roundTo(precision, number)).toBe(number);
  });

  it('is there once', () => {
    const finite = finiteNumbers();
    const distinct = new Set(finite.map((number) => (Object.is(number, -0) ? '-0' : number)));
    expect(distinct.size).toBe(finite.length);
    const { significandBits } = formats[precision];
    expect(finite.length).toBe(65_536 - 2 ** significandBits);
  });

  it('reaches from the smallest subnormal to the largest', () => {
    const { smallestNormal, largest, significandBits } = formats[precision];
    const positive = finiteNumbers().filter((number) => number > 0);
    expect(Math.min(...positive)).toBe(smallestNormal * 2 ** (1 - significandBits));
    expect(Math.max(...positive)).toBe(largest);
  });

  it('stands at its bit pattern, the positive ones first', () => {
    const numbers = everyNumber(precision);
    const half = numbers.length / 2;
    const negated = [...numbers.subarray(0, half)].map((number) => -number);
    expect([...numbers.subarray(half)]).toEqual(negated);
    expect(numbers[0]).toBe(0);
    expect(numbers[1]).toBeGreaterThan(0);
    const beyond = [...numbers.subarray(0, half)].filter((number) => !Number.isFinite(number));
    expect(beyond[0]).toBe(Infinity);
    expect(beyond.slice(1).every(Number.isNaN)).toBe(true);
  });
});
