import type { Formula } from '../../src/catalog.js';
import { tryChecks, tryTogether } from '../../src/conformance/calibration.js';
import { type Check, checksOf } from '../../src/conformance/checks.js';
import { diagnose } from '../../src/conformance/diagnose.js';
import type { Alternatives, Mistake } from '../../src/conformance/law.js';
import { type Recent, Session } from '../../src/conformance/session.js';
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
  /** What the diagnosis says of it when it does not know it. */
  readonly told: readonly string[];
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
  const rejected = await rejections(formula, effort);
  for (const [name, subject] of Object.entries(trivialSubjects(formula))) {
    const { rejections } = await tryChecks(formula, subject, { seed: 1, strict: true });
    const by = [...rejections.keys()];
    rejected.push({
      kind: 'trivial',
      name,
      source: '',
      strict: true,
      seeds: by.length > 0 ? 1 : 0,
      by,
      named: false,
      told: [],
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

/** Something wrong that is being tried. */
interface Suspect {
  readonly kind: 'mistake' | 'variant';
  readonly name: string;
  readonly mistake: Mistake;
  readonly subject: Subject;
  caught: number;
  /** What rejected it last: the likeliest to reject it again. */
  caughtBy?: string;
}

/** Tries every mistake and every variant: seed by seed, so that inputs are drawn once for all. */
async function rejections(formula: Formula, { seeds }: Effort): Promise<Rejected[]> {
  const suspectOf = (kind: Suspect['kind'], name: string, mistake: Mistake): Suspect => {
    return { kind, name, mistake, subject: mistakeSubject(formula, name, mistake), caught: 0 };
  };
  const suspects: Suspect[] = [];
  for (const [name, mistake] of Object.entries(formula.mistakes)) {
    suspects.push(suspectOf('mistake', name, mistake));
  }
  for (const [name, { compute, gradient }] of Object.entries(formula.variants)) {
    const mistake = { source: 'variant', compute, ...(gradient && { gradient }) };
    suspects.push(suspectOf('variant', name, mistake));
  }
  for (let seed = 1; seed <= seeds; seed++) {
    const known = newAcquaintance();
    for (const suspect of suspects) await confront(formula, suspect, seed, known);
  }
  const rejected: Rejected[] = [];
  const known = newAcquaintance();
  for (const suspect of suspects) rejected.push(await identify(formula, suspect, known));
  return rejected;
}

/** What one seed asked, strictly or not: the same of every suspect, so that it is measured once. */
type Acquaintance = (strict: boolean) => Recent;

function newAcquaintance(): Acquaintance {
  const [plain, strictly]: Recent[] = [{ all: new WeakMap() }, { all: new WeakMap() }];
  return (strict) => (strict ? strictly! : plain!);
}

/** Notes whether a generated check rejects the suspect. */
async function confront(
  formula: Formula,
  suspect: Suspect,
  seed: number,
  known: Acquaintance,
): Promise<void> {
  const strict = suspect.mistake.strict === true;
  const sooner = ({ id }: Check): boolean => id === suspect.caughtBy;
  const recent = known(strict);
  const options = { seed, strict, first: true, only: generated, sooner, recent };
  const { rejections } = await tryChecks(formula, suspect.subject, options);
  for (const check of rejections.keys()) {
    suspect.caught += 1;
    suspect.caughtBy = check;
  }
}

/** All checks that reject the suspect for the first seed, and whether the diagnosis names it. */
async function identify(
  formula: Formula,
  { kind, name, mistake, subject, caught }: Suspect,
  known: Acquaintance,
): Promise<Rejected> {
  const strict = mistake.strict === true;
  const { session, rejections } = await tryChecks(formula, subject, {
    seed: 1,
    strict,
    whole: isHeard,
    recent: known(strict),
  });
  return {
    kind,
    name,
    source: mistake.source,
    strict,
    seeds: caught,
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

async function acquittalsIn(
  precision: Precision,
  formula: Formula,
  implementations: Alternatives,
  { seeds, acquittals: most }: Effort,
): Promise<Acquitted[]> {
  const subjects = Object.entries(implementations).map(([name, compute]) =>
    // Agreement and laws ask nothing that is forbidden.
    alternativeSubject(formula, name, compute, precision, { behindDemands: false }),
  );
  const names = Object.keys(implementations);
  if (precision === 'float64') {
    subjects.unshift(referenceSubject(formula));
    names.unshift('the reference');
  }
  const acquitted = subjects.map(() => ({ worst: 0, accusations: new Map<string, string>() }));
  for (let seed = 1; seed <= most; seed++) {
    // Laws ask several questions a run; a tenth of the seeds is as many as the mistakes get.
    const only = ({ kind }: Check): boolean =>
      kind === 'agreement' || (kind === 'law' && seed <= seeds);
    const trials = await tryTogether(formula, subjects, { seed, precision, only });
    for (const [i, { worst, rejections }] of trials.entries()) {
      const sofar = acquitted[i]!;
      sofar.worst = Math.max(sofar.worst, worst);
      for (const [check, message] of rejections) {
        sofar.accusations.set(check, `${check}, seed ${seed}: ${message}`);
      }
    }
  }
  return acquitted.map(({ worst, accusations }, i) => ({
    name: names[i]!,
    precision,
    seeds: most,
    worst,
    accusations: [...accusations.values()],
  }));
}
