import { describe, expect, it } from 'vitest';
import { type NDArray, stream, vector } from '../../kernel/index.js';
import { shrink } from '../shrink.js';
import { smaller } from '../smaller/index.js';
import type { Inputs, Spec } from '../spec.js';
import { drawOnce, generatorOf } from './index.js';

/*
 * A contract that asks about some of its domain only, and hyper-parameters with a least value.
 */

const bothClasses: Spec = {
  id: 'test/both-classes',
  name: 'Both classes',
  latex: 'y',
  inputs: {
    label: { kind: 'binary', shape: ['n'] },
    steps: { kind: 'count', default: 100, min: 1 },
  },
  asks: ({ label }) => hasBoth(label as NDArray),
  output: { kind: 'count', shape: 'scalar' },
  errors: {},
  sources: [],
};

function hasBoth({ data }: NDArray): boolean {
  return data.includes(0) && data.includes(1);
}

const classesOf = (inputs: Inputs): NDArray => inputs.label as NDArray;

describe('a contract that does not ask about all inputs', () => {
  it('is drawn until it asks, though an ingredient never lets it', () => {
    const generator = generatorOf(bothClasses, { precision: 'float64' });
    expect(generator.ingredients).toContain('label: all 0');
    for (let run = 0; run < 200; run++) {
      expect(hasBoth(classesOf(generator.draw(1, run)))).toBe(true);
    }
    for (let seed = 0; seed < 50; seed++) {
      expect(hasBoth(classesOf(drawOnce(bothClasses, stream(seed))))).toBe(true);
    }
  });

  it('draws the same for the same seed', () => {
    const draw = (spec: Spec) => generatorOf(spec, { precision: 'float64' }).draw(3, 17);
    expect(draw({ ...bothClasses })).toEqual(draw({ ...bothClasses }));
  });

  it('says so if it asks about nothing', () => {
    const nothing: Spec = { ...bothClasses, asks: () => false };
    expect(() => drawOnce(nothing, stream(1))).toThrow('must ask about something');
  });

  it('is asked in the format of the subject', async () => {
    const units = new Set<number>();
    const curious: Spec = {
      ...bothClasses,
      asks: (_, { unit }) => units.add(unit) !== undefined,
    };
    generatorOf(curious, { precision: 'float16' }).draw(1, 1);
    expect([...units]).toEqual([2 ** -11]);
    await shrink(curious, { label: vector(0, 1, 1), steps: 3 }, async () => false, 'float32');
    expect([...units]).toEqual([2 ** -11, 2 ** -24]);
  });

  it('is not shrunk out of what it asks about', async () => {
    const label = vector(0, 1, 1, 0, 1);
    for (const candidate of smaller(bothClasses, { label, steps: 3 })) {
      expect(hasBoth(classesOf(candidate))).toBe(true);
    }
  });
});

describe('a least value', () => {
  it('is kept in draws and by whatever is smaller', () => {
    const generator = generatorOf(bothClasses, { precision: 'float64' });
    const drawn = Array.from({ length: 100 }, (_, run) => generator.draw(1, run).steps ?? 100);
    expect(Math.min(...drawn.map(Number))).toBe(1);
    const candidates = [...smaller(bothClasses, { label: vector(0, 1), steps: 5 })];
    const steps = candidates.map((candidate) => candidate.steps).filter(Number.isFinite);
    expect(Math.min(...(steps as number[]))).toBe(1);
  });
});
