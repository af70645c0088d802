import { describe, expect, it } from 'vitest';
import { listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks } from '../src/conformance/calibration.js';
import type { Check } from '../src/conformance/checks.js';
import { alternativeSubject } from '../src/subjects/impostors.js';

/*
 * Every other right way to compute a formula is acquitted, whatever the seed.
 */

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const formulas = await Promise.all(listFormulas().map(loadFormula));

/** What a seed changes for an alternative: pinned values, refusals and hygiene stay as they were. */
const drawn = ({ kind }: Check): boolean => kind === 'agreement' || kind === 'law';

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (_, formula) => {
  it.each(Object.entries(formula.alternatives))(
    'acquits the alternative: %s',
    async (name, compute) => {
      const subject = alternativeSubject(formula, name, compute);
      for (const seed of SEEDS) {
        const only = seed === 1 ? {} : { only: drawn };
        const { rejections } = await tryChecks(formula, subject, { seed, ...only });
        expect(Object.fromEntries(rejections), `seed ${seed}`).toEqual({});
      }
    },
  );
});
