import { expect, test } from 'vitest';
import { splitCommand } from './command-line.js';

test.each([
  ['python3 adapter.py', ['python3', 'adapter.py']],
  ['  python3\t adapter.py  ', ['python3', 'adapter.py']],
  [`'my program' --name="two words" ''`, ['my program', '--name=two words', '']],
  [String.raw`a\ b "say \"hi\"" 'back\slash'`, ['a b', 'say "hi"', String.raw`back\slash`]],
  ['echo $HOME | cat', ['echo', '$HOME', '|', 'cat']],
])('%s', (command, words) => {
  expect(splitCommand(command)).toEqual(words);
});

test.each([
  ['', /must name a program/],
  ['   ', /must name a program/],
  ['python3 "adapter.py', /must close its quotes, got python3 "adapter.py/],
])('%j is refused', (command, message) => {
  expect(() => splitCommand(command)).toThrow(message);
});
