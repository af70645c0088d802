import { expect, it } from 'vitest';
import { distanceBetween, distanceFromUniform } from './distance.js';

// scipy.stats.ks_1samp and ks_2samp.
it('is that of Kolmogorov and Smirnov', () => {
  const uniforms = Float64Array.of(0.35, 0.1, 0.95, 0.2, 0.9);
  expect(distanceFromUniform(uniforms)).toBeCloseTo(0.3, 15);
  const [left, right] = [Float64Array.of(5, 0, 2, 1), Float64Array.of(7, 2, 1.5, 2, 1)];
  expect(distanceBetween(left, right)).toBeCloseTo(0.3, 15);
  expect(distanceBetween(right, left)).toBeCloseTo(0.3, 15);
});

it('is as good as nothing for even numbers, and nearly 1 for one number', () => {
  const even = Float64Array.from({ length: 10 }, (_, i) => (i + 0.5) / 10);
  expect(distanceFromUniform(even)).toBeCloseTo(0.05, 15);
  expect(distanceFromUniform(new Float64Array(10))).toBe(1);
  expect(distanceBetween(even, even)).toBe(0);
});

it('leaves its arguments in their order', () => {
  const numbers = Float64Array.of(0.9, 0.1);
  distanceFromUniform(numbers);
  distanceBetween(numbers, numbers);
  expect([...numbers]).toEqual([0.9, 0.1]);
});
