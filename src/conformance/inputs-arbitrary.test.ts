import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { inputsArbitrary } from './inputs-arbitrary.js';
import type { Inputs } from './spec.js';
import { complaint, specNamed, specs } from './specs.fixture.js';

const seed = 7;
const elements = (inputs: Inputs, name: string): number[] => [...(inputs[name] as NDArray).data];

describe('the arbitrary of a contract', () => {
  test.each(specs.map(({ name }) => name))('draws what the contract allows: %s', (name) => {
    const spec = specNamed(name);
    for (const inputs of fc.sample(inputsArbitrary(spec), { seed, numRuns: 50 })) {
      expect(complaint(spec, inputs)).toBeUndefined();
    }
  });

  test('draws the same for the same seed, and not the same each time', () => {
    const draw = () => fc.sample(inputsArbitrary(specNamed('real-vector')), { seed, numRuns: 20 });
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    expect(new Set(drawn.map((inputs) => JSON.stringify(inputs))).size).toBeGreaterThan(15);
  });

  test('gives every ingredient its turn', () => {
    // Long arrays come once in a hundred free draws, so that 60 would often meet none.
    const drawn = fc.sample(inputsArbitrary(specNamed('real-vector')), { seed, numRuns: 60 });
    expect(drawn.some((inputs) => elements(inputs, 'x').length === 1024)).toBe(true);
  });

  test('draws for a precision, and no special values where none are asked for', () => {
    const arbitrary = inputsArbitrary(specNamed('real-vector'), {
      precision: 'bfloat16',
      finite: true,
    });
    const drawn = fc.sample(arbitrary, { seed, numRuns: 200 });
    const all = drawn.flatMap((inputs) => elements(inputs, 'x'));
    expect(all.every(Number.isFinite)).toBe(true);
    // Eight bits of significand leave the lower half of a float32 empty.
    const bits = new Uint32Array(Float32Array.from(all).buffer);
    expect(bits.every((word) => (word & 0xffff) === 0)).toBe(true);
  });

  test('finds the smallest inputs on which a property fails', () => {
    const property = fc.property(inputsArbitrary(specNamed('real-vector')), (inputs) =>
      elements(inputs, 'x').every((value) => value < 1),
    );
    const { failed, counterexample } = fc.check(property, { seed, numRuns: 200 });
    expect(failed).toBe(true);
    expect(counterexample).toEqual([{ x: vector(1) }]);
  });

  test('shrinks an example that it did not draw', () => {
    const arbitrary = inputsArbitrary(specNamed('real-vector'));
    const property = fc.property(arbitrary, (inputs) => elements(inputs, 'x').length < 1);
    const examples: [Inputs][] = [[{ x: vector(0.3, 17) }]];
    expect(fc.check(property, { examples, numRuns: 1 }).counterexample).toEqual([{ x: vector(0) }]);
    expect(arbitrary.canShrinkWithoutContext(3)).toBe(false);
    expect(arbitrary.canShrinkWithoutContext(null)).toBe(false);
  });
});
