import type { Formula } from '../../src/catalog.js';
import { type Trial, tryTogether } from '../../src/conformance/calibration.js';
import { type Check, checksOf } from '../../src/conformance/checks.js';
import { diagnose } from '../../src/conformance/diagnose.js';
import type { Alternatives } from '../../src/conformance/law.js';
import { Session } from '../../src/conformance/session.js';
import { referenceSubject, trivialSubjects } from '../../src/subjects/impostors.js';
import { type Acquitted, acquit, alternativeSubjects, rightSubjects } from './acquittals.js';
import {
  confront,
  isStrict,
  mistakesOf,
  newRecent,
  type Suspect,
  variantsOf,
} from './rejections.js';

/** How often everything is tried. */
export interface Effort {
  /** Seeds for which every mistake must be rejected. */
  readonly seeds: number;
  /** Seeds for which no alternative may be accused. */
  readonly acquittals: number;
}

/** What one formula's checks made of everything that is known to be right or wrong. */
export interface Calibration {
  readonly id: string;
  readonly name: string;
  readonly checks: readonly string[];
  readonly rejected: readonly Rejected[];
  readonly acquitted: readonly Acquitted[];
  /** Checks that rejected nothing but what refuses or is NaN. */
  readonly idle: readonly string[];
}

export interface Rejected {
  readonly kind: 'mistake' | 'variant' | 'trivial';
  readonly name: string;
  readonly source: string;
  readonly strict: boolean;
  /** Seeds for which a generated check rejected it. */
  readonly seeds: number;
  /** The checks that reject it for the first seed. */
  readonly by: readonly string[];
  /** Whether the diagnosis of a run names it. */
  readonly named: boolean;
  /** What the diagnosis says of it when it does not know it. */
  readonly told: readonly string[];
}

/** Calibrates the checks of one formula. `rounded` are its alternatives in float32 arithmetic. */
export async function measure(
  formula: Formula,
  rounded: Alternatives,
  effort: Effort,
): Promise<Calibration> {
  const rejected = [...(await suspects(formula, effort)), ...(await trivial(formula))];
  const awake = new Set(
    rejected.filter(({ name }) => name !== 'always NaN').flatMap(({ by }) => by),
  );
  const checks = idsOfChecks(formula);
  return {
    id: formula.id,
    name: formula.spec.name,
    checks,
    rejected,
    acquitted: await acquittals(formula, rounded, effort),
    idle: checks.filter((check) => !awake.has(check)),
  };
}

function idsOfChecks(formula: Formula): readonly string[] {
  const options = { precision: 'float64', strict: true, seed: 1 } as const;
  return checksOf(new Session(formula, referenceSubject(formula), options)).map(({ id }) => id);
}

/** Every mistake and every variant. */
async function suspects(formula: Formula, { seeds }: Effort): Promise<readonly Rejected[]> {
  const tried = [...mistakesOf(formula), ...variantsOf(formula)];
  await confront(formula, tried, upTo(seeds));
  const found = new Map<Suspect, Rejected>();
  for (const strict of [false, true]) {
    const alike = tried.filter((suspect) => isStrict(suspect) === strict);
    for (const [i, trial] of (await tryAll(formula, alike, strict)).entries()) {
      found.set(alike[i]!, identified(alike[i]!, trial));
    }
  }
  return tried.map((suspect) => found.get(suspect)!);
}

/** Every check for the first seed, put to the suspects together. */
function tryAll(
  formula: Formula,
  suspects: readonly Suspect[],
  strict: boolean,
): Promise<readonly Trial[]> {
  const subjects = suspects.map(({ subject }) => subject);
  return tryTogether(formula, subjects, { seed: 1, strict, whole: isHeard, recent: newRecent() });
}

function upTo(seeds: number): readonly number[] {
  return Array.from({ length: seeds }, (_, i) => i + 1);
}

/** All checks that reject the suspect, and whether the diagnosis names it. */
function identified(suspect: Suspect, { session, rejections }: Trial): Rejected {
  const { kind, name, mistake, caught } = suspect;
  return {
    kind,
    name,
    source: mistake.source,
    strict: isStrict(suspect),
    seeds: caught.size,
    by: [...rejections.keys()],
    named: diagnose(session).some((diagnosis) => diagnosis.name === name),
    told: traitsForStrangers(session),
  };
}

/** What the diagnosis says of the same answers when it knows no mistake and no variant. */
function traitsForStrangers({ formula, subject, options, heard }: Session): readonly string[] {
  const stranger = { ...formula, mistakes: {}, variants: {} };
  const session = new Session(stranger, subject, options);
  session.heard.push(...heard);
  return diagnose(session).map(({ name }) => name);
}

/** What the diagnosis goes by. */
const isHeard = ({ kind }: Check): boolean =>
  kind === 'golden' || kind === 'agreement' || kind === 'gradient';

/** Answers that need no knowledge of the formula: of these it matters only that some check minds. */
async function trivial(formula: Formula): Promise<readonly Rejected[]> {
  const subjects = trivialSubjects(formula);
  const options = { seed: 1, strict: true, forgetful: true, recent: newRecent() };
  const trials = await tryTogether(formula, Object.values(subjects), options);
  return Object.keys(subjects).map((name, i): Rejected => {
    const by = [...trials[i]!.rejections.keys()];
    const seeds = by.length > 0 ? 1 : 0;
    return { kind: 'trivial', name, source: '', strict: true, seeds, by, named: false, told: [] };
  });
}

/** The reference and its alternatives, in float64 and with every operation rounded to float32. */
async function acquittals(
  formula: Formula,
  rounded: Alternatives,
  { seeds, acquittals: most }: Effort,
): Promise<readonly Acquitted[]> {
  // A tenth of the seeds is as many as the mistakes get.
  const effort = { seeds: most, seedsOfLaws: seeds };
  const singles = alternativeSubjects(formula, rounded, 'float32');
  return [
    ...(await acquit(formula, rightSubjects(formula), 'float64', effort)),
    ...(await acquit(formula, singles, 'float32', effort)),
  ];
}
