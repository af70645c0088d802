import { existsSync, statSync } from 'node:fs';
import type { Precision } from '../kernel/index.js';
import type { OpenOptions } from '../subjects/index.js';
import { requireWhole, requireWord } from './arguments.js';
import { UsageError } from './usage-error.js';

/** The options that say how a subject is run; `check` and `doctor` share them. */
export const subjectOptionTable = {
  command: { type: 'string' },
  dtype: { type: 'string' },
  timeout: { type: 'string' },
  isolate: { type: 'string' },
} as const;

type Values = { readonly [Name in keyof typeof subjectOptionTable]?: string };

const precisions: readonly Precision[] = ['float64', 'float32', 'float16', 'bfloat16'];

/** Timers hold 31 bits; beyond, they fire at once. */
const longestTimeout = 2 ** 31 - 1;

export interface NamedSubject {
  readonly options: OpenOptions;
  /** How it was named, ready to be pasted into a replay. */
  readonly words: string;
  /** The positionals that are left. */
  readonly rest: readonly string[];
}

/** Finds the subject that a command line names: the first positional, or `--command`. */
export function nameSubject(
  command: string,
  values: Values,
  positionals: readonly string[],
  isFormula: (word: string) => boolean,
): NamedSubject {
  const choices = {
    ...(values.dtype === undefined
      ? {}
      : { dtype: requireWord(`${command}: --dtype`, values.dtype, precisions) }),
    ...(values.timeout === undefined
      ? {}
      : { timeout: requireWhole(`${command}: --timeout`, values.timeout, 1, longestTimeout) }),
    ...(values.isolate === undefined
      ? {}
      : { isolate: requireWord(`${command}: --isolate`, values.isolate, ['process', 'thread']) }),
  };
  const options = Object.entries(choices).map(([name, value]) => `--${name} ${value}`);

  if (values.command !== undefined) {
    refuseModuleBeside(command, values, positionals);
    return {
      options: { command: values.command, ...choices },
      words: [`--command ${quoted(values.command)}`, ...options].join(' '),
      rest: positionals,
    };
  }
  const [word, ...rest] = positionals;
  const module = requireModule(command, word, isFormula);
  return {
    options: { module, ...choices },
    words: [quoted(module), ...options].join(' '),
    rest,
  };
}

function refuseModuleBeside(command: string, values: Values, positionals: readonly string[]): void {
  if (values.command!.trim() === '') {
    throw new UsageError(
      `${command}: --command must name a program, as in --command "python3 adapter.py"`,
    );
  }
  if (values.isolate !== undefined) {
    throw new UsageError(
      `${command}: --isolate is for modules; a --command is a process of its own already`,
    );
  }
  const module = positionals.find(looksLikeFile);
  if (module !== undefined) {
    throw new UsageError(`${command}: name one subject, ${module} or --command, not both`);
  }
}

/** A file, as an import names it, or the name of a package. */
function requireModule(
  command: string,
  word: string | undefined,
  isFormula: (word: string) => boolean,
): string {
  if (word === undefined) {
    throw new UsageError(
      `${command}: no subject is named; name a module (touchstone ${command} ./mine.js) or a program (--command "python3 mine.py")`,
    );
  }
  if (existsSync(word) && statSync(word).isFile()) {
    if (/\.py$/.test(word)) {
      throw new UsageError(
        `${command}: ${word} is not a JavaScript module; write --command "python3 ${word}"`,
      );
    }
    return looksLikePath(word) ? word : `./${word}`;
  }
  if (looksLikePath(word) && existsSync(word)) {
    throw new UsageError(`${command}: ${word} is a folder; name the module file in it`);
  }
  if (looksLikeFile(word)) {
    throw new UsageError(
      `${command}: ${word} does not exist; check the path, from ${process.cwd()}`,
    );
  }
  if (/\s/.test(word)) {
    throw new UsageError(
      `${command}: ${word} is not a module; if it is a program, write --command "${word}"`,
    );
  }
  if (isFormula(word)) {
    throw new UsageError(
      `${command}: ${word} names a formula; name the subject first (touchstone ${command} ./mine.js${command === 'check' ? ` ${word}` : ''})`,
    );
  }
  return word;
}

function looksLikePath(word: string): boolean {
  return /^(\.{0,2}[/\\]|[A-Za-z]:[/\\]|\.{1,2}$)/.test(word);
}

function looksLikeFile(word: string): boolean {
  return looksLikePath(word) || /\.[cm]?[jt]s$|\.py$/.test(word);
}

/** A word as a shell reads it back. */
function quoted(word: string): string {
  if (/^[\w./:@=+-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}
