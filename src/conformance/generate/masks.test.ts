import { describe, expect, it } from 'vitest';
import { stream } from '../../kernel/index.js';
import { maskStyles } from './masks.js';

const shapes = [[3, 4], [4, 3], [1, 1], [2, 3, 5], [2, 2, 1, 2], [5]];
const styles = { ...maskStyles.usual, ...maskStyles.rare };

/** The rows of a mask along its last axis. */
function rows(mask: Float64Array, shape: readonly number[]): number[][] {
  const keys = shape.at(-1)!;
  return Array.from({ length: mask.length / keys }, (_, row) => [
    ...mask.subarray(row * keys, (row + 1) * keys),
  ]);
}

function drawn(style: string, shape: readonly number[], seed = 1): number[][] {
  return rows(styles[style]!(stream(seed), shape), shape);
}

describe.each(Object.keys(styles))('%s', (style) => {
  it.each(shapes.map((shape) => [shape]))('fills shape %j with zeros and ones', (shape) => {
    const mask = styles[style]!(stream(1), shape);
    expect(mask.length).toBe(shape.reduce((product, length) => product * length, 1));
    expect([...mask].every((element) => element === 0 || element === 1)).toBe(true);
  });

  it('is the same for the same draws', () => {
    expect(drawn(style, [3, 4], 7)).toEqual(drawn(style, [3, 4], 7));
  });
});

it.each(Object.keys(styles).filter((style) => !style.includes('blind')))(
  '%s leaves every query something to look at',
  (style) => {
    for (const shape of shapes) {
      for (let seed = 0; seed < 20; seed++) {
        for (const row of drawn(style, shape, seed)) expect(row).toContain(1);
      }
    }
  },
);

it('a causal mask ends with the last key', () => {
  const triangle = [
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
  ];
  expect(drawn('causal', [3, 3])).toEqual(triangle);
  expect(drawn('causal', [2, 3])).toEqual(triangle.slice(1));
  expect(drawn('causal', [3, 2])).toEqual([
    [1, 0],
    [1, 1],
    [1, 1],
  ]);
});

it('first keys are the same for every query, and differ between matrices', () => {
  const masks = Array.from({ length: 20 }, (_, seed) => drawn('first keys', [2, 2, 5], seed));
  for (const [first, second, third, last] of masks) {
    expect(second).toEqual(first);
    expect(last).toEqual(third);
    expect(first!.join()).toMatch(/^1(,1)*(,0)*$/);
  }
  expect(masks.some(([first, , third]) => String(first) !== String(third))).toBe(true);
});

it('one key each is one key in each row, and not always the same', () => {
  const mask = drawn('one key each', [4, 5]);
  for (const row of mask) expect(row.filter((element) => element === 1)).toHaveLength(1);
  expect(new Set(mask.map(String)).size).toBeGreaterThan(1);
});

it('a hidden key is hidden from every query, unless it is the only one', () => {
  const [first, ...others] = drawn('hidden key', [3, 4]);
  expect(first!.filter((element) => element === 0)).toHaveLength(1);
  for (const row of others) expect(row).toEqual(first);
  expect(drawn('hidden key', [2, 1])).toEqual([[1], [1]]);
});

it('a random mask has both, and hides different keys from different queries', () => {
  const mask = drawn('random', [6, 6]);
  expect(mask.flat()).toContain(0);
  expect(new Set(mask.map(String)).size).toBeGreaterThan(2);
});

it('one query of a matrix is blind, or all are', () => {
  const blind = drawn('blind query', [4, 3]).filter((row) => !row.includes(1));
  expect(blind).toHaveLength(1);
  expect(drawn('all blind', [2, 2]).flat()).toEqual([0, 0, 0, 0]);
});
