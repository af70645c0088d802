import { beforeAll, describe, expect, it } from 'vitest';
import { confront, mistakesOf } from '../bench/calibration/rejections.js';
import { listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks } from '../src/conformance/calibration.js';
import type { Check } from '../src/conformance/checks.js';
import { trivialSubjects } from '../src/subjects/impostors.js';

/*
 * Every known mistake is rejected by a check on generated inputs, and every trivial answer by
 * some check. In twenty seeds `npm run calibrate` says the same, which CI runs too: these few
 * are for whoever changes a formula and wants to know at once.
 */

const SEEDS = [1, 2, 3, 4];
const formulas = await Promise.all(listFormulas().map(loadFormula));

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (_, formula) => {
  const suspects = mistakesOf(formula);
  // All of them together: what a seed draws is drawn once, and measured once.
  beforeAll(() => confront(formula, suspects, SEEDS));

  it.each(suspects.map(({ name, caught }) => [name, caught] as const))(
    'rejects the mistake: %s',
    (_name, caught) => {
      expect([...caught]).toEqual(SEEDS);
    },
  );

  it.each(Object.entries(trivialSubjects(formula)))(
    'rejects what is %s',
    async (_name, subject) => {
      const options = { seed: 1, strict: true, first: true, rank: cheapestFirst } as const;
      const { rejections } = await tryChecks(formula, subject, options);
      expect(rejections.size).toBeGreaterThan(0);
    },
  );
});

/** Pinned cases are few, an argument that changed is seen at once, and laws ask several questions. */
const PRICES = ['golden', 'refusal', 'hygiene', 'gradient', 'agreement', 'law'];

function cheapestFirst({ kind }: Check): number {
  return PRICES.indexOf(kind);
}
