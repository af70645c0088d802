import type { NDArray } from '../../kernel/index.js';
import { shapesEqual } from '../../kernel/index.js';
import type { Check, Examination } from '../checks.js';
import { roundInputs } from '../generate/index.js';
import type { Reply, Session } from '../session.js';
import { slug } from '../slug.js';
import type { Inputs, Spec } from '../spec.js';
import type { Call } from '../subject.js';
import { isArray } from '../values.js';
import { type Draws, type Sampling, type Statistic, type Verdict, verdictOf } from './sampling.js';
import { slackOf } from './slack.js';
import { oddsInWords } from './words.js';

/*
 * The checks of a formula's draws: one for each test, so that an id says what is wrong and a
 * baseline excuses no more than it names. A subject is asked once, by whichever check comes
 * first, and all of them judge the same draws.
 */

/** What the checks need of a formula. */
export interface SampledFormula {
  readonly spec: Spec;
  readonly sampling?: Sampling;
}

/** A check for each test of a formula's draws; none for a formula that draws nothing. */
export function samplingChecks({ spec, sampling }: SampledFormula): Check[] {
  if (sampling === undefined) return [];
  return sampling.tests.map(({ sentence }) => ({
    id: `${spec.id}/sample/${slug(sentence)}`,
    kind: 'sample',
    sentence: `${spec.name} ${sentence}`,
    operation: 'sample',
    // One run: it is about all calls.
    cases: [sampling.calls[0]!],
    examine: async (session) => {
      const sampled = await sampleOf(session, spec, sampling);
      return examined(sampled, sentence, sampling.law);
    },
  }));
}

/** What a session heard of the draws of its subject, and what is to be said of it. */
export interface Sampled {
  readonly calls: readonly Call[];
  readonly draws: readonly Draws[];
  readonly verdict: Verdict;
  /** A call that gave no draws, and why not. */
  readonly refusal?: { readonly call: Call; readonly message: string };
}

const samples = new WeakMap<Session, Promise<Sampled>>();
const settled = new WeakMap<Session, Sampled>();

/** What was heard, once it was asked for. */
export function sampledOf(session: Session): Sampled | undefined {
  return settled.get(session);
}

/** Asks for the draws and judges them, once a session. */
function sampleOf(session: Session, spec: Spec, sampling: Sampling): Promise<Sampled> {
  const known = samples.get(session);
  if (known !== undefined) return known;
  const asked = ask(session, spec, sampling).then((sampled) => {
    settled.set(session, sampled);
    return sampled;
  });
  samples.set(session, asked);
  return asked;
}

async function ask(session: Session, spec: Spec, sampling: Sampling): Promise<Sampled> {
  const { precision } = session.options;
  const calls = sampling.calls.map(
    (inputs): Call => ({
      formula: spec.id,
      operation: 'sample',
      inputs: heldInputs(spec, inputs, session),
    }),
  );
  const replies = await Promise.all(calls.map(({ inputs }) => session.ask('sample', inputs)));
  const refusals = replies.map((reply, i) => refusalOf(reply, shapeAsked(calls[i]!.inputs)));
  const refused = refusals.findIndex((message) => message !== undefined);
  if (refused !== -1) {
    const refusal = { call: calls[refused]!, message: refusals[refused]! };
    return { calls, draws: [], verdict: new Map(), refusal };
  }
  const draws = replies.map((reply, i) => ({
    inputs: calls[i]!.inputs,
    answer: (reply as Reply & { kind: 'answer' }).answer as NDArray,
  }));
  return { calls, draws, verdict: verdictOf(sampling.tests, draws, slackOf(precision)) };
}

/** What is asked, as the format of the subject holds it. */
function heldInputs(spec: Spec, inputs: Inputs, { options: { precision } }: Session): Inputs {
  const asked = { ...spec, inputs: spec.sample?.inputs ?? {} } as Spec;
  return 'shape' in inputs ? inputs : roundInputs(asked, inputs, precision);
}

/** The shape that draws must have: the one asked for, or that of what they are made of. */
function shapeAsked({ shape, x }: Inputs): readonly number[] {
  return (shape as readonly number[] | undefined) ?? (x as NDArray).shape;
}

function refusalOf(reply: Reply, shape: readonly number[]): string | undefined {
  if (reply.kind === 'threw') return `throws "${reply.message}" instead of drawing`;
  const { answer } = reply;
  if (!isArray(answer)) return 'gives something else than an array of draws';
  if (!shapesEqual(answer.shape, shape)) {
    return `gives draws of shape [${answer.shape.join(', ')}] when asked for [${shape.join(', ')}]`;
  }
  return undefined;
}

function examined(
  { calls, verdict, refusal }: Sampled,
  sentence: string,
  law: string,
): Examination {
  if (refusal !== undefined) {
    const { call, message } = refusal;
    return { failure: { message, expected: 'an array of the shape asked for', call } };
  }
  const found = verdict.get(sentence);
  return found === undefined ? {} : { failure: failureOf(found, calls[found.call]!, law) };
}

function failureOf(
  { p, proof, finding, expected, got }: Statistic,
  call: Call,
  law: string,
): Examination['failure'] & {} {
  const odds = proof
    ? 'no honest sampler does this'
    : `an honest sampler does this ${oddsInWords(p)}`;
  return {
    message: `${finding()}; ${odds}`,
    expected: `${expected()}: ${law}`,
    got: got(),
    call,
  };
}
