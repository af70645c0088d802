import { describe, expect, test } from 'vitest';
import table from '../../golden/kernel/special.json' with { type: 'json' };
import { erf, erfc, normalCdf, normalPdf } from './erf.js';
import { logFactorial, logGamma } from './gamma.js';
import { logAddExp, logSumExp, shiftedExp } from './log-sum-exp.js';
import { logCosh, logistic, sechSquared, softplus } from './logistic.js';
import { withMover } from './moves.js';

const view = new DataView(new ArrayBuffer(8));

/** The place of a double in the order of all doubles, −0 and 0 at the same place. */
function place(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many doubles lie between two, one of them included; NaN is next to NaN only. */
function ulpsBetween(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Object.is(left, right) ? 0 : Infinity;
  const distance = place(left) - place(right);
  return Number(distance < 0n ? -distance : distance);
}

const functions = {
  erf,
  erfc,
  normalCdf,
  normalPdf,
  logGamma,
  logFactorial,
  logistic,
  softplus,
  logCosh,
  sechSquared,
};

type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

/**
 * How far from the correctly rounded value an answer may be, in doubles, and the least share of
 * answers that are that value. An error below 1.5 ulp, as most docstrings promise, ends at most
 * one double away, a greater one two; a low part that is lost shows in the share.
 */
const demands: Readonly<Record<Name, { readonly doubles: number; readonly share: number }>> = {
  erf: { doubles: 1, share: 0.93 },
  erfc: { doubles: 1, share: 0.93 },
  normalCdf: { doubles: 2, share: 0.93 },
  normalPdf: { doubles: 1, share: 0.93 },
  logGamma: { doubles: 2, share: 0.87 },
  logFactorial: { doubles: 2, share: 0.79 },
  logistic: { doubles: 1, share: 0.87 },
  softplus: { doubles: 2, share: 0.91 },
  logCosh: { doubles: 1, share: 0.89 },
  sechSquared: { doubles: 1, share: 0.94 },
};

describe('ulpsBetween', () => {
  test('counts the steps between doubles, across zero and binades', () => {
    expect(ulpsBetween(1, 1 + 2 ** -52)).toBe(1);
    expect(ulpsBetween(1, 1 - 2 ** -53)).toBe(1);
    expect(ulpsBetween(-5e-324, 5e-324)).toBe(2);
    expect(ulpsBetween(0, -0)).toBe(0);
    expect(ulpsBetween(Number.MAX_VALUE, Infinity)).toBe(1);
  });

  test('keeps NaN apart from every number', () => {
    expect(ulpsBetween(Number.NaN, Number.NaN)).toBe(0);
    expect(ulpsBetween(Number.NaN, Infinity)).toBe(Infinity);
  });
});

describe('every pinned value is met', () => {
  test.each(names)('%s, to the nearest double or close to it', (name) => {
    const { arguments: points, values } = table[name];
    expect(points.length).toBeGreaterThan(350);
    const answers = points.map((point, i) => {
      const [x, right] = [Number(point), Number(values[i])];
      const got = functions[name](x);
      return { x, got, right, doubles: ulpsBetween(got, right) };
    });
    expect(answers.filter(({ doubles }) => doubles > demands[name].doubles)).toEqual([]);
    const exact = answers.filter(({ doubles }) => doubles === 0);
    expect(exact.length / answers.length).toBeGreaterThan(demands[name].share);
  });

  test('the sign of a zero is kept where the function is odd', () => {
    expect(erf(-0)).toBe(-0);
    expect(erf(0)).toBe(0);
  });

  test('limits are exact', () => {
    expect(names.map((name) => functions[name](Infinity))).toEqual([
      1,
      0,
      1,
      0,
      Infinity,
      Infinity,
      1,
      Infinity,
      Infinity,
      0,
    ]);
  });

  test('logSumExp, within 2.5 ulp of the larger of the result and the largest element', () => {
    const { arguments: lists, values } = table.logSumExp;
    const misses = lists.flatMap((list, i) => {
      const right = Number(values[i]);
      const got = logSumExp(Float64Array.from(list));
      const scale = Math.max(Math.abs(right), Math.abs(Math.max(...list)));
      return Math.abs(got - right) <= 2.5 * 2 ** -53 * scale ? [] : [{ list, got, right }];
    });
    expect(misses).toEqual([]);
  });
});

describe('logSumExp', () => {
  test('keeps what the others add to a largest element of 0', () => {
    expect(logSumExp([0, -100])).toBe(Math.exp(-100));
  });

  test('takes a slice', () => {
    expect(logSumExp([1e300, 3, 3, 1e300], 1, 3)).toBe(3 + Math.LN2);
    expect(logSumExp([Number.NaN, -Infinity, Number.NaN], 1, 2)).toBe(-Infinity);
  });

  test('is the logarithm of 0 for no elements and for zeros', () => {
    expect(logSumExp([])).toBe(-Infinity);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(logSumExp([-Infinity, 7, -Infinity])).toBe(7);
  });

  test('is Infinity as soon as one element is', () => {
    expect(logSumExp([1, Infinity, -Infinity, Infinity])).toBe(Infinity);
  });

  test.each([
    [[Number.NaN]],
    [[Number.NaN, 1]],
    [[1, Number.NaN]],
    [[Infinity, Number.NaN]],
    [[-Infinity, Number.NaN]],
  ])('is NaN for %j', (elements) => {
    expect(logSumExp(elements)).toBeNaN();
  });

  test('adds a million equal elements without drift', () => {
    const data = new Float64Array(2 ** 20);
    expect(logSumExp(data)).toBe(20 * Math.LN2);
  });

  test('adds a million terms that are no powers of two without drift', () => {
    const data = new Float64Array(2 ** 20).fill(-1);
    data[0] = 0;
    const right = Math.log(1 + (data.length - 1) * Math.exp(-1));
    expect(Math.abs(logSumExp(data) - right)).toBeLessThan(1e-14);
  });
});

describe('logAddExp', () => {
  test.each([
    [0, 0],
    [3, -700],
    [-1e-13, -30],
    [1000, 1001],
  ])('agrees with logSumExp on %d and %d, in both orders', (a, b) => {
    expect(logAddExp(a, b)).toBe(logSumExp([a, b]));
    expect(logAddExp(b, a)).toBe(logSumExp([a, b]));
  });

  test('takes infinities and propagates NaN', () => {
    expect(logAddExp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(logAddExp(-Infinity, 2)).toBe(2);
    expect(logAddExp(Infinity, Infinity)).toBe(Infinity);
    expect(logAddExp(Infinity, -Infinity)).toBe(Infinity);
    expect(logAddExp(Number.NaN, Infinity)).toBeNaN();
    expect(logAddExp(1, Number.NaN)).toBeNaN();
  });
});

describe('shiftedExp', () => {
  test('carries what the rounded difference misses', () => {
    // 90 − 2⁻⁵⁰ is no double, and the exponential of the nearest is 8 units of rounding away.
    expect(Math.abs(shiftedExp(2 ** -50, 90) / 8.194012623990523e-40 - 1)).toBeLessThan(2 ** -51);
    expect(Math.abs(shiftedExp(-(2 ** -45), 90) / 8.194012623990283e-40 - 1)).toBeLessThan(
      2 ** -51,
    );
  });

  test('is 1 at the shift and 0 far below', () => {
    expect(shiftedExp(3, 3)).toBe(1);
    expect(shiftedExp(-Infinity, 3)).toBe(0);
    expect(shiftedExp(-800, 3)).toBe(0);
    expect(shiftedExp(-745, 0)).toBe(5e-324);
    expect(shiftedExp(Number.NaN, 3)).toBeNaN();
  });
});

describe('as an operation that the judge can move', () => {
  const moved = (body: () => number): { value: number; calls: number } => {
    let calls = 0;
    const transcendental = (value: number): number => {
      calls++;
      return value + 1;
    };
    const value = withMover({ result: () => Number.NaN, transcendental }, body);
    return { value, calls };
  };

  test.each(names)('%s is one operation', (name) => {
    // A point on every side of the switches, so that no branch is an operation of its own.
    for (const x of [0.1, 0.3, 0.6, 0.9, 2, 9, 50]) {
      expect(moved(() => functions[name](x))).toEqual({ value: functions[name](x) + 1, calls: 1 });
    }
  });

  test('logSumExp and logAddExp are one operation each', () => {
    expect(moved(() => logSumExp([1, 1, 1, 1]))).toEqual({
      value: logSumExp([1, 1, 1, 1]) + 1,
      calls: 1,
    });
    expect(moved(() => logAddExp(1, 1))).toEqual({ value: 2 + Math.LN2, calls: 1 });
    expect(moved(() => shiftedExp(1, 1))).toEqual({ value: 2, calls: 1 });
  });

  test.each<[string, () => number, number, number]>([
    ['erf', () => erf(1), -1, 1],
    ['erfc', () => erfc(1), 0, 2],
    ['normalCdf', () => normalCdf(1), 0, 1],
    ['normalPdf', () => normalPdf(1), 0, 1 / Math.sqrt(2 * Math.PI)],
    ['logGamma', () => logGamma(1), -Infinity, Infinity],
    ['logFactorial', () => logFactorial(1), -Infinity, Infinity],
    ['logistic', () => logistic(1), 0, 1],
    ['softplus', () => softplus(1), 0, Infinity],
    ['logCosh', () => logCosh(1), 0, Infinity],
    ['sechSquared', () => sechSquared(1), 0, 1],
    ['logSumExp', () => logSumExp([1]), -Infinity, Infinity],
    ['logAddExp', () => logAddExp(1, 2), -Infinity, Infinity],
    ['shiftedExp', () => shiftedExp(1, 1), 0, 1],
  ])('%s stays in its range', (_, body, least, most) => {
    const ranges: [number, number][] = [];
    const transcendental = (value: number, low: number, high: number): number => {
      ranges.push([low, high]);
      return value;
    };
    withMover({ result: (value) => value, transcendental }, body);
    expect(ranges).toHaveLength(1);
    expect(ranges[0]![0]).toBe(least);
    expect(ranges[0]![1]).toBeCloseTo(most, 15);
  });
});
