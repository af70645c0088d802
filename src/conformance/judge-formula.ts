import { type Check, checksOf, type Examination } from './checks.js';
import type { Formula } from './formula.js';
import { plainInputs, renderCall } from './render.js';
import {
  type CheckReport,
  type Failure,
  type FormulaReport,
  type Level,
  levels,
} from './report.js';
import { Session, SubjectFault } from './session.js';
import type { Inputs } from './spec.js';
import { type Subject, SubjectError } from './subject.js';

/** How a formula is judged. */
export interface JudgeOptions {
  readonly level?: Level;
  /** Ask for relative accuracy in tails, and the refusal of every forbidden input. */
  readonly strict?: boolean;
  readonly seed?: number;
  /** Run and shrink steps to replay, as a failure prints them. */
  readonly path?: string;
  /** Which checks to make, by their ids; absent: all. */
  readonly only?: (check: string) => boolean;
}

/** Examinations that begin together: enough to keep a pipelined process busy. */
const CONCURRENCY = 128;

// ---- one formula ------------------------------------------------------------------------

/** Judges a subject by every check of one formula. */
export async function judgeFormula(
  formula: Formula,
  subject: Subject,
  options: JudgeOptions,
): Promise<FormulaReport> {
  const { strict = false, seed = 1 } = options;
  const { description } = subject;
  const variant = description.variants[formula.id];
  if (variant !== undefined && formula.variants[variant] === undefined) {
    const known = Object.keys(formula.variants).join(', ') || 'none';
    throw new SubjectError(`${formula.id}: variant must be one of ${known}, got ${variant}`);
  }
  const session = new Session(formula, subject, {
    precision: subject.dtype,
    strict,
    seed,
    exhaustive: options.level === 'exhaustive',
    variant,
  });
  const offered = {
    value: description.formulas.includes(formula.id),
    gradient: description.gradients.includes(formula.id),
    sample: description.samples.includes(formula.id),
  };
  const chosen = checksOf(session).filter(({ id }) => options.only?.(id) !== false);
  const asked = chosen.filter(({ operation }) => offered[operation]);
  const judged = await judgeInTurn(asked, session, options);
  const checks = chosen.map(
    (check) => judged.get(check) ?? reportOf(check, { outcome: 'unsupported', runs: 0 }),
  );
  const outcome = outcomeOf(checks);
  return {
    id: formula.id,
    name: formula.spec.name,
    outcome,
    ...(variant === undefined ? {} : { variant }),
    checks,
    diagnoses: outcome === 'failed' ? await diagnosed(session) : [],
  };
}

/** The diagnosis loads when something is wrong. */
async function diagnosed(session: Session): Promise<FormulaReport['diagnoses']> {
  const { diagnose } = await import('./diagnose.js');
  return diagnose(session);
}

/** What a baseline makes of it, exceptions and stale ones, comes later. */
function outcomeOf(checks: readonly CheckReport[]): FormulaReport['outcome'] {
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  if (outcomes.has('failed')) return 'failed';
  if (outcomes.has('errored')) return 'errored';
  return outcomes.has('passed') ? 'passed' : 'unsupported';
}

function reportOf(
  { id, kind, sentence }: Check,
  rest: Pick<CheckReport, 'outcome' | 'runs'> & Partial<CheckReport>,
): CheckReport {
  return { id, kind, sentence, notes: [], ...rest };
}

/** Examinations under way. */
type Batch = Promise<readonly Examination[]>;

/**
 * Judges one check after another. The next is under way while one is judged, so that a subject in
 * another thread is never without a question; but not once it had a fault, of which the others may
 * have to be spared.
 */
async function judgeInTurn(
  checks: readonly Check[],
  session: Session,
  options: JudgeOptions,
): Promise<ReadonlyMap<Check, CheckReport>> {
  const reports = new Map<Check, CheckReport>();
  const looksAhead = session.subject.askNow === undefined && options.path === undefined;
  let next: Batch | undefined;
  try {
    for (const [i, check] of checks.entries()) {
      const begin = (one: Check | undefined): Batch | undefined =>
        looksAhead && one !== undefined ? beginBatch(one, session, options, 0) : undefined;
      const first = next ?? begin(check);
      next = session.hasFaults ? undefined : begin(checks[i + 1]);
      reports.set(check, await judgeCheck(check, session, options, { first, next }));
    }
  } finally {
    await next?.catch(() => undefined);
  }
  return reports;
}

// ---- one check --------------------------------------------------------------------------

/** What is under way: the first examinations of a check, and those of the next one. */
interface Underway {
  readonly first: Batch | undefined;
  readonly next: Batch | undefined;
}

async function judgeCheck(
  check: Check,
  session: Session,
  options: JudgeOptions,
  underway: Underway,
): Promise<CheckReport> {
  try {
    const replay = options.path;
    return replay !== undefined && typeof check.cases === 'string'
      ? await replayRun(check, session, replay)
      : await judgeCases(check, session, options, underway);
  } catch (error) {
    if (!(error instanceof SubjectFault)) throw error;
    session.noteFault(error);
    const call = renderCall(error.call, session.subject.description.language);
    return reportOf(check, { outcome: 'errored', runs: 0, error: `${error.message}, at ${call}` });
  }
}

async function judgeCases(
  check: Check,
  session: Session,
  options: JudgeOptions,
  { first = beginBatch(check, session, options, 0), next }: Underway,
): Promise<CheckReport> {
  let worst: number | undefined;
  const notes = new Set<string>();
  let lostTail = 0;
  const note = ({ note, lostTail: lost, ratio }: Examination): void => {
    if (note !== undefined) notes.add(note);
    lostTail = Math.max(lostTail, lost?.() ?? 0);
    if (ratio !== undefined) worst = Math.max(worst ?? 0, ratio);
  };
  let judged = 0;
  let failed: Examination | undefined;
  for await (const examinations of examine(check, session, options, first)) {
    const found = examinations.findIndex(({ failure }) => failure !== undefined);
    for (const examination of found === -1 ? examinations : examinations.slice(0, found + 1)) {
      note(examination);
      judged += 1;
    }
    failed = examinations[found];
    if (failed !== undefined) break;
  }
  const told = { runs: judged, notes: worthTelling(notes, lostTail) };
  if (failed === undefined) {
    return reportOf(check, {
      outcome: 'passed',
      ...told,
      ...(worst === undefined ? {} : { worst }),
    });
  }
  // What the next check hears meanwhile is not to be taken for a part of the search.
  await next?.catch(() => undefined);
  const failure =
    typeof check.cases === 'string'
      ? await smallestFailure(check, session, judged - 1, failed)
      : failureOf(failed, session);
  return reportOf(check, { outcome: 'failed', ...told, worst: worst ?? 0, failure });
}

function countOf({ cases }: Check, { level = 'standard' }: JudgeOptions): number {
  return typeof cases === 'string' ? levels[level] : cases.length;
}

function inputsOf({ cases }: Check, session: Session, run: number): Inputs {
  return typeof cases === 'string' ? session.inputsOf(run, cases === 'finite') : cases[run]!;
}

/**
 * Examines the cases of a check, many at once. The next are under way while some are judged: a
 * subject at the end of a pipe is never without a question.
 */
async function* examine(
  check: Check,
  session: Session,
  options: JudgeOptions,
  first: Batch,
): AsyncGenerator<readonly Examination[]> {
  let next = first;
  try {
    for (let start = 0; start < countOf(check, options); start += CONCURRENCY) {
      const underway = next;
      next = beginBatch(check, session, options, start + CONCURRENCY);
      yield await underway;
    }
  } finally {
    await next.catch(() => undefined);
  }
}

/** Begins to examine as many cases as begin together, from one on. */
function beginBatch(check: Check, session: Session, options: JudgeOptions, start: number): Batch {
  const examineOne = (run: number): Examination | Promise<Examination> =>
    check.examine(session, inputsOf(check, session, run), run);
  const examineAll = session.subject.askNow === undefined ? allTogether : oneByOne;
  const end = Math.min(start + CONCURRENCY, countOf(check, options));
  const begun = examineAll(start, end, examineOne);
  // Whoever waits for it hears of it; nobody may.
  begun.catch(() => undefined);
  return begun;
}

type ExamineOne = (index: number) => Examination | Promise<Examination>;

/** Of a subject that answers at once: nearly every examination is over when it has begun. */
async function oneByOne(
  start: number,
  end: number,
  examineOne: ExamineOne,
): Promise<readonly Examination[]> {
  const examinations: Examination[] = [];
  for (let index = start; index < end; index++) {
    const examined = examineOne(index);
    examinations.push(examined instanceof Promise ? await examined : examined);
  }
  return examinations;
}

function allTogether(
  start: number,
  end: number,
  examineOne: ExamineOne,
): Promise<readonly Examination[]> {
  const begun: Promise<Examination>[] = [];
  for (let index = start; index < end; index++) {
    begun.push((async () => examineOne(index))());
  }
  return settleAll(begun);
}

/**
 * All results, or a rejection once everything has settled, so that no call is left in flight. An
 * error of our own comes before a fault of the subject, which would hide it.
 */
async function settleAll(
  examinations: readonly Promise<Examination>[],
): Promise<readonly Examination[]> {
  const settled = await Promise.allSettled(examinations);
  const rejected = settled.filter((result) => result.status === 'rejected');
  const ours = rejected.find(({ reason }) => !(reason instanceof SubjectFault));
  if (ours !== undefined) throw ours.reason;
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** The notes, and the worst of the lost tails, which speaks for all. */
function worthTelling(notes: ReadonlySet<string>, lostTail: number): string[] {
  const told = [...notes];
  if (lostTail > 0) {
    const times = Number(lostTail.toPrecision(2));
    told.push(`ok; loses relative accuracy in the tail (${times} times the strict budget)`);
  }
  return told;
}

// ---- shrinking and replaying ------------------------------------------------------------

/** Calls that a search for the smallest failing input may make. */
const SHRINK_CALLS = 2000;

/** Searches for the smallest failing inputs, and says how to get there again. */
async function smallestFailure(
  check: Check,
  session: Session,
  run: number,
  found: Examination,
): Promise<Failure> {
  const { shrink } = await import('./shrink.js');
  const inputs = inputsOf(check, session, run);
  let smallest = found;
  let calls = 0;
  const heard = session.heard.length;
  const holds = async (candidate: Inputs): Promise<boolean> => {
    if (calls++ >= SHRINK_CALLS) return true;
    const examination = await (async () => check.examine(session, candidate, run))().catch(
      faultless,
    );
    // The search has gone where the subject hangs or crashes, and there is nothing to learn.
    if (examination === undefined) calls = SHRINK_CALLS;
    if (examination?.failure !== undefined) smallest = examination;
    return examination?.failure === undefined;
  };
  const { spec } = session.formula;
  const { path } = await shrink(spec, inputs, holds, session.options.precision);
  // What was asked while shrinking says nothing new about the subject.
  session.heard.length = heard;
  return { ...failureOf(smallest, session), path: [run, ...path].join(':') };
}

/** Nothing, for a fault of the subject; errors of our own are thrown again. */
function faultless(error: unknown): undefined {
  if (!(error instanceof SubjectFault)) throw error;
}

/** Runs one recorded step of a check again: the run's inputs, shrunk along the recorded path. */
async function replayRun(check: Check, session: Session, path: string): Promise<CheckReport> {
  const [run, ...steps] = path.split(':').map(Number);
  const { follow } = await import('./shrink.js');
  const drawn = session.inputsOf(run!, check.cases === 'finite');
  // The path of a check that draws other inputs may lead nowhere; then the run itself is judged.
  const inputs = follow(session.formula.spec, drawn, steps, session.options.precision) ?? drawn;
  const examination = await check.examine(session, inputs, run!);
  if (examination.failure === undefined) {
    return reportOf(check, {
      outcome: 'passed',
      runs: 1,
      ...(examination.ratio === undefined ? {} : { worst: examination.ratio }),
    });
  }
  return reportOf(check, {
    outcome: 'failed',
    runs: 1,
    worst: examination.ratio ?? 0,
    failure: { ...failureOf(examination, session), path },
  });
}

function failureOf({ failure }: Examination, session: Session): Failure {
  const { message, expected, got, call } = failure!;
  return {
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(got === undefined ? {} : { got }),
    inputs: plainInputs(call.inputs),
    call: renderCall(call, session.subject.description.language),
  };
}
