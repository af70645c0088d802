import { SubjectError } from '../conformance/subject.js';

/**
 * The words of a command, as a shell would split them: at spaces, except within single or
 * double quotes; a backslash keeps the next character, except within single quotes. Nothing
 * else means anything: there are no variables, and no shell is started.
 */
export function splitCommand(command: string): readonly [string, ...string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < command.length; i++) {
    const character = command[i]!;
    if (character === '\\' && quote !== "'" && i + 1 < command.length) {
      word = (word ?? '') + command[++i]!;
    } else if (character === quote) {
      quote = undefined;
    } else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) {
    throw new SubjectError(`subject: command must close its quotes, got ${command}`);
  }
  if (word !== undefined) words.push(word);
  const [program, ...rest] = words;
  if (program === undefined || program === '') {
    throw new SubjectError('subject: command must name a program, got none');
  }
  return [program, ...rest];
}
