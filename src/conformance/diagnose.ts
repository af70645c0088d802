import { attempt, type Exchange, exchangesOf } from './exchanges.js';
import { Yardstick } from './judge/index.js';
import type { Diagnosis } from './report.js';
import { likenesses } from './sampling/likeness.js';
import type { Session } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Operation } from './subject.js';
import { traitsOf } from './traits.js';
import { withArrays } from './values.js';

/*
 * Why a subject is wrong: which named convention or known mistake it agrees with, on the
 * inputs that tell that one apart from the reference; failing that, what its wrong answers
 * have in common.
 */

/** Agreement that names a culprit. Below it, a resemblance is chance. */
const CONVINCING = 0.95;

/** Explains the wrong answers that a session heard, the likeliest explanation first. */
export function diagnose(session: Session): Diagnosis[] {
  return [...explain(session, 'value'), ...explain(session, 'gradient'), ...likenesses(session)];
}

function explain(session: Session, operation: Operation): Diagnosis[] {
  const exchanges = exchangesOf(session, operation);
  if (exchanges.every(({ right }) => right)) return [];

  const named = suspects(session, operation)
    .map((suspect) => compare(exchanges, suspect))
    .filter(({ agrees, of }) => of > 0 && agrees >= CONVINCING * of)
    .sort((a, b) => b.agrees / b.of - a.agrees / a.of);
  if (named.length > 0) return named.slice(0, 2);
  return traitsOf(session, exchanges).map((name) => {
    const wrong = exchanges.filter(({ right }) => !right).length;
    return { kind: 'trait', operation, name, agrees: wrong, of: wrong };
  });
}

// ---- named conventions and known mistakes -----------------------------------------------

interface Suspect {
  readonly kind: 'variant' | 'mistake';
  readonly operation: Operation;
  readonly name: string;
  readonly source?: string;
  readonly compute: (inputs: Inputs, cotangent: Value) => Value | Gradient;
}

function suspects({ formula, options }: Session, operation: Operation): Suspect[] {
  const found: Suspect[] = [];
  for (const [name, variant] of Object.entries(formula.variants)) {
    const compute = operation === 'value' ? variant.compute : variant.gradient;
    if (compute === undefined || name === options.variant) continue;
    found.push({ kind: 'variant', operation, name, compute });
  }
  for (const [name, mistake] of Object.entries(formula.mistakes)) {
    const compute = operation === 'value' ? mistake.compute : mistake.gradient;
    if (compute === undefined) continue;
    found.push({ kind: 'mistake', operation, name, source: mistake.source, compute });
  }
  return found;
}

/** On how many of the inputs that tell the suspect from the reference does the subject side with it? */
function compare(exchanges: readonly Exchange[], suspect: Suspect): Diagnosis {
  let agrees = 0;
  let of = 0;
  for (const exchange of exchanges) {
    const { yardstick, heard, answer, right } = exchange;
    // As they were asked, defaults left out: a suspect may have defaults of its own.
    const theirs = attempt(() => suspect.compute(copyOf(heard.inputs), heard.cotangent ?? 1));
    if (theirs === undefined) {
      // The mistake throws here; so must whoever makes it.
      of += 1;
      if (answer === undefined) agrees += 1;
      continue;
    }
    const telling = !right || !yardstick.same(yardstick.right, theirs);
    if (!telling) continue;
    of += 1;
    if (answer !== undefined && sides(suspect, exchange, theirs, answer)) agrees += 1;
    if (of - agrees > (1 - CONVINCING) * exchanges.length) break;
  }
  const { kind, operation, name, source } = suspect;
  return { kind, operation, name, ...(source === undefined ? {} : { source }), agrees, of };
}

/**
 * True for an answer that is a suspect's. A convention may have its roundings elsewhere than the
 * reference, as a transposed answer does: then its own spread is measured.
 */
function sides(
  { kind, compute }: Suspect,
  { yardstick, heard }: Exchange,
  theirs: Value | Gradient,
  answer: Value | Gradient,
): boolean {
  if (yardstick.same(theirs, answer)) return true;
  if (kind === 'mistake') return false;
  const reference = (inputs: Inputs) => compute(inputs, heard.cotangent ?? 1);
  const { question } = yardstick;
  return new Yardstick({ ...question, reference, pinned: theirs }).judge(answer).right;
}

function copyOf(inputs: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, argument]) => [
      name,
      withArrays(argument, ({ shape, data }) => ({ shape, data: data.slice() })),
    ]),
  );
}
