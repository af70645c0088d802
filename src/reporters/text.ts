/** How many columns a text takes on a terminal, where colours and combining marks take none. */
export function columns(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return [...text.replace(/\u001b\[[\d;]*m|\p{Mn}/gu, '')].length;
}

/** The text with spaces after it, up to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Every line of a text moved to the right. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/**
 * A text broken at spaces so that no line exceeds a width, unless a single word does.
 * Lines after the first begin with `hanging` spaces.
 */
export function wrap(text: string, width: number, hanging = 0): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width, hanging))
    .join('\n');
}

function wrapLine(text: string, width: number, hanging: number): string {
  const margin = ' '.repeat(hanging);
  const start = text.match(/^ */)![0];
  const lines: string[] = [];
  let line = start;
  let empty = true;
  for (const word of text.slice(start.length).split(' ')) {
    if (!empty && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = margin + word;
    } else {
      line += empty ? word : ` ${word}`;
    }
    empty = false;
  }
  return [...lines, line].join('\n');
}

/** A single line cut to a width, with an ellipsis in place of what is lost. Takes no colours. */
export function truncate(line: string, width: number): string {
  if (columns(line) <= width) return line;
  return `${[...line]
    .slice(0, Math.max(0, width - 1))
    .join('')
    .trimEnd()}…`;
}

/** `1 check`, `2 checks`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
