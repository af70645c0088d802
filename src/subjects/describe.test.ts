import { describe, expect, it } from 'vitest';
import { describe as described, excerpt, messageOf } from './describe.js';

it.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['abc', 'the text "abc"'],
  ['x'.repeat(81), `the text "${'x'.repeat(80)}…"`],
  [1.5, '1.5'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [12n, 'the bigint 12'],
  [() => 1, 'a function'],
  [Symbol('s'), 'a symbol'],
  [true, 'true'],
  [[1, 2, 3], 'a list of 3'],
  [{}, 'an object without fields'],
  [{ a: 1 }, 'an object with the field a'],
  [{ a: 1, b: 2 }, 'an object with fields a, b'],
])('%o is described as %s', (value, words) => {
  expect(described(value)).toBe(words);
});

it('an excerpt ends where a message would become unreadable', () => {
  expect(excerpt('abc', 3)).toBe('abc');
  expect(excerpt('abcd', 3)).toBe('abc…');
});

describe('what was thrown', () => {
  it.each([
    [new RangeError('too far'), 'too far'],
    [new RangeError(''), 'RangeError'],
    ['a text', 'a text'],
    [{ code: 3 }, 'an object with the field code'],
  ])('%o says %s', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });

  it('may refuse to be printed', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(messageOf(proxy)).toBe('something that cannot be printed');
  });
});
