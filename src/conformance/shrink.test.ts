import { describe, expect, test } from 'vitest';
import { type NDArray, stream, vector } from '../kernel/index.js';
import { drawOnce } from './generate.js';
import { follow, shrink, smaller } from './shrink.js';
import type { Inputs } from './spec.js';
import { complaint, specNamed, specs } from './specs.fixture.js';

const draw = (name: string, seed: number | string): Inputs =>
  drawOnce(specNamed(name), stream(seed));
const elements = (inputs: Inputs, name: string): number[] => [...(inputs[name] as NDArray).data];

/** The end of the search for the smallest inputs on which `fails` is true. */
async function smallest(
  name: string,
  inputs: Inputs,
  fails: (inputs: Inputs) => boolean,
): Promise<Inputs> {
  const spec = specNamed(name);
  const { path } = await shrink(spec, inputs, async (candidate) => !fails(candidate));
  return follow(spec, inputs, path);
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
    const inputs = { x: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) } };
    const shapes = [...smaller(specNamed('real-vector'), inputs)].map(
      ({ x }) => (x as NDArray).shape,
    );
    expect(shapes.slice(0, 3)).toEqual([[4], [1, 2], [1, 2]]);
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
      const end = follow(spec, inputs, path);
      expect(end).toEqual(seen.at(-1));
      expect([...smaller(spec, end)].some(fails)).toBe(false);
      expect(await shrink(spec, inputs, async (x) => !fails(x))).toEqual({ path });
    }
  });
});

describe('the search', () => {
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

  test('a step that leads nowhere is an error', () => {
    expect(() => follow(specNamed('real-vector'), { x: vector(0) }, [7])).toThrow(
      'path: step must lead to smaller inputs, got 7 in 7',
    );
    expect(() => follow(specNamed('real-vector'), { x: vector(4) }, [Number.NaN])).toThrow(
      RangeError,
    );
  });

  test('a long array is no burden', () => {
    const data = new Float64Array(150_000);
    data[7] = 1.5;
    const long = { x: { shape: [150_000], data } };
    const fails = (x: Inputs): boolean => elements(x, 'x').length > 120_000;
    expect(take(smaller(specNamed('real-vector'), long), 9).filter(fails)).toHaveLength(7);
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
