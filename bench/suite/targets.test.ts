import { expect, test } from 'vitest';
import { isMet, line } from './targets.js';

const tests = { what: 'tests', unit: 's', before: 100, now: 25 };

test('a ratio is held against its target', () => {
  expect(isMet({ ...tests, most: 0.25 })).toBe(true);
  expect(isMet({ ...tests, most: 0.24 })).toBe(false);
  expect(isMet({ ...tests, least: 0.26 })).toBe(false);
  expect(isMet(tests)).toBeUndefined();
});

test('a figure without a build to compare with is held against its target itself', () => {
  expect(isMet({ what: 'sign', unit: 'ms', now: 110, most: 120 })).toBe(true);
  expect(isMet({ what: 'sign', unit: 'ms', now: 130, most: 120 })).toBe(false);
});

test('a line has both figures, their ratio, the target and a mark', () => {
  expect(line({ ...tests, most: 0.25 })).toMatch(
    /^tests +100 s +25\.0 s +0\.25 +at most 0\.25 +✓$/,
  );
  expect(line({ ...tests, most: 0.2 })).toMatch(/✗ missed$/);
  expect(line({ what: 'sign', unit: 'ms', now: 80, most: 120 })).toMatch(
    /^sign +80\.0 ms +at most 120 ms +✓$/,
  );
});
