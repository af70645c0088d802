import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { listFormulas, loadFormula } from '../src/catalog.js';
import { generatorOf } from '../src/conformance/generate/index.js';

/*
 * Learns the ingredients of every formula, once for all commands: the first verdict waits for a
 * hundred dry draws otherwise.
 */

for (const id of listFormulas()) {
  const { spec } = await loadFormula(id);
  const learnt = (finite: boolean): readonly string[] =>
    generatorOf(spec, { precision: 'float64', finite }).ingredients;
  const file = new URL(`../dist/ingredients/${id}.json`, import.meta.url);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, JSON.stringify({ generated: learnt(false), finite: learnt(true) }));
}
