import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/conformance/report.js';
import type { Precision } from '../src/kernel/index.js';
import { run } from '../src/run.js';
import { type OpenOptions, openSubject } from '../src/subjects/index.js';

/** Failing checks that were confirmed one by one, with what is wrong. */
export interface Finding {
  readonly reason: string;
  readonly dtypes: readonly string[];
  readonly checks: readonly string[];
}

/** The manifest beside an adapter: what it judges, how to run it, and what was found. */
export interface Manifest {
  readonly judges: string;
  readonly version: string;
  readonly run: string;
  /** For an adapter in Python: a statement that runs where the library is. */
  readonly imports?: string;
  /** The formats that are judged, and the words that its command then ends in. */
  readonly runs: readonly { readonly dtype: Precision; readonly words: string }[];
  readonly formulas: readonly string[];
  /** What it draws samples of. */
  readonly samples?: readonly string[];
  /** Where the library is wrong, or means something else than the contract. */
  readonly findings: readonly Finding[];
  /** Failures that are not held against it: the suite asks too much, and says here what. */
  readonly disputed: readonly Finding[];
  /** Findings that other seeds than the first have met. */
  readonly rare?: readonly Finding[];
  /** What `npm run acquit` found: the largest error of an answer that was accepted. */
  readonly acquittals?: readonly Acquittal[];
}

export interface Acquittal {
  readonly dtype: string;
  readonly seeds: number;
  /** As a fraction of the budget. */
  readonly worst: number;
  /** The check that showed it. */
  readonly at: string;
}

export function readManifest(adapter: string): Manifest {
  return JSON.parse(readFileSync(new URL(`${adapter}/manifest.json`, import.meta.url), 'utf8'));
}

/** Ids of the checks that a manifest says fail in a format, whatever the seed. */
export function knownToFail({ findings, disputed }: Manifest, dtype: string): string[] {
  return checksIn([...findings, ...disputed], dtype);
}

/** The same, and those that fail for some seeds. */
export function knownToFailSometimes(manifest: Manifest, dtype: string): string[] {
  return [...knownToFail(manifest, dtype), ...checksIn(manifest.rare ?? [], dtype)];
}

function checksIn(findings: readonly Finding[], dtype: string): string[] {
  return findings
    .filter(({ dtypes }) => dtypes.includes(dtype))
    .flatMap(({ checks }) => checks)
    .sort();
}

/** Ids of the checks that did not pass. */
export function failing({ formulas }: Report): string[] {
  return formulas
    .flatMap(({ checks }) => checks)
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'errored')
    .map(({ id }) => id)
    .sort();
}

/** Judges a whole library, as the command line does. */
export async function judgeLibrary(options: OpenOptions): Promise<Report> {
  const subject = await openSubject(options);
  try {
    return await run(subject, { seed: 1, level: 'standard' });
  } finally {
    await subject.close();
  }
}

/** The first Python in which a statement runs. */
function pythonThat(statement: string): string | undefined {
  return [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
    (candidate) => candidate !== undefined && spawnSync(candidate, ['-c', statement]).status === 0,
  );
}

/** Where the library of a manifest is; undefined where it is not installed. */
export function subjectOf(
  adapter: string,
  { imports }: Manifest,
  { dtype, words }: Manifest['runs'][number],
): OpenOptions | undefined {
  if (imports === undefined) return { module: pathOf(`${adapter}/adapter.js`), dtype };
  const python = pythonThat(imports);
  if (python === undefined) return undefined;
  return { command: `'${python}' '${pathOf(`${adapter}/adapter.py`)}' ${words}`.trim(), dtype };
}

export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
