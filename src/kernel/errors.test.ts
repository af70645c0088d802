import { describe, expect, test } from 'vitest';
import {
  type ErrorCode,
  FormulaError,
  requireAxes,
  requireBinary,
  requireCounts,
  requireDistributions,
  requireElements,
  requireLabels,
  requireNonEmpty,
  requireNonNegative,
  requireNumber,
  requireOnePerColumn,
  requireOnePerRow,
  requirePositive,
  requireRank,
  requireRows,
  requireSameShape,
  requireSigns,
  requireUniforms,
  requireUnitInterval,
} from './errors.js';
import { withMover } from './moves.js';
import { matrix, ndarray, vector } from './ndarray.js';

/** What a refusal says: its code, a colon and its message; `accepted` if there is none. */
function refusal(demand: () => void): string {
  try {
    demand();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return `${error.code satisfies ErrorCode} ${error.message}`;
  }
}

test('a FormulaError is an Error with a code and its own name', () => {
  const error = new FormulaError('domain', 'huber: delta must be positive and finite, got 0');
  expect(error).toBeInstanceOf(Error);
  expect(`${error}`).toBe('FormulaError: huber: delta must be positive and finite, got 0');
  expect(error.code).toBe('domain');
});

const [one, two, three] = [vector(1), vector(1, 2), vector(1, 2, 3)];
const square = matrix([1, 2], [3, 4]);
const wide = matrix([1, 2, 3], [4, 5, 6]);

describe('demands on shapes', () => {
  test.each<[string, () => void]>([
    ['accepted', () => requireSameShape('f', { left: two, right: two })],
    ['accepted', () => requireSameShape('f', { alone: two })],
    [
      'shape f: right must have the shape of left, [2], got [3]',
      () => requireSameShape('f', { left: two, right: three }),
    ],
    [
      'shape f: third must have the shape of first, [2], got [1]',
      () => requireSameShape('f', { first: two, second: two, third: one }),
    ],
    ['accepted', () => requireRank('f', 1, { x: two })],
    ['shape f: x must have rank 1, got [2,2]', () => requireRank('f', 1, { x: square })],
    ['shape f: y must have rank 2, got [3]', () => requireRank('f', 2, { x: square, y: three })],
    ['accepted', () => requireRows('f', { x: one })],
    ['shape f: x must have an axis, got a number', () => requireRows('f', { x: ndarray([], [1]) })],
    ['accepted', () => requireOnePerRow('f', { x: square }, { labels: two })],
    [
      'shape f: labels must have shape [2], one element for each row of x, got [3]',
      () => requireOnePerRow('f', { x: square }, { labels: three }),
    ],
    [
      'shape f: labels must have shape [2], one element for each row of x, got [2,2]',
      () => requireOnePerRow('f', { x: square }, { labels: square }),
    ],
    ['accepted', () => requireOnePerColumn('f', { x: wide }, { y: three })],
    [
      'shape f: y must have shape [3], one element for each column of x, got [2]',
      () => requireOnePerColumn('f', { x: wide }, { y: two }),
    ],
    [
      'shape f: y must have shape [3], one element for each column of x, got [3,1]',
      () => requireOnePerColumn('f', { x: wide }, { y: ndarray([3, 1], [1, 2, 3]) }),
    ],
    ['accepted', () => requireNonEmpty('f', { x: one })],
    ['empty f: x must not be empty, got [0]', () => requireNonEmpty('f', { x: vector() })],
    [
      'empty f: y must not be empty, got [3,0]',
      () => requireNonEmpty('f', { x: one, y: ndarray([3, 0], []) }),
    ],
  ])('%s', (expected, demand) => {
    expect(refusal(demand)).toBe(expected);
  });
});

describe('demands on values', () => {
  test.each<[string, () => void]>([
    ['accepted', () => requireElements('f', { x: three }, 'exceed 0', (x) => x > 0)],
    [
      'domain f: x must exceed 1, got 1',
      () => requireElements('f', { x: three }, 'exceed 1', (x) => x > 1),
    ],
    [
      'domain f: x must exceed 1, got NaN',
      () => requireElements('f', { x: vector(2, Number.NaN) }, 'exceed 1', (x) => x > 1),
    ],
    [
      'domain f: k must be even, got 3',
      () => requireNumber('f', { k: 3 }, 'be even', (k) => k % 2 === 0),
    ],
    ['accepted', () => requirePositive('f', { rate: 5e-324, other: Number.MAX_VALUE })],
    ['domain f: rate must be positive and finite, got 0', () => requirePositive('f', { rate: 0 })],
    [
      'domain f: rate must be positive and finite, got Infinity',
      () => requirePositive('f', { rate: Infinity }),
    ],
    [
      'domain f: rate must be positive and finite, got NaN',
      () => requirePositive('f', { rate: Number.NaN }),
    ],
    ['accepted', () => requireNonNegative('f', { decay: 0 })],
    [
      'domain f: decay must be finite and at least 0, got -1e-300',
      () => requireNonNegative('f', { decay: -1e-300 }),
    ],
    [
      'domain f: decay must be finite and at least 0, got Infinity',
      () => requireNonNegative('f', { decay: Infinity }),
    ],
    [
      'domain f: decay must be finite and at least 0, got NaN',
      () => requireNonNegative('f', { decay: Number.NaN }),
    ],
    ['accepted', () => requireUnitInterval('f', { p: vector(0, 1, Number.NaN, -0) })],
    ['accepted', () => requireLabels('f', 3, { y: vector(0, 1, 2) })],
    [
      'domain f: y must be integers in [0, 3), got 3',
      () => requireLabels('f', 3, { y: vector(0, 3) }),
    ],
    [
      'domain f: y must be integers in [0, 3), got -1',
      () => requireLabels('f', 3, { y: vector(-1) }),
    ],
    [
      'domain f: y must be integers in [0, 3), got 0.5',
      () => requireLabels('f', 3, { y: vector(0.5) }),
    ],
    [
      'domain f: y must be integers in [0, 3), got NaN',
      () => requireLabels('f', 3, { y: vector(Number.NaN) }),
    ],
    ['accepted', () => requireUniforms('f', { u: vector(0, 0.5, 1 - 2 ** -53) })],
    ['domain f: u must lie in [0, 1), got 1', () => requireUniforms('f', { u: vector(0.5, 1) })],
    ['domain f: u must lie in [0, 1), got -0.25', () => requireUniforms('f', { u: vector(-0.25) })],
    [
      'domain f: u must lie in [0, 1), got NaN',
      () => requireUniforms('f', { u: vector(Number.NaN) }),
    ],
    ['accepted', () => requireCounts('f', { y: vector(0, 7, Number.NaN) })],
    [
      'domain f: y must be integers of at least 0, got -1',
      () => requireCounts('f', { y: vector(1, -1) }),
    ],
    [
      'domain f: y must be integers of at least 0, got 1.5',
      () => requireCounts('f', { y: vector(1.5) }),
    ],
    ['accepted', () => requireBinary('f', { y: vector(0, 1, 1) })],
    ['domain f: y must be 0 or 1, got -1', () => requireBinary('f', { y: vector(1, -1) })],
    ['domain f: y must be 0 or 1, got NaN', () => requireBinary('f', { y: vector(Number.NaN) })],
    ['accepted', () => requireSigns('f', { y: vector(-1, 1, 1) })],
    ['domain f: y must be -1 or 1, got 0', () => requireSigns('f', { y: vector(1, 0) })],
    [
      'domain f: p must lie in [0, 1], got 1.0000000000000002',
      () => requireUnitInterval('f', { p: vector(1 + 2 ** -52) }),
    ],
    [
      'domain f: p must lie in [0, 1], got -5e-324',
      () => requireUnitInterval('f', { p: vector(-5e-324) }),
    ],
  ])('%s', (expected, demand) => {
    expect(refusal(demand)).toBe(expected);
  });
});

describe('requireDistributions', () => {
  const demand = (p: Parameters<typeof matrix>) =>
    refusal(() => requireDistributions('f', { p: matrix(...p) }));

  test('accepts rows that sum to 1 within a hundredth, or hold NaN', () => {
    expect(
      demand([
        [0.5, 0.5],
        [1, 0],
      ]),
    ).toBe('accepted');
    expect(demand([[0.5, 0.509]])).toBe('accepted');
    expect(demand([[0.5, Number.NaN]])).toBe('accepted');
  });

  test('refuses a row that does not, whichever it is', () => {
    expect(
      demand([
        [0.5, 0.5],
        [0.5, 0.25],
      ]),
    ).toBe('domain f: p must have rows that sum to 1, got 0.75');
    expect(demand([[0.75, 0.5]])).toBe('domain f: p must have rows that sum to 1, got 1.25');
  });

  test('refuses elements outside [0, 1] before it adds them', () => {
    expect(demand([[1.5, -0.5]])).toBe('domain f: p must lie in [0, 1], got 1.5');
  });

  test('takes rows along the last axis, of any number of axes', () => {
    const vectors = ndarray([2], [0.25, 0.75]);
    const stacks = ndarray([2, 1, 2], [0.5, 0.5, 1, 0]);
    expect(refusal(() => requireDistributions('f', { vectors, stacks }))).toBe('accepted');
    const columns = ndarray([2, 1, 2], [0.5, 0.25, 0.5, 0.75]);
    expect(refusal(() => requireDistributions('f', { columns }))).toBe(
      'domain f: columns must have rows that sum to 1, got 0.75',
    );
  });

  test('refuses a number, which has no rows', () => {
    expect(refusal(() => requireDistributions('f', { p: ndarray([], [1]) }))).toBe(
      'shape f: p must have an axis, got a number',
    );
  });

  test('does not ask for the sum while the judge moves elements', () => {
    const still = { result: (value: number) => value, transcendental: (value: number) => value };
    expect(withMover(still, () => demand([[0.5, 0.25]]))).toBe('accepted');
    expect(withMover(still, () => demand([[1.5, 0]]))).toBe(
      'domain f: p must lie in [0, 1], got 1.5',
    );
  });
});

test('counts are not asked to be whole while the judge moves them', () => {
  const still = { result: (value: number) => value, transcendental: (value: number) => value };
  const demand = (count: number) => refusal(() => requireCounts('f', { count: vector(count) }));
  expect(withMover(still, () => demand(1.5))).toBe('accepted');
  expect(withMover(still, () => demand(-1.5))).toBe(
    'domain f: count must be integers of at least 0, got -1.5',
  );
});

describe('demands on axes', () => {
  const matrixOf = (rows: number, columns: number) =>
    ndarray([rows, columns], new Float64Array(rows * columns));
  const axes = { x: ['...', 'n', 'd'], y: ['...', 'd'], z: ['n', 'n'] };
  const ask = (arrays: Partial<Record<'x' | 'y' | 'z', typeof one>>) => () =>
    requireAxes('f', { x: undefined, y: undefined, z: undefined, ...arrays }, axes);

  test.each<[string, () => void]>([
    ['accepted', ask({})],
    ['accepted', ask({ x: matrixOf(2, 3) })],
    ['accepted', ask({ x: matrixOf(2, 3), y: three })],
    ['accepted', ask({ x: matrixOf(2, 3), y: three, z: matrixOf(2, 2) })],
    ['accepted', ask({ y: square, z: matrixOf(1, 1) })],
    ['accepted', ask({ x: ndarray([2, 1, 3], [1, 2, 3, 4, 5, 6]), y: matrixOf(2, 3) })],
    ['shape f: x must have shape [..., n, d], got [3]', ask({ x: three })],
    ['shape f: y must have shape [3], got [2]', ask({ x: matrixOf(2, 3), y: two })],
    ['shape f: y must have shape [3], got [1, 3]', ask({ x: matrixOf(2, 3), y: matrixOf(1, 3) })],
    [
      'shape f: y must have shape [2, 3], got [1, 3]',
      ask({ x: ndarray([2, 1, 3], [1, 2, 3, 4, 5, 6]), y: matrixOf(1, 3) }),
    ],
    ['shape f: z must have shape [n, n], got [2, 3]', ask({ z: matrixOf(2, 3) })],
    ['shape f: z must have shape [2, 2], got [3, 3]', ask({ x: square, z: matrixOf(3, 3) })],
    [
      'shape f: z must have shape [n, n], got [1, 2, 2]',
      ask({ z: ndarray([1, 2, 2], [1, 2, 3, 4]) }),
    ],
  ])('%s', (expected, demand) => {
    expect(refusal(demand)).toBe(expected);
  });
});
