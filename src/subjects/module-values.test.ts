import { describe, expect, it } from 'vitest';
import type { Argument } from '../conformance/spec.js';
import { matrix, type NDArray, vector } from '../kernel/index.js';
import { gradientFromModule, isUnchanged, toModule, valueFromModule } from './module-values.js';

const cube: NDArray = { shape: [1, 2, 2], data: Float64Array.of(1, 2, 3, 4) };

describe('an argument', () => {
  it.each<[Argument, unknown]>([
    [0.5, 0.5],
    ['mean', 'mean'],
    [true, true],
    [vector(1, 2), [1, 2]],
    [
      matrix([1, 2], [3, 4]),
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      cube,
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      [2, 3],
      [2, 3],
    ],
    [
      { weight: vector(1), bias: cube },
      {
        weight: [1],
        bias: [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
    ],
  ])('%o reaches a module as %o', (argument, given) => {
    expect(toModule(argument, 'nested', 'float64')).toEqual(given);
  });

  it('reaches a module that wants typed arrays as a copy in its precision', () => {
    const argument = vector(0.1, -0);
    const single = toModule(argument, 'typed', 'float32') as NDArray;
    expect(single).toEqual({ shape: [2], data: Float32Array.of(0.1, -0) });
    const double = toModule(argument, 'typed', 'float64') as NDArray;
    expect(double).toEqual(argument);
    expect(double.data).not.toBe(argument.data);
  });

  const arguments_: readonly Argument[] = [
    0.5,
    'mean',
    vector(0.1, 0),
    vector(Number.NaN, -0),
    cube,
    [2, 3],
    { weight: vector(1), bias: cube },
  ];
  it.each(arguments_)('%o is unchanged as long as nobody writes to it', (argument) => {
    for (const form of ['nested', 'typed'] as const) {
      for (const dtype of ['float64', 'float32'] as const) {
        expect(isUnchanged(toModule(argument, form, dtype), argument, form, dtype)).toBe(true);
      }
    }
  });

  it.each<[unknown, Argument]>([
    [0.25, 0.5],
    [[1], vector(1, 2)],
    [[1, 3], vector(1, 2)],
    [[-0], vector(0)],
    [[[1, 2], 3], matrix([1, 2], [3, 4])],
    [{ weight: [2] }, { weight: vector(1) }],
    [{ weight: [1], bias: [2] }, { weight: vector(1) }],
    [null, { weight: vector(1) }],
    [3, { weight: vector(1) }],
    [
      [2, 4],
      [2, 3],
    ],
    ['2, 3', [2, 3]],
  ])('%o is no longer %o', (given, argument) => {
    expect(isUnchanged(given, argument, 'nested', 'float64')).toBe(false);
  });

  it.each([
    undefined,
    { shape: [2], data: [1, 2] },
    { shape: [2], data: Float64Array.of(1, 3) },
    { shape: [2], data: Float64Array.of(1) },
    { shape: [1, 2], data: Float64Array.of(1, 2) },
    { shape: '2', data: Float64Array.of(1, 2) },
  ])('%o is no longer the typed vector 1, 2', (given) => {
    expect(isUnchanged(given, vector(1, 2), 'typed', 'float64')).toBe(false);
  });

  it('that was 0 and is −0 has been written to', () => {
    const given = { shape: [1], data: Float64Array.of(-0) };
    expect(isUnchanged(given, vector(0), 'typed', 'float64')).toBe(false);
  });
});

describe('an answer', () => {
  it.each([
    [2, 2],
    [[1, 2], vector(1, 2)],
    [
      [
        [1, 2],
        [3, 4],
      ],
      matrix([1, 2], [3, 4]),
    ],
    [[], vector()],
    [Float32Array.of(0.5), vector(0.5)],
    [Int32Array.of(7), vector(7)],
    [{ shape: [2], data: [1, 2] }, vector(1, 2)],
    [{ shape: [1], data: Float32Array.of(0.5) }, vector(0.5)],
    [{ shape: [], data: [3] }, 3],
    [
      { a: 1, b: [2] },
      { a: 1, b: vector(2) },
    ],
    [
      { list: { x: 1, y: [2] } },
      { list: { x: { shape: [], data: Float64Array.of(1) }, y: vector(2) } },
    ],
  ])('%o is heard as %o', (answer, value) => {
    expect(valueFromModule(answer)).toEqual(value);
  });

  it('is copied, so that a buffer that is used again changes nothing', () => {
    const data = Float64Array.of(1, 2);
    const heard = valueFromModule({ shape: [2], data }) as NDArray;
    data[0] = 9;
    expect(heard).toEqual(vector(1, 2));
  });

  let deep: unknown[] = [1];
  for (let depth = 0; depth < 40; depth++) deep = [deep];

  it.each([
    [undefined, 'answer must be a number or an array, got undefined'],
    ['2', 'answer must be a number or an array, got the text "2"'],
    [new Map([[1, 2]]), 'answer must be a number or an array, got an object without fields'],
    [BigInt64Array.of(1n), 'answer must be a number or an array'],
    [[1, '2'], 'elements must be numbers, got the text "2"'],
    [[[1], [2, 3]], 'lists must all have length 1 at depth 1, got a list of 2'],
    [[[1], 2], 'lists must all have length 1 at depth 1, got 2'],
    [deep, 'lists must be nested at most 32 deep'],
    [{ shape: 2, data: [1] }, 'shape must be a list of integers of at least 0, got 2'],
    [{ shape: [1], data: '1' }, 'data must be a list or a typed array, got the text "1"'],
    [{ shape: [2, 2], data: [1] }, 'data must have 4 elements for shape [2, 2], got 1'],
    [{ a: 'x' }, 'part a: must be a number, an array or an object of arrays, got the text "x"'],
    [{ a: { b: {} } }, 'part a: array b: must be a number or an array, got an object without'],
  ])('%o is none', (answer, message) => {
    expect(() => valueFromModule(answer)).toThrow(message);
  });
});

describe('a gradient', () => {
  it('has a number or an array for each input', () => {
    expect(gradientFromModule({ x: [1, 2], y: 3 })).toEqual({
      x: vector(1, 2),
      y: { shape: [], data: Float64Array.of(3) },
    });
  });

  it.each([
    [3, 'gradient must be an object of arrays by input name, got 3'],
    [[1], 'gradient must be an object of arrays by input name, got a list of 1'],
    [{ x: 'steep' }, 'gradient of x: must be a number or an array, got the text "steep"'],
  ])('%o is none', (answer, message) => {
    expect(() => gradientFromModule(answer)).toThrow(message);
  });
});
