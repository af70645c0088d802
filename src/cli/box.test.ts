import { expect, it } from 'vitest';
import { beside, cases, textBox } from './box.js';

it('a brace has an upper end, a middle and a lower end, and its rows may be short', () => {
  const box = cases([['1', 'x > 0'], ['half', 'x = 0'], ['0']]);
  expect(box.lines).toEqual(['⎧ 1      x > 0', '⎨ half   x = 0', '⎩ 0']);
  expect(box.baseline).toBe(1);
});

it('boxes meet on their lines of writing', () => {
  const step = cases([['1', 'x > 0'], ['0', 'x = 0'], ['−1']]);
  expect(beside([textBox('f = '), step, textBox(' there')])).toEqual({
    lines: ['    ⎧ 1    x > 0      ', 'f = ⎨ 0    x = 0 there', '    ⎩ −1              '],
    baseline: 1,
  });
});
