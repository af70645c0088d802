import type { Formula } from '../../src/catalog.js';
import { tryChecks } from '../../src/conformance/calibration.js';
import type { Check } from '../../src/conformance/checks.js';
import type { Mistake } from '../../src/conformance/law.js';
import type { Recent } from '../../src/conformance/session.js';
import type { Operation, Subject } from '../../src/conformance/subject.js';
import { mistakeSubject } from '../../src/subjects/impostors.js';

/*
 * Confronting the checks of a formula with everything that is known to be wrong with it.
 */

/** Something wrong that is being tried. */
export interface Suspect {
  readonly kind: 'mistake' | 'variant';
  readonly name: string;
  readonly mistake: Mistake;
  readonly subject: Subject;
  /** Seeds for which a generated check rejected it. */
  readonly caught: Set<number>;
  /** What rejected it last: the likeliest to reject it again. */
  caughtBy?: string;
}

/** Every mistake of a formula, as suspects. */
export function mistakesOf(formula: Formula): Suspect[] {
  return Object.entries(formula.mistakes).map(([name, mistake]) =>
    suspectOf('mistake', formula, name, mistake),
  );
}

/** Every variant of a formula, as suspects: who declares none must be told that it follows one. */
export function variantsOf(formula: Formula): Suspect[] {
  return Object.entries(formula.variants).map(([name, variant]) =>
    suspectOf('variant', formula, name, { source: 'variant', ...variant }),
  );
}

function suspectOf(
  kind: Suspect['kind'],
  formula: Formula,
  name: string,
  mistake: Mistake,
): Suspect {
  const subject = mistakeSubject(formula, name, mistake);
  return { kind, name, mistake, subject, caught: new Set() };
}

/**
 * Notes for which seeds a generated check rejects each suspect. Seed by seed, so that inputs are
 * drawn and yardsticks made once for all suspects.
 */
export async function confront(
  formula: Formula,
  suspects: readonly Suspect[],
  seeds: readonly number[],
): Promise<void> {
  for (const seed of seeds) {
    const [plain, strictly] = [newRecent(), newRecent()];
    for (const suspect of suspects) {
      const strict = isStrict(suspect);
      const { rejections } = await tryChecks(formula, suspect.subject, {
        seed,
        strict,
        first: true,
        forgetful: true,
        only: generated,
        rank: (check) => rankFor(suspect, check),
        recent: strict ? strictly : plain,
      });
      for (const check of rejections.keys()) {
        suspect.caught.add(seed);
        suspect.caughtBy = check;
      }
    }
  }
}

/** Drawn for each run or by the subject, or generated from what the spec forbids; not pinned by hand. */
const generated = ({ cases, kind }: Check): boolean =>
  typeof cases === 'string' || kind === 'refusal' || kind === 'sample';

/**
 * Which checks to ask first: what rejected the suspect before, then what compares what it
 * computes, then the laws, which ask several questions a run.
 */
function rankFor({ mistake, caughtBy }: Suspect, { id, kind, operation }: Check): number {
  if (id === caughtBy) return 0;
  if (kind === 'refusal') return mistake.unguarded === true ? 1 : 4;
  if (!changes(mistake, operation)) return 5;
  return kind === 'law' ? 3 : 2;
}

function changes(mistake: Mistake, operation: Operation): boolean {
  const computed: Partial<Record<Operation, unknown>> = { ...mistake, value: mistake.compute };
  return computed[operation] !== undefined;
}

export function isStrict({ mistake }: Suspect): boolean {
  return mistake.strict === true;
}

/** What one seed asks at one level: the same of every suspect, so that it is measured once. */
export function newRecent(): Recent {
  return { all: new WeakMap() };
}
