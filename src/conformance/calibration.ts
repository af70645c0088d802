import type { Precision } from '../kernel/index.js';
import { type Check, checksOf, type Examination } from './checks.js';
import type { Formula } from './formula.js';
import { levels } from './report.js';
import { type Recent, Session } from './session.js';
import type { Inputs } from './spec.js';
import type { Subject } from './subject.js';

/*
 * Trying the checks on what is known to be right or wrong. Unlike a run for a user, it does not
 * shrink, diagnose or describe: it only wants to know which checks reject a subject, and by how
 * much they acquit it.
 */

/** What the checks of a formula made of one subject. */
export interface Trial {
  /** Ids of the checks that rejected it, and the first message of each. */
  readonly rejections: ReadonlyMap<string, string>;
  /** What the subject was heard to answer, for the diagnosis; unless the trial was forgetful. */
  readonly session: Session;
  /** The worst error of a value or gradient that was accepted, as a fraction of the budget. */
  readonly worst: number;
}

export interface TrialOptions {
  readonly seed: number;
  readonly precision?: Precision;
  readonly strict?: boolean;
  /** Runs a generated check makes; by default those of the standard level. */
  readonly runs?: number;
  /** Stop at the first check that rejects. */
  readonly first?: boolean;
  /** Which checks make every run even after they rejected, as the diagnosis wants to hear them all. */
  readonly whole?: (check: Check) => boolean;
  /** Which checks to ask; by default all. */
  readonly only?: (check: Check) => boolean;
  /** In which order: the lowest first. A hint that saves time, and changes no verdict. */
  readonly rank?: (check: Check) => number;
  /** Forget what was heard: nobody will diagnose it, and keeping it costs more than judging it. */
  readonly forgetful?: boolean;
  /** What other trials of the same formula, seed, precision and strictness have asked already. */
  readonly recent?: Recent;
}

/** Puts every check of a formula to a subject. */
export async function tryChecks(
  formula: Formula,
  subject: Subject,
  options: TrialOptions,
): Promise<Trial> {
  const [trial] = await tryTogether(formula, [subject], options);
  return trial!;
}

/**
 * Puts every check of a formula to several subjects, run by run, so that what is right for the
 * inputs of a run is worked out once for all of them.
 */
export async function tryTogether(
  formula: Formula,
  subjects: readonly Subject[],
  options: TrialOptions,
): Promise<readonly Trial[]> {
  const { seed, precision = 'float64', strict = false, recent = {} } = options;
  const trials = subjects.map(
    (subject): Underway => ({
      session: new Session(formula, subject, { precision, strict, seed }, recent),
      rejections: new Map(),
      worst: 0,
    }),
  );
  const [first] = trials;
  if (first === undefined) return [];
  for (const check of chosenChecks(first.session, options)) {
    const asked = trials.filter((trial) => isOffered(trial, check));
    await askTogether(check, asked, options);
  }
  return trials;
}

/** A trial under way. */
interface Underway {
  readonly session: Session;
  readonly rejections: Map<string, string>;
  worst: number;
}

function chosenChecks(session: Session, { only, rank }: TrialOptions): readonly Check[] {
  const checks = knownChecks(session).filter((check) => only?.(check) !== false);
  return rank === undefined ? checks : checks.toSorted((a, b) => rank(a) - rank(b));
}

const made = new WeakMap<Formula, Map<string, readonly Check[]>>();

/** The checks do not know the seed: they are made once for all of them. */
function knownChecks(session: Session): readonly Check[] {
  const { formula, options } = session;
  const known = made.get(formula) ?? new Map<string, readonly Check[]>();
  made.set(formula, known);
  const key = `${options.precision}/${options.strict}`;
  const checks = known.get(key) ?? checksOf(session);
  known.set(key, checks);
  return checks;
}

function isOffered({ session }: Underway, { operation }: Check): boolean {
  const { gradients, samples } = session.subject.description;
  return operation === 'value' || (operation === 'gradient' ? gradients : samples).length > 0;
}

/** All runs of one check. */
async function askTogether(
  check: Check,
  trials: readonly Underway[],
  options: TrialOptions,
): Promise<void> {
  const { runs = levels.standard } = options;
  const count = typeof check.cases === 'string' ? runs : check.cases.length;
  for (let run = 0; run < count; run++) {
    for (const trial of trials) {
      if (isSettled(trial, check, options)) continue;
      const examined = check.examine(trial.session, inputsOf(trial.session, check, run), run);
      // Most is known at once, and a promise for each of a million runs takes its time.
      note(trial, check, examined instanceof Promise ? await examined : examined);
      if (options.forgetful === true) trial.session.heard.length = 0;
    }
  }
}

/** True if a check has nothing more to ask of a subject. */
function isSettled(
  { rejections }: Underway,
  check: Check,
  { first, whole }: TrialOptions,
): boolean {
  if (rejections.has(check.id)) return whole?.(check) !== true;
  return first === true && rejections.size > 0;
}

function inputsOf(session: Session, { cases }: Check, run: number): Inputs {
  return typeof cases === 'string' ? session.inputsOf(run, cases === 'finite') : cases[run]!;
}

function note(trial: Underway, { id }: Check, { failure, ratio = 0 }: Examination): void {
  if (failure === undefined) trial.worst = Math.max(trial.worst, ratio);
  else if (!trial.rejections.has(id)) trial.rejections.set(id, failure.message);
}
