import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { diagnose } from './diagnose.js';
import { explained, numberOf, refuse, sentenceFor, xOf } from './diagnoses.fixture.js';
import {
  type Changes,
  scaledSum,
  scaledSumOf,
  sessionOf,
  subjectWith,
} from './formulas.fixture.js';
import type { Inputs, Spec, Value } from './spec.js';

describe('one relation between all answers', () => {
  /** The first thing that is said of some answers. */
  const sentences = (...parameters: Parameters<typeof explained>): string[] =>
    explained(...parameters)
      .map(({ name }) => name)
      .slice(0, 1);
  const tripled = (inputs: Inputs): number => 3 * scaledSumOf(inputs);
  const asked = (compute: (inputs: Inputs) => Value, xs: readonly number[]) =>
    xs.map((x) => [{ x: vector(x) }, compute({ x: vector(x) })] as const);

  test('takes five numbers to be seen', () => {
    expect(sentences(asked(tripled, [1, 2, 3, 4, 5]))).toEqual([
      'every answer is 3 times the right one',
    ]);
    expect(sentences(asked(tripled, [1, 2, 3, 4]))).toEqual(['every answer is wrong']);
    const shifted = (inputs: Inputs): number => scaledSumOf(inputs) + 0.5;
    expect(sentences(asked(shifted, [3, 4, 5, 6, 7]))).toEqual(['every answer is off by 0.5']);
    expect(sentences(asked(shifted, [3, 4, 5, 6]))).toEqual(['every answer is wrong']);
  });

  test('is not blurred by what is zero, not a number, too large or too small', () => {
    const plain = [1, 2, 3, 4, 5];
    for (const other of [0, Number.NaN, 0.8e308]) {
      const xs = [...plain, ...plain.map(() => other), ...plain.map(() => other)];
      expect(sentences(asked(tripled, xs))).toEqual(['every answer is 3 times the right one']);
    }
    const flushed = (inputs: Inputs): number => (numberOf(inputs) < 1e-300 ? 0 : tripled(inputs));
    expect(sentences(asked(flushed, [1, 2, 1e-315, 3, 4]))).toEqual([
      'every answer is 3 times the right one',
    ]);
  });

  test('holds for each element of an array, and of a gradient', () => {
    const output = { kind: 'real', shape: 'x' } as const;
    const twice = ({ x }: Inputs): NDArray => vector(...xOf({ x: x! }).map((v) => 2 * v));
    const changes: Changes = { spec: { output }, reference: twice };
    const inputs = { x: vector(1, 2, 3, 4, 5) };
    expect(sentences([[inputs, vector(6, 12, 18, 24, 30)]], {}, changes)).toEqual([
      'every answer is 3 times the right one',
    ]);
    expect(sentences([[inputs, vector(6, 12, 18, 24, 31)]], {}, changes)).toEqual([
      'every answer is wrong',
    ]);
    const gradient = [[inputs, { x: vector(6, 6, 6, 6, 6) }]] as const;
    expect(sentences(gradient, { operation: 'gradient' })).toEqual([
      'every answer is 3 times the right one',
    ]);
  });

  test('is not looked for where an answer is missing, or of another shape', () => {
    const answers = asked(tripled, [1, 2, 3, 4, 5, 6]);
    expect(sentences([...answers, [{ x: vector(7) }]])).toEqual(['every answer is wrong']);
    expect(sentences([...answers, [{ x: vector(7) }, vector(42)]])).toEqual([
      'every answer is wrong',
    ]);
  });

  test('of an option that is not looked at is told only if it explains all', () => {
    const given = [3, 4, 5].map((factor) => ({ x: vector(7), factor }));
    const ignored = given.map((inputs) => [inputs, 14] as const);
    const neglected = ['computes with the default of factor, 2, whatever is given'];
    expect(sentences(ignored)).toEqual(neglected);
    for (const another of [
      [{ x: vector(8), factor: 3 }, 1],
      [{ x: vector(8), factor: 3 }],
    ] as const) {
      expect(sentences([...ignored, another])).toEqual(['every answer is wrong']);
    }
    expect(sentences([...ignored, [{ x: vector(8) }, 1]])).toEqual(['every answer is wrong']);
  });

  test('that an option is ignored is not concluded where its default is refused', () => {
    const refusing = (x: Inputs): number => {
      if (x.factor !== 3) throw new RangeError('scaledSum: factor must be 3');
      return scaledSumOf(x);
    };
    const wrong = [[{ x: vector(7), factor: 3 }, 1]] as const;
    expect(sentences(wrong, {}, { reference: refusing })).toEqual(['every answer is wrong']);
  });

  test('that an option is ignored is not concluded from calls without it', () => {
    const output = { kind: 'real', shape: 'scalar', min: 0 } as const;
    const below = [[{ x: vector(0) }, -1e-310]] as const;
    expect(sentences(below, {}, { spec: { output } })).toEqual(['every answer is wrong']);
  });
});

describe('relations that take the arguments to tell', () => {
  /** What is said of `compute` beside a right formula, at some inputs. */
  const said = (
    right: (inputs: Inputs) => Value,
    compute: (inputs: Inputs) => Value,
    asked: readonly Inputs[],
    spec: Partial<Spec> = {},
  ): string => {
    const changes: Changes = { reference: right, spec };
    const answers = asked.map((inputs) => [inputs, compute(inputs)] as const);
    return explained(answers, {}, changes)[0]!.name;
  };
  const sum = (inputs: Inputs): number => xOf(inputs).reduce((total, value) => total + value, 0);
  const mean = (inputs: Inputs): number => sum(inputs) / xOf(inputs).length;
  const vectors = [[1, 2, 4], [3, 9], [7], [2, 2, 5, 8, 13], [11, 3], [6, 1, 1]].map((x) => ({
    x: vector(...x),
  }));

  test('a sum for a mean, and a mean for a sum', () => {
    expect(said(mean, sum, vectors)).toBe(
      'every answer is the right one times the number of elements of x',
    );
    expect(said(sum, mean, vectors)).toBe(
      'every answer is the right one over the number of elements of x',
    );
    // Four wrong answers may be anything.
    expect(said(mean, sum, vectors.slice(0, 5))).toContain('wrong only where');
  });

  test('a divisor that is 1 less or 1 more, where there are two or more', () => {
    const less = (inputs: Inputs): number => sum(inputs) / (xOf(inputs).length - 1);
    const asked = [...vectors, { x: vector(2, 9, 1, 1) }];
    expect(said(mean, less, asked)).toBe(
      'every answer is divided by the number of elements of x less 1',
    );
    expect(said(less, mean, asked)).toBe(
      'every answer is divided by the number of elements of x, where 1 less is right',
    );
    // One answer out of line, or too few that say anything.
    const nearly = (inputs: Inputs): number => less(inputs) + (xOf(inputs)[0] === 11 ? 1 : 0);
    expect(said(mean, nearly, asked)).not.toContain('divided');
    const short = [vectors[2]!, vectors[2]!, ...vectors.slice(0, 5)];
    expect(said(mean, less, short)).not.toContain('divided');
  });

  const rows: Partial<Spec> = {
    inputs: { x: { kind: 'real', shape: ['...', 'c'] } },
    output: { kind: 'real', shape: 'x' },
  };
  const array = (shape: readonly number[], ...data: number[]): NDArray => ({
    shape,
    data: Float64Array.from(data),
  });
  const matrices = [
    array([2, 3], 1, 2, 4, 3, 9, 2),
    array([3, 2], 7, 1, 1, 5, 2, 8),
    array([4, 2], 1, 1, 2, 3, 5, 8, 9, 4),
    array([2, 5], 6, 2, 1, 1, 7, 4, 2, 2, 8, 5),
    array([3, 4], 1, 6, 2, 9, 5, 3, 7, 7, 4, 8, 2, 1),
  ].map((x) => ({ x }));

  test('is not told where an answer is missing', () => {
    const answers = vectors.map((inputs) => [inputs, sum(inputs)] as const);
    const [all] = explained(answers, {}, { reference: mean });
    expect(all!.name).toContain('times');
    const [most] = explained([...answers, [{ x: vector(3, 1) }]], {}, { reference: mean });
    expect(most!.name).not.toContain('times');
  });

  test('a row, or a column, that was counted', () => {
    const shapeOf = ({ x }: Inputs): readonly number[] => (x as NDArray).shape;
    const spec: Partial<Spec> = { ...rows, output: { kind: 'real', shape: 'scalar' } };
    const perColumn = (inputs: Inputs): number => sum(inputs) / shapeOf(inputs)[1]!;
    const perRow = (inputs: Inputs): number => sum(inputs) / shapeOf(inputs)[0]!;
    const [cube] = [array([2, 2, 3], 6, 2, 1, 1, 7, 4, 2, 2, 8, 5, 3, 9)];
    const asked = [...matrices, { x: cube! }];
    const perPlane = (inputs: Inputs): number =>
      sum(inputs) /
      shapeOf(inputs)
        .slice(0, -1)
        .reduce((size, length) => size * length, 1);
    const perLast = (inputs: Inputs): number => sum(inputs) / shapeOf(inputs).at(-1)!;
    expect(said(perLast, sum, asked, spec)).toContain('times the length of the last axis of x');
    expect(said(sum, perPlane, asked, spec)).toContain('over the number of rows of x');
    expect(said(perColumn, sum, matrices, spec)).toBe(
      'every answer is the right one times the length of the last axis of x',
    );
    expect(said(sum, perRow, matrices, spec)).toBe(
      'every answer is the right one over the number of rows of x',
    );
    expect(said(sum, mean, matrices, spec)).toBe(
      'every answer is the right one over the number of elements of x',
    );
    // An array that follows another has no lengths of its own.
    const follows: Partial<Spec> = {
      inputs: { y: { kind: 'real', shape: 'any' }, x: { kind: 'real', shape: 'y' } },
    };
    const pairs = vectors.map(({ x }) => ({ y: x, x }));
    expect(said(mean, sum, pairs, follows)).toContain('elements of y');
  });

  test.each<[string, (right: number) => number]>([
    ['the square of the right one', (right) => right ** 2],
    ['the square root of the right one', Math.sqrt],
    ['the reciprocal of the right one', (right) => 1 / right],
    ['1 less the right one', (right) => 1 - right],
    ['the exponential of the right one', Math.exp],
    ['the logarithm of the right one', Math.log],
  ])('every answer is %s', (what, change) => {
    const compute = (inputs: Inputs): number => change(sum(inputs));
    expect(said(sum, compute, vectors)).toBe(`every answer is ${what}`);
    const nearly = (inputs: Inputs): number => compute(inputs) + (xOf(inputs)[0] === 7 ? 1 : 0);
    expect(said(sum, nearly, vectors)).not.toContain(what);
  });

  describe('two arguments exchanged', () => {
    const pair: Partial<Spec> = {
      inputs: { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: 'x' } },
      output: { kind: 'real', shape: 'scalar' },
    };
    const pairs = vectors.map(({ x }) => ({
      x,
      y: { shape: x.shape, data: x.data.map((value, i) => 3 * value + i) },
    }));
    const weighted = ({ x, y }: Inputs): number =>
      (x as NDArray).data.reduce(
        (total, value, i) => total + value * value * (y as NDArray).data[i]!,
        1,
      );
    const exchanged = ({ x, y }: Inputs): number => weighted({ x: y!, y: x! });

    test('of one shape', () => {
      expect(said(weighted, exchanged, pairs, pair)).toBe('takes x for y, and y for x');
      const nearly = (inputs: Inputs): number => exchanged(inputs) + (xOf(inputs)[0] === 7 ? 1 : 0);
      expect(said(weighted, nearly, pairs, pair)).not.toContain('takes');
    });

    test('that are parameters', () => {
      const parameters: Partial<Spec> = {
        inputs: {
          x: { kind: 'real', shape: 'any' },
          low: { kind: 'real', default: 1 },
          high: { kind: 'real', default: 5 },
        },
        output: { kind: 'real', shape: 'scalar' },
      };
      const between = ({ x, low = 1, high = 5 }: Inputs): number =>
        sum({ x: x! }) * Number(low) + Number(high);
      const mistaken = ({ x, low = 1, high = 5 }: Inputs): number =>
        between({ x: x!, low: high, high: low });
      expect(said(between, mistaken, vectors, parameters)).toBe(
        'takes low for high, and high for low',
      );
    });

    test('of the same axes, but not of any shape, nor of others', () => {
      const shaped = (x: Spec['inputs'][string]['shape'], y: typeof x): Partial<Spec> => ({
        ...pair,
        inputs: { x: { kind: 'real', shape: x! }, y: { kind: 'real', shape: y! } },
      });
      const takes = (spec: Partial<Spec>): boolean =>
        said(weighted, exchanged, pairs, spec).startsWith('takes');
      expect(takes(shaped(['n'], ['n']))).toBe(true);
      expect(takes(shaped(['n'], ['m']))).toBe(false);
      expect(takes(shaped('any', 'any'))).toBe(false);
    });

    test('where the formula refuses them the other way round is not claimed', () => {
      const refusing = (inputs: Inputs): number => {
        if (xOf(inputs)[0] !== Math.min(xOf(inputs)[0]!, (inputs.y as NDArray).data[0]!)) refuse();
        return weighted(inputs);
      };
      expect(said(refusing, exchanged, pairs, pair)).not.toContain('takes');
    });
  });

  describe('a wrong axis', () => {
    /** Each element as a share of its row. */
    const shares = ({ x }: Inputs): NDArray => {
      const { shape, data } = x as NDArray;
      const columns = shape.at(-1)!;
      const totals = (i: number): number => {
        const start = i - (i % columns);
        return data.subarray(start, start + columns).reduce((total, value) => total + value, 0);
      };
      return { shape, data: data.map((value, i) => value / totals(i)) };
    };
    const along =
      (axis: number) =>
      ({ x }: Inputs): NDArray => {
        const { shape, data } = x as NDArray;
        const inner = shape.slice(axis + 1).reduce((size, length) => size * length, 1);
        const length = shape[axis]!;
        const total = (i: number): number => {
          const start = i - (Math.floor(i / inner) % length) * inner;
          let sumOf = 0;
          for (let k = 0; k < length; k++) sumOf += data[start + k * inner]!;
          return sumOf;
        };
        return { shape, data: data.map((value, i) => value / total(i)) };
      };
    const cubes = [
      array([2, 3, 2], 1, 2, 4, 3, 9, 2, 7, 1, 1, 5, 2, 8),
      array([3, 2, 2], 1, 1, 2, 3, 5, 8, 9, 4, 6, 2, 7, 7),
      array([2, 2, 3], 6, 2, 1, 1, 7, 4, 2, 2, 8, 5, 3, 9),
    ].map((x) => ({ x }));

    test('the first, of matrices and beyond', () => {
      expect(said(shares, along(0), [...matrices, ...cubes], rows)).toBe(
        'takes the first axis of x for the last',
      );
    });

    test('the second, which matrices do not tell from the last', () => {
      const asked = [...matrices, ...cubes, ...cubes, { x: vector(1, 2, 5) }];
      const second = (inputs: Inputs): NDArray =>
        along(Math.min(1, (inputs.x as NDArray).shape.length - 1))(inputs);
      expect(said(shares, second, asked, rows)).toBe('takes the second axis of x for the last');
    });

    test('all of them', () => {
      const all = ({ x }: Inputs): NDArray => {
        const { shape, data } = x as NDArray;
        const total = data.reduce((sumOf, value) => sumOf + value, 0);
        return { shape, data: data.map((value) => value / total) };
      };
      expect(said(shares, all, matrices, rows)).toBe('takes all axes of x together for one');
    });

    test('of a formula that leaves one number of all rows', () => {
      const spec: Partial<Spec> = { ...rows, output: { kind: 'real', shape: 'scalar' } };
      const most = (data: Float64Array): number => Math.max(...data);
      const meanOfMost =
        (rowsOf: (x: NDArray) => number[][]) =>
        ({ x }: Inputs): number => {
          const found = rowsOf(x as NDArray).map((row) => most(Float64Array.from(row)));
          return found.reduce((total, value) => total + value, 0) / found.length;
        };
      const byRow = ({ shape, data }: NDArray): number[][] => {
        const columns = shape.at(-1)!;
        return Array.from({ length: data.length / columns }, (_, row) => [
          ...data.subarray(row * columns, (row + 1) * columns),
        ]);
      };
      const byColumn = (x: NDArray): number[][] =>
        byRow(x)[0]!.map((_, column) => byRow(x).map((row) => row[column]!));
      const right = meanOfMost(byRow);
      expect(said(right, meanOfMost(byColumn), matrices, spec)).toBe(
        'takes the first axis of x for the last',
      );
      const all = meanOfMost(({ data }) => [[...data]]);
      expect(said(right, all, matrices, spec)).toBe('takes all axes of x together for one');
    });

    test('leaves arrays of one axis as they are', () => {
      const spec: Partial<Spec> = {
        ...rows,
        inputs: { ...rows.inputs, scale: { kind: 'real', shape: ['c'] } },
      };
      const scaled =
        (axis: number) =>
        ({ x, scale }: Inputs): NDArray => {
          const { shape, data } = along(axis)({ x: x! });
          const inner = shape.slice(axis + 1).reduce((size, length) => size * length, 1);
          const factors = (scale as NDArray).data;
          return {
            shape,
            data: data.map((value, i) => value * factors[Math.floor(i / inner) % shape[axis]!]!),
          };
        };
      const asked = Array.from({ length: 6 }, (_, k) => ({
        x: array([2, 2, 2], 1 + k, 2, 4, 3 * k + 1, 9, 2 + k, 7, 1),
        scale: vector(2, 3 + k),
      }));
      expect(said(scaled(2), scaled(1), asked, spec)).toBe(
        'takes the second axis of x for the last',
      );
    });

    test('of a formula that leaves one number of each row', () => {
      const totals =
        (axis: number) =>
        ({ x }: Inputs): Value => {
          const { shape, data } = x as NDArray;
          const left = shape.filter((_, k) => k !== axis);
          const inner = shape.slice(axis + 1).reduce((size, length) => size * length, 1);
          const sums = new Float64Array(data.length / shape[axis]!);
          data.forEach((value, i) => {
            const outer = Math.floor(i / (inner * shape[axis]!));
            sums[outer * inner + (i % inner)]! += value;
          });
          return { shape: left, data: sums };
        };
      const spec: Partial<Spec> = { ...rows, output: { kind: 'real', shape: ['...'] } };
      const last = (inputs: Inputs): Value =>
        totals((inputs.x as NDArray).shape.length - 1)(inputs);
      expect(said(last, totals(0), [...matrices, ...cubes], spec)).toBe(
        'takes the first axis of x for the last',
      );
    });

    test('is not looked for where the arrays have no rows', () => {
      const any: Partial<Spec> = {
        inputs: { x: { kind: 'real', shape: 'any' } },
        output: { kind: 'real', shape: ['...'] },
      };
      expect(said(shares, along(0), matrices, any)).not.toContain('axis');
    });
  });
});

describe('relations of a subject that is asked at random', () => {
  test.each<[string, (inputs: Inputs) => number]>([
    ['every answer is 3 times the right one', (x) => 3 * scaledSumOf(x)],
    ['every answer is 0.3333 times the right one', (x) => scaledSumOf(x) / 3],
    ['every answer has the wrong sign', (x) => -scaledSumOf(x)],
    ['every answer is off by 0.5', (x) => scaledSumOf(x) + 0.5],
    [
      'computes with the default of factor, 2, whatever is given',
      ({ x }) => scaledSumOf({ x: x! }),
    ],
    [
      'takes an explicit 0 of factor for its default, 2',
      (x) => scaledSumOf({ ...x, factor: Number(x.factor) || 2 }),
    ],
  ])('%s', async (sentence, compute) => {
    expect(await sentenceFor(compute)).toBe(sentence);
  });
});

describe('a cotangent that is left out', () => {
  /** What is said of gradients that are right for the cotangents that `instead` makes. */
  const said = (
    instead: (cotangent: Value, i: number) => Value,
    cotangentOf: (i: number) => Value = (i) => i + 2,
    changes: Changes = {},
  ): string => {
    const session = sessionOf(scaledSum(changes), subjectWith());
    for (let i = 0; i < 6; i++) {
      const inputs = { x: vector(i, 2 * i, 1) };
      const cotangent = cotangentOf(i);
      const answer = session.formula.gradient!(inputs, instead(cotangent, i));
      const outcome = { kind: 'answer', answer } as const;
      session.heard.push({ operation: 'gradient', inputs, cotangent, outcome });
    }
    return diagnose(session)[0]!.name;
  };

  test('is named where every answer is right for ones', () => {
    expect(said(() => 1)).toBe('leaves the cotangent out');
    expect(said((cotangent, i) => (i === 3 ? cotangent : 1))).not.toContain('cotangent');
    expect(said(() => 1.5)).not.toContain('cotangent');
  });

  test('is named where the cotangent is an array', () => {
    const changes: Changes = {
      spec: { output: { kind: 'real', shape: 'x' } },
      reference: ({ x }) => x as NDArray,
      gradient: (_, cotangent = vector(1, 1, 1)) => ({ x: cotangent as NDArray }),
    };
    const wild = (i: number): NDArray => vector(i, -2, 1 / (i + 3));
    expect(said(() => vector(1, 1, 1), wild, changes)).toBe('leaves the cotangent out');
    expect(said(() => vector(1, 2, 1), wild, changes)).not.toContain('cotangent');
  });

  test('is not looked for where none was given', () => {
    const session = sessionOf(scaledSum(), subjectWith());
    for (let i = 0; i < 6; i++) {
      const answer = { x: vector(5 + i * i) };
      const outcome = { kind: 'answer', answer } as const;
      session.heard.push({ operation: 'gradient', inputs: { x: vector(i) }, outcome });
    }
    expect(diagnose(session)[0]!.name).toBe('every answer is wrong');
  });
});
