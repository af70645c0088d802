import { describe, expect, test } from 'vitest';
import { type NDArray, stream, vector } from '../kernel/index.js';
import { drawOnce } from './generate/index.js';
import { follow, shrink } from './shrink.js';
import { smaller } from './smaller/index.js';
import type { Inputs } from './spec.js';
import { complaint, specNamed, specs } from './specs.fixture.js';

const draw = (name: string, seed: number | string): Inputs =>
  drawOnce(specNamed(name), stream(seed));
const array = (shape: readonly number[], ...data: number[]): NDArray => ({
  shape,
  data: Float64Array.from(data),
});
const elements = (inputs: Inputs, name: string): number[] => [...(inputs[name] as NDArray).data];

/** All that is smaller by one step. */
const steps = (name: string, inputs: Inputs): Inputs[] => [...smaller(specNamed(name), inputs)];

/** The end of the search for the smallest inputs on which `fails` is true. */
async function smallest(
  name: string,
  inputs: Inputs,
  fails: (inputs: Inputs) => boolean,
): Promise<Inputs> {
  const spec = specNamed(name);
  const { path } = await shrink(spec, inputs, async (candidate) => !fails(candidate));
  return follow(spec, inputs, path)!;
}

describe('smaller inputs', () => {
  test.each(specs.map(({ name }) => name))('stay in the domain: %s', (name) => {
    const spec = specNamed(name);
    for (let seed = 0; seed < 12; seed++) {
      const inputs = draw(name, seed);
      for (const candidate of take(smaller(spec, inputs), 200)) {
        const wrong = complaint(spec, candidate);
        if (wrong !== undefined) expect.fail(`${wrong}: ${JSON.stringify({ inputs, candidate })}`);
      }
    }
  });

  test.each(specs.map(({ name }) => name))('lead to an end whichever is taken: %s', (name) => {
    const spec = specNamed(name);
    for (let seed = 0; seed < 3; seed++) {
      const draws = stream(`walk/${seed}`);
      let inputs: Inputs | undefined = draw(name, seed);
      for (let steps = 0; inputs !== undefined; steps++) {
        if (steps > 5000) expect.fail(`no end at ${JSON.stringify(inputs)}`);
        // One of the next few, or the last one left.
        inputs = take(smaller(spec, inputs), draws.integer(1, 6)).at(-1);
      }
    }
  });

  test.each(specs.map(({ name }) => name))('never are the inputs themselves: %s', (name) => {
    const spec = specNamed(name);
    for (let seed = 0; seed < 4; seed++) {
      const inputs = draw(name, seed);
      const before = JSON.stringify(inputs);
      for (const candidate of take(smaller(spec, inputs), 200)) {
        if (JSON.stringify(candidate) === before) expect.fail(`stands still at ${before}`);
      }
    }
  });

  test('leave the inputs alone', () => {
    const inputs = draw('classifier', 3);
    const before = structuredClone(inputs);
    for (const _ of smaller(specNamed('classifier'), inputs));
    expect(inputs).toEqual(before);
  });

  test('are the boldest first: all axes, then half of the elements', () => {
    const shapes = steps('real-vector', { x: array([2, 2], 1, 2, 3, 4) }).map(
      ({ x }) => (x as NDArray).shape,
    );
    expect(shapes.slice(0, 3)).toEqual([[4], [1, 2], [1, 2]]);
  });

  test('lose axes together with those that share their shape, and with no others', () => {
    const [flat] = steps('pair-at-seam', {
      x: array([2, 1], 0, 0),
      y: array([2, 1], 0, 1),
      delta: 1,
    });
    expect(flat).toEqual({ x: vector(0, 0), y: vector(0, 1), delta: 1 });
    // Only arrays of any shape are free to lose them.
    const rows = { x: array([1, 1, 2], 0, 0), y: array([1, 1, 2], 0, 0) };
    expect(steps('real-rows', rows)).toEqual([
      { x: array([1, 1, 1], 0), y: array([1, 1, 1], 0) },
      { x: array([1, 1, 1], 0), y: array([1, 1, 1], 0) },
    ]);
  });

  test('have one half of the elements, or the other, or all but one', () => {
    expect(steps('binary-vector', { x: vector(0, 0, 1, 1, 0) }).slice(0, 7)).toEqual([
      { x: vector(0, 0) },
      { x: vector(1, 1, 0) },
      { x: vector(0, 0, 1, 1) },
      { x: vector(0, 0, 1, 0) },
      { x: vector(0, 0, 1, 0) },
      { x: vector(0, 1, 1, 0) },
      { x: vector(0, 1, 1, 0) },
    ]);
    // Half of two is all but one.
    expect(steps('sign-vector', { x: vector(-1, -1) }).slice(0, 3)).toEqual([
      { x: vector(-1) },
      { x: vector(-1) },
      { x: vector(1, 1) },
    ]);
  });

  test.each([
    [16, [8, 4, 2, 1]],
    [17, [9, 4, 2]],
    [100, [50, 25, 12, 7]],
    [1024, [512, 256, 128, 64]],
  ])('of %d elements lose parts down to a sixteenth, each once', (length, sizes) => {
    const x = Float64Array.from({ length }, (_, i) => i);
    const lost = steps('real-vector', { x: { shape: [length], data: x } })
      .map((step) => elements(step, 'x'))
      .filter((left) => left.length < length)
      .map((left) => [...x].filter((value) => !left.includes(value)));
    for (const size of sizes) {
      const parts = lost.splice(0, Math.ceil(length / size));
      expect(parts.slice(0, -1).every((part) => part.length === size)).toBe(true);
      expect(parts.flat().sort((a, b) => a - b)).toEqual([...x]);
    }
    expect(lost).toEqual([]);
  });

  test('of arrays of any shape lose elements each on its own', () => {
    const spec = {
      ...specNamed('real-vector'),
      inputs: { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: 'any' } },
    } as const;
    const [first] = smaller(spec, { x: vector(1, 2), y: vector(3, 4) });
    expect(first).toEqual({ x: vector(1), y: vector(3, 4) });
  });

  test('may hold any number beside an axis of fixed length, and the largest that is allowed', () => {
    const points = array([2, 2], 5, 5, 5, 5);
    const inputs = { square: array([2, 2], 0, 0, 0, 1), points, offset: vector(0, 0) };
    expect(steps('matrices', inputs).some((x) => elements(x, 'points').includes(5))).toBe(true);
    const option = { x: vector(0), p: 1.96875 };
    expect(steps('real-optional', option)).toContainEqual({ x: vector(0), p: 2 });
  });

  test('have leading axes that shrink one by one', () => {
    const rows = array([2, 1, 1], 0, 0);
    const row = array([1, 1, 1], 0);
    expect(steps('real-rows', { x: rows, y: rows })).toEqual([
      { x: row, y: row },
      { x: row, y: row },
    ]);
  });

  test('have regular labels in place of one that is ignored', () => {
    const inputs = { logits: array([1, 2], 0, 0), target: vector(-100), weight: vector(0, 0) };
    const labels = steps('classifier', inputs)
      .filter(({ logits }) => (logits as NDArray).data.length === 2)
      .map((x) => elements(x, 'target'));
    expect(labels).toEqual([[0], [1]]);
  });

  test('lose slices of any axis, in the order of the elements', () => {
    const { data } = vector(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);
    const middle = steps('real-vector', { x: { shape: [2, 3, 2], data } })
      .map(({ x }) => x as NDArray)
      .filter(({ shape }) => shape.length === 3 && shape[1]! < 3);
    expect(middle).toEqual([
      array([2, 1, 2], 0, 1, 100, 101),
      array([2, 2, 2], 10, 11, 20, 21, 110, 111, 120, 121),
      array([2, 2, 2], 0, 1, 10, 11, 100, 101, 110, 111),
      array([2, 2, 2], 0, 1, 20, 21, 100, 101, 120, 121),
      array([2, 2, 2], 10, 11, 20, 21, 110, 111, 120, 121),
    ]);
  });

  test('keep axes of one symbol in step, and those of a fixed length', () => {
    const inputs = {
      square: array([2, 2], 0, 0, 0, 1),
      points: array([2, 2], 0, 0, 0, 0),
      offset: vector(0, 0),
    };
    expect(steps('matrices', inputs).slice(0, 2)).toEqual([
      { square: array([1, 1], 0), points: array([1, 2], 0, 0), offset: vector(0, 0) },
      { square: array([1, 1], 1), points: array([1, 2], 0, 0), offset: vector(0, 0) },
    ]);
  });

  test('leave out an option that has a default, whatever was given', () => {
    const inputs = { x: vector(0), reduction: 'sum', base: 10, unbiased: true };
    expect(steps('choices', inputs)).toEqual([
      { x: vector(0), base: 10, unbiased: true },
      { x: vector(0), reduction: 'sum', base: 10 },
    ]);
  });

  test.each<[string, number, number[]]>([
    ['real', -2.347, [0, 1, -1, 2.347, -2, -2.25, -2.3, -2.35]],
    ['real', 731.25, [0, 1, 731, 700, 730]],
    ['real', 2, [0, 1]],
    ['real', -1, [0, 1]],
    ['real', 1, [0]],
    ['real', Number.NaN, []],
    ['positive', 0.0123, [1, 0.01, 0.012]],
    ['non-negative', 3.7, [0, 1, 4]],
    ['unit', 0.7071, [0, 1, 0.75, 0.7, 0.71, 0.707]],
    ['log-probability', -2.5, [0, -1, -2, -3]],
    ['sign', -1, [1]],
    ['binary', 1, [0]],
    ['label', 7, [0, 1]],
    ['count', 1234, [0, 1]],
  ])('are numbers that a person finds simpler: %s %f', (kind, value, simpler) => {
    const found = steps(`${kind}-vector`, { x: vector(value) });
    expect(found.map((candidate) => elements(candidate, 'x'))).toEqual(simpler.map((x) => [x]));
  });

  test('are simpler numbers in all places at once, then in one after the other', () => {
    const found = steps('label-vector', { x: vector(0, 3, 1) }).map((x) => elements(x, 'x'));
    expect(found.slice(5)).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [0, 0, 1],
      [0, 1, 1],
      [0, 3, 0],
    ]);
  });

  test('of distributions have rows that are one-hot, or even if that is simpler', () => {
    const rows = (...data: number[]): number[][] =>
      steps('distribution-vector', { x: array([data.length / 2, 2], ...data) })
        .filter(({ x }) => (x as NDArray).data.length === data.length)
        .map((x) => elements(x, 'x'));
    expect(rows(0.75, 0.25, 0, 1)).toEqual([
      [1, 0, 0, 1],
      [0.5, 0.5, 0, 1],
    ]);
    expect(rows(0, 1, 0.25, 0.75)).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0.5, 0.5],
    ]);
    expect(rows(0.5, 0.5)).toEqual([
      [0.5, 0.5],
      [1, 0],
    ]);
    expect(steps('distribution-vector', { x: vector(0.25, 0.5, 0.25) })).toEqual([
      { x: vector(0, 1, 0) },
    ]);
  });

  test('do not exceed the most that is allowed', () => {
    expect(steps('bounded', { x: vector(1), y: vector(0.3) })).toEqual([
      { x: vector(1), y: vector(0) },
    ]);
  });

  test('keep an option that names a special value as long as that is used', () => {
    const inputs = {
      logits: array([1, 2], 0, 0),
      target: vector(7),
      weight: vector(0, 0),
      ignoredLabel: 7,
    };
    const kept = (given: Inputs): unknown[] =>
      steps('classifier', given)
        .filter(({ logits }) => (logits as NDArray).data.length === 2)
        .map(({ ignoredLabel }) => ignoredLabel);
    expect(kept(inputs)).toEqual([7, 7]); // as the label becomes 0, and 1
    expect(kept({ ...inputs, target: vector(0) })).toEqual([undefined, 0, 1]);
  });

  test('keep special values where only those are allowed, and every other number out', () => {
    const inputs = { x: vector(Infinity), y: vector(0), delta: Infinity };
    expect(steps('pair-at-seam', inputs)).toEqual([{ x: vector(Infinity), y: vector(0) }]);
    // A gap in one row asks nothing of it; what replaces it must be a distribution.
    const gap = { x: array([1, 2], Number.NaN, 0.5), y: array([1, 2], 1, 0) };
    expect(steps('gapped-distributions', gap)).toEqual([
      { x: array([1, 1], Number.NaN), y: array([1, 1], 1) },
      { ...gap, x: array([1, 2], 1, 0) },
    ]);
  });

  test('may hold any label where no axis counts the classes', () => {
    const labels = { x: vector(9), y: vector(9) };
    expect(steps('labels-without-logits', labels)).toHaveLength(4);
  });
});

describe('the smallest failing input', () => {
  test('of "some element exceeds 10" is one short number', async () => {
    const inputs = { x: { shape: [2, 3], data: Float64Array.of(1, -2, 731.25, 4, 0.1, 12) } };
    const found = await smallest('real-vector', inputs, (x) =>
      elements(x, 'x').some((element) => element > 10),
    );
    expect((found.x as NDArray).shape).toEqual([1]);
    expect(String(elements(found, 'x')[0]).length).toBeLessThanOrEqual(3);
  });

  test('of "two elements are tied" is two zeros', async () => {
    const tied = (x: Inputs): boolean => new Set(elements(x, 'x')).size < elements(x, 'x').length;
    const found = await smallest('real-vector', { x: vector(3, 7.5, 1e-3, 7.5, -4) }, tied);
    expect(elements(found, 'x')).toEqual([0, 0]);
  });

  test('of a pair that differs keeps the pair in step and drops the option', async () => {
    const inputs = { x: vector(1, 2.5, 3), y: vector(1, -7.3, 3), delta: 0.7 };
    const differ = (x: Inputs): boolean =>
      elements(x, 'x').some((element, i) => element !== elements(x, 'y')[i]);
    const found = await smallest('pair-at-seam', inputs, differ);
    expect(found).toEqual({ x: vector(0), y: vector(1) });
  });

  test('of "delta is given and above a half" is delta = 1', async () => {
    const inputs = { x: vector(1.5), y: vector(2), delta: 3.14159 };
    const found = await smallest('pair-at-seam', inputs, ({ delta }) => Number(delta) > 0.5);
    expect(found.delta).toBe(1);
  });

  test('of a label beyond the first class keeps two classes', async () => {
    const logits = { shape: [3, 5], data: new Float64Array(15).map((_, i) => i / 7) };
    const inputs = { logits, target: vector(4, 0, 2), weight: vector(1, 2, 3, 4, 5) };
    const found = await smallest('classifier', inputs, (x) =>
      elements(x, 'target').some((label) => label > 0),
    );
    expect(found.target).toEqual(vector(1));
    expect((found.logits as NDArray).shape).toEqual([1, 2]);
    expect((found.weight as NDArray).shape).toEqual([2]);
  });

  test('is itself failing, and nothing smaller is: the path leads there again', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const spec = specNamed('pair-at-seam');
      const inputs = draw('pair-at-seam', `minimum/${seed}`);
      const fails = (x: Inputs): boolean => elements(x, 'x').length >= 2;
      if (!fails(inputs)) continue;
      const seen: Inputs[] = [inputs];
      const { path } = await shrink(spec, inputs, async (candidate) => {
        if (fails(candidate)) seen.push(candidate);
        return !fails(candidate);
      });
      const end = follow(spec, inputs, path)!;
      expect(end).toEqual(seen.at(-1));
      expect([...smaller(spec, end)].some(fails)).toBe(false);
      expect(await shrink(spec, inputs, async (x) => !fails(x))).toEqual({ path });
    }
  });
});

describe('the search', () => {
  test('of two elements far apart in a long array keeps those two', async () => {
    const x = Float64Array.from({ length: 1024 }, (_, i) => i / 16);
    x[1000] = x[3]!;
    let calls = 0;
    const fails = (candidate: Inputs): boolean => {
      calls++;
      return elements(candidate, 'x').filter((value) => value === 3 / 16).length > 1;
    };
    const end = await smallest('real-vector', { x: { shape: [1024], data: x } }, fails);
    expect(elements(end, 'x')).toEqual([3 / 16, 3 / 16]);
    expect(calls).toBeLessThan(500);
  });

  test('has no path where the failure does not come again', async () => {
    const { path } = await shrink(specNamed('real-vector'), { x: vector(1, 2) }, async () => true);
    expect(path).toEqual([]);
  });

  test('passes on what is thrown while it asks, and takes it for no failure', async () => {
    let asked = 0;
    const search = shrink(specNamed('real-vector'), { x: vector(1.5, 2.5, 3.5, 4.5) }, async () => {
      if (asked++ === 2) throw new TypeError('a bug of ours');
      return false;
    });
    await expect(search).rejects.toThrow(new TypeError('a bug of ours'));
    expect(asked).toBe(3);
  });

  test('a step that leads nowhere has no end', () => {
    const spec = specNamed('real-vector');
    expect(follow(spec, { x: vector(0) }, [7])).toBeUndefined();
    expect(follow(spec, { x: vector(1, 1) }, [0, 7])).toBeUndefined();
    expect(follow(spec, { x: vector(1, 1) }, [7, 0])).toBeUndefined();
    expect(follow(spec, { x: vector(4) }, [Number.NaN])).toBeUndefined();
  });

  test('a long array is no burden', () => {
    const data = new Float64Array(150_000);
    data[7] = 1.5;
    const long = { x: { shape: [150_000], data } };
    const fails = (x: Inputs): boolean => elements(x, 'x').length > 120_000;
    expect(take(smaller(specNamed('real-vector'), long), 30).filter(fails)).toHaveLength(24);
  });
});

/** The first few items. */
function take<Item>(items: Iterable<Item>, count: number): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    taken.push(item);
  }
  return taken;
}
