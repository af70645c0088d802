import type { Precision } from '../kernel/index.js';
import { type Check, checksOf, type Examination } from './checks.js';
import type { Formula } from './formula.js';
import { levels } from './report.js';
import { type Recent, Session } from './session.js';
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
  /** What the subject was heard to answer, for the diagnosis. */
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
  /** Which checks to ask before the others. */
  readonly sooner?: (check: Check) => boolean;
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
  const { seed, precision = 'float64', strict = false, runs = levels.standard } = options;
  const recent: Recent = options.recent ?? {};
  const trials = subjects.map(
    (subject): Running => ({
      session: new Session(formula, subject, { precision, strict, seed }, recent),
      rejections: new Map(),
      worst: 0,
    }),
  );
  for (const check of chosenChecks(trials[0]!.session, options)) {
    const count = typeof check.cases === 'string' ? runs : check.cases.length;
    for (let run = 0; run < count; run++) {
      for (const trial of trials) {
        if (isSettled(trial, check, options)) continue;
        const waiting = examineRun(trial, check, run);
        if (waiting !== undefined) await waiting;
      }
    }
  }
  return trials;
}

/** A trial under way. */
interface Running {
  readonly session: Session;
  readonly rejections: Map<string, string>;
  worst: number;
}

const made = new WeakMap<Formula, Map<string, readonly Check[]>>();

/** The checks do not know the seed: they are made once for all of them. */
function knownChecks(session: Session): readonly Check[] {
  const { precision, strict } = session.options;
  const key = `${precision}/${strict}`;
  const known = made.get(session.formula) ?? new Map<string, readonly Check[]>();
  made.set(session.formula, known);
  let checks = known.get(key);
  if (checks === undefined) known.set(key, (checks = checksOf(session)));
  return checks;
}

function chosenChecks(session: Session, { only, sooner }: TrialOptions): readonly Check[] {
  const checks = knownChecks(session).filter((check) => only?.(check) !== false);
  if (sooner === undefined) return checks;
  return [...checks.filter(sooner), ...checks.filter((check) => !sooner(check))];
}

/** True if a check has nothing more to ask of a subject. */
function isSettled(
  { session, rejections }: Running,
  check: Check,
  { first, whole }: TrialOptions,
): boolean {
  const { gradients } = session.subject.description;
  if (check.operation === 'gradient' && gradients.length === 0) return true;
  if (rejections.has(check.id)) return whole?.(check) !== true;
  return first === true && rejections.size > 0;
}

function examineRun(trial: Running, check: Check, run: number): void | Promise<void> {
  const { session, rejections } = trial;
  const inputs =
    typeof check.cases === 'string'
      ? session.inputsOf(run, check.cases === 'finite')
      : check.cases[run]!;
  const note = ({ failure, ratio = 0 }: Examination): void => {
    if (failure === undefined) trial.worst = Math.max(trial.worst, ratio);
    else if (!rejections.has(check.id)) rejections.set(check.id, failure.message);
  };
  const examined = check.examine(session, inputs, run);
  return examined instanceof Promise ? examined.then(note) : note(examined);
}
