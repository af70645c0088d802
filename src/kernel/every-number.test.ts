import { describe, expect, it } from 'vitest';
import { everyNumber, formats, roundTo } from './precision.js';

describe.each(['float16', 'bfloat16'] as const)('every number of %s', (precision) => {
  const numbers = [...everyNumber(precision)];
  const finite = numbers.filter(Number.isFinite);

  it('is a number of the format', () => {
    for (const number of finite) expect(roundTo(precision, number)).toBe(number);
  });

  it('is there once', () => {
    const distinct = new Set(finite.map((number) => (Object.is(number, -0) ? '-0' : number)));
    expect(distinct.size).toBe(finite.length);
    const { significandBits } = formats[precision];
    expect(finite.length).toBe(65_536 - 2 ** significandBits);
  });

  it('reaches from the smallest subnormal to the largest', () => {
    const { smallestNormal, largest, significandBits } = formats[precision];
    const positive = finite.filter((number) => number > 0);
    expect(Math.min(...positive)).toBe(smallestNormal * 2 ** (1 - significandBits));
    expect(Math.max(...positive)).toBe(largest);
  });
});
