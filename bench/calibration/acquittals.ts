import type { Formula } from '../../src/catalog.js';
import { type TrialOptions, tryTogether } from '../../src/conformance/calibration.js';
import type { Check } from '../../src/conformance/checks.js';
import type { Alternatives } from '../../src/conformance/law.js';
import type { Subject } from '../../src/conformance/subject.js';
import type { Precision } from '../../src/kernel/index.js';
import {
  alternativeSubject,
  referenceSubject,
  samplerSubject,
} from '../../src/subjects/impostors.js';

/*
 * Trying the checks of a formula on everything that is known to be right.
 */

export interface Acquitted {
  readonly name: string;
  readonly precision: Precision;
  readonly seeds: number;
  /** The largest error, as a fraction of the budget. */
  readonly worst: number;
  /** Checks that accused it, with the seed and the message. */
  readonly accusations: readonly string[];
}

/** How often something right is tried. */
export interface AcquittalEffort {
  /** Seeds of what is compared with the reference. */
  readonly seeds: number;
  /** Seeds of laws, which ask several questions a run. */
  readonly seedsOfLaws: number;
  /** The first seed; by default 1. */
  readonly from?: number;
  /** Runs of each check; by default those of the standard level. */
  readonly runs?: number;
}

/*
 * Agreement and laws ask nothing that is forbidden, and that arguments are left alone is tried in
 * `properties/references.test.ts`: so all of these are trusted.
 */

/** The reference and its alternatives, in double precision. */
export function rightSubjects(formula: Formula): Readonly<Record<string, Subject>> {
  const alternatives = alternativeSubjects(formula, formula.alternatives, 'float64');
  const samplers = Object.entries(formula.sampling?.alternatives ?? {}).map(
    ([name, sample]) => [name, samplerSubject(formula, name, sample)] as const,
  );
  return {
    'the reference': referenceSubject(formula, 'float64', { trusted: true }),
    ...alternatives,
    ...Object.fromEntries(samplers),
  };
}

/** Right implementations as subjects that answer in a precision. */
export function alternativeSubjects(
  formula: Formula,
  implementations: Alternatives,
  precision: Precision,
): Readonly<Record<string, Subject>> {
  return Object.fromEntries(
    Object.entries(implementations).map(([name, compute]) => [
      name,
      alternativeSubject(formula, name, compute, precision, { trusted: true }),
    ]),
  );
}

/** Tries the subjects on everything that a seed changes, together. */
export async function acquit(
  formula: Formula,
  subjects: Readonly<Record<string, Subject>>,
  precision: Precision,
  { seeds, seedsOfLaws, from = 1, runs }: AcquittalEffort,
): Promise<Acquitted[]> {
  const names = Object.keys(subjects);
  const found = names.map(() => ({ worst: 0, accusations: new Map<string, string>() }));
  for (let seed = from; seed < from + seeds; seed++) {
    const options: TrialOptions = {
      seed,
      precision,
      forgetful: true,
      only: seed < from + seedsOfLaws ? isDrawn : isCompared,
      ...(runs === undefined ? {} : { runs }),
    };
    const trials = await tryTogether(formula, Object.values(subjects), options);
    trials.forEach(({ worst, rejections }, i) => {
      const sofar = found[i]!;
      sofar.worst = Math.max(sofar.worst, worst);
      for (const [check, message] of rejections) {
        sofar.accusations.set(check, `${check}, seed ${seed}: ${message}`);
      }
    });
  }
  return found.map(({ worst, accusations }, i) => ({
    name: names[i]!,
    precision,
    seeds,
    worst,
    accusations: [...accusations.values()],
  }));
}

const isCompared = ({ kind }: Check): boolean => kind === 'agreement';

/** What differs from seed to seed: pinned values, refusals and hygiene stay as they were. */
const isDrawn = (check: Check): boolean =>
  isCompared(check) || check.kind === 'law' || check.kind === 'sample';
