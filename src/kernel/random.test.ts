import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { stream } from './random.js';

describe('stream', () => {
  test('gives the draws of its seed, for ever', () => {
    const draws = stream(7);
    expect(Array.from({ length: 4 }, () => draws.uniform())).toEqual([
      0.36459518410265446, 0.007880980148911476, 0.1876203876454383, 0.5066726722288877,
    ]);
    expect(Array.from({ length: 8 }, () => draws.integer(-3, 3))).toEqual([
      -2, -3, -1, -1, 2, 0, 1, 1,
    ]);
    expect(draws.shuffled(['a', 'b', 'c', 'd', 'e'])).toEqual(['c', 'a', 'b', 'e', 'd']);
    expect(Array.from({ length: 8 }, () => draws.chance(0.5))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  test('is the Alea of seedrandom, whatever the seed', () => {
    for (const seed of ['', 'a', '1/losses/huber/0', '7/attention/4/2', 'ő→∞', 'x'.repeat(1000)]) {
      const [draws, theirs] = [stream(seed), seedrandom.alea(seed)];
      for (let i = 0; i < 1000; i++) expect(draws.uniform()).toBe(theirs());
    }
    for (let seed = 0; seed < 2000; seed++) {
      expect(stream(seed).uniform()).toBe(seedrandom.alea(String(seed))());
    }
  });

  test('takes a number for its digits', () => {
    expect(stream(7).uniform()).toBe(stream('7').uniform());
    expect(stream(7).uniform()).not.toBe(stream(8).uniform());
  });

  test('uniform draws lie in [0, 1) and fill it evenly', () => {
    const draws = stream('uniform');
    const values = Array.from({ length: 1e5 }, () => draws.uniform());
    expect(values.filter((value) => !(value >= 0 && value < 1))).toEqual([]);

    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(10 * value)]!++;
    // Six standard deviations of a binomial count of 10⁵ draws: √(10⁵ · 0.1 · 0.9) = 95.
    for (const count of tenths) expect(Math.abs(count - 1e4)).toBeLessThan(570);
  });

  test('integers reach both ends and nothing beyond', () => {
    const draws = stream('integer');
    const seen = new Set(Array.from({ length: 1000 }, () => draws.integer(-2, 2)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(draws.integer(5, 5)).toBe(5);
  });

  test('chance is never at 0 and always at 1', () => {
    const draws = stream('chance');
    for (let i = 0; i < 1000; i++) {
      expect(draws.chance(0)).toBe(false);
      expect(draws.chance(1)).toBe(true);
    }
  });

  test('picks every item', () => {
    const draws = stream('pick');
    const items = ['a', 'b', 'c'];
    expect(new Set(Array.from({ length: 100 }, () => draws.pick(items)))).toEqual(new Set(items));
  });

  test('shuffles a copy, in which every order is met', () => {
    const draws = stream('shuffled');
    const items = Object.freeze([1, 2, 3]);
    const orders = new Set(Array.from({ length: 200 }, () => draws.shuffled(items).join('')));
    expect([...orders].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    expect(items).toEqual([1, 2, 3]);
    expect(draws.shuffled([])).toEqual([]);
  });
});
