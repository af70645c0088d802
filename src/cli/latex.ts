import { type Box, beside, cases, textBox } from './box.js';
import {
  accents,
  bigOperators,
  functions,
  lowered,
  raised,
  relations,
  spaces,
  symbols,
} from './latex-symbols.js';

/** A command, or a single character, spaces apart. */
const token = /\\[A-Za-z]+|\\.|[^\\]/gsu;

/** What the text cannot say; the caller then shows the LaTeX itself. */
class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/**
 * LaTeX as lines of Unicode text, or undefined where the text would lose or bend something:
 * an unknown command, or a box inside a fraction or an index.
 */
export function latexToText(latex: string): string | undefined {
  try {
    const reader = readerOf(latex);
    const box = reader.sequence(() => false);
    return box.lines
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/^\n+|\n+$/g, '');
  } catch (error) {
    if (error instanceof UnreadableError) return undefined;
    throw error;
  }
}

function readerOf(latex: string) {
  const tokens: readonly string[] = latex.match(token) ?? [];
  let next = 0;

  /** Everything up to a token that ends it, which stays unread. */
  function sequence(ends: (token: string) => boolean): Box {
    const boxes: Box[] = [];
    let line = '';
    while (next < tokens.length && !ends(tokens[next]!)) {
      if (tokens[next] === '\\begin') {
        boxes.push(textBox(tidy(line).trimStart()), environment());
        line = '';
      } else {
        line += item(line);
      }
    }
    if (boxes.length === 0) return textBox(tidy(line).trim());
    return beside([...boxes, textBox(tidy(line))]);
  }

  /** The text of a group, `{…}`, or of a single token. */
  function group(): string {
    skipSpace();
    if (tokens[next] !== '{') {
      if (next >= tokens.length) throw new UnreadableError('an argument is missing');
      return item('');
    }
    next++;
    const box = sequence((candidate) => candidate === '}');
    if (tokens[next++] !== '}') throw new UnreadableError('a group is not closed');
    return flat(box).trim();
  }

  function item(before: string): string {
    const word = tokens[next++]!;
    if (word === '{') {
      next--;
      return group();
    }
    if (word === '^') return index(group(), raised, '^');
    if (word === '_') return index(group(), lowered, '_');
    // After a quantity it subtracts; at the start, or after a relation, it negates.
    if (word === '-') return /[\p{L}\p{M}\p{N})\]}|‖⌉⌋⁾₎′∞]\s*$/u.test(before) ? ' − ' : '−';
    if (word === ',') return ', ';
    if (/^[=+<>]$/.test(word)) return ` ${word} `;
    if (word === '~') return ' ';
    if (word === '&' || word === '}') throw new UnreadableError(`${word} out of place`);
    if (!word.startsWith('\\')) return word.trim() === '' ? ' ' : word;
    return command(word.slice(1));
  }

  function command(name: string): string {
    if (Object.hasOwn(symbols, name)) return symbols[name]!;
    if (Object.hasOwn(relations, name)) return ` ${relations[name]} `;
    if (Object.hasOwn(spaces, name)) return spaces[name]!;
    if (Object.hasOwn(bigOperators, name)) return bigOperator(bigOperators[name]!);
    if (functions.has(name)) return applied(name);
    if (Object.hasOwn(accents, name)) return accented(group(), accents[name]!);
    switch (name) {
      case 'frac':
      case 'tfrac':
      case 'dfrac':
        return fraction(group(), group());
      case 'sqrt':
        return root();
      case 'text':
      case 'mathrm':
      case 'mathbf':
      case 'mathcal':
      case 'boldsymbol':
        return literalGroup();
      case 'operatorname':
        // With a star its limits stand below it: in a line of text that is the same.
        if (tokens[next] === '*') next++;
        return applied(literalGroup());
      case 'mathbb':
        return { R: 'ℝ', N: 'ℕ', Z: 'ℤ', E: '𝔼' }[group()] ?? unreadable(name);
      case 'left':
      case 'right':
      case 'bigl':
      case 'bigr':
      case 'Bigl':
      case 'Bigr':
      case 'big':
      case 'Big':
        return delimiter();
      default:
        return unreadable(name);
    }
  }

  /** A function before its argument: `log x`, but `log(1 + x)` and `log₂ x`. */
  function applied(name: string): string {
    skipSpace();
    let indices = '';
    for (; tokens[next] === '_' || tokens[next] === '^'; skipSpace()) indices += item('');
    const opens = ['(', '[', '\\left', '\\bigl', '\\Bigl'].includes(tokens[next] ?? '');
    return ` ${name}${indices}${opens ? '' : ' '}`;
  }

  function delimiter(): string {
    skipSpace();
    const word = tokens[next++] ?? unreadable('left');
    if (word === '.') return '';
    return word.startsWith('\\') ? (symbols[word.slice(1)] ?? unreadable(word)) : word;
  }

  /** ∑ with its limits: `∑ᵢ`, or in words where they do not fit: `∑_(i=1…n)`. */
  function bigOperator(sign: string): string {
    let limits = '';
    for (skipSpace(); tokens[next] === '_' || tokens[next] === '^'; skipSpace()) {
      limits += item('');
    }
    return ` ${sign}${limits} `;
  }

  function root(): string {
    if (tokens[next] === '[') unreadable('sqrt');
    const radicand = group();
    return isFactor(radicand) ? `√${radicand}` : `√(${radicand})`;
  }

  /** The letters of a group as they stand, spaces too. */
  function literalGroup(): string {
    skipSpace();
    if (tokens[next] !== '{') return item('');
    const end = tokens.indexOf('}', next);
    if (end < 0) throw new UnreadableError('a group is not closed');
    const inside: readonly string[] = tokens.slice(next + 1, end);
    if (inside.some((word) => /^[\\{^_$]/.test(word))) return group();
    next = end + 1;
    return inside.join('');
  }

  /** `cases` and `aligned`: rows parted by `\\`, cells by `&`. */
  function environment(): Box {
    next++;
    const name = literalGroup();
    if (!['cases', 'aligned', 'gathered'].includes(name)) unreadable(name);
    const rows: string[][] = [[]];
    while (tokens[next] !== '\\end') {
      const cell = sequence((word) => ['&', '\\\\', '\\end'].includes(word));
      rows.at(-1)!.push(flat(cell).trim());
      if (next >= tokens.length) throw new UnreadableError(`${name} is not closed`);
      if (tokens[next] === '&') next++;
      else if (tokens[next] === '\\\\') {
        next++;
        rows.push([]);
      }
    }
    next++;
    literalGroup();
    const filled = rows.filter((row) => row.some((cell) => cell !== ''));
    if (name === 'cases') return cases(filled);
    return { lines: filled.map((row) => tidy(row.join(' '))), baseline: 0 };
  }

  function skipSpace(): void {
    while (/^\s$/.test(tokens[next] ?? '')) next++;
  }

  return { sequence };
}

function unreadable(name: string): never {
  throw new UnreadableError(`${name} has no text`);
}

function flat({ lines }: Box): string {
  if (lines.length > 1) throw new UnreadableError('a box inside a line');
  return lines[0]!;
}

function index(text: string, map: (text: string) => string | undefined, mark: string): string {
  if (text === 'ᵀ' || text === '′') return text;
  const compact = text.replaceAll(' ', '');
  // A raised word is a riddle: e^(x − max x), not eˣ⁻ᵐᵃˣˣ.
  const small = /\p{L}{3}/u.test(compact) ? undefined : map(compact);
  return small ?? ([...compact].length === 1 ? mark + compact : `${mark}(${text.trim()})`);
}

function accented(letter: string, accent: string): string {
  if ([...letter].length !== 1) unreadable('an accent over several letters');
  return (letter + accent).normalize('NFC');
}

function fraction(above: string, below: string): string {
  if (above === '1' && below === '2') return '½';
  // The space keeps x/2 (1 + y) from reading as x over 2 (1 + y).
  return `${isProduct(above) ? above : `(${above})`}/${isFactor(below) ? below : `(${below})`} `;
}

/** True for a number, a letter with its indices, or what parentheses hold together. */
function isFactor(text: string): boolean {
  return /^(\d[\d.]*|\p{L}[\p{M}\p{Lm}\p{No}′]*(\^\([^()]*\))?|½|∞|\([^()]*\))$/u.test(text);
}

/** True for factors side by side, which a division does not tear apart. */
function isProduct(text: string): boolean {
  const outside = text.replace(/\([^()]*\)/g, '()');
  return isFactor(text) || /^[\p{L}\p{M}\p{N}½∞∂.^() ]+$/u.test(outside);
}

/** One space where several met, none inside parentheses, three for a quad. */
function tidy(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replaceAll(' \u2003', '\u2003')
    .replace(/\u2003 ?/g, '   ')
    .replace(/([([]) +/g, '$1')
    .replace(/ +([)\],;])/g, '$1');
}
