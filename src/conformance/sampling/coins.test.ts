import { expect, it } from 'vitest';
import { upperTail } from './binomial.js';
import { agreementBound, agreements, certainBits, coinsOf, fairBound, together } from './coins.js';

const pairs = [{ first: 0, step: 1, count: 3, distance: 1 }];

it('tosses a coin for each number, in doubt next to one half', () => {
  const coins = coinsOf(Float64Array.of(0.1, 0.5, 0.49, 0.9), 0.02);
  expect([...coins.bits]).toEqual([0, 1, 0, 1]);
  expect([...coins.doubtful]).toEqual([0, 1, 1, 0]);
  expect(coins.share).toBe(0.5);
});

it('counts agreements, doubts, and what the shares of the bits would give', () => {
  const coins = coinsOf(Float64Array.of(0.1, 0.2, 0.49, 0.9), 0.02);
  expect(agreements(coins, coins, pairs)).toEqual({
    same: 2,
    doubtful: 2,
    of: 3,
    expected: 3 * (0.75 ** 2 + 0.25 ** 2),
  });
});

it('adds counts up', () => {
  const one = { same: 1, doubtful: 2, of: 3, expected: 1.5 };
  expect(together([one, one])).toEqual({ same: 2, doubtful: 4, of: 6, expected: 3 });
  expect(together([])).toEqual({ same: 0, doubtful: 0, of: 0, expected: 0 });
});

it('bounds what agrees too often or too seldom, less what is in doubt', () => {
  const often = { same: 90, doubtful: 0, of: 100, expected: 50 };
  const right = 2 * upperTail(90, 100, 0.5);
  expect(agreementBound(often, 0.5, 0.5) / right).toBeCloseTo(1, 12);
  expect(fairBound(often) / right).toBeCloseTo(1, 12);
  expect(fairBound({ ...often, same: 10 }) / right).toBeCloseTo(1, 12);
  expect(fairBound({ ...often, doubtful: 40 })).toBe(1);
});

it('does not hold unfair coins against their independence', () => {
  const bits = Uint8Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const unfair = agreements(certainBits(bits), certainBits(bits), [
    { first: 0, step: 1, count: 999, distance: 1 },
  ]);
  // One in ten: 82 % agree by chance, 80 % here.
  expect(agreementBound(unfair, 0.5, 0.5)).toBeLessThan(1e-60);
  expect(fairBound(unfair)).toBe(1);
});
