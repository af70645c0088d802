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
  const calls = sampled.draws.map(({ inputs }) => inputs);
  return suspects(session)
    .flatMap(({ sample, ...suspect }) => {
      const [theirs, again] = ['', '/again'].map((more) =>
        drawnAs(sample, calls, suspect.name + more, session),
      ) as [readonly Draws[], readonly Draws[]];
      const alike = likeCalls(sampling, sampled.draws, theirs);
      // Draws that hang together differ from sample to sample, and their law is no argument.
      const isLaw = likeCalls(sampling, again, theirs) >= MOST;
      if (isLaw && alike < MOST) return [];
      const against = figuresAgainst(sampling, theirs, session);
      const agrees = [...damned].filter((figure) => against.has(figure)).length;
      const of = new Set([...damned, ...against]).size;
      return [{ alike, diagnosis: { ...suspect, operation: 'sample' as const, agrees, of } }];
    })
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

interface Suspect extends Pick<Diagnosis, 'kind' | 'name' | 'source'> {
  readonly sample: Sample;
}

function suspects({ formula, options }: Session): Suspect[] {
  const found: Suspect[] = [];
  for (const [name, { sample }] of Object.entries(formula.variants)) {
    if (sample !== undefined && name !== options.variant)
      found.push({ kind: 'variant', name, sample });
  }
  for (const [name, { source, sample }] of Object.entries(formula.mistakes)) {
    if (sample !== undefined) found.push({ kind: 'mistake', name, source, sample });
  }
  return found;
}

/** What a mistake draws in the subject's format; always the same. */
function drawnAs(
  sample: Sample,
  calls: readonly Inputs[],
  name: string,
  { options: { precision } }: Session,
): readonly Draws[] {
  return drawsBy(sample, calls, stream(name)).map(({ inputs, answer: { shape, data } }) => ({
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
