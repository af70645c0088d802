import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import type { Calibration, Effort } from './measure.js';

/*
 * Calibrations that were measured before, each under a hash of all that it hangs on: they are
 * told again as long as nothing of it has changed. The results are in a folder that git ignores.
 */

/** Where the sources are read and the results are kept. */
export interface Shelf {
  /** The root of the project, with a slash at the end. */
  readonly root: URL;
  readonly effort: Effort;
}

/** What was measured of a formula, if it would be measured again just so. */
export function keptOf(shelf: Shelf, id: string): Calibration | undefined {
  const file = fileOf(shelf, id);
  if (!existsSync(file)) return undefined;
  const { hash, calibration } = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  return hash === hashOf(shelf, id) ? calibration : undefined;
}

interface Kept {
  readonly hash: string;
  readonly calibration: Calibration;
}

/** Keeps what was measured of a formula. The hash is that of when its measuring began. */
export function keep(shelf: Shelf, hash: string, calibration: Calibration): void {
  const file = fileOf(shelf, calibration.id);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, JSON.stringify({ hash, calibration } satisfies Kept));
}

function fileOf({ root, effort: { seeds, acquittals } }: Shelf, id: string): URL {
  return new URL(`.cache/calibration/${id}.${seeds}-${acquittals}.json`, root);
}

/** Changes with every file that the calibration of a formula hangs on, the effort and the engine. */
export function hashOf({ root, effort }: Shelf, id: string): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ effort, engine: process.versions.v8, platform: process.arch }));
  for (const path of sourcesOf(root, id)) {
    hash.update(`\n${path}\n`).update(readFileSync(new URL(path, root)));
  }
  return hash.digest('hex');
}

/** Everything in these folders, and whatever these modules import. */
const ENGINE = ['src/conformance', 'src/kernel'];
const INSTRUMENT = ['bench/calibration/serve.ts', 'bench/float32-hooks.js', 'package-lock.json'];

/** The files that the calibration of a formula hangs on, sorted. */
export function sourcesOf(root: URL, id: string): readonly string[] {
  const own = [`src/formulas/${id}.ts`, `spec/${id}.ts`, `properties/${id}.ts`];
  const pinned = [`golden/${id}.json`, `golden/${id}.py`];
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const imported of importsOf(root, path)) visit(imported);
  };
  for (const path of [...ENGINE.flatMap((folder) => modulesIn(root, folder)), ...INSTRUMENT]) {
    visit(path);
  }
  for (const path of [...own, ...pinned]) visit(path);
  return [...found].sort();
}

function modulesIn(root: URL, folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(path))
    .map((path) => `${folder}/${path}`);
}

const IMPORT = /\b(?:from |import |import\()'(\.{1,2}\/[^']+)\.js'/g;

const known = new Map<string, readonly string[]>();

/** The modules of the project that a module names in its imports and re-exports. */
function importsOf(root: URL, path: string): readonly string[] {
  if (!path.endsWith('.ts')) return [];
  const key = new URL(path, root).href;
  const before = known.get(key);
  if (before !== undefined) return before;
  const text = readFileSync(new URL(path, root), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, module]) =>
    posix.join(dirname(path), `${module}.ts`),
  );
  known.set(key, imports);
  return imports;
}
