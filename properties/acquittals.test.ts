import { beforeAll, describe, expect, it } from 'vitest';
import { type Acquitted, acquit, rightSubjects } from '../bench/calibration/acquittals.js';
import { listFormulas, loadFormula } from '../src/catalog.js';

/*
 * Every other right way to compute a formula is acquitted of whatever a seed changes. Seed 1 is
 * tried on all checks in `references.test.ts`; two hundred seeds in `npm run calibrate`, which CI
 * runs too.
 */

const EFFORT = { from: 2, seeds: 4, seedsOfLaws: 2 };
const formulas = await Promise.all(listFormulas().map(loadFormula));

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (_, formula) => {
  const subjects = rightSubjects(formula);
  let acquitted: readonly Acquitted[];
  // All of them together: what is right for the inputs of a run is worked out once.
  beforeAll(async () => {
    acquitted = await acquit(formula, subjects, 'float64', EFFORT);
  });

  it.each(Object.keys(subjects))('acquits %s', (name) => {
    const found = acquitted.find((one) => one.name === name)!;
    expect(found.accusations).toEqual([]);
    expect(found.worst).toBeLessThanOrEqual(1);
  });
});
