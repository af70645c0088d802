import { describe, expect, it } from 'vitest';
import { columns, enumerate, indent, pad, plural, truncate, wrap } from './text.js';

describe('text', () => {
  it('counts columns without colours and combining marks', () => {
    expect(columns('\u001b[31mred\u001b[39m')).toBe(3);
    expect(columns('x\u0302')).toBe(1);
    expect(pad('\u001b[31mred\u001b[39m', 5)).toBe('\u001b[31mred\u001b[39m  ');
  });

  it('wraps at spaces, hanging, and keeps words whole', () => {
    expect(wrap('  one two three', 9, 4)).toBe('  one two\n    three');
    expect(wrap('incomprehensibilities are long', 10)).toBe('incomprehensibilities\nare long');
    expect(wrap('', 10)).toBe('');
  });

  it('cuts a line with an ellipsis only where it is too long', () => {
    expect(truncate('exactly', 7)).toBe('exactly');
    expect(truncate('too long', 5)).toBe('too…');
  });

  it('indents lines that hold something', () => {
    expect(indent('a\n\nb', 2)).toBe('  a\n\n  b');
  });

  it('counts and enumerates as a person does', () => {
    expect([plural(1, 'check'), plural(0, 'check')]).toEqual(['1 check', '0 checks']);
    expect(enumerate(['a', 'b', 'c'])).toBe('a, b and c');
    expect(enumerate(['a', 'b'], 'or')).toBe('a or b');
    expect(enumerate([])).toBe('');
  });
});
