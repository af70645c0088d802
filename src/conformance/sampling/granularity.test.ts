import { describe, expect, it } from 'vitest';
import { stream } from '../../kernel/index.js';
import { grainOf } from './granularity.js';

const REACH = 2 ** -19;
const SLACK = 2 ** -22;
const draws = stream('grain');
const uniforms = Float64Array.from({ length: 8000 }, () => draws.uniform());
const onGrid = (bits: number): Float64Array =>
  uniforms.map((u) => Math.floor(u * 2 ** bits) / 2 ** bits);

describe('grain', () => {
  it('finds nothing in fine draws, of 24 bits too', () => {
    for (const values of [uniforms, onGrid(24)]) {
      const { near, expected, p } = grainOf(values, REACH, SLACK);
      expect(p).toBeGreaterThan(1e-3);
      expect(Math.abs(near - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it.each([8, 12, 15, 16])('finds a source of %d bits', (bits) => {
    expect(grainOf(onGrid(bits), REACH, SLACK).p).toBeLessThan(1e-30);
  });

  it('finds draws that are used twice, in any order', () => {
    const twice = uniforms.map((_, i) => uniforms[(i * 7919) % 4000]!);
    expect(grainOf(twice, REACH, SLACK).p).toBeLessThan(1e-100);
  });

  it('finds a source that never comes back before it has been through all of its values', () => {
    const period = 2 ** 13;
    const values = Float64Array.from(
      { length: period },
      (_, i) => ((i * 3037 + 11) % period) / period,
    );
    expect(new Set(values).size).toBe(period);
    expect(grainOf(values, REACH, SLACK).p).toBeLessThan(1e-20);
  });

  it('gives rounding the benefit, where draws come too near and where they keep away', () => {
    const apart = Float64Array.from({ length: 4096 }, (_, i) => ((i * 3037) % 4096) / 4096);
    for (const values of [onGrid(17), apart]) {
      const sure = grainOf(values, REACH, 0).p;
      expect(sure).toBeGreaterThan(0);
      expect(grainOf(values, REACH, SLACK).p).toBeGreaterThan(sure);
    }
  });

  it('counts the cover once where intervals overlap, and not beyond the ends', () => {
    const { expected, of } = grainOf(new Float64Array(1000), 0.25, 0);
    expect(expected / of).toBe(0.25);
  });

  it('is the same for the same draws', () => {
    expect(grainOf(uniforms, REACH, SLACK)).toEqual(grainOf(uniforms, REACH, SLACK));
  });
});
