import { truncate } from '../reporters/text.js';
import type { World } from './world.js';

/** Signals that ask a process to end, with their numbers: a shell expects the exit code 128 + n. */
const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGPIPE: 13 } as const;

/** How long a clean-up may take before the process ends without it. */
const patience = 2000;

/** The world of a process: its streams, its signals, and the modules loaded when they are needed. */
export function processWorld(process: NodeJS.Process): World & { flush: () => Promise<void> } {
  const { stdout, stderr, env } = process;
  const cleanUps: (() => Promise<void>)[] = [];
  let ending = false;
  let shown = false;

  /** Takes away what was only shown. */
  const erase = (): void => {
    if (shown) stdout.write(ERASED);
    shown = false;
  };

  const endEarly = async (signal: keyof typeof signals): Promise<void> => {
    const code = 128 + signals[signal];
    // Asked a second time, it goes at once.
    if (ending) process.exit(code);
    ending = true;
    if (signal !== 'SIGPIPE') erase();
    setTimeout(() => process.exit(code), patience).unref();
    await Promise.allSettled(cleanUps.map((cleanUp) => cleanUp()));
    process.exit(code);
  };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void endEarly(signal));
  }
  // The reader of a pipe went away, as `head` does: whatever else is said, nobody hears it.
  const onBrokenPipe = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'EPIPE') throw error;
    void endEarly('SIGPIPE');
  };
  stdout.on('error', onBrokenPipe);
  stderr.on('error', onBrokenPipe);

  const isLive = isWatched(stdout, env);
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    if (ending) return;
    erase();
    stream.write(text);
  };
  return {
    print: (text) => write(stdout, text),
    complain: (text) => write(stderr, text),
    show: (line) => {
      if (!isLive) return;
      write(stdout, truncate(line, widthOf(stdout, env) - 1));
      shown = line !== '';
    },
    terminal: { color: takesColor(stdout, env), width: widthOf(stdout, env) },
    whenInterrupted: (cleanUp) => void cleanUps.push(cleanUp),
    catalogue: () => import('../catalog.js'),
    subjects: () => import('../subjects/index.js'),
    engine: () => import('../run.js'),
    rehearsal: () => import('./rehearsal.js'),
    // Once the process is ending early, its exit code is decided there.
    flush: () => new Promise((resolve) => ending || stdout.write('', () => resolve())),
  };
}

/** Back to the start of the line, and nothing on it. */
const ERASED = '\r\u001b[2K';

/** True if someone may be looking at lines that come and go. */
export function isWatched(stdout: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stdout.isTTY === true && env.TERM !== 'dumb' && (env.CI ?? '') === '';
}

/** https://no-color.org and https://force-color.org, then whether anyone looks. */
export function takesColor(stdout: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

/** Beyond 120 columns lines are long to read; below 40 nothing can be laid out. */
export function widthOf(stdout: { columns?: number }, env: NodeJS.ProcessEnv): number {
  const width = stdout.columns ?? (Number(env.COLUMNS) || 80);
  return Math.min(120, Math.max(40, width));
}
