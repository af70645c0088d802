import { readFileSync } from 'node:fs';

/*
 * A mutant that no test notices is either a missing test or the same program in other words.
 * Those of the second kind are listed in `survivors.json`, each with its reason.
 */

/** A mutant that is known to change nothing that can be observed. */
export interface Survivor {
  /** The lines that are changed, with their white space squeezed. */
  readonly line: string;
  readonly became: string;
  /** Why nobody can tell: the key of a reason. */
  readonly because: string;
}

export interface SurvivorFile {
  readonly reasons: Readonly<Record<string, string>>;
  readonly survivors: Readonly<Record<string, readonly Survivor[]>>;
}

/** What mutation testing says of one mutant: the part of Stryker's report that is read here. */
export interface Mutant {
  readonly fileName: string;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly replacement: string;
  readonly status: string;
  readonly coveredBy?: readonly string[];
  readonly testsCompleted?: number;
}

/** Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is to be said of the mutants of some files. */
export interface Findings {
  /** Mutants that a test noticed, by failing or by never ending. */
  readonly noticed: number;
  /** Mutants that are known to change nothing. */
  readonly equivalent: number;
  /** Mutants that nobody noticed and nothing explains. */
  readonly unexplained: readonly (Omit<Survivor, 'because'> & { readonly file: string })[];
  /** Entries of the list that no mutant of their file answers to any more. */
  readonly stale: readonly (Survivor & { readonly file: string })[];
  /** Mutants that were not tried, though tests reach them: a fault of the run. */
  readonly untried: number;
}

export function readSurvivors(): SurvivorFile {
  const text = readFileSync(new URL('survivors.json', import.meta.url), 'utf8');
  return JSON.parse(text) as SurvivorFile;
}

/** Sorts mutants into those that tests noticed, those that nobody could, and the rest. */
export function sortMutants(
  mutants: readonly Mutant[],
  known: SurvivorFile['survivors'],
  source: (file: string) => string,
): Findings {
  let [noticed, equivalent, untried] = [0, 0, 0];
  const unexplained: (Omit<Survivor, 'because'> & { file: string })[] = [];
  const met = new Set<Survivor>();
  for (const mutant of mutants) {
    if (mutant.status === 'Killed' || mutant.status === 'Timeout') {
      noticed++;
      continue;
    }
    if (mutant.status === 'Survived' && mutant.testsCompleted === 0) untried++;
    const change = changeOf(mutant, source(mutant.fileName));
    const entry = known[mutant.fileName]?.find(
      ({ line, became }) => line === change.line && became === change.became,
    );
    if (entry === undefined) {
      unexplained.push({ file: mutant.fileName, ...change });
    } else {
      met.add(entry);
      equivalent++;
    }
  }
  const files = new Set(mutants.map(({ fileName }) => fileName));
  const stale = [...files].flatMap((file) =>
    (known[file] ?? []).filter((entry) => !met.has(entry)).map((entry) => ({ file, ...entry })),
  );
  return { noticed, equivalent, unexplained, stale, untried };
}

/** The lines that a mutant stands on, before and after. */
export function changeOf(
  { location: { start, end }, replacement }: Pick<Mutant, 'location' | 'replacement'>,
  source: string,
): { readonly line: string; readonly became: string } {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const before = lines[0]!.slice(0, start.column - 1);
  const after = lines.at(-1)!.slice(end.column - 1);
  const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return { line: squeezed(lines.join('\n')), became: squeezed(before + replacement + after) };
}
