import { expect, it } from 'vitest';
import { type NDArray, stream } from '../../kernel/index.js';
import { drawOnce } from '../generate/index.js';
import type { Spec } from '../spec.js';

const spec: Spec = {
  id: 'tests/kept',
  name: 'Kept',
  latex: '',
  inputs: {
    uniforms: { kind: 'uniform', shape: 'any', random: true, compared: true },
    rate: { kind: 'unit', default: 0.5, seams: true, compared: true },
  },
  output: { kind: 'real', shape: 'uniforms' },
  errors: {},
  sources: [],
};

it('uniform draws lie in [0, 1), and now and then on what they are compared with', () => {
  let [met, beside] = [0, 0];
  for (let seed = 0; seed < 300; seed++) {
    const options = { precision: 'float16', finite: true } as const;
    const { uniforms, rate = 0.5 } = drawOnce(spec, stream(seed), options);
    const { data } = uniforms as NDArray;
    expect(data.every((u) => u >= 0 && u < 1)).toBe(true);
    if (data.includes(rate as number)) met++;
    if (data.some((u) => u !== rate && Math.abs(u - (rate as number)) < 2 ** -8)) beside++;
  }
  expect(met).toBeGreaterThan(30);
  expect(beside).toBeGreaterThan(20);
});
