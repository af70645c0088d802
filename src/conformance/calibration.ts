import type { Formula } from '../catalog.js';
import type { Precision } from '../kernel/index.js';
import { type Check, checksOf } from './checks.js';
import { levels } from './report.js';
import { Session } from './session.js';
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
  /** Make every run of a check that has rejected, as the diagnosis wants to hear them all. */
  readonly whole?: boolean;
  /** Which checks to ask; by default all. */
  readonly only?: (check: Check) => boolean;
}

/** Puts every check of a formula to a subject. */
export async function tryChecks(
  formula: Formula,
  subject: Subject,
  options: TrialOptions,
): Promise<Trial> {
  const { seed, precision = 'float64', strict = false, runs = levels.standard } = options;
  const session = new Session(formula, subject, { precision, strict, seed });
  const rejections = new Map<string, string>();
  let worst = 0;
  for (const check of checksOf(session)) {
    if (options.only !== undefined && !options.only(check)) continue;
    if (check.operation === 'gradient' && subject.description.gradients.length === 0) continue;
    const count = typeof check.cases === 'string' ? runs : check.cases.length;
    for (let run = 0; run < count; run++) {
      const inputs =
        typeof check.cases === 'string'
          ? session.inputsOf(run, check.cases === 'finite')
          : check.cases[run]!;
      const { failure, ratio = 0 } = await check.examine(session, inputs, run);
      if (failure === undefined) {
        worst = Math.max(worst, ratio);
        continue;
      }
      rejections.set(check.id, rejections.get(check.id) ?? failure.message);
      if (options.whole !== true) break;
    }
    if (options.first === true && rejections.size > 0) break;
  }
  return { rejections, session, worst };
}
