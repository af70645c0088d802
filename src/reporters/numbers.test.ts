import { describe, expect, it } from 'vitest';
import { abbreviateLists, duration, fractionOfBudget } from './numbers.js';

describe('fractionOfBudget', () => {
  it.each([
    [0, '0'],
    [1e-300, 'under 0.01'],
    [0.37, '0.37'],
    [0.9999, '0.99'],
    [1, '1'],
    [1.0001, '1.1'],
    [9.99, '10.0'],
    [19, '19'],
    [999.5, '1000'],
    [320000, '3.2e+5'],
    [Infinity, '∞'],
    [Number.NaN, 'NaN'],
  ])('writes %d as %s', (ratio, text) => {
    expect(fractionOfBudget(ratio)).toBe(text);
  });
});

describe('duration', () => {
  it.each([
    [84.4, '84 ms'],
    [1234, '1.2 s'],
    [59_960, '1 min 0 s'],
    [200_000, '3 min 20 s'],
  ])('writes %d as %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('abbreviateLists', () => {
  it('leaves short lists, −0 and shapes alone', () => {
    const text = "f({ x: [-0.0, 0, NaN], mode: 'sum' }) of shape [3, 4]";
    expect(abbreviateLists(text)).toBe(text);
  });

  it('cuts long lists at every depth', () => {
    const row = `[${Array.from({ length: 100 }, (_, i) => i).join(', ')}]`;
    expect(abbreviateLists(`f([${row}, [1]])`)).toBe('f([[0, 1, 2, 3, 4, 5, … 94 more], [1]])');
    expect(abbreviateLists(`[${Array(9).fill('[1, 2]').join(', ')}]`)).toBe(
      '[[1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], … 3 more]',
    );
  });

  it('survives a bracket that is never closed, and one never opened', () => {
    expect(abbreviateLists('a ] b [1, 2')).toBe('a ] b [1, 2');
    expect(abbreviateLists('in [0, 1): [[1]')).toBe('in [0, 1): [[1]');
  });
});
