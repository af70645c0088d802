import { describe, expect, test } from 'vitest';
import { matrix, type NDArray, nextStep, rounded, vector } from '../../kernel/index.js';
import type { Inputs, OutputSpec, Value } from '../spec.js';
import { flatten } from '../values.js';
import { judge, measuredBudget, type Question, Yardstick } from './index.js';

/*
 * Answers in several parts, in a free form, and at the end of many steps.
 */

function question(
  reference: (inputs: Inputs) => Value,
  outputs: Readonly<Record<string, OutputSpec>>,
  rest: Partial<Question> = {},
): Question {
  return {
    reference,
    inputs: { x: vector(1, 2, 4) },
    inputSpecs: { x: { kind: 'real', shape: ['n'] } },
    outputs,
    precision: 'float64',
    strict: false,
    ...rest,
  };
}

const scalar = { kind: 'real', shape: 'scalar' } as const;
const vectorLike = { kind: 'real', shape: 'x' } as const;

describe('several parts', () => {
  const asked = question(
    () => ({ mean: 2, weights: vector(0.25, 0.75), rows: { a: vector(1), b: vector(2) } }),
    {
      mean: scalar,
      weights: { ...vectorLike, min: 0, max: 1 },
      rows: { kind: 'real', shape: 'list' },
    },
  );
  const right = { mean: 2, weights: vector(0.25, 0.75), rows: { a: vector(1), b: vector(2) } };

  test('are right if each is', () => {
    expect(judge(asked, right)).toEqual({ right: true, ratio: 0 });
    expect(judge(asked, { ...right, mean: 2.5 })).toMatchObject({
      right: false,
      worst: { where: 'mean' },
    });
    expect(judge(asked, { ...right, rows: { a: vector(1), b: vector(3) } })).toMatchObject({
      right: false,
      worst: { where: 'rows.b[0]' },
    });
  });

  test('keep promises of their own', () => {
    const message = 'weights[1] is 1.25, and is promised to be at most 1';
    expect(judge(asked, { ...right, weights: vector(0.25, 1.25) }).message).toBe(message);
    // The mean has promised nothing.
    expect(judge(asked, { ...right, mean: -7 }).message).not.toContain('promised');
  });

  test('that are left out are told, and the others judged', () => {
    const { mean, weights } = right;
    expect(judge(asked, { mean, weights })).toEqual({ right: true, ratio: 0, missing: ['rows'] });
    expect(judge(asked, { weights })).toMatchObject({ right: true, missing: ['mean', 'rows'] });
    expect(judge(asked, { mean: 3, weights })).toMatchObject({ right: false, missing: ['rows'] });
  });

  test('that nobody asked for are not judged', () => {
    expect(judge(asked, { ...right, more: vector(9) })).toEqual({ right: true, ratio: 0 });
  });

  test('must be some, of the right shapes, and an array is none', () => {
    expect(judge(asked, {}).message).toContain('the answer has nothing, right is mean of shape []');
    expect(judge(asked, vector(1)).message).toContain('the answer has output of shape [1]');
    expect(judge(asked, { mean: vector(2) }).message).toBe(
      'the answer has mean of shape [1], right is mean of shape []',
    );
    expect(judge(asked, { rows: { a: vector(1) } }).message).toBe(
      'the answer has rows.a of shape [1], right is rows.a of shape [1] and rows.b of shape [1]',
    );
  });

  test('have scales of their own, by their own places', () => {
    const seen: number[][] = [];
    const scaled = question(() => ({ a: vector(1, 2), b: vector(3, 4, 5) }), {
      a: vectorLike,
      b: {
        ...vectorLike,
        scale: {
          of: (_, result, index) => {
            seen.push([index, result.length]);
            return index === 2 ? Infinity : 1000;
          },
          reason: 'a test',
        },
      },
    });
    const { allowed } = measuredBudget(scaled, flatten({ a: vector(1, 2), b: vector(3, 4, 5) }));
    expect(seen).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(allowed[0]).toBeLessThan(1e-13);
    expect(allowed[2]).toBeGreaterThan(1e-12);
    // Infinity leaves an element open, whatever number stands there.
    expect(allowed[4]).toBe(Infinity);
    for (const anything of [-1e300, Infinity]) {
      expect(judge(scaled, { a: vector(1, 2), b: vector(3, 4, anything) }).right).toBe(true);
    }
    expect(judge(scaled, { a: vector(1, 2), b: vector(3, 4, Number.NaN) }).right).toBe(false);
    expect(judge(scaled, { a: vector(1, 2), b: vector(3, Number.NaN, 5) }).right).toBe(false);
  });

  test('are the same, or not, whichever of them are given', () => {
    const yardstick = new Yardstick(asked);
    expect(yardstick.same(right, { mean: 2 })).toBe(true);
    expect(yardstick.same(right, { mean: 3 })).toBe(false);
    expect(yardstick.errors({ weights: vector(0.25, 0.5) })).toMatchObject({ 0: 0, 1: 0, 2: 0 });
  });
});

describe('a spread that is shared', () => {
  const reference = ({ x }: Inputs): Value => {
    const [a, , c] = (x as NDArray).data;
    // The first column moves with x, the second stands still.
    return matrix([a! - c! + 3, 1], [1e-9 * a!, 1]);
  };
  const allowed = (shared: OutputSpec['shared']): readonly number[] => {
    const outputs = { output: { ...vectorLike, ...(shared === undefined ? {} : { shared }) } };
    const asked = question(reference, outputs);
    return [...measuredBudget(asked, flatten(reference(asked.inputs))).allowed];
  };

  test('is that of the element that moves farthest, in its column, its row or the whole', () => {
    const [corner, still, small] = allowed(undefined);
    expect(corner).toBeGreaterThan(5 * small!);
    const [, , shared, other] = allowed('columns');
    expect(shared).toBeGreaterThan(0.5 * corner!);
    expect(other).toBe(allowed(undefined)[3]);
    expect(allowed('rows')[1]).toBeGreaterThan(still!);
    expect(Math.min(...allowed('whole'))).toBeGreaterThan(0.5 * corner!);
  });
});

describe('what is free', () => {
  const free = (
    right: Value,
    outputs: Readonly<Record<string, OutputSpec>>,
    inputs?: Inputs,
  ): Question => question(() => right, outputs, inputs === undefined ? {} : { inputs });

  test('are the signs of columns', () => {
    const asked = free(matrix([1, 3], [2, -4]), {
      output: { ...vectorLike, free: 'signs of columns' },
    });
    expect(judge(asked, matrix([1, -3], [2, 4])).right).toBe(true);
    expect(judge(asked, matrix([-1, -3], [-2, 4])).right).toBe(true);
    expect(judge(asked, matrix([1, 3], [-2, 4])).right).toBe(false);
  });

  test('are the signs of rows', () => {
    const asked = free(matrix([1, 3], [2, -4]), {
      output: { ...vectorLike, free: 'signs of rows' },
    });
    expect(judge(asked, matrix([-1, -3], [2, -4])).right).toBe(true);
    expect(judge(asked, matrix([1, -3], [2, 4])).right).toBe(false);
  });

  const clusters: Readonly<Record<string, OutputSpec>> = {
    labels: { kind: 'label', shape: ['n'], free: 'labels' },
    centres: { kind: 'real', shape: ['k', 'd'], free: 'labels' },
    inertia: scalar,
  };

  test('are the numbers of groups, which rows follow', () => {
    const right = { labels: vector(0, 0, 1, 2), centres: matrix([1], [5], [9]), inertia: 1 };
    const asked = free(right, clusters);
    const renamed = { labels: vector(2, 2, 0, 1), centres: matrix([5], [9], [1]), inertia: 1 };
    expect(judge(asked, renamed).right).toBe(true);
    expect(judge(asked, { ...renamed, centres: right.centres }).right).toBe(false);
    expect(judge(asked, { ...right, labels: vector(0, 1, 1, 2) }).right).toBe(false);
    // Two groups that are one now cannot both be right.
    expect(judge(asked, { ...right, labels: vector(0, 0, 1, 1) }).right).toBe(false);
  });

  test('leaves a group without elements its row', () => {
    const right = { labels: vector(0, 2), centres: matrix([1], [5], [9]), inertia: 0 };
    const asked = free(right, clusters);
    expect(judge(asked, right).right).toBe(true);
    const renamed = { labels: vector(1, 0), centres: matrix([9], [1], [5]), inertia: 0 };
    expect(judge(asked, renamed).right).toBe(true);
  });

  test('is the order of what is tied', () => {
    const outputs: Readonly<Record<string, OutputSpec>> = {
      output: { kind: 'label', shape: 'x', free: 'order of ties', ties: 'x' },
    };
    const asked = free(vector(2, 0, 1, 3), outputs, { x: vector(5, 5, 7, 1) });
    expect(judge(asked, vector(2, 1, 0, 3)).right).toBe(true);
    expect(judge(asked, vector(0, 2, 1, 3)).right).toBe(false);
    expect(judge(asked, vector(2, 0, 0, 3)).right).toBe(false);
  });
});

describe('many steps', () => {
  /** A number that 1 is added to and taken from, and a result that is rounded at each step. */
  const walk = (steps: number) => (): number => {
    let total = 0;
    for (let step = 0; step < steps; step++) {
      nextStep();
      total = rounded(total + rounded(step % 2 === 0 ? 1 : -1));
    }
    return total;
  };
  const room = (steps: number): number => {
    const asked = question(walk(steps), { output: scalar }, { alone: true });
    return measuredBudget(asked, flatten(walk(steps)())).allowed[0]!;
  };

  test('may drift: errors to one side add up where random ones cancel', () => {
    // Without drift, four hundred steps that cancel have the room of twenty random ones.
    expect(room(400)).toBeGreaterThan(300 * 32 * 2 ** -53);
    expect(room(400) / room(100)).toBeGreaterThan(3);
  });

  test('are counted as one element', () => {
    const inputs = { x: { shape: [5120], data: new Float64Array(5120) } };
    const asked = question(() => 1, { output: scalar }, { inputs, alone: true });
    const many = question(() => 1, { output: scalar }, { inputs });
    const allowed = (of: Question): number => measuredBudget(of, flatten(1)).allowed[0]!;
    expect(allowed(many) / allowed(asked)).toBeCloseTo(20);
  });
});
