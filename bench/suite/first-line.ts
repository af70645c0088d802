import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * How long whoever types a command waits: for its first line about a formula, and on a terminal
 * for a sign that something is under way.
 */

const FORMULA = 'losses/huber';

/** A subject as a user has one: a module that imports nothing. */
const SUBJECT = `
const huber = ({ prediction, target, delta = 1 }) => {
  if (String(prediction.shape) !== String(target.shape)) throw new Error('shapes differ');
  if (prediction.data.length === 0) throw new Error('nothing to average');
  if (!(delta > 0 && delta < Infinity)) throw new Error('delta must be positive');
  let total = 0;
  for (let i = 0; i < prediction.data.length; i++) {
    const error = Math.abs(prediction.data[i] - target.data[i]);
    total += error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
  }
  return total / prediction.data.length;
};
export default {
  name: 'mine', version: '1.0.0', dtype: 'float64', arrays: 'typed',
  formulas: { '${FORMULA}': huber },
};
`;

/** Gives a subject to whoever needs one for a while. */
export async function withSubject<Result>(
  use: (module: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-subject-'));
  const module = join(folder, 'mine.mjs');
  writeFileSync(module, SUBJECT);
  try {
    return await use(module);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commandOf(build: string, module: string): readonly string[] {
  return [join(build, 'dist/src/cli.js'), 'check', module, FORMULA];
}

/** Milliseconds from the command to its first line about a formula. */
export function firstLine(build: string, module: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, commandOf(build, module), {
    cwd: build,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let first: number | undefined;
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (output.includes(`${FORMULA} `)) first ??= performance.now() - started;
  });
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      if (first === undefined) reject(new Error(`bench: check must tell of ${FORMULA}`));
      else resolve(first);
    });
  });
}

/** A program that has a command believe in a terminal, and prints when it was first heard. */
const TERMINAL = `
import os, pty, sys, time
os.environ.pop('CI', None)
os.environ['TERM'] = 'xterm'
started = time.monotonic()
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
os.read(terminal, 1)
print(1000 * (time.monotonic() - started))
try:
    while os.read(terminal, 4096):
        pass
except OSError:
    pass
os.waitpid(child, 0)
`;

/** Milliseconds to the first sign on a terminal; undefined where no Python can pretend to be one. */
export function firstSign(build: string, module: string): number | undefined {
  const words = [process.execPath, ...commandOf(build, module)];
  const { stdout, status } = spawnSync('/usr/bin/env', ['python3', '-c', TERMINAL, ...words], {
    cwd: build,
    encoding: 'utf8',
  });
  return status === 0 ? Number(stdout) : undefined;
}
