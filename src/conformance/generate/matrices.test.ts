import { describe, expect, it } from 'vitest';
import { formats, type Precision, roundTo, stream } from '../../kernel/index.js';
import {
  hasStructure,
  isMatrixStructure,
  type MatrixStructure,
  matrixFamilies,
  movesTogether,
} from './matrices.js';

const structures = Object.entries(matrixFamilies) as [
  MatrixStructure,
  (typeof matrixFamilies)[MatrixStructure],
][];
const families = structures.flatMap(([structure, { usual, rare }]) =>
  Object.entries({ ...usual, ...rare }).map(([name, draw]) => ({ structure, name, draw })),
);

/** Families that go as far as their format lets them, and so beyond the margin of shrinking. */
const NEAR_THE_EDGE = ['nearly singular', 'columns of different sizes'];

describe.each(families)('$structure: $name', ({ structure, name, draw }) => {
  const isSquare = structure === 'symmetric' || structure === 'positive-definite';

  it.each(Object.keys(formats) as Precision[])('has its structure in %s', (precision) => {
    for (const columns of [1, 2, 3, 7, 16, 40]) {
      for (const rows of isSquare ? [columns] : [columns, columns + 2, Math.max(1, columns - 1)]) {
        for (let seed = 0; seed < (columns > 16 ? 1 : 5); seed++) {
          const draws = stream(`${seed}/${rows}/${columns}`);
          const data = draw(draws, formats[precision], rows, columns).map((element) =>
            roundTo(precision, element),
          );
          expect(data.length).toBe(rows * columns);
          expect(data.every(Number.isFinite)).toBe(true);
          if (NEAR_THE_EDGE.includes(name)) continue;
          expect(hasStructure(structure, { shape: [rows, columns], data })).toBe(true);
        }
      }
    }
  });
});

describe('structures of matrices', () => {
  it('are told from the other structures', () => {
    expect(isMatrixStructure('symmetric')).toBe(true);
    expect(isMatrixStructure('steps')).toBe(false);
    expect(isMatrixStructure(undefined)).toBe(false);
  });

  it.each([
    ['symmetric', [2, 2], [0, 1, 1, 0], true],
    ['symmetric', [2, 2], [0, 1, 2, 0], false],
    ['symmetric', [1, 2], [0, 0], false],
    ['positive-definite', [2, 2], [2, 1, 1, 1], true],
    ['positive-definite', [2, 2], [1, 1, 1, 1], false],
    ['positive-definite', [2, 2], [1, 2, 2, 1], false],
    ['positive-definite', [2, 2], [1, 0, 1, 1], false],
    ['positive-definite', [1, 1], [0], false],
    ['full-rank', [2, 2], [0, 1, 1, 0], true],
    ['full-rank', [2, 3], [1, 0, 0, 0, 0, 1], true],
    ['full-rank', [2, 2], [1, 2, 2, 4], false],
    ['rank-deficient', [2, 2], [1, 2, 2, 4], true],
    ['rank-deficient', [3, 2], [1, 2, 2, 4, 3, 6], true],
    ['rank-deficient', [2, 2], [0, 0, 0, 0], true],
    ['rank-deficient', [2, 2], [1, 2, 2, 5], false],
  ] as const)('%s of shape %j with %j: %s', (structure, shape, elements, expected) => {
    expect(hasStructure(structure, { shape, data: Float64Array.from(elements) })).toBe(expected);
  });

  it('say which elements move together', () => {
    expect([...movesTogether('symmetric', [3, 3])!]).toEqual([0, 1, 2, 1, 4, 5, 2, 5, 8]);
    expect([...movesTogether('positive-definite', [2, 2])!]).toEqual([0, 1, 1, 3]);
    expect([...movesTogether('rank-deficient', [2, 3])!]).toEqual([0, 0, 0, 3, 3, 3]);
    expect(movesTogether('full-rank', [2, 2])).toBeUndefined();
    expect(movesTogether(undefined, [2])).toBeUndefined();
  });

  it('leave a matrix of less than full rank that rank when its rows move', () => {
    const draw = matrixFamilies['rank-deficient'].usual['last a sum']!;
    const shape = [4, 3];
    const data = draw(stream('rows'), formats.float64, 4, 3);
    const leaders = movesTogether('rank-deficient', shape)!;
    const moved = data.map((element, i) => element * (1 + (leaders[i]! + 1) * 2 ** -40));
    expect(hasStructure('rank-deficient', { shape, data: moved })).toBe(true);
  });
});
