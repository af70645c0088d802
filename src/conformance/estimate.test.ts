import { describe, expect, test } from 'vitest';
import { formats } from '../kernel/index.js';
import {
  atLeast,
  atMost,
  type Estimate,
  equal,
  exactly,
  minus,
  PartMissing,
  plus,
  roundings,
  rowSums,
  times,
} from './estimate.js';

/** Numbers known to within a budget, with a hundredth for a rounding unit. */
function about(values: readonly number[], budget: readonly number[], shape?: number[]): Estimate {
  return {
    shape: shape ?? [values.length],
    values: Float64Array.from(values),
    budget: () => Float64Array.from(budget),
    unit: 0,
  };
}

const budgetOf = (estimate: Estimate): number[] => [...estimate.budget()];
const valuesOf = (estimate: Estimate): number[] => [...estimate.values];

describe('estimates', () => {
  const left = { ...about([1, -2], [0.1, 0.2]), unit: 0.5 };
  const right = about([3, 4], [0.4, 0.8]);

  test('of exact numbers have no budget; a number has no axis', () => {
    expect(exactly(3)).toMatchObject({ shape: [], unit: 0 });
    expect(exactly([1, 2])).toMatchObject({ shape: [2] });
    expect(exactly([1, 2, 3, 4], [2, 2])).toMatchObject({ shape: [2, 2] });
    expect(budgetOf(exactly([1, 2]))).toEqual([0, 0]);
  });

  test('of a sum or difference add their budgets and the rounding of the result', () => {
    expect(valuesOf(plus(left, right))).toEqual([4, 2]);
    expect(budgetOf(plus(left, right))).toEqual([0.1 + 0.4 + 0.5 * 4, 0.2 + 0.8 + 0.5 * 2]);
    expect(valuesOf(minus(left, right))).toEqual([-2, -6]);
    expect(budgetOf(minus(left, right))).toEqual([0.1 + 0.4 + 0.5 * 2, 0.2 + 0.8 + 0.5 * 6]);
    expect(minus(left, right).unit).toBe(0.5);
    expect(budgetOf(plus(exactly([Infinity, 1]), exactly([1, 1])))).toEqual([0, 0]);
  });

  test('of a multiple have a multiple of the budget', () => {
    expect(valuesOf(times(left, -3))).toEqual([-3, 6]);
    expect(budgetOf(times(left, -3))).toEqual([0.1 * 3, 0.2 * 3]);
  });

  test('of row sums add the budgets of a row and the rounding of its terms', () => {
    const rows = { ...about([1, -1, 2, 3], [0.1, 0.2, 0.3, 0.4], [2, 2]), unit: 0.5 };
    const sums = rowSums(rows);
    expect(sums.shape).toEqual([2]);
    expect(valuesOf(sums)).toEqual([0, 5]);
    expect(budgetOf(sums)).toEqual([0.1 + 0.2 + 0.5 * 2, 0.3 + 0.4 + 0.5 * 5]);
    expect(rowSums(about([1, 2], [0, 0])).shape).toEqual([]);
    expect(valuesOf(rowSums(exactly([1, 2, 4])))).toEqual([7]);
    const box = rowSums(exactly([1, 2, 3, 4, 5, 6], [1, 2, 3]));
    expect(box.shape).toEqual([1, 2]);
    expect(valuesOf(box)).toEqual([6, 15]);
  });

  test('do not measure their budget before it is asked for', () => {
    let asked = 0;
    const dear: Estimate = {
      ...about([1], [0]),
      unit: 0.01,
      budget: () => {
        asked += 1;
        return Float64Array.of(1);
      },
    };
    const derived = times(plus(dear, dear), 2);
    expect(equal(derived, exactly([4]))).toBeUndefined();
    expect(equal(derived, exactly([4.01]))).toBeUndefined();
    expect(equal({ ...dear, unit: 0.5 }, exactly([1.5]))).toBeUndefined();
    expect(asked).toBe(0);
    expect(equal(derived, exactly([5]))).toBeUndefined();
    expect(asked).toBeGreaterThan(0);
  });
});

describe('comparisons', () => {
  const known = about([1], [0.25]);

  test.each<[string, (left: Estimate, right: Estimate) => unknown, number, boolean]>([
    ['equal', equal, 1.25, true],
    ['equal', equal, 0.75, true],
    ['equal', equal, 1.2501, false],
    ['equal', equal, 0.7499, false],
    ['at most', atMost, 0.75, true],
    ['at most', atMost, 0.7499, false],
    ['at most', atMost, 1000, true],
    ['at least', atLeast, 1.25, true],
    ['at least', atLeast, 1.2501, false],
    ['at least', atLeast, -1000, true],
  ])('1 ± 0.25 is %s (%o) %d: %s', (_, compare, other, holds) => {
    expect(compare(known, exactly([other])) === undefined).toBe(holds);
  });

  test('add the budgets of both sides', () => {
    expect(equal(known, about([1.5], [0.25]))).toBeUndefined();
    expect(equal(known, about([1.5], [0.24]))).toBeDefined();
  });

  test('tell what is expected, what came, and how far beyond the budget it is', () => {
    expect(equal(about([1, 3], [1, 0.25]), exactly([1, 4]))).toEqual({
      message: 'output[1] must equal 4, within 0.250',
      expected: '4',
      got: '3',
      ratio: 4,
    });
  });

  test.each([
    [equal, 'output[0] is NaN, must equal 1'],
    [atMost, 'output[0] is NaN, must be at most 1'],
    [atLeast, 'output[0] is NaN, must be at least 1'],
  ])('speak of no budget where there is no distance: %o', (compare, message) => {
    expect(compare(exactly([Number.NaN]), exactly([1]))?.message).toBe(message);
  });

  test('opposite infinities have a distance, which no budget covers', () => {
    expect(equal(exactly([Infinity]), exactly([-Infinity]))?.message).toBe(
      'output[0] must equal -Infinity, within 0.00',
    );
  });

  test('leave a small number the roundings of its own size, not of the other', () => {
    const rounded = { ...about([1], [0.5]), unit: 0.5 };
    expect(equal(rounded, exactly([1.5]))).toBeUndefined();
    expect(equal(rounded, exactly([1.75]))).toBeDefined();
  });

  test('an error beyond no budget at all is infinitely far', () => {
    expect(equal(exactly([1]), exactly([2]))?.ratio).toBe(Infinity);
  });

  test('equal infinities are equal, and zeros of either sign', () => {
    expect(equal(exactly([Infinity, 0]), exactly([Infinity, -0]))).toBeUndefined();
    expect(equal(exactly([Infinity]), exactly([-Infinity]))).toBeDefined();
    expect(atMost(exactly([-Infinity]), exactly([Infinity]))).toBeUndefined();
    expect(atMost(exactly([Infinity]), exactly([Infinity]))).toBeUndefined();
    const [left, right] = [exactly([Infinity, 1]), exactly([Infinity, 2])];
    expect(equal(left, right)?.message).toContain('output[1]');
  });

  test.each([equal, atMost, atLeast])('NaN never passes: %o', (compare) => {
    for (const other of [0, 1, Infinity, Number.NaN]) {
      expect(compare(about([Number.NaN], [1e300]), exactly([other]))).toMatchObject({
        ratio: Infinity,
      });
      expect(compare(exactly([other]), about([Number.NaN], [1e300]))).toBeDefined();
    }
  });

  test('a budget that is NaN excuses nothing', () => {
    expect(equal(about([1], [Number.NaN]), exactly([2]))).toBeDefined();
  });

  test('say nothing where the budget is infinite, whatever is made of it', () => {
    const unknown = about([Number.NaN], [Infinity]);
    expect(equal(unknown, exactly([1]))).toBeUndefined();
    expect(equal(times(unknown, 0), exactly([1]))).toBeUndefined();
    expect(equal(plus(unknown, exactly([1])), exactly([1]))).toBeUndefined();
    expect(equal(rowSums(unknown), exactly(1))).toBeUndefined();
    expect(equal(rowSums({ ...unknown, unit: 1 }), exactly(1))).toBeUndefined();
    const unbounded = { ...about([-Infinity], [Infinity]), unit: 1 };
    expect(equal(minus(unbounded, unbounded), exactly([1]))).toBeUndefined();
    expect(equal(rowSums(unbounded), exactly(1))).toBeUndefined();
    const overflown = { ...about([Infinity], [Infinity]), unit: 0 };
    expect(equal(minus(overflown, exactly([1])), exactly([1]))).toBeUndefined();
  });

  test('an infinite budget of one element does not excuse another', () => {
    expect(equal(about([0, 1], [Infinity, 0]), exactly([5, 2]))?.message).toContain('output[1]');
  });

  test('different numbers of elements are never compared', () => {
    expect(equal(exactly([1, 2]), exactly([1]))).toEqual({
      message: 'the shapes differ',
      expected: 'shape [1]',
      got: 'shape [2]',
    });
    expect(equal(plus(exactly([1, 2]), exactly([1])), exactly([2, 3]))).toBeDefined();
  });
});

test('the rounding units of n elements are 32, and grow with n beyond 256', () => {
  const { unit } = formats.float32;
  expect(roundings('float32', 1)).toBe(32 * unit);
  expect(roundings('float32', 256)).toBe(32 * unit);
  expect(roundings('float32', 25_600)).toBe(3200 * unit);
});

test('a part that is missing says so', () => {
  const missing = new PartMissing('weights is not given');
  expect(String(missing)).toBe('PartMissing: weights is not given');
});
