import { describe, expect, it } from 'vitest';
import { chernoffBound, distanceBound, endBound, meanBound, squareCumulant } from './bounds.js';

const close = (got: number, right: number): void =>
  expect(Math.abs(got / right - 1)).toBeLessThan(1e-9);

describe('bounds', () => {
  // mpmath at 40 digits; the exact tail of the distance is 7.859e-12 (scipy.stats.kstwo).
  it('of a distance, a mean and an end are what their theorems say', () => {
    close(distanceBound(8196, 0.04), 8.141449997229086e-12);
    close(meanBound(2048, 0.08, 1 / 3), 5.78699418357403e-9);
    close(endBound(8196, 0.995), 1.4386985038434685e-18);
  });

  it('never exceed 1', () => {
    expect([distanceBound(10, 0), meanBound(10, 0, 1), endBound(10, 1.5)]).toEqual([1, 1, 1]);
    expect(chernoffBound(10, 1 / 3, 1 / 3, squareCumulant)).toBe(1);
  });
});

describe('the cumulants of a squared uniform number', () => {
  // mpmath quadrature at 40 digits.
  it.each([
    [1, 0.3802510526266498],
    [-1, -0.2919255528762862],
    [10, 7.063245458632609],
    [-10, -1.2720825283786856],
    [0.25, 0.08615403391270206],
    [500, 493.09324723344025],
    [-500, -3.228086286846341],
  ])('at %d', (t, right) => {
    close(squareCumulant(t), right);
  });

  it('are 0 at 0', () => {
    expect(squareCumulant(0)).toBe(0);
  });
});

describe('the bound of a mean square', () => {
  // With mpmath: the t where the derivative of the cumulants is the mean, found to 40 digits.
  it.each([
    [2048, 0.4, 8.951644300872122e-22],
    [8196, 0.3, 2.9718086009359767e-23],
    [2048, 0.222, 2.562734865666466e-69],
  ])('of %d draws, %d', (n, mean, right) => {
    const bound = chernoffBound(n, mean, 1 / 3, squareCumulant);
    expect(bound).toBeGreaterThanOrEqual(right * (1 - 1e-9));
    expect(bound).toBeLessThan(right * (1 + 1e-6));
  });

  it('is nothing where no draw, or every draw, is 0', () => {
    expect(chernoffBound(2048, 0, 1 / 3, squareCumulant)).toBe(0);
    expect(chernoffBound(2048, 1, 1 / 3, squareCumulant)).toBe(0);
  });
});
