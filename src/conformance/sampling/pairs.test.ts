import { describe, expect, it } from 'vitest';
import { chains, disjointPairs, type Neighbours, type Pairs, samePlaces } from './pairs.js';

function spelledOut(families: readonly Pairs[]): [number, number][] {
  return families.flatMap(({ first, step, count, distance }) =>
    Array.from({ length: Math.max(0, count) }, (_, k): [number, number] => [
      first + k * step,
      first + k * step + distance,
    ]),
  );
}

function everyFamily({ pooled, alone }: Neighbours): [string, readonly Pairs[]][] {
  return [...Object.entries(pooled), ...Object.entries(alone)];
}

const SHAPES = [[4, 6], [3, 5], [2, 3, 4], [1, 7], [7, 1], [5]];

describe.each(SHAPES.map((shape) => [shape] as const))('in an array of shape [%s]', (shape) => {
  const size = shape.reduce((product, length) => product * length, 1);
  const columns = shape.at(-1)!;
  const place = (i: number): [number, number] => [Math.floor(i / columns), i % columns];

  it.each([['chains', chains(shape)] as const, ['disjoint pairs', disjointPairs(shape)] as const])(
    '%s stay inside it, and have no cycles',
    (_, neighbours) => {
      for (const [where, families] of everyFamily(neighbours)) {
        const pairs = spelledOut(families);
        for (const index of pairs.flat()) expect(index >= 0 && index < size, where).toBe(true);
        // A forest: each element is the first of one pair at most, and comes before its second.
        const firsts = pairs.map(([first]) => first);
        expect(new Set(firsts).size, where).toBe(firsts.length);
        for (const [first, second] of pairs) expect(first).toBeLessThan(second);
      }
    },
  );

  it('disjoint pairs share no element', () => {
    for (const [where, families] of everyFamily(disjointPairs(shape))) {
      const indices = spelledOut(families).flat();
      expect(new Set(indices).size, where).toBe(indices.length);
    }
  });

  it('rows and columns alone stay in one row or column', () => {
    for (const { alone } of [chains(shape), disjointPairs(shape)]) {
      for (const row of alone['next to one another in one row']!) {
        expect(
          new Set(
            spelledOut([row])
              .flat()
              .map((i) => place(i)[0]),
          ).size,
        ).toBeLessThan(2);
      }
      for (const column of alone['below one another in one column']!) {
        expect(
          new Set(
            spelledOut([column])
              .flat()
              .map((i) => place(i)[1]),
          ).size,
        ).toBeLessThan(2);
      }
    }
  });

  it('neighbouring rows are one row apart', () => {
    for (const { pooled } of [chains(shape), disjointPairs(shape)]) {
      for (const [first, second] of spelledOut(pooled['in neighbouring rows']!)) {
        expect(place(second)).toEqual([place(first)[0] + 1, place(first)[1]]);
      }
    }
  });
});

it('chains pair everything that has a neighbour', () => {
  const { pooled, alone } = chains([4, 6]);
  expect(spelledOut(pooled['next to one another']!).length).toBe(23);
  expect(spelledOut(pooled['in neighbouring rows']!).length).toBe(18);
  expect(spelledOut(pooled['half the array apart']!).length).toBe(12);
  expect(alone['next to one another in one row']!.length).toBe(4);
  expect(spelledOut(alone['next to one another in one row']!).length).toBe(20);
  expect(alone['below one another in one column']!.length).toBe(6);
  expect(spelledOut(alone['below one another in one column']!).length).toBe(18);
});

it('pairs every element with the one at its place', () => {
  expect(spelledOut(samePlaces(3))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});
