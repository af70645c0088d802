import { spawn, spawnSync } from 'node:child_process';

/*
 * What a command costs: processor seconds of it and of all that it starts, and how much memory
 * they hold together.
 */

export interface Spent {
  readonly seconds: number;
  readonly megabytes: number;
  readonly code: number | null;
  readonly output: string;
}

/** How often the memory is looked at, in milliseconds. */
const LOOK = 250;

/** Runs a command to its end. Wall time would be that of whatever else the machine does. */
export async function spend(
  folder: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Spent> {
  // The shell knows the times of everything that it has waited for.
  const script = 'TIMEFORMAT="spent %U %S"; time "$@"';
  const child = spawn('bash', ['-c', script, 'bash', ...words], {
    cwd: folder,
    env: { ...process.env, ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  let megabytes = 0;
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, heldBy(child.pid!));
  }, LOOK);
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  clearInterval(timer);
  const [, user, system] = /^spent ([\d.]+) ([\d.]+)$/m.exec(errors) ?? [];
  if (user === undefined) throw new Error(`bench: ${words.join(' ')} must run, got ${errors}`);
  return { seconds: Number(user) + Number(system), megabytes, code, output };
}

/** The memory of a process and of all that it has started, in megabytes. */
function heldBy(process: number): number {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([process]);
  let kilobytes = 0;
  // A child may be listed before its parent: as often as the family grows.
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [pid, parent] of rows) if (family.has(parent!)) family.add(pid!);
  }
  for (const [pid, , held] of rows) if (family.has(pid!)) kilobytes += held!;
  return kilobytes / 1024;
}
