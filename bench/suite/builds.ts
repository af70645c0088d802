import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Two builds side by side: this one, and one of an older commit in a work tree of its own, which
 * is gone when the measuring is over.
 */

/** The commit that the targets of part 3 of "The price of a formula" are measured against. */
export const BEFORE = '69748e8';

/** Where the sources of a build stand, its command is built and its benchmarks are compiled. */
export interface Builds {
  readonly before: string;
  readonly now: string;
  readonly remove: () => void;
}

/** This module is compiled to `.build/bench/suite`. */
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the older commit beside this one. */
export function makeBuilds(): Builds {
  const before = join(mkdtempSync(join(tmpdir(), 'touchstone-before-')), 'touchstone');
  const git = (...words: string[]): void => {
    execFileSync('git', ['-C', root, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  };
  const remove = (): void => {
    rmSync(join(before, '..'), { recursive: true, force: true });
    git('worktree', 'prune');
  };
  try {
    git('worktree', 'add', '--detach', before, BEFORE);
    symlinkSync(join(root, 'node_modules'), join(before, 'node_modules'), 'dir');
    for (const project of ['tsconfig.build.json', 'tsconfig.bench.json']) compile(before, project);
  } catch (error) {
    remove();
    throw new Error(
      `bench: commit ${BEFORE} must be in the git history, and build; git fetch --unshallow brings it`,
      { cause: error },
    );
  }
  return { before, now: root, remove };
}

function compile(folder: string, project: string): void {
  const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  if (!existsSync(compiler)) throw new Error(`bench: npm ci must have run in ${root}`);
  execFileSync(process.execPath, [compiler, '-p', project], { cwd: folder, stdio: 'inherit' });
}
