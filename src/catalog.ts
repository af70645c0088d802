import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Formula } from './conformance/formula.js';
import type { GoldenFile } from './conformance/golden.js';
import type { Alternatives, Mistakes, Properties, Variants } from './conformance/law.js';
import type { Sampling } from './conformance/sampling/sampling.js';
import type { Spec } from './conformance/spec.js';

/*
 * Joins the shelves. A formula is a path, and its files are found by that path alone: the
 * reference in `src/formulas`, the contract in `spec`, laws, mistakes, alternatives and
 * variants in `properties`, pinned values in `golden`. This is the only module of `src` that
 * looks outside it.
 */

export type { Formula } from './conformance/formula.js';

/** Running from source, modules end in `.ts`; built, in `.js`. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const shelves = new URL('../', import.meta.url);
/** Goldens are data and are not built: they stand beside `dist`. */
const root = existsSync(new URL('package.json', shelves)) ? shelves : new URL('../', shelves);

let ids: readonly string[] | undefined;

/** The ids of all formulas, chapter by chapter. Imports none of them. */
export function listFormulas(): readonly string[] {
  if (ids === undefined) {
    const specs = fileURLToPath(new URL('spec/', shelves));
    const found = readdirSync(specs, { recursive: true, encoding: 'utf8' });
    ids = found
      .filter((path) => path.endsWith(`.${extension}`) && !path.endsWith('.d.ts'))
      .map((path) => path.slice(0, -extension.length - 1).replaceAll('\\', '/'))
      // What stands beside the chapters serves them all.
      .filter((path) => path.includes('/'))
      .sort();
  }
  return ids;
}

/** The ids that match any of the patterns, in which `*` stands for any run of characters. */
export function matchFormulas(patterns: readonly string[]): readonly string[] {
  const expressions = patterns.map((pattern) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${escaped}$`);
  });
  return listFormulas().filter((id) => expressions.some((expression) => expression.test(id)));
}

/** Loads one formula from all shelves. */
export async function loadFormula(id: string): Promise<Formula> {
  if (!listFormulas().includes(id))
    throw new RangeError(`catalogue: formula must exist, got ${id}`);
  const [implementation, contract, laws] = (await Promise.all([
    import(/* @vite-ignore */ `./formulas/${id}.${extension}`),
    import(/* @vite-ignore */ `../spec/${id}.${extension}`),
    import(/* @vite-ignore */ `../properties/${id}.${extension}`),
  ])) as [Implementation, { spec: Spec }, Laws];
  const name = functionName(id);
  const gradient = implementation[`${name}Gradient`];
  return {
    id,
    spec: contract.spec,
    reference: implementation[name] as Formula['reference'],
    ...(gradient === undefined ? {} : { gradient: gradient as Formula['gradient'] & {} }),
    properties: laws.properties,
    mistakes: laws.mistakes,
    alternatives: laws.alternatives,
    variants: laws.variants ?? {},
    ...(laws.sampling === undefined ? {} : { sampling: laws.sampling }),
    goldens: JSON.parse(readFileSync(new URL(`golden/${id}.json`, root), 'utf8')) as GoldenFile,
  };
}

/** The version of the suite, from its package. */
export function suiteVersion(): string {
  const manifest = readFileSync(new URL('package.json', root), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The function of an id: `losses/binary-cross-entropy` is computed by `binaryCrossEntropy`. */
export function functionName(id: string): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

type Implementation = Readonly<Record<string, unknown>>;

interface Laws {
  readonly properties: Properties;
  readonly mistakes: Mistakes;
  readonly alternatives: Alternatives;
  readonly variants?: Variants;
  readonly sampling?: Sampling;
}
