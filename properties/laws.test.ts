import { describe, it } from 'vitest';
import { listFormulas, loadFormula } from '../src/catalog.js';
import { type Check, checksOf } from '../src/conformance/checks.js';
import { inputsArbitrary } from '../src/conformance/inputs-arbitrary.js';
import { renderCall } from '../src/conformance/render.js';
import { Session } from '../src/conformance/session.js';
import type { Inputs } from '../src/conformance/spec.js';
import { referenceSubject } from '../src/subjects/impostors.js';
import { hold } from './hold.js';

/*
 * Every law is a fast-check property of the reference: one that breaks fails with the smallest
 * inputs on which it does. The question is the one that a subject is asked.
 */

const RUNS = 50;

const formulas = await Promise.all(listFormulas().map(loadFormula));

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (id, formula) => {
  const options = { precision: 'float64', strict: true, seed: 1 } as const;
  const session = new Session(formula, referenceSubject(formula), options);
  const drawn = inputsArbitrary(formula.spec, { precision: 'float64', finite: true });
  const call = (inputs: Inputs): string =>
    renderCall({ formula: id, operation: 'value', inputs }, 'TypeScript');

  it.each(
    checksOf(session)
      .filter(isLaw)
      .map((check) => [check.sentence, check] as const),
  )('%s', async (_, check) => {
    const obey = async (inputs: Inputs, run: number): Promise<void> => {
      const { failure } = await check.examine(session, inputs, run);
      if (failure === undefined) return;
      const { message, got } = failure;
      throw new Error(got === undefined ? message : `${message}, got ${got}`);
    };
    await hold(drawn, obey, call, RUNS);
  });
});

function isLaw({ kind, cases }: Check): boolean {
  return kind === 'law' && cases === 'finite';
}
