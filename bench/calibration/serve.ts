import { register } from 'node:module';
import { createInterface } from 'node:readline';
import { loadFormula } from '../../src/catalog.js';
import type { Alternatives } from '../../src/conformance/law.js';
import { type Effort, measure } from './measure.js';

/*
 * Measures the formulas whose ids arrive, a line each, and answers with a line each. The effort
 * is its argument.
 */

/** This module is compiled to `.build/bench/calibration`. */
const root = new URL('../../../', import.meta.url);
const effort = JSON.parse(process.argv[2]!) as Effort;

// Plain JavaScript, because hooks run where nothing is compiled.
register(new URL('bench/float32-hooks.js', root).href);
for await (const id of createInterface({ input: process.stdin })) {
  const formula = await loadFormula(id);
  const { alternatives } = (await import(`../../properties/${id}.js?float32`)) as {
    alternatives: Alternatives;
  };
  const implementation = (await import(`../../src/formulas/${id}.js?float32`)) as Alternatives;
  const reference = implementation[formula.reference.name];
  const rounded = reference ? { ...alternatives, 'the reference': reference } : alternatives;
  process.stdout.write(`${JSON.stringify(await measure(formula, rounded, effort))}\n`);
}
