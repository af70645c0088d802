import { roundTo, stream } from '../../kernel/index.js';
import type { Sample } from '../law.js';
import type { Diagnosis } from '../report.js';
import type { Session } from '../session.js';
import type { Inputs } from '../spec.js';
import { sampledOf } from './check.js';
import { distanceBetween } from './distance.js';
import { drawsBy } from './draw.js';
import { type Draws, damningOf, type Sampling } from './sampling.js';
import { slackOf } from './slack.js';

/*
 * Which known mistake draws as a subject does. Two samples cannot agree number by number, so
 * this is a likeness: the same figures damn both, and where they draw, they draw from laws that
 * their samples do not tell apart.
 */

/** Shared figures, of all that damn either, from which on two samples are alike. */
const ALIKE = 0.6;
/** Calls, of all, in which the laws must not be told apart. */
const MOST = 0.95;

/** The known mistakes that explain the draws of a session's subject, the likeliest first. */
export function likenesses(session: Session): Diagnosis[] {
  const { sampling } = session.formula;
  const sampled = sampledOf(session);
  if (sampling === undefined || sampled === undefined || sampled.draws.length === 0) return [];
  const damned = figuresAgainst(sampling, sampled.draws, session);
  if (damned.size === 0) return [];
  return portraitsOf(session, sampling, sampled.draws)
    .map(({ suspect, theirs, hasLaw, against }) => ({
      hasLaw,
      alike: likeCalls(sampling, sampled.draws, theirs),
      diagnosis: {
        ...suspect,
        operation: 'sample' as const,
        agrees: [...damned].filter((figure) => against.has(figure)).length,
        of: new Set([...damned, ...against]).size,
      },
    }))
    .filter(({ alike, hasLaw }) => alike >= MOST || !hasLaw)
    .filter(({ diagnosis: { agrees, of } }) => agrees >= ALIKE * of)
    .sort((a, b) => shareOf(b.diagnosis) - shareOf(a.diagnosis) || b.alike - a.alike)
    .slice(0, 2)
    .map(({ diagnosis }) => diagnosis);
}

function shareOf({ agrees, of }: Diagnosis): number {
  return agrees / of;
}

/** The figures that damn draws, by test and place. */
function figuresAgainst(
  { tests }: Sampling,
  draws: readonly Draws[],
  { options: { precision } }: Session,
): Set<string> {
  const damning = damningOf(tests, draws, slackOf(precision));
  return new Set(
    [...damning].flatMap(([sentence, places]) =>
      [...places.keys()].map((at) => `${sentence}/${at}`),
    ),
  );
}

type Suspect = Pick<Diagnosis, 'kind' | 'name' | 'source'>;

/** What a suspect draws, always the same, and what damns it. */
interface Portrait {
  readonly suspect: Suspect;
  readonly theirs: readonly Draws[];
  readonly against: ReadonlySet<string>;
  /** False for draws that hang together: they differ from sample to sample, and have no one law. */
  readonly hasLaw: boolean;
}

const portraits = new WeakMap<Sampling, Map<string, readonly Portrait[]>>();

/** The suspects of a formula, each drawn once in a format. */
function portraitsOf(
  session: Session,
  sampling: Sampling,
  draws: readonly Draws[],
): readonly Portrait[] {
  const { precision, variant = '' } = session.options;
  const key = `${precision}/${variant}`;
  const known = portraits.get(sampling) ?? new Map<string, readonly Portrait[]>();
  portraits.set(sampling, known);
  const calls = draws.map(({ inputs }) => inputs);
  const drawn = known.get(key) ?? suspects(session).map((one) => portray(one, calls, session));
  known.set(key, drawn);
  return drawn;
}

function portray(
  [suspect, sample]: readonly [Suspect, Sample],
  calls: readonly Inputs[],
  session: Session,
): Portrait {
  const sampling = session.formula.sampling!;
  const theirs = drawnAs(sample, calls, suspect.name, session);
  const again = drawnAs(sample, calls, `${suspect.name}/again`, session);
  return {
    suspect,
    theirs,
    against: figuresAgainst(sampling, theirs, session),
    hasLaw: likeCalls(sampling, again, theirs) >= MOST,
  };
}

function suspects({ formula, options }: Session): [Suspect, Sample][] {
  const found: [Suspect, Sample][] = [];
  for (const [name, { sample }] of Object.entries(formula.variants)) {
    if (sample !== undefined && name !== options.variant) {
      found.push([{ kind: 'variant', name }, sample]);
    }
  }
  for (const [name, { source, sample }] of Object.entries(formula.mistakes)) {
    if (sample !== undefined) found.push([{ kind: 'mistake', name, source }, sample]);
  }
  return found;
}

/** What a mistake draws in the subject's format. */
function drawnAs(
  sample: Sample,
  calls: readonly Inputs[],
  seed: string,
  { options: { precision } }: Session,
): readonly Draws[] {
  return drawsBy(sample, calls, stream(seed)).map(({ inputs, answer: { shape, data } }) => ({
    inputs,
    answer: { shape, data: data.map((draw) => roundTo(precision, draw)) },
  }));
}

/** In which share of the calls two samples could be from one law. */
function likeCalls(
  { standard }: Sampling,
  ours: readonly Draws[],
  theirs: readonly Draws[],
): number {
  const alike = ours.filter((draws, call) => {
    const [one, other] = [numbered(standard(draws)), numbered(standard(theirs[call]!))];
    // Smirnov's limit, which honest pairs exceed once in a thousand.
    const most = 1.95 * Math.sqrt(1 / one.length + 1 / other.length);
    return distanceBetween(one, other) <= most;
  });
  return alike.length / ours.length;
}

/** NaN, which has no place among numbers, beyond them all. */
function numbered(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? Infinity : value));
}
