import { describe, expect, test } from 'vitest';
import {
  exp,
  formats,
  log1p,
  logSumExp,
  matrix,
  type NDArray,
  type Precision,
  pow,
  rounded,
  sqrt,
  stream,
  sum,
  tanh,
  vector,
} from '../../kernel/index.js';
import type { Gradient, InputSpec, Inputs, Value } from '../spec.js';
import { flatten } from '../values.js';
import { judge, measuredBudget, type Question, Yardstick } from './index.js';

/** A question about a formula of one vector of reals, `x`. */
function question(
  reference: (x: Float64Array, inputs: Inputs) => Value,
  x: readonly number[],
  rest: Partial<Question> & { readonly kind?: InputSpec['kind'] } = {},
): Question {
  const { kind = 'real', ...overrides } = rest;
  return {
    reference: (inputs) => reference((inputs.x as NDArray).data, inputs),
    inputs: { x: vector(...x) },
    inputSpecs: { x: { kind, shape: 'any' } },
    precision: 'float64',
    strict: false,
    ...overrides,
  };
}

const constant = (value: number) => (): number => value;
const first = (x: Float64Array): number => x[0]!;
const u = formats.float64.unit;

/** The verdict alone. */
const accepts = (asked: Question, answer: Value): boolean => judge(asked, answer).right;

/** The budget of a scalar answer, in rounding units of its size. */
function budgetInUnits(asked: Question, right: number): number {
  const { allowed } = measuredBudget(asked, flatten(right));
  return allowed[0]! / Math.abs(right) / formats[asked.precision].unit;
}

describe('layouts', () => {
  const asked = question((x) => ({ shape: [2, 1], data: x }), [1, 2]);

  test('an answer of the same shape and elements is right', () => {
    expect(judge(asked, matrix([1], [2]))).toMatchObject({ right: true, ratio: 0 });
  });

  test.each([
    ['a vector where a column is right', vector(1, 2), 'output of shape [2]'],
    ['a row where a column is right', matrix([1, 2]), 'output of shape [1, 2]'],
    ['a number where an array is right', 1, 'output of shape []'],
  ])('%s is wrong', (_, answer, layout) => {
    expect(judge(asked, answer)).toEqual({
      right: false,
      ratio: Infinity,
      message: `the answer has ${layout}, right is output of shape [2, 1]`,
    });
  });

  test('one element in brackets is not a number', () => {
    expect(accepts(question(first, [3]), vector(3))).toBe(false);
    expect(accepts(question(first, [3]), 3)).toBe(true);
  });

  test('a gradient must name its inputs, each in its shape; their order is free', () => {
    const gradient = { b: vector(1, 2), a: matrix([3]) };
    const asked = { ...question(constant(0), [1]), reference: () => gradient };
    expect(judge(asked, { a: matrix([3]), b: vector(1, 2) }).right).toBe(true);
    expect(judge(asked, { a: matrix([3]) }).message).toContain('right is a of shape [1, 1] and b');
    expect(judge(asked, {}).message).toContain('the answer has nothing');
    expect(judge(asked, { a: vector(1, 2), b: matrix([3]) }).right).toBe(false);
    const { worst } = judge(asked, { a: matrix([3]), b: vector(1, 9) });
    expect(worst).toMatchObject({ where: 'b[1]', got: 9, right: 2 });
    expect(judge(asked, { a: matrix([3]), b: vector(9, 2) }).worst?.where).toBe('b[0]');
    expect(judge(asked, { a: matrix([3]), b: matrix([1], [2]) }).right).toBe(false);
    expect(judge(asked, { a: matrix([3]), c: vector(1, 2) }).right).toBe(false);
  });

  test('the worst element is named by its position, the error as a multiple of the budget', () => {
    const asked = question(() => matrix([1, 2], [3, 4]), []);
    const { message, worst } = judge(asked, matrix([1, 2], [3.5, 4.25]));
    expect(worst).toEqual({ where: 'output[1, 0]', got: 3.5, right: 3, allowed: 3 * 32 * u });
    expect(message).toBe(
      'error 4.7e+13 times the budget (worst at output[1, 0]: got 3.5, right 3, allowed ± 1.1e-14)',
    );
  });

  test('in higher ranks, too, an element is named by its position', () => {
    const box = (data: Float64Array): NDArray => ({ shape: [2, 3, 4], data });
    const asked = question(() => box(new Float64Array(24)), []);
    const { worst } = judge(asked, box(new Float64Array(24).fill(1, 18, 19)));
    expect(worst?.where).toBe('output[1, 1, 2]');
  });

  test('in the second of two gradients, elements are counted from its own beginning', () => {
    const gradients = (b: NDArray): Gradient => ({ a: vector(1, 2, 3), b });
    const reference = (): Gradient => gradients(vector(4, 5, 6, 7, 8));
    const asked = { ...question(constant(0), []), reference };
    expect(judge(asked, gradients(vector(9, 5, 6, 7, 8))).worst?.where).toBe('b[0]');
  });

  test('of equal errors the first is named', () => {
    const asked = question(() => vector(1, 2, 3), []);
    expect(judge(asked, vector(1, Number.NaN, Number.NaN)).worst?.where).toBe('output[1]');
  });

  test.each([
    [Number.NaN, 'output is NaN, right is 0'],
    [-Infinity, 'output is -Infinity, right is 0'],
  ])('of %d, which is of another class, no error is told', (got, message) => {
    expect(judge(question(constant(0), [1]), got).message).toBe(message);
  });

  test('a zero is printed with its sign', () => {
    expect(judge(question(constant(Number.NaN), []), -0).message).toBe(
      'output is -0, right is NaN',
    );
  });

  test('an answer without elements is right', () => {
    expect(
      judge(
        question(() => vector(), []),
        vector(),
      ),
    ).toEqual({ right: true, ratio: 0 });
  });
});

describe('classes', () => {
  test.each<[right: number, got: number, verdict: boolean]>([
    [Number.NaN, Number.NaN, true],
    [Number.NaN, 0, false],
    [Number.NaN, Infinity, false],
    [0, Number.NaN, false],
    [1, Number.NaN, false],
    [1, Infinity, false],
    [Infinity, Infinity, true],
    [Infinity, -Infinity, false],
    [Infinity, Number.NaN, false],
    [Infinity, Number.MAX_VALUE, false],
    [-Infinity, -Infinity, true],
    [-Infinity, -Number.MAX_VALUE, false],
    [0, -0, true],
    [-0, 0, true],
  ])('where %d is right, the verdict on %d is %s', (right, got, verdict) => {
    expect(accepts(question(constant(right), [1]), got)).toBe(verdict);
  });

  test.each<[Precision, number, number, boolean]>([
    ['float32', 1e39, Infinity, true],
    ['float32', -1e39, -Infinity, true],
    ['float32', 1e39, -Infinity, false],
    ['float32', 1e39, 1e39, false],
    ['float64', 1e39, Infinity, false],
    ['float16', 70_000, Infinity, true],
    ['float16', 70_000, 65_504, false],
    ['bfloat16', 1e39, Infinity, true],
  ])('in %s, where %d is right, the verdict on %d is %s', (precision, right, got, verdict) => {
    expect(accepts(question(constant(right), [1], { precision }), got)).toBe(verdict);
  });

  test('within a budget of the largest number, finite and infinite are both right', () => {
    const { largest, unit } = formats.float32;
    const below = question(constant(largest * (1 - 8 * unit)), [1], { precision: 'float32' });
    const above = question(constant(largest * (1 + 8 * unit)), [1], { precision: 'float32' });
    for (const asked of [below, above]) {
      expect(accepts(asked, Infinity)).toBe(true);
      expect(accepts(asked, largest)).toBe(true);
      expect(accepts(asked, -Infinity)).toBe(false);
      expect(accepts(asked, Number.NaN)).toBe(false);
      expect(accepts(asked, 0)).toBe(false);
    }
  });

  test('a sum may overflow before its mean, though not at the strict level', () => {
    const { largest } = formats.float32;
    const half = question(constant(largest / 2), [1], { precision: 'float32' });
    expect(accepts(half, Infinity)).toBe(true);
    expect(accepts(half, -Infinity)).toBe(false);
    expect(accepts({ ...half, strict: true }, Infinity)).toBe(false);
    const eighth = question(constant(largest / 8), [1], { precision: 'float32' });
    expect(accepts(eighth, Infinity)).toBe(false);
    const ofMany = question(constant(largest / 8), [1, 1, 1, 1], { precision: 'float32' });
    expect(accepts(ofMany, Infinity)).toBe(true);
  });

  test('a budget reaches the largest number where all of it is needed, and overflows beyond', () => {
    const { largest, unit, smallestNormal } = formats.float16;
    /** A question whose budget is `room` exactly. */
    const within = (right: number, room: number): Question => {
      const extra = (room - 4 * smallestNormal) / (32 * unit) - right;
      const scale = { of: () => extra, reason: 'a test', always: true };
      return question(constant(right), [1], { precision: 'float16', strict: true, scale });
    };
    expect(accepts(within(2 * largest, largest), largest / 2)).toBe(true);
    expect(accepts(within(2 * largest, largest - 1), largest / 2)).toBe(false);
    expect(accepts(within(32, largest - 32), Infinity)).toBe(false);
    expect(accepts(within(32, largest - 31), Infinity)).toBe(true);
  });

  test('a slope may overflow before the cotangent makes it small', () => {
    const { largest } = formats.float32;
    const slope = question(constant(largest / 64), [1], { precision: 'float32', kinks: true });
    expect(accepts(slope, Infinity)).toBe(true);
    expect(accepts({ ...slope, kinks: false }, Infinity)).toBe(false);
    expect(accepts({ ...slope, strict: true }, Infinity)).toBe(false);
    const smaller = question(constant(largest / 65), [1], { precision: 'float32', kinks: true });
    expect(accepts(smaller, Infinity)).toBe(false);
  });

  test('missing data without weight may leave one number missing, but not another', () => {
    const kept = question((x) => x[1]!, [Number.NaN, 3], { reduces: true });
    expect(accepts(kept, 3)).toBe(true);
    expect(accepts(kept, Number.NaN)).toBe(true);
    expect(accepts(kept, 4)).toBe(false);
    expect(accepts({ ...kept, strict: true }, Number.NaN)).toBe(false);
    expect(accepts({ ...kept, reduces: false }, Number.NaN)).toBe(false);
    const beside = { ...kept, inputs: { p: 2, ...kept.inputs, y: vector(1) } };
    expect(accepts(beside, Number.NaN)).toBe(true);
    expect(
      accepts(
        question((x) => x[1]!, [2, 3], { reduces: true }),
        Number.NaN,
      ),
    ).toBe(false);
  });

  test('a gradient at an infinity that is NaN for us is free for others', () => {
    const slope = question(constant(Number.NaN), [Infinity], { kinks: true });
    expect(accepts(slope, 1)).toBe(true);
    expect(accepts({ ...slope, kinks: false }, 1)).toBe(false);
    expect(accepts(question(constant(Number.NaN), [Number.NaN], { kinks: true }), 1)).toBe(false);
    expect(accepts({ ...slope, inputs: { p: 2, ...slope.inputs } }, 1)).toBe(true);
    const missing = question(constant(Number.NaN), [Infinity, Number.NaN], { kinks: true });
    expect(accepts(missing, 1)).toBe(false);
  });

  test('a class that the reference takes when it is moved is accepted, and no other', () => {
    // 1/(x − 1) at 1 is Infinity; a rounding to the left it is finite, a rounding below 0 is NaN.
    const root = question((x) => Math.sqrt(x[0]! - x[1]!), [3, 3]);
    expect(accepts(root, 0)).toBe(true);
    expect(accepts(root, Number.NaN)).toBe(true);
    expect(accepts(root, Infinity)).toBe(false);
    const logarithm = question((x) => (x[0]! > 3 ? -Infinity : 0), [3]);
    expect(accepts(logarithm, -Infinity)).toBe(true);
    expect(accepts(logarithm, Infinity)).toBe(false);
    expect(accepts(logarithm, Number.NaN)).toBe(false);
    const pole = question((x) => (x[0]! > 3 ? Infinity : 0), [3]);
    expect(accepts(pole, Infinity)).toBe(true);
    expect(accepts(pole, -Infinity)).toBe(false);
    expect(accepts(pole, Number.NaN)).toBe(false);
  });

  test.each([Number.NaN, Infinity, -Infinity])(
    'where %d is right and becomes a number when it is moved, no other class is',
    (right) => {
      const isolated = question((x) => (x[0] === 3 ? right : 0), [3]);
      for (const got of [Number.NaN, Infinity, -Infinity]) {
        expect(accepts(isolated, got)).toBe(Object.is(got, right));
      }
    },
  );
});

describe('promised ranges', () => {
  const loss = question((x) => Math.abs(x[0]! - x[1]!), [1 / 3, 1 / 3], {
    outputs: { output: { kind: 'real', shape: 'scalar', min: 0, max: 1 } },
  });

  test('hold exactly: no rounding excuses a negative square', () => {
    expect(accepts(loss, 1e-20)).toBe(true);
    expect(judge(loss, -1e-20)).toEqual({
      right: false,
      ratio: Infinity,
      message: 'output is -1e-20, and is promised to be at least 0',
      worst: { where: 'output', got: -1e-20, right: 0, allowed: 0 },
    });
    expect(judge({ ...loss, reference: () => 1 }, 1 + 2 * u).message).toBe(
      'output is 1.0000000000000002, and is promised to be at most 1',
    );
  });

  test('say nothing of −0 and NaN, which the classes judge', () => {
    expect(accepts(loss, -0)).toBe(true);
    expect(accepts({ ...loss, reference: () => Number.NaN }, Number.NaN)).toBe(true);
    expect(accepts(loss, Number.NaN)).toBe(false);
  });
});

describe('the budget', () => {
  test.each(Object.keys(formats) as Precision[])('is 32 rounding units of %s', (precision) => {
    const { unit } = formats[precision];
    const asked = question(constant(1000), [0], { precision });
    expect(budgetInUnits(asked, 1000)).toBeCloseTo(32, 2);
    expect(accepts(asked, 1000 * (1 + 31 * unit))).toBe(true);
    expect(accepts(asked, 1000 * (1 - 31 * unit))).toBe(true);
    expect(accepts(asked, 1000 * (1 + 36 * unit))).toBe(false);
    expect(accepts(asked, 1000 * (1 - 36 * unit))).toBe(false);
  });

  test('grows with the number of elements beyond 256, parameters counted', () => {
    const zeros = (n: number): Question => question(constant(1), new Array(n).fill(0));
    expect(budgetInUnits(zeros(256), 1)).toBeCloseTo(32, 6);
    expect(budgetInUnits(zeros(1024), 1)).toBeCloseTo(128, 6);
    const withParameter = { ...zeros(255), inputs: { ...zeros(255).inputs, p: 0 } };
    expect(budgetInUnits(withParameter, 1)).toBeCloseTo(32, 6);
    const more = { ...zeros(1023), inputs: { ...zeros(1023).inputs, p: 0 } };
    expect(budgetInUnits(more, 1)).toBeCloseTo(128, 6);
  });

  test('has a floor of four smallest normals, scaled by the largest finite input', () => {
    const { smallestNormal } = formats.float32;
    const tiny = question(constant(smallestNormal / 3), [0, Infinity, Number.NaN], {
      precision: 'float32',
    });
    expect(accepts(tiny, 0)).toBe(true);
    expect(accepts(tiny, 5 * smallestNormal)).toBe(false);
    const large = question(constant(0), [-1000, 0], { precision: 'float32' });
    expect(accepts(large, 3999 * smallestNormal)).toBe(true);
    expect(accepts(large, 4001 * smallestNormal)).toBe(false);
    const parameter = { ...tiny, inputs: { ...tiny.inputs, p: -1000 } };
    expect(accepts(parameter, 3999 * smallestNormal)).toBe(true);
  });

  test('holds the spread over the inputs: cancellation is not the fault of the subject', () => {
    const asked = question((x) => x[0]! - x[1]!, [1e8 + 1 / 16, 1e8], { precision: 'float32' });
    expect(accepts(asked, 0)).toBe(true);
    expect(accepts(asked, 8)).toBe(true);
    expect(accepts(asked, 1e4)).toBe(false);
    const benign = question((x) => x[0]! - x[1]!, [1 / 16, -1e8], { precision: 'float32' });
    expect(accepts(benign, 1.001e8)).toBe(false);
  });

  test('is at least half and at most three halves of d for each input that moves', () => {
    const spread = budgetInUnits(question(first, [3]), 3) - 32;
    expect(spread).toBeGreaterThan(16);
    expect(spread).toBeLessThan(48);
  });

  test('adds up the groups, the worse sign of each', () => {
    // Equal terms, half of them moved up and half down: in one group they would cancel.
    const total = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0);
    const seen = new Set<string>();
    const asked = question((x) => {
      seen.add(x.join());
      return total(x);
    }, new Array(64).fill(1));
    expect(budgetInUnits(asked, 64) - 32).toBeGreaterThan(0.05 * 32);
    // Eight groups, moved up and down; and not moved, while results would.
    expect(seen.size).toBe(8 * 2 + 1);
    // A kink: only one of the signs shows it.
    const hinge = (x: Float64Array): number => 1 + Math.max(0, x[0]! - 1);
    expect(budgetInUnits(question(hinge, [1]), 1)).toBeGreaterThan(32 + 16);
  });

  test('moves each element once, in groups of equal size that are no stripes', () => {
    const n = 64;
    const groups: string[][] = [];
    const asked = question((x) => {
      const moved = [...x.keys()].filter((i) => x[i] !== 1);
      if (moved.length > 0) groups.push(moved.map(String));
      return 0;
    }, new Array(n).fill(1));
    measuredBudget(asked, flatten(0));
    expect(groups.map((group) => group.length)).toEqual(new Array(16).fill(n / 8));
    const both = groups.flat().sort((a, b) => Number(a) - Number(b));
    expect(both).toEqual(Array.from({ length: 2 * n }, (_, i) => String(i >> 1)));
    // Rows of eight columns are compared with one another: a column must not move as one.
    for (const group of groups) {
      expect(new Set(group.map((index) => Number(index) % 8)).size).toBeGreaterThan(2);
    }
  });

  test('adds up what the elements of several arguments do to their difference', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const asked: Question = {
      ...question(constant(0), []),
      inputs: Object.fromEntries(names.map((name) => [name, vector(1e3)])),
      inputSpecs: Object.fromEntries(names.map((name) => [name, { kind: 'real', shape: 'any' }])),
      reference: ({ a, b }) => 1 + ((a as NDArray).data[0]! - (b as NDArray).data[0]!),
    };
    expect(budgetInUnits(asked, 1)).toBeGreaterThan(32 + 2 * 16e3);
    expect(budgetInUnits(asked, 1)).toBeLessThan(32 + 2 * 48e3);
  });

  test('leaves what is only compared where it is', () => {
    const asked = (compared: boolean): Question => ({
      ...question((x, { rate }) => (x[0]! >= (rate as number) ? 1 : 0), [0.5]),
      inputs: { x: vector(0.5), rate: 0.5 },
      inputSpecs: {
        x: { kind: 'uniform', shape: 'any', ...(compared ? { compared } : {}) },
        rate: { kind: 'unit', ...(compared ? { compared } : {}) },
      },
    });
    expect(accepts(asked(true), 0)).toBe(false);
    expect(accepts(asked(false), 0)).toBe(true);
  });

  test('holds what moved inputs come to by way of kernel results', () => {
    expect(
      budgetInUnits(
        question((x) => pow(x[0]!, 10), [3]),
        3 ** 10,
      ),
    ).toBeGreaterThan(32 + 160);
    expect(
      budgetInUnits(
        question((x) => exp(x[0]!), [10]),
        Math.exp(10),
      ),
    ).toBeGreaterThan(32 + 160);
  });

  test('a discrete answer is exact where its inputs decide it, free where rounding does', () => {
    const sign = (x: Float64Array): number => (x[0]! > x[1]! ? 1 : 0);
    expect(accepts(question(sign, [3, 2]), 0)).toBe(false);
    expect(accepts(question(sign, [3, 3]), 1)).toBe(true);
    expect(accepts(question(sign, [3, 3], { kind: 'label' }), 1)).toBe(false);
  });

  test('forgives what a moved reference that throws cannot say, and no more', () => {
    const fussy = (x: Float64Array): number => {
      if (x[0] !== 3) throw new RangeError('moved out of the domain');
      return 3;
    };
    const asked = question(fussy, [3]);
    expect(accepts(asked, 3 * (1 + 31 * u))).toBe(true);
    expect(accepts(asked, 3 * (1 + 36 * u))).toBe(false);
  });

  test('holds the spread of the later results where a moved earlier one throws', () => {
    const fussy = (): number => {
      if (sqrt(1) !== 1) throw new RangeError('moved out of the domain');
      return rounded(3);
    };
    expect(budgetInUnits(question(fussy, []), 3)).toBeGreaterThan(32 + 16);
  });
});

describe('inputs that move', () => {
  /** The inputs at which the judge computes the reference. */
  function seen(kind: InputSpec['kind'], value: number, rest: Partial<Question> = {}): number[] {
    const values: number[] = [];
    const asked = question((x) => values.push(x[0]!), [value], { kind, ...rest });
    measuredBudget(asked, flatten(0));
    return values;
  }

  test.each<[InputSpec['kind'], number]>([
    ['real', 3],
    ['positive', 3],
    ['non-negative', 3],
    ['unit', 0.3],
    ['distribution', 0.3],
    ['log-probability', -3],
    ['count', 3],
  ])('%s moves relative to its size, by half to three halves of d, both ways', (kind, value) => {
    const moves = seen(kind, value).map((moved) => (moved / value - 1) / (32 * u));
    const [up, down] = [Math.max(...moves), Math.min(...moves)];
    expect(up).toBeGreaterThan(0.45);
    expect(up).toBeLessThan(1.55);
    expect(down).toBeCloseTo(-up, 0);
  });

  test.each<[InputSpec['kind'], number]>([
    ['real', 0],
    ['real', Infinity],
    ['real', Number.NaN],
    ['unit', 0],
    ['unit', 1],
    ['distribution', 1],
    ['label', 3],
    ['binary', 1],
    ['sign', -1],
  ])('%s of exactly %d stays', (kind, value) => {
    expect(new Set(seen(kind, value))).toEqual(new Set([value]));
  });

  test('an exact 1 stays where it is an end, and moves where it is a number like others', () => {
    expect(new Set(seen('real', 1)).size).toBe(3);
  });

  test.each(['unit', 'distribution'] as const)(
    'the unit interval is not left: beyond 1 a %s is reflected',
    (kind) => {
      const near = 1 - 2 * u;
      const values = seen(kind, near);
      expect(Math.max(...values)).toBeLessThan(1);
      expect(new Set(values).size).toBe(3);
    },
  );

  test('a largest value is not left either', () => {
    const inputSpecs = { x: { kind: 'positive', shape: 'any', max: 5 } } as const;
    const values = seen('positive', 5, { inputSpecs });
    expect(Math.max(...values)).toBe(5);
    expect(Math.min(...values)).toBeGreaterThan(5 * (1 - 48 * u));
  });

  const parameter = (spec: InputSpec, value: number): number[] => {
    const values: number[] = [];
    const asked: Question = {
      ...question(constant(0), []),
      inputs: { p: value },
      inputSpecs: { p: spec },
      reference: ({ p }) => values.push(p as number),
    };
    measuredBudget(asked, flatten(0));
    return [...new Set(values)];
  };

  test.each([0, 1, Infinity])('a parameter of exactly %d stays', (value) => {
    expect(parameter({ kind: 'non-negative' }, value)).toEqual([value]);
  });

  test('a parameter moves relative to its size, a counted one not at all', () => {
    expect(parameter({ kind: 'positive' }, 1e-8)).toHaveLength(3);
    expect(Math.abs(parameter({ kind: 'positive' }, 1e-8)[1]! / 1e-8 - 1)).toBeLessThan(48 * u);
    expect(parameter({ kind: 'count' }, 3)).toEqual([3]);
  });

  test.each([0, 2 ** -40, 0.5, 1])('a blend weight of %d moves absolutely, reflected', (weight) => {
    const values = parameter({ kind: 'unit' }, weight);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    const moved = Math.max(...values.map((value) => Math.abs(value - weight)));
    expect(moved).toBeGreaterThan(0.4 * 32 * u);
    expect(moved).toBeLessThan(1.6 * 32 * u);
  });

  test('a number that is data is no weight: it moves by its size, and not off its end', () => {
    const datum = { kind: 'unit', shape: 'scalar' } as const;
    expect(parameter(datum, 1)).toEqual([1]);
    expect(Math.abs(parameter(datum, 2 ** -40)[1]! * 2 ** 40 - 1)).toBeLessThan(48 * u);
  });

  test('a weight of 0 keeps out the infinity that its move lets in, but not the other branch', () => {
    const blend = (other: number): Question => ({
      ...question(constant(0), []),
      inputs: { p: 0 },
      inputSpecs: { p: { kind: 'unit' } },
      reference: ({ p }) => (p === 0 ? 1 : 1 + (p as number) * other),
    });
    expect(accepts(blend(Infinity), 1)).toBe(true);
    expect(accepts(blend(Infinity), Infinity)).toBe(false);
    expect(accepts(blend(1e6), 1 + 16e6 * u)).toBe(true);
    expect(accepts(blend(1e6), 1 + 1e-6)).toBe(false);
  });
});

describe('subnormal inputs', () => {
  const { smallestNormal, unit } = formats.float16;
  const spacing = 2 * unit * smallestNormal;
  /** In numbers that the format holds. */
  const inverse = (x: Float64Array): number => (1000 * spacing) / x[0]!;
  const asked = (x: number, rest: Partial<Question> = {}): Question =>
    question(inverse, [x], { precision: 'float16', ...rest });

  test('move by a whole spacing, since a rounding there is one', () => {
    expect(accepts(asked(10 * spacing), 1000 / 10.8)).toBe(true);
    expect(accepts(asked(10 * spacing), 1000 / 14)).toBe(false);
    expect(accepts(asked(-10 * spacing), -1000 / 10.8)).toBe(true);
  });

  test('keep half of themselves', () => {
    const moved: number[] = [];
    const spied = question(
      (x) => {
        moved.push(x[0]!);
        return x[0]!;
      },
      [spacing],
      { precision: 'float16' },
    );
    measuredBudget(spied, flatten(spacing));
    expect(Math.min(...moved)).toBeGreaterThan(0);
    expect(Math.max(...moved)).toBe(1.5 * spacing);
  });

  test('move by a fraction at the strict level, and where they are normal', () => {
    const step = { precision: 'float16', strict: true } as const;
    expect(accepts(question(inverse, [10 * spacing], step), 1000 / 10.8)).toBe(false);
    expect(accepts(asked(smallestNormal), (1000 * spacing) / (smallestNormal * 1.02))).toBe(true);
    expect(accepts(asked(smallestNormal), (1000 * spacing) / (smallestNormal * 1.1))).toBe(false);
  });
});

describe('kernel results that underflow', () => {
  const { smallestNormal, unit } = formats.float16;
  const spacing = 2 * unit * smallestNormal;

  test('move by a whole spacing, or until nothing is left of them', () => {
    for (const sign of [1, -1]) {
      const moves = (size: number): number[] => {
        const moved: number[] = [];
        const spied = question(() => moved.push(rounded(sign * size)), [], {
          precision: 'float16',
        });
        measuredBudget(spied, flatten(0));
        return [...new Set(moved.map((value) => (sign * value) / spacing))].sort((a, b) => a - b);
      };
      expect(moves(10 * spacing)).toEqual([9, 10, 11]);
      expect(moves(spacing / 4)).toEqual([0, 0.25, 0.5]);
    }
  });

  test('move by a fraction at the strict level', () => {
    const asked = (strict: boolean): Question =>
      question(() => 1e6 * rounded(2 * spacing), [], { precision: 'float16', strict });
    expect(accepts(asked(false), 1.2e6 * spacing)).toBe(true);
    expect(accepts(asked(true), 1.2e6 * spacing)).toBe(false);
  });

  test('excuse the finite answer of whoever multiplies infinity by what vanished', () => {
    const weighted = (weight: number): Question =>
      question(
        () => {
          const rest = rounded(weight);
          return rest === 0 ? 3 : rest * Infinity;
        },
        [],
        { precision: 'float16' },
      );
    const vanishes = weighted(spacing / 4);
    expect(accepts(vanishes, Infinity)).toBe(true);
    for (const near of [3, 3 * (1 + 31 * unit), 3 * (1 - 31 * unit)]) {
      expect(accepts(vanishes, near)).toBe(true);
    }
    for (const far of [3 * (1 + 40 * unit), -3, 0, -Infinity, Number.NaN]) {
      expect(accepts(vanishes, far)).toBe(false);
    }
    expect(accepts(weighted(10 * spacing), 3)).toBe(false);
    // What becomes NaN, or another infinity, is near no number.
    for (const other of [Number.NaN, -Infinity]) {
      const lost = question(() => (rounded(spacing / 4) === 0 ? other : Infinity), [], {
        precision: 'float16',
      });
      expect(accepts(lost, other)).toBe(true);
      expect(accepts(lost, 3)).toBe(false);
    }
    // An oracle that says otherwise than the reference is not moved by it.
    expect(accepts({ ...vanishes, pinned: -Infinity }, 3)).toBe(false);
    expect(accepts({ ...vanishes, pinned: Infinity }, 3)).toBe(true);
  });
});

describe('kernel results that move', () => {
  const budgetOf = (reference: () => number, rest: Partial<Question> = {}): number =>
    budgetInUnits(question(reference, [], rest), reference());

  test('roots, powers, sums and marked results move relative to their size', () => {
    const results = [
      () => sqrt(1e-20),
      () => pow(1e-5, 2),
      () => sum(1, () => 1e-10),
      () => rounded(1e-10),
    ];
    for (const result of results) {
      expect(budgetOf(result)).toBeGreaterThan(32 + 16);
      expect(budgetOf(result)).toBeLessThan(32 + 48);
    }
  });

  test('transcendental results move by at least d, but relatively at the strict level', () => {
    const tail = (): number => exp(-20);
    expect(budgetOf(tail)).toBeGreaterThan(16 * Math.exp(20));
    expect(budgetOf(tail, { strict: true })).toBeLessThan(32 + 48);
    expect(budgetOf(() => log1p(1e9))).toBeLessThan(32 + 48);
  });

  test('are reflected at the ends of their range: the exponential stays positive', () => {
    const seen: number[] = [];
    budgetOf(() => {
      const value = exp(-800);
      seen.push(value);
      return 1 + value;
    });
    expect(Math.min(...seen)).toBe(0);
    expect(Math.max(...seen)).toBeGreaterThan(0.5 * 32 * u);
  });

  test('move up and down alike, every sixth call in one group', () => {
    const groups: { readonly moved: string; readonly values: readonly number[] }[] = [];
    const spied = (): number => {
      const values = Array.from({ length: 8 }, () => rounded(1));
      const moved = [...values.keys()].filter((i) => values[i] !== 1).join();
      groups.push({ moved, values });
      return 1;
    };
    measuredBudget(question(spied, [], { precision: 'bfloat16' }), flatten(1));
    const expected = ['0,6', '1,7', '2', '3', '4', '5'].flatMap((group) => [group, group]);
    expect(groups.map(({ moved }) => moved)).toEqual(expected);
    const { unit } = formats.bfloat16;
    for (let group = 0; group < 12; group += 2) {
      const [up, down] = [groups[group]!.values, groups[group + 1]!.values];
      for (let i = 0; i < 8; i++) {
        expect(up[i]! + down[i]!).toBeCloseTo(2, 12);
        if (up[i] === 1) continue;
        expect(Math.abs(up[i]! - 1)).toBeGreaterThanOrEqual(16 * unit);
        expect(Math.abs(up[i]! - 1)).toBeLessThan(48 * unit);
      }
    }
  });

  test('that overflow when they move are infinite, and excuse no NaN', () => {
    const huge = question(() => exp(709.78), [], { precision: 'bfloat16' });
    expect(accepts(huge, Infinity)).toBe(true);
    expect(accepts(huge, Number.NaN)).toBe(false);
    const low = question(() => logSumExp([-1.79e308]), [], { precision: 'bfloat16' });
    expect(accepts(low, -Infinity)).toBe(true);
    expect(accepts(low, Number.NaN)).toBe(false);
  });

  test('keep the sign of a zero that does not move', () => {
    const pole = question(() => {
      const zero = tanh(-0);
      rounded(1);
      return 1 / zero;
    }, []);
    expect(accepts(pole, -Infinity)).toBe(true);
    expect(accepts(pole, Infinity)).toBe(false);
  });

  test('move in groups by the order of the calls, so that errors do not cancel', () => {
    const difference = (): number => 1 + (exp(1) - exp(1));
    expect(budgetOf(difference)).toBeGreaterThan(32 + 2 * 16 * Math.E);
  });

  test('stay where an infinite value has no neighbour', () => {
    const overflowing = question(() => exp(1000), []);
    expect(accepts(overflowing, Infinity)).toBe(true);
    expect(accepts(overflowing, Number.MAX_VALUE)).toBe(false);
    expect(accepts(overflowing, Number.NaN)).toBe(false);
  });
});

describe('a pinned answer', () => {
  const asked = question((x) => x[0]! - x[1]! + 1e-3, [1e8 + 1 / 16, 1e8], {
    precision: 'float32',
  });

  test('takes the place of the unmoved reference, with the spread of the moved one', () => {
    expect(judge({ ...asked, pinned: 1 / 16 }, 1 / 16).ratio).toBe(0);
    expect(accepts({ ...asked, pinned: 1 / 16 }, 8)).toBe(true);
    expect(judge({ ...asked, pinned: 1 / 16 }, 1e4).worst).toMatchObject({ right: 1 / 16 });
  });

  test('lends an error of the reference no room', () => {
    const wrong = question(() => sqrt(4) + 1e-3, [], { pinned: 2 });
    expect(accepts(wrong, 2)).toBe(true);
    expect(accepts(wrong, 2 + 1e-3)).toBe(false);
  });

  test('lends a reference that is NaN by mistake no room either', () => {
    const wrong = question(constant(Number.NaN), [1], { pinned: 2 });
    expect(accepts(wrong, 2)).toBe(true);
    expect(accepts(wrong, Number.NaN)).toBe(false);
  });

  test.each([Number.NaN, Infinity, -Infinity, 0])(
    'has its own roundings, and those alone, where the reference is %d by mistake',
    (mistake) => {
      for (const kinks of [false, true]) {
        const wrong = question(constant(mistake), [1], { pinned: 2, kinks });
        expect(accepts(wrong, 2 * (1 + 31 * u))).toBe(true);
        expect(accepts(wrong, 2 * (1 - 31 * u))).toBe(true);
        expect(accepts(wrong, 2 * (1 + 36 * u))).toBe(false);
        expect(accepts(wrong, 3)).toBe(false);
        expect(accepts(wrong, 1)).toBe(false);
      }
    },
  );

  test('may be of a class that the reference takes when it is moved', () => {
    const root = question((x) => Math.sqrt(x[0]! - x[1]!), [3, 3], { pinned: 0 });
    expect(accepts(root, Number.NaN)).toBe(true);
    expect(accepts(root, Infinity)).toBe(false);
  });

  test('keeps the kinks of a gradient', () => {
    const slope = (x: Float64Array): NDArray => ({ shape: [1], data: x.map(Math.sign) });
    const kink = question(slope, [0], { kinks: true, pinned: vector(0) });
    expect(accepts(kink, vector(-1))).toBe(true);
    expect(accepts(kink, vector(1.01))).toBe(false);
    const hinge = (x: Float64Array): NDArray => ({
      shape: [1],
      data: x.map((v) => (v > 0 ? 6 : 5)),
    });
    const beside = question(hinge, [0], { kinks: true, pinned: vector(5) });
    for (const slope of [5, 5.5, 6]) expect(accepts(beside, vector(slope))).toBe(true);
    for (const slope of [4.99, 6.01]) expect(accepts(beside, vector(slope))).toBe(false);
  });

  test('may be NaN or infinite where the reference is', () => {
    const infinite = question(constant(Infinity), [1], { pinned: Infinity });
    expect(accepts(infinite, Infinity)).toBe(true);
    expect(accepts(infinite, Number.NaN)).toBe(false);
    const missing = question(constant(Number.NaN), [1], { pinned: Number.NaN });
    expect(accepts(missing, Number.NaN)).toBe(true);
    expect(accepts(missing, 0)).toBe(false);
  });
});

describe('declared scales', () => {
  const scale = { of: () => 1000, reason: 'a test' };

  test('widen the budget at the standard level, and at the strict one only if they always hold', () => {
    const asked = question(constant(1), [0], { scale });
    const answer = 1 + 1000 * 31 * u;
    expect(accepts(asked, answer)).toBe(true);
    expect(accepts({ ...asked, strict: true }, answer)).toBe(false);
    expect(accepts({ ...asked, strict: true, scale: { ...scale, always: true } }, answer)).toBe(
      true,
    );
  });

  test('know the inputs, the result and the place', () => {
    const places = new Set<number>();
    const of = ({ x }: Inputs, result: Float64Array, index: number): number => {
      places.add(index);
      return index === 1 ? (x as NDArray).data[0]! * result[1]! : 0;
    };
    const asked = question(() => vector(1, 1), [500], { scale: { of, reason: 'a test' } });
    expect(accepts(asked, vector(1, 1 + 500 * 31 * u))).toBe(true);
    expect(accepts(asked, vector(1 + 500 * 31 * u, 1))).toBe(false);
    expect([...places]).toEqual([0, 1]);
  });

  test('let what is not finite through where a sum may overflow on the way', () => {
    const of = (_: Inputs, _result: Float64Array, index: number): number =>
      index === 0 ? Infinity : 0;
    const scale = { of, reason: 'a test', overflows: true } as const;
    const asked = question(() => vector(1, 1), [0], { scale });
    for (const got of [Number.NaN, Infinity, -Infinity, 7]) {
      expect(accepts(asked, vector(got, 1)), String(got)).toBe(true);
      expect(accepts(asked, vector(1, got)), String(got)).toBe(false);
    }
    const { overflows: _, ...plain } = scale;
    expect(accepts({ ...asked, scale: plain }, vector(Number.NaN, 1))).toBe(false);
  });

  test('give no room when they are no number', () => {
    const scale = { of: () => Number.NaN, reason: 'a test' };
    expect(accepts(question(constant(1), [0], { scale }), 2)).toBe(false);
  });

  test('leave a finite number open when they come to Infinity, and an infinite one as it is', () => {
    const scale = { of: () => Infinity, reason: 'a test' };
    const asked = question(constant(1), [0], { scale });
    for (const got of [2, -1e300]) expect(accepts(asked, got)).toBe(true);
    for (const got of [Number.NaN, -Infinity]) expect(accepts(asked, got)).toBe(false);
    expect(accepts(question(constant(Infinity), [0], { scale }), 2)).toBe(false);
  });
});

describe('kinks of gradients', () => {
  const slope = (x: Float64Array): NDArray => ({ shape: [x.length], data: x.map(Math.sign) });
  const asked = question(slope, [0, 2], { kinks: true });

  test.each([0, 1, -1, 0.5])('at an exact zero, %d lies between the slopes of the sides', (got) => {
    expect(accepts(asked, vector(got, 1))).toBe(true);
  });

  test.each([1.001, -1.001, Number.NaN, Infinity])('%d does not', (got) => {
    expect(accepts(asked, vector(got, 1))).toBe(false);
  });

  test('elsewhere there is one slope', () => {
    expect(accepts(asked, vector(0, 0.5))).toBe(false);
  });

  test('a value has no such freedom', () => {
    expect(accepts({ ...asked, kinks: false }, vector(0.5, 1))).toBe(false);
  });

  test('an infinite or missing slope beside the zero leaves one slope', () => {
    for (const beside of [Number.NaN, Infinity, -Infinity]) {
      const jump = (x: Float64Array): NDArray => ({
        shape: [1],
        data: x.map((v) => (v === 0 ? 0 : beside)),
      });
      const asked = question(jump, [0], { kinks: true });
      for (const got of [0.5, -0.5]) expect(accepts(asked, vector(got))).toBe(false);
    }
  });

  test('the slope of the other side is rounded like that of this one', () => {
    const jump = (x: Float64Array): NDArray => ({
      shape: [1],
      data: x.map((v) => (v > 0 ? 1000 : 0)),
    });
    const asked = question(jump, [0], { kinks: true });
    expect(accepts(asked, vector(1000 * (1 + 31 * u)))).toBe(true);
    expect(accepts(asked, vector(1000 * (1 + 36 * u)))).toBe(false);
  });

  test('a slope may be the largest number on one side', () => {
    const { largest } = formats.float32;
    const cliff = (x: Float64Array): NDArray => ({
      shape: [1],
      data: x.map((v) => (v < 0 ? 0 : largest)),
    });
    const asked = question(cliff, [0], { kinks: true, precision: 'float32' });
    expect(accepts(asked, vector(0))).toBe(true);
    expect(accepts(asked, vector(-1e38))).toBe(false);
  });

  test('the right answer stays what it is, whatever lies beside it', () => {
    const pinned = vector(0, 1);
    expect(judge({ ...asked, pinned }, vector(2, 1)).worst).toMatchObject({ right: 0 });
    expect(pinned).toEqual(vector(0, 1));
  });

  test('data is nudged by next to nothing, to either side, four times; the rest stays', () => {
    const seen: Inputs[] = [];
    const inputs = { p: 0.5, x: vector(0, 3), y: vector(0, 3), k: vector(0, 3), word: 'mean' };
    const kinky: Question = {
      ...question(constant(0), []),
      inputs,
      inputSpecs: {
        p: { kind: 'real' },
        x: { kind: 'real', shape: 'any' },
        y: { kind: 'non-negative', shape: 'any' },
        k: { kind: 'label', shape: 'any' },
      },
      reference: (nudged) => {
        seen.push(nudged);
        return 0;
      },
    };
    measuredBudget({ ...kinky, kinks: true }, flatten(0));
    const nudges = seen.slice(-8);
    const dataOf = (name: string, index: number): number[] =>
      nudges.map((nudged) => (nudged[name] as NDArray).data[index]!);
    const { k, p, word } = inputs;
    for (const nudged of nudges) expect(nudged).toMatchObject({ k, p, word });

    const byNudge = (name: string): number[][] => [
      dataOf(name, 0).map((value) => value * 2 ** 500),
      dataOf(name, 1).map((value) => (value / 3 - 1) * 2 ** 40),
    ];
    for (const moves of [...byNudge('x'), ...byNudge('y')]) {
      for (const move of moves) {
        expect(Math.abs(move)).toBeGreaterThan(0.49);
        expect(Math.abs(move)).toBeLessThan(1.51);
      }
    }
    for (const moves of byNudge('x')) {
      for (let i = 0; i < 8; i += 2) expect(moves[i]! + moves[i + 1]!).toBeCloseTo(0, 2);
    }
    expect(Math.min(...dataOf('y', 0))).toBeGreaterThan(0);
  });

  test('a reference that throws beside the zero leaves one slope', () => {
    const fussy = (x: Float64Array): NDArray => {
      if (x[0] !== 0) throw new RangeError('moved out of the domain');
      return slope(x);
    };
    const asked = question(fussy, [0], { kinks: true });
    expect(accepts(asked, vector(0))).toBe(true);
    expect(accepts(asked, vector(0.5))).toBe(false);
  });
});

describe('the judge', () => {
  const awkward = [0, -0, 1, -1, 1e-310, 1e300, Infinity, -Infinity, Number.NaN, 3, 0.1];
  const noisy = (x: Float64Array, { p }: Inputs): NDArray => ({
    shape: [x.length],
    data: x.map((value) => exp(-Math.abs(value)) * (p as number) + value),
  });
  const asked = (rest: Partial<Question> = {}): Question => {
    const base = question(noisy, awkward, rest);
    return {
      ...base,
      inputs: { ...base.inputs, p: 0.3 },
      inputSpecs: { ...base.inputSpecs, p: { kind: 'unit' } },
    };
  };

  test('says the same of the same question and answer, whatever it judged before', () => {
    const answer = noisy(Float64Array.from(awkward), { p: 0.31 });
    const verdict = judge(asked(), answer);
    judge(question(first, [7]), 8);
    expect(judge(asked(), answer)).toEqual(verdict);
    const budget = measuredBudget(asked(), flatten(answer));
    expect(measuredBudget(asked(), flatten(answer))).toEqual(budget);
  });

  test('changes neither the inputs nor the answer', () => {
    const asked1 = asked({ kinks: true });
    const answer = noisy(Float64Array.from(awkward), { p: 0.9 });
    const before = structuredClone({ inputs: asked1.inputs, answer });
    judge(asked1, answer);
    expect({ inputs: asked1.inputs, answer }).toEqual(before);
  });

  test('passes on what the unmoved reference throws', () => {
    const broken = question(() => {
      throw new TypeError('a bug of ours');
    }, [1]);
    expect(() => judge(broken, 1)).toThrow('a bug of ours');
  });

  test('reports a small error as a fraction of the measured budget', () => {
    const { right, ratio, message } = judge(question(constant(1), [0]), 1 + 16 * u);
    expect({ right, ratio, message }).toEqual({ right: true, ratio: 0.5, message: undefined });
  });

  // A reference that does not move leaves a rule of one line: NaN on the way cannot become a pass.
  test('accepts what the plain rule accepts, and nothing else, on 20,000 wild questions', () => {
    const draws = stream('wild');
    const values = [0, -0, 1, -3, 0.1, 1e-310, 1e308, -1.7e308, Infinity, -Infinity, Number.NaN];
    const accepted = { right: 0, wrong: 0 };
    for (let round = 0; round < 20_000; round++) {
      const precision = draws.pick(Object.keys(formats) as Precision[]);
      const { unit, smallestNormal, largest } = formats[precision];
      const [x, right, got] = [draws.pick(values), draws.pick(values), draws.pick(values)];
      const scale = draws.pick([0, 1, Number.NaN]);
      const asked = question(constant(right), [x], {
        precision,
        kinks: draws.chance(0.5),
        strict: true,
        scale: { of: () => scale, reason: 'a test', always: true },
      });

      const size = Math.max(1, Number.isFinite(x) ? Math.abs(x) : 0);
      const room =
        32 * unit * (Math.abs(right) + (scale === 1 ? 1 : 0)) + 4 * smallestNormal * size;
      const expected = Math.abs(right) > largest ? Math.sign(right) * Infinity : right;
      const same = Object.is(expected, got) || expected === got;
      const mayOverflow = Math.abs(right) + room > largest && got === Math.sign(right) * Infinity;
      const near = Number.isFinite(expected) && Math.abs(got - expected) <= room;

      const free = asked.kinks === true && Number.isNaN(right) && Math.abs(x) === Infinity;

      const verdict = same || mayOverflow || near || free;
      accepted[verdict ? 'right' : 'wrong'] += 1;
      expect(accepts(asked, got), `${right} answered ${got} in ${precision}, x = ${x}`).toBe(
        verdict,
      );
    }
    expect(accepted.right).toBeGreaterThan(2000);
    expect(accepted.wrong).toBeGreaterThan(10_000);
  });

  test('never passes an overflowing error over an overflowing budget', () => {
    // Each move swings the answer by more than the largest number: budget and error are infinite.
    const swinging = question((x) => (x[0] === 3 ? -1.7e308 : Math.sign(x[0]! - 3) * 1e307), [3]);
    expect(judge(swinging, 1.7e308).ratio).not.toBeNaN();
    expect(accepts(swinging, 1.7e308)).toBe(false);
    const many = Array.from({ length: 8 }, () => 3);
    const wilder = question((x) => (x.every((value) => value === 3) ? -1.7e308 : -1e307), many);
    expect(accepts(wilder, 1.7e308)).toBe(false);
  });
});

describe('what a budget does not depend on', () => {
  test('the number of elements, where each output comes from one of them', () => {
    const zeros = new Array(1024).fill(0);
    expect(budgetInUnits(question(constant(1), zeros), 1)).toBeCloseTo(128, 6);
    expect(budgetInUnits(question(constant(1), zeros, { elementwise: true }), 1)).toBeCloseTo(
      32,
      6,
    );
  });
});

describe('a companion', () => {
  const rounding = (): number => exp(0);

  test('lends a variant the room of its own moved results, not its distance from it', () => {
    const alone = question(constant(1e-3), [0]);
    const beside = { ...alone, companion: rounding };
    const near = 1e-3 + 20 * u;
    expect(accepts(alone, near)).toBe(false);
    expect(accepts(beside, near)).toBe(true);
    expect(accepts(beside, 1)).toBe(false);
  });

  test('of another length than the variant lends nothing', () => {
    const companion = (): Value => vector(exp(0), exp(0));
    const beside = { ...question(constant(1e-3), [0]), companion };
    expect(accepts(beside, 1e-3)).toBe(true);
    expect(accepts(beside, 1e-3 + 20 * u)).toBe(false);
  });
});

describe('kinks wherever they lie', () => {
  test('a slope may be that of either side at a kink away from 0, or between, and no other', () => {
    const hinge = (x: Float64Array): Value => ({ shape: [1], data: x.map((v) => (v < 3 ? 0 : 1)) });
    const asked = question(hinge, [3], { kinks: true, elementwise: true });
    for (const slope of [0, 0.5, 1]) expect(accepts(asked, vector(slope))).toBe(true);
    const beyond = question(hinge, [3.01], { kinks: true, elementwise: true });
    expect(accepts(beyond, vector(0))).toBe(false);
  });

  test('in a short format too, where a move of the input overshoots the slope beside the kink', () => {
    // The slope of hard swish jumps from 0 to −1/2 at −3, and rises from there.
    const slope = (x: Float64Array): Value => ({
      shape: [1],
      data: x.map((v) => (v <= -3 ? 0 : (2 * v + 3) / 6)),
    });
    const rest = { kinks: true, elementwise: true, precision: 'bfloat16' } as const;
    expect(accepts(question(slope, [-3], rest), vector(-0.5))).toBe(true);
    expect(accepts(question(slope, [-3], { ...rest, kinks: false }), vector(-0.5))).toBe(false);
  });

  test('each of many tied zeros may take either side', () => {
    const signs = (x: Float64Array): Value => ({ shape: [x.length], data: x.map(Math.sign) });
    const asked = question(signs, new Array(200).fill(0), { kinks: true });
    for (const side of [-1, 1]) {
      expect(accepts(asked, { shape: [200], data: new Float64Array(200).fill(side) })).toBe(true);
    }
    expect(accepts(asked, { shape: [200], data: new Float64Array(200).fill(1.5) })).toBe(false);
  });
});

describe('what a judgement costs, in computations of the reference', () => {
  /** How often the reference is computed for each of some answers, one after another. */
  function costs(asked: Question, ...answers: readonly number[]): number[] {
    let computed = 0;
    const counted: Question = {
      ...asked,
      reference: (inputs) => {
        computed++;
        return asked.reference(inputs);
      },
    };
    return answers.map((answer) => {
      const before = computed;
      judge(counted, answer);
      return computed - before;
    });
  }

  const clear = 1 + 8 * u;
  const unclear = 1 + 10 * u;

  test('one where an answer is within a quarter of the budget of the result alone', () => {
    expect(costs(question(constant(1), [3]), 1, clear)).toEqual([1, 1]);
  });

  test.each([
    ['a constant', [], 0],
    ['one number', [3], 1],
    ['zeros, which stay', [0, 0, 0], 0],
    ['many numbers', new Array(100).fill(3), 8],
  ])(
    'two more for each group of inputs that moves, and two for the results: %s',
    (_, x, groups) => {
      expect(costs(question(constant(1), x), unclear)).toEqual([1 + 2 * groups + 2]);
    },
  );

  test('two for each group of kernel results', () => {
    const ofCalls = (calls: number): Question =>
      question(() => {
        for (let call = 0; call < calls; call++) rounded(1);
        return 1;
      }, []);
    expect(costs(ofCalls(3), unclear)).toEqual([1 + 2 * 4]);
    expect(costs(ofCalls(100), unclear)).toEqual([1 + 2 * 6]);
  });
});

describe('a yardstick', () => {
  const asked = question((x) => x[0]! + 1, [2]);

  test('measures each element of an answer by its own budget', () => {
    const pair = question((x) => vector(x[0]!, 1e6 * (x[0]! - x[1]!)), [2, 2]);
    const yardstick = new Yardstick(pair);
    const [plain, cancelled] = yardstick.errors(vector(2 * (1 + 32 * u), 1e-9))!;
    expect(plain).toBeGreaterThan(0.3);
    expect(plain).toBeLessThan(1);
    expect(cancelled).toBeLessThan(1);
    expect(yardstick.errors(vector(3, 0))).toEqual([expect.any(Number), 0]);
    expect(yardstick.errors(vector(3, 0))![0]).toBeGreaterThan(1e10);
    expect(yardstick.errors(vector(Number.NaN, 0))).toEqual([Infinity, 0]);
    expect(yardstick.errors(vector(2))).toBeUndefined();
    expect(yardstick.errors(2)).toBeUndefined();
  });

  test('knows the right answer, laid out flat too, and takes a pinned one for it', () => {
    const plain = new Yardstick(asked);
    expect(plain.right).toBe(3);
    expect(plain.numbers.data).toEqual(Float64Array.of(3));
    expect(new Yardstick({ ...asked, pinned: 4 }).right).toBe(4);
  });

  test.each<[string, Partial<Question>]>([
    ['the reference', {}],
    ['a pinned answer', { pinned: 3 }],
  ])('is worked out once, and only when it is needed, for all who answer beside %s', (_, rest) => {
    let computed = 0;
    const reference: Question['reference'] = (inputs) => {
      computed++;
      return asked.reference(inputs);
    };
    const yardstick = new Yardstick({ ...asked, ...rest, reference });
    expect(computed).toBe(0);
    for (const answer of [4, 3 * (1 + 32 * u), 5]) {
      expect(yardstick.judge(answer)).toEqual(judge({ ...asked, ...rest }, answer));
      expect(yardstick.same(3, answer)).toBe(answer < 4);
      expect(computed).toBe(1 + 2 + 2);
    }
  });
});

describe('two answers to a question', () => {
  const sameness = (asked: Question): Yardstick['same'] => {
    const yardstick = new Yardstick(asked);
    return (expected, answer) => yardstick.same(expected, answer);
  };
  const difference = question((x) => x[0]! - x[1]!, [1e8 + 1 / 16, 1e8], { precision: 'float32' });

  test('are the same within its budget, wherever the right answer lies', () => {
    const same = sameness(difference);
    for (const answer of [0, 1 / 16, 1e7]) {
      expect(same(answer, answer)).toBe(true);
      expect(same(answer, answer + 8)).toBe(true);
      expect(same(answer, answer + 1e4)).toBe(false);
    }
  });

  test('are the same within their own roundings, where those of the right one are less', () => {
    const same = sameness(question(constant(1), [0]));
    expect(same(1000, 1000 * (1 + 31 * u))).toBe(true);
    expect(same(1000, 1000 * (1 + 36 * u))).toBe(false);
    const missing = sameness(question(constant(Number.NaN), [0]));
    expect(missing(2, 2 * (1 + 31 * u))).toBe(true);
    expect(missing(2, 3)).toBe(false);
    expect(missing(2, Number.NaN)).toBe(false);
  });

  test('of two shapes are never the same', () => {
    const same = sameness(difference);
    expect(same(1, vector(1))).toBe(false);
    expect(same(vector(1, 2), vector(1, 2, 3))).toBe(false);
  });

  test('of another shape than the right one are the same only where they clearly are', () => {
    const same = sameness(question(constant(1), [0]));
    expect(same(vector(1, 2), vector(1, 2))).toBe(true);
    expect(same(vector(1, 2), vector(1, 2 * (1 + 16 * u)))).toBe(false);
    expect(same(vector(1, 2), vector(1, 3))).toBe(false);
  });

  test('are compared within a budget that is measured once, and only when it is needed', () => {
    let computed = 0;
    const same = sameness(
      question(() => {
        computed++;
        return 1;
      }, [3]),
    );
    expect(same(1, 1 + 8 * u)).toBe(true);
    expect(computed).toBe(0);
    expect(same(1, 2)).toBe(false);
    expect(computed).toBe(1 + 2 + 2);
    expect(same(1, 3)).toBe(false);
    expect(computed).toBe(1 + 2 + 2);
  });
});
