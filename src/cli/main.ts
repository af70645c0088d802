import { exitCodes } from './exit-codes.js';
import { help } from './help.js';
import { nearest } from './nearest.js';
import { UsageError } from './usage-error.js';
import type { World } from './world.js';

type Command = (words: readonly string[], world: World) => Promise<number>;

/** Each command loads when it is asked for: `--version` waits for none of them. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.js')).check,
  doctor: async () => (await import('./doctor.js')).doctor,
  list: async () => (await import('./list.js')).list,
  show: async () => (await import('./show.js')).show,
};

/** Runs a command line, without the program's name, and returns the exit code. */
export async function main(words: readonly string[], world: World): Promise<number> {
  try {
    return await dispatch(words, world);
  } catch (error) {
    // By name, so that the modules that define them need not be loaded.
    const expected = error instanceof Error && ['UsageError', 'SubjectError'].includes(error.name);
    world.complain(`${expected ? sentence(words[0], error) : unexpected(error)}\n`);
    return exitCodes.notJudged;
  }
}

async function dispatch(words: readonly string[], world: World): Promise<number> {
  const [word, ...rest] = words;
  if (word === undefined) {
    world.complain(help.touchstone);
    return exitCodes.notJudged;
  }
  if (word === '--help' || word === '-h' || (word === 'help' && rest.length === 0)) {
    world.print(help.touchstone);
    return exitCodes.conformant;
  }
  if (word === 'help') return dispatch([...rest, '--help'], world);
  if (word === '--version' || word === '-v') {
    world.print(`${(await world.catalogue()).suiteVersion()}\n`);
    return exitCodes.conformant;
  }
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (load === undefined) throw new UsageError(unknownCommand(word));
  if (asksForHelp(rest)) {
    world.print(help[word as keyof typeof help]);
    return exitCodes.conformant;
  }
  return (await load())(rest, world);
}

/** True if `--help` stands before a `--`, which ends the options. */
function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function unknownCommand(word: string): string {
  if (word.startsWith('-')) {
    return `there is no option ${word} here; name a command first, see touchstone --help`;
  }
  if (/\.[cm]?[jt]s$/.test(word)) return `to judge ${word}, write touchstone check ${word}`;
  const meant = nearest(word, Object.keys(commands));
  const remedy = meant === undefined ? 'see touchstone --help' : `did you mean ${meant}?`;
  return `there is no command ${word}; ${remedy}`;
}

/** `touchstone check: …` where the message names the command already. */
function sentence(command: string | undefined, { message }: Error): string {
  return message.startsWith(`${command}: `) ? `touchstone ${message}` : `touchstone: ${message}`;
}

function unexpected(error: unknown): string {
  const trace = error instanceof Error ? error.stack : String(error);
  return `touchstone: this is a defect of touchstone, please report it\n${trace}`;
}
