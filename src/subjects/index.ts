import { type Subject, SubjectError } from '../conformance/subject.js';
import type { Precision } from '../kernel/precision.js';
import { type Isolation, openModule } from './module.js';

export { type DirectOptions, directSubject } from './direct.js';
export type { Isolation } from './module.js';
export type { SubjectModule } from './module-definition.js';

export interface OpenOptions {
  /** A JavaScript module: a file, or an installed package. */
  readonly module?: string | undefined;
  /** Or a program that speaks the protocol: `python3 adapter.py`. */
  readonly command?: string | undefined;
  /** What it is to compute in; by default, what it prefers. */
  readonly dtype?: Precision | undefined;
  /** Milliseconds that a call may take. */
  readonly timeout?: number | undefined;
  /** Where a module runs. */
  readonly isolate?: Isolation | undefined;
}

/** Generous: no formula on a few dozen numbers takes a second, on a busy machine neither. */
const TIMEOUT = 2_000;

/**
 * Opens the implementation under test.
 *
 * @throws SubjectError if it cannot be started, or cannot be judged.
 */
export async function openSubject(options: OpenOptions): Promise<Subject> {
  const { module, command, dtype, isolate, timeout = TIMEOUT } = options;
  if ((module === undefined) === (command === undefined)) {
    throw new SubjectError('subject: exactly one of module and command must be given');
  }
  if (!(timeout > 0 && timeout < 2 ** 31)) {
    throw new SubjectError(`subject: timeout must be a number of milliseconds, got ${timeout}`);
  }
  if (module !== undefined) return openModule(module, { dtype, isolate, timeout });
  if (isolate !== undefined) {
    throw new SubjectError('subject: isolate must be left out for a command, which is a process');
  }
  // The protocol's validators take a while to load, and a module needs none.
  const { openProcess } = await import('./process.js');
  return openProcess(command!, { dtype, timeout });
}
