import { describe, expect, it } from 'vitest';
import { type Formula, listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks } from '../src/conformance/calibration.js';
import type { Check } from '../src/conformance/checks.js';
import type { Sample } from '../src/conformance/law.js';
import { drawsBy } from '../src/conformance/sampling/draw.js';
import { likenesses } from '../src/conformance/sampling/likeness.js';
import { verdictOf } from '../src/conformance/sampling/sampling.js';
import { slackOf } from '../src/conformance/sampling/slack.js';
import { stream } from '../src/kernel/index.js';
import { samplerSubject } from '../src/subjects/impostors.js';

/*
 * What a subject draws of its own, judged by nothing else: whoever draws rightly is acquitted,
 * each known mistake is rejected, and most are named.
 */

const SEEDS = 5;
const formulas = (await Promise.all(listFormulas().map(loadFormula))).filter(
  ({ sampling }) => sampling !== undefined,
);

/** Mistakes whose samples differ so much from one another that they resemble none. */
const NAMELESS = [
  'one draw for the whole array',
  'receptive field in fan-in alone',
  'the same draws in every row',
];

/** The sentences of the tests that reject a way of drawing. */
function rejectionsOf({ sampling }: Formula, sample: Sample, seed: string): string[] {
  const { calls, tests } = sampling!;
  const verdict = verdictOf(tests, drawsBy(sample, calls, stream(seed)), slackOf('float64'));
  return [...verdict].flatMap(([sentence, found]) => (found === undefined ? [] : [sentence]));
}

function mistakesOf({ mistakes }: Formula): [string, Sample][] {
  return Object.entries(mistakes).flatMap(([name, { sample }]): [string, Sample][] =>
    sample === undefined ? [] : [[name, sample]],
  );
}

it('is judged for every formula that a sample is asked of', async () => {
  const all = await Promise.all(listFormulas().map(loadFormula));
  for (const { id, spec, sampling } of all) {
    expect(sampling !== undefined, id).toBe(spec.sample !== undefined);
  }
  expect(formulas.length).toBeGreaterThan(0);
});

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (_, formula) => {
  const { sample, alternatives, tests } = formula.sampling!;

  it('is described in sentences', () => {
    const sentences = tests.map(({ sentence }) => sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) {
      expect(sentence.length).toBeLessThan(80);
      expect(sentence).not.toMatch(/\bshould\b|\.$/);
    }
  });

  it.each([['as the reference does', sample] as const, ...Object.entries(alternatives)])(
    'acquits who draws %s',
    (name, drawn) => {
      for (let seed = 0; seed < SEEDS; seed++) {
        expect(rejectionsOf(formula, drawn, `${name}/${seed}`)).toEqual([]);
      }
    },
  );

  it.each(mistakesOf(formula))('rejects who draws by the mistake: %s', (name, drawn) => {
    for (let seed = 0; seed < SEEDS; seed++) {
      expect(rejectionsOf(formula, drawn, `${name}/${seed}`)).not.toEqual([]);
    }
  });

  it('needs each of its tests to reject some mistake', () => {
    const needed = new Set(
      mistakesOf(formula).flatMap(([name, drawn]) => rejectionsOf(formula, drawn, name)),
    );
    expect([...needed].sort()).toEqual(tests.map(({ sentence }) => sentence).sort());
  });

  it.each(mistakesOf(formula).filter(([name]) => !NAMELESS.includes(name)))(
    'names the mistake: %s',
    async (name, drawn) => {
      const subject = samplerSubject(formula, `a subject with ${name}`, drawn);
      const only = ({ kind }: Check): boolean => kind === 'sample';
      const { session } = await tryChecks(formula, subject, { seed: 1, only });
      expect(likenesses(session).map((diagnosis) => diagnosis.name)).toContain(name);
    },
  );

  it('names none where draws are right', async () => {
    const subject = samplerSubject(formula, 'an honest subject', sample);
    const { session } = await tryChecks(formula, subject, { seed: 1 });
    expect(likenesses(session)).toEqual([]);
  });
});
