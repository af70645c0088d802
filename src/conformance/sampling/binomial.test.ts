import { describe, expect, it } from 'vitest';
import { binomial, countBound, lowerTail, upperTail } from './binomial.js';

/** Relative; what is left is the rounding of logarithms of factorials. */
function expectClose(got: number, right: number): void {
  expect(Math.abs(got - right)).toBeLessThanOrEqual(1e-10 * right);
}

// Sums of exact terms with mpmath at 40 digits.
describe('binomial', () => {
  it.each([
    [128, 256, 0.5, 0.04981910993614015],
    [3, 10, 0.25, 0.25028228759765625],
    [256, 256, 0.9, 1.9323349832289036e-12],
    [2048, 4098, 1 / 64, 0],
  ])('of %d in %d at %d', (k, n, p, right) => {
    expectClose(binomial(k, n, p), right);
  });

  it('is certain where the probability is, and 0 beyond the trials', () => {
    expect([binomial(0, 5, 0), binomial(5, 5, 1), binomial(1, 5, 0), binomial(4, 5, 1)]).toEqual([
      1, 1, 0, 0,
    ]);
    expect([binomial(-1, 5, 0.5), binomial(6, 5, 0.5)]).toEqual([0, 0]);
  });
});

describe('tails', () => {
  it.each([
    [140, 256, 0.5, 0.07521726680064361],
    [256, 4098, 1 / 64, 6.457131149284416e-75],
    [9, 10, 0.1, 9.100000000000004e-9],
    [3, 10, 0.25, 0.4744071960449219],
    [1100, 2048, 0.5, 0.0004218601422371162],
  ])('at least %d of %d at %d', (k, n, p, right) => {
    expectClose(upperTail(k, n, p), right);
  });

  it.each([
    [100, 256, 0.5, 0.00028049218678802713],
    [20, 4098, 1 / 64, 9.699489350346692e-11],
    [0, 2048, 0.1, 1.9438347051575686e-94],
    [9, 10, 0.5, 0.9990234375],
  ])('at most %d of %d at %d', (k, n, p, right) => {
    expectClose(lowerTail(k, n, p), right);
  });

  it('are complements, and end at the ends', () => {
    for (let k = 0; k <= 20; k++) {
      expectClose(upperTail(k, 20, 0.3) + lowerTail(k - 1, 20, 0.3), 1);
    }
    expect([upperTail(0, 5, 0.5), upperTail(6, 5, 0.5)]).toEqual([1, 0]);
    expect([lowerTail(5, 5, 0.5), lowerTail(-1, 5, 0.5)]).toEqual([1, 0]);
    expect([upperTail(3, 5, 1), upperTail(3, 5, 0), lowerTail(3, 5, 1)]).toEqual([1, 0, 0]);
  });
});

describe('the bound of a count', () => {
  const fair = { trials: 100, lowest: 0.5, highest: 0.5 };

  it('is twice the smaller tail', () => {
    expectClose(countBound({ ...fair, least: 70, most: 70 }), 2 * upperTail(70, 100, 0.5));
    expectClose(countBound({ ...fair, least: 30, most: 30 }), 2 * upperTail(70, 100, 0.5));
    expect(countBound({ ...fair, least: 50, most: 50 })).toBe(1);
  });

  it('gives doubt the benefit', () => {
    const sure = countBound({ ...fair, least: 70, most: 70 });
    expect(countBound({ ...fair, least: 65, most: 70 })).toBeGreaterThan(sure);
    expect(countBound({ ...fair, highest: 0.55, least: 70, most: 70 })).toBeGreaterThan(sure);
    const few = countBound({ ...fair, least: 30, most: 30 });
    expect(countBound({ ...fair, least: 30, most: 35 })).toBeGreaterThan(few);
    expect(countBound({ ...fair, lowest: 0.45, least: 30, most: 30 })).toBeGreaterThan(few);
  });
});
