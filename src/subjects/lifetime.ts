import type { ChildProcess } from 'node:child_process';

/*
 * Nothing that the suite starts outlives it: not after a fault, not after Ctrl-C, not when the
 * suite itself fails. Each child leads a process group of its own, so that what the child
 * started ends with it.
 */

const running = new Set<ChildProcess>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ties the life of a child, spawned `detached`, to ours. */
export function endWithUs(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll);
    for (const signal of signals) process.on(signal, interrupted);
  }
  running.add(child);
}

/** Ends a child and everything it started, at once. Resolves when it is gone. */
export function killGroup(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    if (hasEnded(child)) resolve();
    else child.once('exit', () => resolve());
  });
  kill(child);
  if (running.delete(child) && running.size === 0) {
    process.off('exit', killAll);
    for (const signal of signals) process.off(signal, interrupted);
  }
  return gone;
}

/** True once a child has exited, was ended by a signal, or never started. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    // The group outlives its leader while a grandchild runs. Windows has no groups.
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

function killAll(): void {
  for (const child of running) kill(child);
}

function interrupted(signal: NodeJS.Signals): void {
  // Somebody else listens, and decides what becomes of us; if we exit, so do the children.
  if (process.listenerCount(signal) > 1) return;
  killAll();
  // A listener replaces what the signal does by itself: do that now.
  process.off(signal, interrupted);
  process.kill(process.pid, signal);
}
