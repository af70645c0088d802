import { describe, expect, it } from 'vitest';
import { parseArguments, requireWhole, requireWord } from './arguments.js';

const table = { seed: { type: 'string', short: 's' }, strict: { type: 'boolean' } } as const;
const parse = (...words: string[]) => parseArguments('check', words, table);

describe('a command line', () => {
  it('has options and positionals', () => {
    const { values, positionals } = parse('./mine.js', '--seed', '7', '--strict');
    expect({ ...values }).toEqual({ seed: '7', strict: true });
    expect(positionals).toEqual(['./mine.js']);
  });

  it.each([
    ['--sede', 'check: there is no option --sede; did you mean --seed?'],
    ['--mystery', 'check: there is no option --mystery; see touchstone check --help'],
    ['--seed', 'check: --seed needs a value; see touchstone check --help'],
    ['-s', 'check: --seed needs a value; see touchstone check --help'],
    ['--strict=yes', 'check: --strict takes no value; see touchstone check --help'],
  ])('with %s is refused', (word, sentence) => {
    expect(() => parse(word)).toThrow(sentence);
  });
});

it('one of a few words is demanded', () => {
  const words = ['smoke', 'standard', 'exhaustive'] as const;
  expect(requireWord('--level', 'smoke', words)).toBe('smoke');
  const rule = '--level must be smoke, standard or exhaustive';
  expect(() => requireWord('--level', 'some', words)).toThrow(`${rule}, got some`);
  expect(() => requireWord('--level', '', words)).toThrow(`${rule}, got nothing`);
});

it('a whole number in a range is demanded', () => {
  expect(requireWhole('--seed', '0', 0, 10)).toBe(0);
  expect(requireWhole('--seed', '10', 0, 10)).toBe(10);
  const rule = '--seed must be a whole number from 1 to 10';
  for (const value of ['0', '11', '1.5', '-1', '1e1']) {
    expect(() => requireWhole('--seed', value, 1, 10)).toThrow(`${rule}, got ${value}`);
  }
  expect(() => requireWhole('--seed', '', 1, 10)).toThrow(`${rule}, got nothing`);
});
