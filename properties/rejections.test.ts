import { describe, expect, it } from 'vitest';
import { listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks } from '../src/conformance/calibration.js';
import type { Check } from '../src/conformance/checks.js';
import { mistakeSubject, trivialSubjects } from '../src/subjects/impostors.js';

/*
 * Every known mistake is rejected by a check on generated inputs, whatever the seed; and every
 * trivial answer by some check.
 */

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const formulas = await Promise.all(listFormulas().map(loadFormula));

const generated = ({ kind }: Check): boolean => kind !== 'golden';

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (_, formula) => {
  it.each(Object.entries(formula.mistakes))('rejects the mistake: %s', async (name, mistake) => {
    const subject = mistakeSubject(formula, name, mistake);
    const strict = mistake.strict === true;
    for (const seed of SEEDS) {
      const options = { seed, strict, first: true, only: generated };
      const { rejections } = await tryChecks(formula, subject, options);
      expect(rejections.size, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(trivialSubjects(formula)))(
    'rejects what is %s',
    async (_name, subject) => {
      const { rejections } = await tryChecks(formula, subject, {
        seed: 1,
        strict: true,
        first: true,
      });
      expect(rejections.size).toBeGreaterThan(0);
    },
  );
});
