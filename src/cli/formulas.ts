import { nearest } from './nearest.js';
import { UsageError } from './usage-error.js';
import type { Catalogue } from './world.js';

/** The formulas that globs name, all of them for no glob; each glob must match something. */
export function chooseFormulas(
  command: string,
  catalogue: Catalogue,
  globs: readonly string[],
): readonly string[] {
  for (const glob of globs) {
    if (catalogue.matchFormulas([glob]).length === 0) {
      throw new UsageError(`${command}: no formula matches ${glob}; ${remedy(catalogue, glob)}`);
    }
  }
  return globs.length === 0 ? catalogue.listFormulas() : catalogue.matchFormulas(globs);
}

/** The one formula that a word names: by its id, or by the last part of it where that is unique. */
export function chooseFormula(command: string, catalogue: Catalogue, word: string): string {
  const ids = catalogue.listFormulas();
  if (ids.includes(word)) return word;
  const named = ids.filter((id) => id.endsWith(`/${word}`));
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    throw new UsageError(`${command}: ${word} may be ${named.join(' or ')}; name one of them`);
  }
  throw new UsageError(`${command}: there is no formula ${word}; ${remedy(catalogue, word)}`);
}

/** Formulas that a subject offers and the catalogue does not have, each with what may be meant. */
export function misspeltFormulas(
  catalogue: Catalogue,
  offered: readonly string[],
): readonly { readonly id: string; readonly remedy: string }[] {
  const ids = new Set(catalogue.listFormulas());
  return [...new Set(offered)]
    .filter((id) => !ids.has(id))
    .map((id) => ({ id, remedy: remedy(catalogue, id) }));
}

function remedy(catalogue: Catalogue, word: string): string {
  const meant = nearest(word, catalogue.listFormulas());
  return meant === undefined ? 'touchstone list names them all' : `did you mean ${meant}?`;
}
