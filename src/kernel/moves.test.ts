import { describe, expect, test } from 'vitest';
import * as elementary from './elementary.js';
import { type Mover, mover, nextStep, rounded, withMover } from './moves.js';

const doubling: Mover = { result: (value) => 2 * value, transcendental: (value) => -value };
const tripling: Mover = { result: (value) => 3 * value, transcendental: (value) => value };

describe('withMover', () => {
  test('moves results inside, and nothing outside', () => {
    expect(rounded(5)).toBe(5);
    expect(withMover(doubling, () => rounded(5))).toBe(10);
    expect(rounded(5)).toBe(5);
  });

  test('stops moving after a throw, and lets it through', () => {
    const failing = (): never => {
      throw new RangeError('formula: refused');
    };
    expect(() => withMover(doubling, failing)).toThrow(new RangeError('formula: refused'));
    expect(mover).toBeUndefined();
  });

  test('nests: the inner mover is in force, then the outer one again', () => {
    const values = withMover(doubling, () => [
      rounded(1),
      withMover(tripling, () => rounded(1)),
      rounded(1),
    ]);
    expect(values).toEqual([2, 3, 2]);
  });
});

describe('nextStep', () => {
  test('tells the mover in force, and nobody otherwise', () => {
    let steps = 0;
    const counting: Mover = { ...doubling, step: () => steps++ };
    nextStep();
    withMover(counting, () => {
      nextStep();
      nextStep();
    });
    expect(steps).toBe(2);
  });

  test('asks nothing of a mover that does not know of steps', () => {
    expect(() => withMover(doubling, nextStep)).not.toThrow();
  });
});

describe('elementary functions', () => {
  const transcendental = [
    ['exp', elementary.exp, Math.exp, [0, Infinity]],
    ['expm1', elementary.expm1, Math.expm1, [-1, Infinity]],
    ['log', elementary.log, Math.log, [-Infinity, Infinity]],
    ['log1p', elementary.log1p, Math.log1p, [-Infinity, Infinity]],
    ['tanh', elementary.tanh, Math.tanh, [-1, 1]],
    ['sin', elementary.sin, Math.sin, [-1, 1]],
    ['cos', elementary.cos, Math.cos, [-1, 1]],
    ['atan', elementary.atan, Math.atan, [-Math.PI / 2, Math.PI / 2]],
  ] as const;

  test.each(transcendental)('%s moves once, told its range', (_name, ours, platform, range) => {
    const seen: number[][] = [];
    const spy: Mover = {
      result: () => Number.NaN,
      transcendental: (...told) => {
        seen.push(told);
        return 7;
      },
    };
    expect(ours(0.3)).toBe(platform(0.3));
    expect(withMover(spy, () => ours(0.3))).toBe(7);
    expect(seen).toEqual([[platform(0.3), ...range]]);
  });

  test('the complement of a power keeps its last places, and moves by as much as the power', () => {
    // 1 − 0.999² of the double, rounded once; subtracted, it is off by 66 gaps between doubles.
    const [right, gap] = [0.0019990000000000016, 2 ** -61];
    expect(Math.abs(1 - 0.999 ** 2 - right)).toBeGreaterThan(60 * gap);
    expect(Math.abs(elementary.complementOfPower(0.999, 2) - right)).toBeLessThan(2 * gap);
    expect(elementary.complementOfPower(0, 3)).toBe(1);
    expect(withMover(doubling, () => elementary.complementOfPower(0.5, 2))).toBe(0.5);
    expect(withMover(doubling, () => elementary.complementOfPower(0, 2))).toBe(1);
  });

  test('roots and powers move as results do', () => {
    expect(withMover(doubling, () => elementary.sqrt(9))).toBe(6);
    expect(withMover(doubling, () => elementary.pow(3, 2))).toBe(18);
    expect([elementary.sqrt(9), elementary.pow(3, 2)]).toEqual([3, 9]);
  });
});
