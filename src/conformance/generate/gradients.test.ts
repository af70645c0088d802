import { describe, expect, test } from 'vitest';
import { type Format, formats, stream } from '../../kernel/index.js';
import { gradientStyles } from './gradients.js';

const names = Object.keys(gradientStyles);
const draw = (style: string, format: Format, steps: number, n: number, seed = 0): Float64Array =>
  gradientStyles[style]!(stream(`${style}/${seed}`), format, steps, n, [0.9, 0.5, 0]);

describe.each(names)('%s', (style) => {
  test('gives a gradient of every parameter at every step', () => {
    for (const steps of [1, 2, 3, 10, 30]) {
      for (const n of [1, 4])
        expect(draw(style, formats.float64, steps, n)).toHaveLength(steps * n);
    }
  });

  test.each(Object.entries(formats))('has squares that %s holds', (_, format) => {
    for (let seed = 0; seed < 20; seed++) {
      for (const gradient of draw(style, format, 30, 3, seed)) {
        if (gradient === 0) continue;
        expect(gradient * gradient).toBeGreaterThan(format.smallestNormal);
        expect(gradient * gradient).toBeLessThan(format.largest / 128);
      }
    }
  });

  test('gives the same gradients for the same draws', () => {
    expect(draw(style, formats.float32, 10, 2)).toEqual(draw(style, formats.float32, 10, 2));
  });
});

describe('balancing', () => {
  /** How often a gradient leaves less than half of the momentum that was there. */
  const balanced = (style: string): number => {
    let momentum = 0;
    let times = 0;
    for (const gradient of gradientStyles[style]!(stream(style), formats.float64, 300, 1, [0.9])) {
      const kept = 0.9 * momentum;
      momentum = kept + 0.1 * gradient;
      if (Math.abs(momentum) < 0.5 * Math.abs(kept)) times++;
    }
    return times;
  };

  test('leaves little of the momentum, oftener than chance does', () => {
    expect(balanced('balancing')).toBeGreaterThan(2 * balanced('normal'));
  });

  test('needs no momentum', () => {
    const gradients = gradientStyles.balancing!(stream('none'), formats.float64, 30, 2, [0]);
    expect(gradients.every((gradient) => gradient !== 0)).toBe(true);
  });
});

test('what waits begins with zeros, and what is next to epsilon never rests', () => {
  const rests = (style: string): boolean =>
    Array.from({ length: 20 }, (_, seed) => draw(style, formats.float64, 10, 1, seed)).some(
      ([first]) => first === 0,
    );
  expect(rests('zeros, then ones')).toBe(true);
  expect(rests('next to epsilon')).toBe(false);
});
