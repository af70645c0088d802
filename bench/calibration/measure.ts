import type { Formula } from '../../src/catalog.js';
import { tryChecks } from '../../src/conformance/calibration.js';
import { type Check, checksOf } from '../../src/conformance/checks.js';
import { diagnose } from '../../src/conformance/diagnose.js';
import type { Alternatives, Mistake } from '../../src/conformance/law.js';
import { Session } from '../../src/conformance/session.js';
import type { Subject } from '../../src/conformance/subject.js';
import type { Precision } from '../../src/kernel/index.js';
import {
  alternativeSubject,
  mistakeSubject,
  referenceSubject,
  trivialSubjects,
} from '../../src/subjects/impostors.js';

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
}

export interface Acquitted {
  readonly name: string;
  readonly precision: Precision;
  readonly seeds: number;
  /** The largest error, as a fraction of the budget. */
  readonly worst: number;
  /** Checks that accused it, with the message. */
  readonly accusations: readonly string[];
}

/** Drawn for each run, or generated from what the spec forbids; not pinned by hand. */
const generated = (check: Check): boolean =>
  typeof check.cases === 'string' || check.kind === 'refusal';

/** Calibrates the checks of one formula. `rounded` are its alternatives in float32 arithmetic. */
export async function measure(
  formula: Formula,
  rounded: Alternatives,
  effort: Effort,
): Promise<Calibration> {
  const rejected: Rejected[] = [];
  for (const [name, mistake] of Object.entries(formula.mistakes)) {
    rejected.push(await rejection(formula, 'mistake', name, mistake, effort));
  }
  for (const [name, { compute, gradient }] of Object.entries(formula.variants)) {
    const mistake: Mistake = { source: 'variant', compute, ...(gradient && { gradient }) };
    rejected.push(await rejection(formula, 'variant', name, mistake, effort));
  }
  for (const [name, subject] of Object.entries(trivialSubjects(formula))) {
    const by = await rejectingChecks(formula, subject, 1, true);
    rejected.push({
      kind: 'trivial',
      name,
      source: '',
      strict: true,
      seeds: by.length > 0 ? 1 : 0,
      by,
      named: false,
    });
  }
  const options = { precision: 'float64', strict: true, seed: 1 } as const;
  const session = new Session(formula, referenceSubject(formula), options);
  const checks = checksOf(session).map(({ id }) => id);
  const awake = new Set(
    rejected.filter(({ name }) => name !== 'always NaN').flatMap(({ by }) => by),
  );
  return {
    id: formula.id,
    name: formula.spec.name,
    checks,
    rejected,
    acquitted: await acquittals(formula, rounded, effort),
    idle: checks.filter((check) => !awake.has(check)),
  };
}

async function rejection(
  formula: Formula,
  kind: Rejected['kind'],
  name: string,
  mistake: Mistake,
  { seeds }: Effort,
): Promise<Rejected> {
  const strict = mistake.strict === true;
  const subject = mistakeSubject(formula, name, mistake);
  let caught = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const options = { seed, strict, first: true, only: generated };
    const { rejections } = await tryChecks(formula, subject, options);
    if (rejections.size > 0) caught += 1;
  }
  const heard = (check: Check): boolean => check.kind === 'agreement' || check.kind === 'gradient';
  const pinnedOrHeard = (check: Check): boolean => heard(check) || check.kind === 'golden';
  const options = { seed: 1, strict, whole: true, only: pinnedOrHeard };
  const { session } = await tryChecks(formula, subject, options);
  return {
    kind,
    name,
    source: mistake.source,
    strict,
    seeds: caught,
    by: await rejectingChecks(formula, subject, 1, strict),
    named: diagnose(session).some((diagnosis) => diagnosis.name === name),
  };
}

async function rejectingChecks(
  formula: Formula,
  subject: Subject,
  seed: number,
  strict: boolean,
): Promise<readonly string[]> {
  const { rejections } = await tryChecks(formula, subject, { seed, strict });
  return [...rejections.keys()];
}

/** The reference and its alternatives, in float64 and with every operation rounded to float32. */
async function acquittals(
  formula: Formula,
  rounded: Alternatives,
  effort: Effort,
): Promise<Acquitted[]> {
  return [
    ...(await acquittalsIn('float64', formula, formula.alternatives, effort)),
    ...(await acquittalsIn('float32', formula, rounded, effort)),
  ];
}

/** Seed by seed, so that the inputs of a seed are drawn once for all implementations. */
async function acquittalsIn(
  precision: Precision,
  formula: Formula,
  implementations: Alternatives,
  { seeds, acquittals: most }: Effort,
): Promise<Acquitted[]> {
  const trials = Object.entries(implementations).map(([name, compute]) => ({
    name,
    subject: alternativeSubject(formula, name, compute, precision),
    worst: 0,
    accusations: new Map<string, string>(),
  }));
  if (precision === 'float64') {
    const subject = referenceSubject(formula);
    trials.unshift({ name: 'the reference', subject, worst: 0, accusations: new Map() });
  }
  for (let seed = 1; seed <= most; seed++) {
    // Laws ask several questions a run; a tenth of the seeds is as many as the mistakes get.
    const only = ({ kind }: Check): boolean =>
      kind === 'agreement' || (kind === 'law' && seed <= seeds);
    for (const trial of trials) {
      const result = await tryChecks(formula, trial.subject, { seed, precision, only });
      trial.worst = Math.max(trial.worst, result.worst);
      for (const [check, message] of result.rejections) {
        trial.accusations.set(check, `${check}, seed ${seed}: ${message}`);
      }
    }
  }
  return trials.map(({ name, worst, accusations }) => ({
    name,
    precision,
    seeds: most,
    worst,
    accusations: [...accusations.values()],
  }));
}
