import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Formula } from '../catalog.js';
import { checksOf } from '../conformance/checks.js';
import { Session } from '../conformance/session.js';
import { referenceSubject } from '../subjects/impostors.js';

/** Runs of each check: what is drawn for the first ones is drawn for all. */
const RUNS = 12;

/**
 * Puts some runs of the checks of a formula to its own reference, until that is enough. While a
 * subject starts there is nothing else to do, and when it has started the engine is warm.
 */
export async function rehearse(
  formula: Formula,
  options: { readonly seed: number; readonly strict: boolean },
  isEnough: () => boolean,
): Promise<void> {
  const subject = referenceSubject(formula);
  const session = new Session(formula, subject, { precision: 'float64', ...options });
  const checks = checksOf(session).filter(({ cases }) => typeof cases === 'string');
  for (let run = 0; run < RUNS; run++) {
    for (const check of checks) {
      // In turns of its own, so that the subject is heard as soon as it has started.
      await nextTurn();
      if (isEnough()) return;
      await check.examine(session, session.inputsOf(run, check.cases === 'finite'), run);
    }
  }
}
