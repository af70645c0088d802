import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { formats, type NDArray, type Precision, stream } from '../../kernel/index.js';
import type { Argument, Inputs, Spec } from '../spec.js';
import { complaint, specNamed, specs } from '../specs.fixture.js';
import { isArray, isArrays } from '../values.js';
import { drawOnce, type Generator, generatorOf, roundInputs } from './index.js';

const precisions = Object.keys(formats) as Precision[];
const names = specs.map(({ name }) => name);

const generators = new Map<string, Generator>();

function generatorNamed(name: string, precision: Precision = 'float64', finite = false): Generator {
  const key = `${name}/${precision}/${finite}`;
  let generator = generators.get(key);
  if (generator === undefined) {
    generator = generatorOf(specNamed(name), { precision, finite });
    generators.set(key, generator);
  }
  return generator;
}

function drawn(name: string, runs: number, precision?: Precision, finite?: boolean): Inputs[] {
  const generator = generatorNamed(name, precision, finite);
  return Array.from({ length: runs }, (_, run) => generator.draw(1, run));
}

const dataOf = (inputs: Inputs, name: string): number[] => [...(inputs[name] as NDArray).data];
const numbersOf = (inputs: Inputs): number[] =>
  Object.values(inputs).flatMap((argument) =>
    isArray(argument) ? [...argument.data] : typeof argument === 'number' ? argument : [],
  );

/** Inputs in twelve digits, which is what every machine agrees on, as a short digest. */
function digestOf(drawings: readonly Inputs[]): string {
  const written = (argument: Argument | undefined): string =>
    isArray(argument)
      ? `${argument.shape}:${Array.from(argument.data, (element) => element.toPrecision(12))}`
      : isArrays(argument)
        ? Object.entries(argument)
            .map(([name, array]) => `${name}=${written(array)}`)
            .join()
        : typeof argument === 'number'
          ? argument.toPrecision(12)
          : String(argument);
  const text = drawings.map((inputs) =>
    Object.keys(inputs).map((name) => `${name}=${written(inputs[name])}`),
  );
  return createHash('sha256').update(text.join('\n')).digest('hex').slice(0, 10);
}

describe('generated inputs', () => {
  // A failure is replayed by its seed, in a later version too: these change only on purpose.
  test('are the same for ever for the same seed', () => {
    const digests = names.map((name) => {
      const drawings = [
        ...drawn(name, 200),
        ...drawn(name, 40, 'float16'),
        ...drawn(name, 40, 'float64', true),
      ];
      return [name, digestOf(drawings)];
    });
    expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
      {
        "binary-pair": "be85ab4a04",
        "binary-rows": "e991c55230",
        "binary-vector": "6ebf107fc2",
        "bounded": "f3da82a41e",
        "centres": "34ebcc686b",
        "choices": "3723a631ba",
        "classifier": "9296fda52b",
        "count-optional": "77c32a9527",
        "count-pair": "d9d2f22173",
        "count-parameter": "d68c1736f5",
        "count-rows": "e757f6509f",
        "count-vector": "1d7c7c1fe7",
        "distribution-pair": "44a34a2e48",
        "distribution-rows": "c3e3db2595",
        "distribution-vector": "cb7b5cc30a",
        "draws": "eb4a297e98",
        "full-rank": "3570b46aba",
        "functions": "3b25332813",
        "gapped-distributions": "10b63b9e02",
        "label-optional": "aaa82aaccb",
        "label-pair": "8f9d05c10c",
        "label-parameter": "e004ced106",
        "label-rows": "2671c68875",
        "label-vector": "fe90df50ba",
        "labels-without-logits": "fe221c2a39",
        "lists": "bf2159e1ed",
        "log-probability-pair": "8d3dced015",
        "log-probability-rows": "4ec1e1c1f2",
        "log-probability-vector": "1464bf1019",
        "masked": "1efe30a8ff",
        "matrices": "e5f4a8e9d6",
        "non-negative-optional": "0a1549ad46",
        "non-negative-pair": "d53471f224",
        "non-negative-parameter": "4b7d145c83",
        "non-negative-rows": "a94968621f",
        "non-negative-vector": "3101a5ceb3",
        "normal-pair": "1634f2df73",
        "normal-rows": "d8d001439d",
        "normal-vector": "281c38b53c",
        "pair-at-seam": "fc7e995484",
        "permutation": "90e8bf50a5",
        "points": "10d39b03bb",
        "positive-definite": "05464d947c",
        "positive-optional": "52033a8fe1",
        "positive-pair": "0e358454fe",
        "positive-parameter": "baf94d07eb",
        "positive-rows": "8437c9a98a",
        "positive-vector": "1ab7c08135",
        "rank-deficient": "d10f151add",
        "real-optional": "deb17726d8",
        "real-pair": "1d6d58df59",
        "real-parameter": "1f25cb3196",
        "real-rows": "289cc2fa64",
        "real-vector": "566c47fd35",
        "score-pair": "debf057146",
        "score-rows": "34e2fa5ca8",
        "score-vector": "824ffc3b86",
        "seams": "9cd4033472",
        "sign-pair": "55da2a4a77",
        "sign-rows": "7bc7c46ed7",
        "sign-vector": "f2a8bb3fb2",
        "sorted": "8c5b5aa86c",
        "steps": "e66337ee51",
        "symmetric": "5a30acf2ad",
        "three-tables": "1d5ed74b7c",
        "uniform-pair": "632e8fbdb0",
        "uniform-rows": "1e9fc07202",
        "uniform-vector": "c09f8f47d1",
        "unit-optional": "d0ee1efd02",
        "unit-pair": "722fcad9c3",
        "unit-parameter": "bb17b7ecf4",
        "unit-rows": "a549fed23b",
        "unit-vector": "96ec45b1eb",
      }
    `);
  });

  for (const precision of precisions) {
    test.each(names)(`stay in the domain in ${precision}: %s`, (name) => {
      for (const inputs of drawn(name, 400, precision)) {
        const wrong = complaint(specNamed(name), inputs, precision);
        if (wrong !== undefined) expect.fail(`${wrong}: ${JSON.stringify(inputs)}`);
      }
    });
  }

  test.each(names)('are the same for the same seed and run, and others for others: %s', (name) => {
    const again = generatorOf(specNamed(name), { precision: 'float64' });
    const first = generatorNamed(name);
    const runs = Array.from({ length: 30 }, (_, run) => run);
    expect(runs.map((run) => again.draw(7, run))).toEqual(runs.map((run) => first.draw(7, run)));
    const others = runs.map((run) => JSON.stringify(again.draw(8, run)));
    expect(others).not.toEqual(runs.map((run) => JSON.stringify(again.draw(7, run))));
    expect(new Set(others).size).toBeGreaterThan(10);
  });

  test('do not depend on which runs were drawn before', () => {
    const generator = generatorOf(specNamed('classifier'), { precision: 'float64' });
    const late = generator.draw(3, 17);
    generator.draw(3, 4);
    expect(generator.draw(3, 17)).toEqual(late);
  });

  test.each(names)('are finite where a law asks for numbers: %s', (name) => {
    for (const inputs of drawn(name, 200, 'float64', true)) {
      expect(numbersOf(inputs).every(Number.isFinite)).toBe(true);
    }
  });

  test('are rounded to the precision before anyone sees them, counts and labels excepted', () => {
    const spec = specNamed('three-tables');
    const counts = { x: { shape: [1], data: Float64Array.of(999_999) }, z: 3 };
    expect(roundInputs(spec, counts, 'float16')).toEqual(counts);
    const reals = { x: { shape: [1], data: Float64Array.of(0.1) }, p: 0.1 };
    expect(roundInputs(specNamed('real-parameter'), reals, 'float32')).toEqual({
      x: { shape: [1], data: Float64Array.of(Math.fround(0.1)) },
      p: Math.fround(0.1),
    });
    expect(roundInputs(specNamed('real-parameter'), reals, 'float64')).toBe(reals);
    const labels = { x: { shape: [1], data: Float64Array.of(1001) } };
    expect(roundInputs(specNamed('label-vector'), labels, 'bfloat16')).toEqual(labels);
    const choice = { base: 0.1, reduction: 'sum', unbiased: false };
    expect(roundInputs(specNamed('choices'), choice, 'float16')).toEqual(choice);
  });

  test('that are positive stay so when they are rounded, and no others become so', () => {
    const spec = specNamed('positive-parameter');
    const { smallestNormal } = formats.float16;
    const rounded = (p: number) => roundInputs(spec, { p }, 'float16').p;
    expect(rounded(1e-9)).toBe(smallestNormal);
    expect(rounded(0)).toBe(0);
    expect(rounded(-1e-9)).toBe(-0);
    expect(roundInputs(specNamed('real-parameter'), { p: 1e-9 }, 'float16').p).toBe(0);
  });

  test('that have a largest value keep to it when they are rounded', () => {
    const spec = {
      ...specNamed('real-parameter'),
      inputs: { p: { kind: 'unit', max: 1 - 2 ** -10 } },
    } as const;
    expect(roundInputs(spec, { p: 0.999 }, 'bfloat16').p).toBe(1 - 2 ** -8);
    expect(roundInputs(spec, { p: 0.75 }, 'bfloat16').p).toBe(0.75);
    expect(roundInputs(spec, { p: 1 }, 'bfloat16').p).toBe(1);
    expect(roundInputs(spec, { p: 0.999 }, 'float32').p).toBe(Math.fround(0.999));
  });

  test('are drawn once for a seed, and anew for another', () => {
    const spec = { ...specNamed('real-vector') };
    const generator = generatorOf(spec, { precision: 'float64' });
    expect(generatorOf(spec, { precision: 'float64' })).toBe(generator);
    expect(generatorOf(spec, { precision: 'float32' })).not.toBe(generator);
    expect(generatorOf(spec, { precision: 'float64', finite: true })).not.toBe(generator);
    const first = generator.draw(1, 0);
    const next = generator.draw(1, 1);
    expect(generator.draw(1, 0)).toBe(first);
    expect(generator.draw(2, 0)).not.toEqual(first);
    expect(generator.draw(2, 1)).not.toEqual(next);
    expect(generator.draw(1, 0)).toEqual(first);
  });

  test('are not drawn of kinds that cannot be', () => {
    const draw = (input: Spec['inputs'][string]): unknown => {
      const spec = { ...specNamed('real-vector'), inputs: { p: input } };
      return drawOnce(spec, stream('kinds'));
    };
    expect(() => draw({ kind: 'choice', shape: 'any', choices: [1] })).toThrow(
      'generate: p must be a number to fill an array, got a choice',
    );
    expect(() => draw({ kind: 'sign' })).toThrow(
      'generate: p must have a kind that numbers have, got sign',
    );
  });

  test('of any two shapes have nothing to do with one another', () => {
    const any = { kind: 'real', shape: 'any' } as const;
    const { draw } = generatorOf(
      { ...specNamed('pair-at-seam'), inputs: { x: any, y: any } },
      { precision: 'float64', finite: true },
    );
    const drawn = Array.from({ length: 200 }, (_, run) => draw(1, run));
    expect(drawn.flatMap(numbersOf).some(Number.isNaN)).toBe(false);
  });

  test('count no further than the format does', () => {
    for (const precision of ['float16', 'bfloat16'] as const) {
      const most = 1 / formats[precision].unit;
      const { draw } = generatorOf({ ...specNamed('count-pair') }, { precision });
      const counts = Array.from({ length: 300 }, (_, run) => numbersOf(draw(1, run))).flat();
      expect(Math.max(...counts)).toBeLessThanOrEqual(most);
      expect(counts.some((count) => count > most / 2)).toBe(true);
    }
  });
});

describe('styles of numbers', () => {
  const has = (name: string, holds: (data: number[]) => boolean, runs = 300): number =>
    drawn(name, runs).filter((inputs) => holds(dataOf(inputs, 'x'))).length;

  test.each<[string, (data: number[]) => boolean]>([
    ['all beyond the logarithm of the largest number', (x) => x.every((v) => Math.abs(v) > 690)],
    ['all near one offset of a million or more', (x) => x.every((v) => Math.abs(v) > 9e5)],
    [
      'all equal, and not dyadic',
      (x) => x.length > 1 && x.every((v) => v === x[0] && (v * 16) % 1),
    ],
    ['all zero', (x) => x.every((v) => v === 0)],
    ['some tied', (x) => new Set(x).size < x.length && new Set(x).size > 1],
    ['all integers', (x) => x.length > 1 && x.every(Number.isInteger)],
    [
      'tiny beyond the square root of the smallest',
      (x) => x.some((v) => v && Math.abs(v) < 1e-160),
    ],
    [
      'of many magnitudes',
      (x) => x.some((v) => Math.abs(v) > 1e3) && x.some((v) => Math.abs(v) < 1),
    ],
    ['of 64 elements', (x) => x.length === 64],
    ['of one element', (x) => x.length === 1],
  ])('reals are %s', (_, holds) => {
    expect(has('real-vector', holds)).toBeGreaterThanOrEqual(3);
  });

  test('most are numbers of a size that people use', () => {
    const usual = has('real-vector', (x) => x.some((v) => Math.abs(v) > 1e-6 && Math.abs(v) < 1e3));
    expect(usual).toBeGreaterThan(150);
  });

  test('probabilities are exactly 0 and 1, next to an end, and in between', () => {
    expect(has('unit-vector', (x) => x.every((v) => v === 0 || v === 1))).toBeGreaterThan(10);
    expect(has('unit-vector', (x) => x.some((v) => v < 1 && v > 1 - 1e-7))).toBeGreaterThan(10);
    expect(has('unit-vector', (x) => x.some((v) => v > 0.1 && v < 0.9))).toBeGreaterThan(100);
  });

  test('distributions are one-hot, with zeros, dyadic, and peaked', () => {
    const rows = (holds: (data: number[]) => boolean): number =>
      has('distribution-vector', (x) => x.length > 2 && holds(x));
    expect(rows((x) => x.filter((v) => v === 1).length === x.length / 8)).toBeGreaterThanOrEqual(0);
    expect(rows((x) => x.every((v) => v === 0 || v === 1))).toBeGreaterThan(5);
    expect(rows((x) => x.includes(0) && x.some((v) => v > 0 && v < 1))).toBeGreaterThan(10);
    expect(rows((x) => x.every((v) => Number.isInteger(v * 16)))).toBeGreaterThan(10);
  });

  test('labels are all of one class, and leave a class out', () => {
    const labels = drawn('classifier', 300).map((inputs) => ({
      target: dataOf(inputs, 'target'),
      classes: (inputs.logits as NDArray).shape[1]!,
    }));
    const single = labels.filter(
      ({ target, classes }) => classes > 2 && target.length > 2 && new Set(target).size === 1,
    );
    expect(single.length).toBeGreaterThan(10);
    const full = labels.filter(
      ({ target, classes }) => classes > 1 && target.includes(classes - 1) && target.includes(0),
    );
    expect(full.length).toBeGreaterThan(10);
  });

  test('elements lie on the seams, one rounding beside them and a little way off', () => {
    const elements = drawn('seams', 300).flatMap((inputs) => dataOf(inputs, 'x'));
    expect(elements.filter((v) => v === 3).length).toBeGreaterThan(20);
    const beside = elements.filter((v) => v !== 3 && Math.abs(v - 3) < 1e-14);
    expect(beside.length).toBeGreaterThan(20);
    expect(elements.filter((v) => Math.abs(v - 3) > 1e-5 && Math.abs(v - 3) < 0.02)).not.toEqual(
      [],
    );
  });

  test('of a hyper-parameter are met by elements that have no mate', () => {
    const spec: Spec = {
      ...specNamed('seams'),
      inputs: {
        x: { kind: 'real', shape: 'any' },
        label: { kind: 'binary', shape: 'x' },
        delta: { kind: 'positive', default: 1, seams: true },
      },
    };
    const { draw } = generatorOf(spec, { precision: 'float64' });
    // Others than sixteenths are met nowhere else.
    const onSeam = Array.from({ length: 1500 }, (_, run) => draw(1, run)).filter(
      ({ delta, ...arrays }) =>
        typeof delta === 'number' && (16 * delta) % 1 !== 0 && dataOf(arrays, 'x').includes(delta),
    );
    expect(onSeam.length).toBeGreaterThan(5);
  });

  test('differences of a pair lie on the seam that a hyper-parameter makes', () => {
    const onSeam = drawn('pair-at-seam', 300).filter((inputs) => {
      const [x, y] = [dataOf(inputs, 'x'), dataOf(inputs, 'y')];
      const delta = (inputs.delta ?? 1) as number;
      return x.some((v, i) => Math.abs(v - y[i]!) === delta);
    });
    expect(onSeam.length).toBeGreaterThan(20);
  });
});

describe('arguments together', () => {
  test.each([
    'real-pair',
    'non-negative-pair',
    'unit-pair',
    'count-pair',
    'log-probability-pair',
    'binary-pair',
  ])('both are zero at once: %s', (name) => {
    const zero = drawn(name, 200).filter((inputs) => numbersOf(inputs).every((v) => v === 0));
    expect(zero.length).toBeGreaterThanOrEqual(5);
  });

  test.each(['real-pair', 'positive-pair', 'unit-pair'])(
    'both are constant at once: %s',
    (name) => {
      const constant = drawn(name, 200).filter((inputs) => {
        const [x, y] = [dataOf(inputs, 'x'), dataOf(inputs, 'y')];
        return x.length > 1 && new Set(x).size === 1 && new Set(y).size === 1 && x[0] !== 0;
      });
      expect(constant.length).toBeGreaterThanOrEqual(5);
    },
  );

  test('what is no count is not big with them, and what is not real is not small', () => {
    const mixed = (kind: 'count' | 'real'): Inputs[] => {
      const { draw } = generatorOf(
        {
          ...specNamed('real-vector'),
          inputs: {
            x: { kind, shape: 'any' },
            y: { kind, shape: 'x' },
            flag: { kind: 'binary', shape: 'x' },
          },
        },
        { precision: 'float64' },
      );
      return Array.from({ length: 200 }, (_, run) => draw(1, run));
    };
    for (const inputs of [...mixed('count'), ...mixed('real')]) {
      expect(dataOf(inputs, 'flag').every((flag) => flag === 0 || flag === 1)).toBe(true);
    }
  });

  test('every count is big at once', () => {
    const big = drawn('three-tables', 200).filter((inputs) =>
      [...dataOf(inputs, 'x'), ...dataOf(inputs, 'y')].every((count) => count >= 1000),
    );
    expect(big.length).toBeGreaterThanOrEqual(5);
  });

  test.each(['real-pair', 'real-rows'])(
    'a mate is the same, permuted, negated, scaled: %s',
    (name) => {
      const related = (relation: (x: number[], y: number[]) => boolean): number =>
        drawn(name, 600).filter((inputs) => {
          const [x, y] = [dataOf(inputs, 'x'), dataOf(inputs, 'y')];
          return new Set(x).size > 2 && relation(x, y);
        }).length;
      const sorted = (values: number[]): string => String([...values].sort((a, b) => a - b));
      expect(related((x, y) => x.every((v, i) => v === y[i]))).toBeGreaterThan(5);
      expect(related((x, y) => x.every((v, i) => v === -y[i]!))).toBeGreaterThan(5);
      expect(
        related((x, y) => x.every((v, i) => 2 * v === y[i]! || 3 * v === y[i]!)),
      ).toBeGreaterThan(2);
      expect(related((x, y) => sorted(x) === sorted(y) && String(x) !== String(y))).toBeGreaterThan(
        3,
      );
      const nearby = (x: number[], y: number[]): boolean =>
        String(x) !== String(y) && x.every((v, i) => Math.abs(v - y[i]!) <= 1e-15 * Math.abs(v));
      expect(related(nearby)).toBeGreaterThan(3);
    },
  );

  test('symbols mean one length, leading axes included', () => {
    const ranks = new Set(drawn('real-rows', 200).map(({ x }) => (x as NDArray).shape.length));
    expect([...ranks].sort()).toEqual([1, 2, 3]);
  });
});

describe('hyper-parameters', () => {
  const values = (name: string, runs = 600): (number | undefined)[] =>
    drawn(name, runs).map(({ p }) => p as number | undefined);

  test('are left out and given, at their default and elsewhere', () => {
    const optional = values('positive-optional');
    const omitted = optional.filter((p) => p === undefined).length / optional.length;
    expect(omitted).toBeGreaterThan(0.1);
    expect(omitted).toBeLessThan(0.4);
    const elsewhere = optional.filter((p) => p !== undefined && p !== 1).length / optional.length;
    expect(elsewhere).toBeGreaterThan(0.3);
  });

  test('are 0 and 1 where that is legal', () => {
    for (const name of ['real-parameter', 'non-negative-parameter', 'unit-parameter']) {
      expect(values(name)).toContain(0);
    }
    for (const name of ['positive-parameter', 'unit-parameter']) expect(values(name)).toContain(1);
  });

  test('are Infinity where the contract says so, but not for laws', () => {
    const deltas = (finite: boolean): unknown[] =>
      drawn('pair-at-seam', 200, 'float64', finite).map(({ delta }) => delta);
    expect(deltas(false)).toContain(Infinity);
    expect(deltas(true)).not.toContain(Infinity);
  });

  test('between 0 and 1 come close to 1, as momenta do', () => {
    expect(values('unit-parameter').some((p) => p! >= 0.99 && p! < 1)).toBe(true);
  });

  test('take every choice: words, numbers and truth values', () => {
    const inputs = drawn('choices', 200);
    const all = (name: string): Set<unknown> => new Set(inputs.map((given) => given[name]));
    expect(all('reduction')).toEqual(new Set(['mean', 'sum', 'none', undefined]));
    expect(all('base')).toEqual(new Set([2, 10]));
    expect(all('unbiased')).toEqual(new Set([true, false, undefined]));
  });
});

describe('special values', () => {
  test('come one at a time and everywhere, each of them', () => {
    const arrays = drawn('pair-at-seam', 400).map((inputs) => dataOf(inputs, 'x'));
    for (const special of [Infinity, -Infinity, Number.NaN]) {
      const holding = arrays.filter((x) => x.some((v) => Object.is(v, special)));
      expect(holding.length).toBeGreaterThan(10);
      expect(holding.some((x) => x.every((v) => Object.is(v, special)))).toBe(true);
    }
    expect(arrays.filter((x) => x.every(Number.isFinite)).length).toBeGreaterThan(250);
  });

  test('named by a hyper-parameter have its value, given or left out', () => {
    const ignored = drawn('classifier', 400).map((inputs) => {
      const label = (inputs.ignoredLabel ?? -100) as number;
      return {
        given: inputs.ignoredLabel !== undefined,
        held: dataOf(inputs, 'target').includes(label),
      };
    });
    expect(ignored.some(({ given, held }) => given && held)).toBe(true);
    expect(ignored.some(({ given, held }) => !given && held)).toBe(true);
  });
});

describe('ingredients', () => {
  test('name every choice, of a mate as well as of its own styles', () => {
    // A copy of the contract, for which nothing is remembered.
    const fresh = (name: string): readonly string[] =>
      generatorOf({ ...specNamed(name) }, { precision: 'float64' }).ingredients;
    const ingredients = fresh('pair-at-seam');
    expect(ingredients).toEqual(
      expect.arrayContaining([
        'delta: omitted',
        'delta: Infinity',
        'size: full',
        'together: zero',
        'x: large',
        'x: touched up',
        'x: NaN',
        'y beside its mate: at the seam',
        'y itself: large',
      ]),
    );
    expect(new Set(ingredients).size).toBe(ingredients.length);
    expect(fresh('binary-pair')).toEqual(
      expect.arrayContaining(['x: both', 'x: all 0', 'x: all 1']),
    );
  });

  test('are forced in turn: each of them within three runs for every two ingredients', () => {
    // A choice of one input, which shows what was forced.
    const spec = {
      ...specNamed('choices'),
      inputs: {
        p: { kind: 'choice', choices: Array.from({ length: 40 }, (_, i) => i) },
        q: { kind: 'choice', choices: Array.from({ length: 40 }, (_, i) => i) },
      },
    } as const;
    const { ingredients, draw } = generatorOf(spec, { precision: 'float64' });
    expect(ingredients).toHaveLength(80);
    const runs = Array.from({ length: 120 }, (_, run) => draw(5, run));
    for (const name of ['p', 'q']) expect(new Set(runs.map((x) => x[name])).size).toBe(40);
  });

  test('leave every third run free', () => {
    const spec = specNamed('choices');
    const { ingredients, draw } = generatorOf(spec, { precision: 'float64' });
    const turn = 3 * ingredients.length;
    // A forced choice returns every turn; a free one changes.
    const place = ingredients.indexOf('base: 10');
    const run = Math.floor(place / 2) * 3 + (place % 2);
    const forced = [0, 1, 2, 3, 4, 5, 6, 7].map(
      (round) => draw(1, run + (turn / 2) * 2 * round).base,
    );
    expect(new Set(forced)).toEqual(new Set([10]));
  });

  test('that stand behind another choice take their turn too', () => {
    const { ingredients, draw } = generatorNamed('real-pair');
    const runs = Math.ceil(1.5 * ingredients.length);
    const offsets = Array.from({ length: 12 }, (_, seed) =>
      Array.from({ length: runs }, (_, run) => draw(seed, run)).some((inputs) => {
        const [x, y] = [dataOf(inputs, 'x'), dataOf(inputs, 'y')];
        // Only y's own style can leave it offset while x is not.
        return y.every((v) => Math.abs(v) > 9e4) && x.every((v) => Math.abs(v) < 2e3);
      }),
    );
    expect(offsets.filter(Boolean).length).toBeGreaterThanOrEqual(10);
  });
});

test('a free draw is one of the same inputs', () => {
  const spec = specNamed('classifier');
  const draws = { uniform: () => 0, integer: (low: number) => low, chance: () => false };
  const first = drawOnce(spec, {
    ...draws,
    pick: (items) => items[0]!,
    shuffled: (items) => [...items],
  });
  expect(complaint(spec, first)).toBeUndefined();
});
