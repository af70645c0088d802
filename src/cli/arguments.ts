import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from './nearest.js';
import { UsageError } from './usage-error.js';

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<Table extends Options> = ReturnType<
  typeof parseArgs<{ options: Table; allowPositionals: true; strict: true }>
>;

/** The positionals and the options of a command line; every flaw in it is a {@link UsageError}. */
export function parseArguments<const Table extends Options>(
  command: string,
  words: readonly string[],
  options: Table,
): Parsed<Table> {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(command, error as NodeJS.ErrnoException, Object.keys(options)));
  }
}

/** Says in a sentence what parseArgs found. */
function explain(command: string, error: NodeJS.ErrnoException, names: readonly string[]): string {
  // The message quotes the option first: "Unknown option '--sede'", "Option '-s, --seed <value>' …".
  const option = error.message.match(/'(?:-\w, )?(--?[^' ]*)/)?.[1] ?? 'an option';
  const help = `see touchstone ${command} --help`;
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION': {
      const name = nearest(option.replace(/^-+/, ''), names);
      const remedy = name === undefined ? help : `did you mean --${name}?`;
      return `${command}: there is no option ${option}; ${remedy}`;
    }
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return error.message.includes('does not take an argument')
        ? `${command}: ${option} takes no value; ${help}`
        : `${command}: ${option} needs a value; ${help}`;
    default:
      return `${command}: ${error.message}; ${help}`;
  }
}

/** Demands one of a few words. */
export function requireWord<const Word extends string>(
  option: string,
  value: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  throw new UsageError(
    `${option} must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, got ${value || 'nothing'}`,
  );
}

/** Demands a whole number in a range. */
export function requireWhole(option: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(
    `${option} must be a whole number from ${least} to ${most}, got ${value || 'nothing'}`,
  );
}
