import { parseArguments } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { chooseFormulas } from './formulas.js';
import type { World } from './world.js';

/** `touchstone list`: the ids alone, one a line, for people and for pipes. */
export async function list(words: readonly string[], world: World): Promise<number> {
  const { positionals } = parseArguments('list', words, {});
  const ids = chooseFormulas('list', await world.catalogue(), positionals);
  world.print(ids.map((id) => `${id}\n`).join(''));
  return exitCodes.conformant;
}
