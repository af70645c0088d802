import { describe, expect, it } from 'vitest';
import { takesColor, widthOf } from './process-world.js';

describe('takesColor', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal: %s, with %j: %s', (isTTY, env, colored) => {
    expect(takesColor({ isTTY }, env)).toBe(colored);
  });
});

describe('widthOf', () => {
  it('asks the terminal, then the environment, and stays readable', () => {
    expect(widthOf({ columns: 100 }, { COLUMNS: '60' })).toBe(100);
    expect(widthOf({}, { COLUMNS: '60' })).toBe(60);
    expect(widthOf({}, {})).toBe(80);
    expect(widthOf({}, { COLUMNS: 'wide' })).toBe(80);
    expect([widthOf({ columns: 10 }, {}), widthOf({ columns: 400 }, {})]).toEqual([40, 120]);
  });
});
