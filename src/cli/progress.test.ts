import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startProgress } from './progress.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says at once what is under way, and counts its seconds', () => {
  const shown: string[] = [];
  const progress = startProgress((line) => shown.push(line));
  progress.tell('mine.js starts');
  expect(shown).toEqual(['mine.js starts …']);
  vi.advanceTimersByTime(2500);
  progress.tell('losses/huber, 1 of 2');
  vi.advanceTimersByTime(1000);
  progress.end();
  vi.advanceTimersByTime(5000);
  expect(shown).toEqual([
    'mine.js starts …',
    'mine.js starts … 1 s',
    'mine.js starts … 2 s',
    'losses/huber, 1 of 2 …',
    'losses/huber, 1 of 2 … 1 s',
    '',
  ]);
});
