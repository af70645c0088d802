import { listFormulas, loadFormula, matchFormulas } from '../src/catalog.js';
import type { Report } from '../src/conformance/report.js';
import { run } from '../src/conformance/run.js';
import type { Subject } from '../src/conformance/subject.js';
import { alternativeSubject, mistakeSubject, referenceSubject } from '../src/subjects/impostors.js';

/*
 * Tries every check on what is known to be right and wrong: the reference and its alternatives
 * must be acquitted, every mistake rejected, for every seed.
 */

const words = process.argv.slice(2);
const seedsAt = words.indexOf('--seeds');
const seeds = seedsAt === -1 ? 3 : Number(words[seedsAt + 1]);
const patterns = words.filter((_, i) => i !== seedsAt && i !== seedsAt + 1);
let faults = 0;

for (const id of patterns.length === 0 ? listFormulas() : matchFormulas(patterns)) {
  const formula = await loadFormula(id);
  console.log(id);
  for (const dtype of ['float64', 'float32'] as const) {
    await acquit(id, `reference, ${dtype}`, () => referenceSubject(formula, dtype));
  }
  for (const [name, compute] of Object.entries(formula.alternatives)) {
    await acquit(id, `alternative: ${name}`, () => alternativeSubject(formula, name, compute));
  }
  for (const [name, mistake] of Object.entries(formula.mistakes)) {
    const subject = () => mistakeSubject(formula, name, mistake);
    await reject(id, `mistake: ${name}`, subject, mistake.strict === true);
  }
  for (const [name, { compute, gradient }] of Object.entries(formula.variants)) {
    const subject = () =>
      mistakeSubject(formula, name, { source: 'variant', compute, ...(gradient && { gradient }) });
    await reject(id, `variant: ${name}`, subject, false);
  }
}
console.log(faults === 0 ? 'calibrated' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function acquit(id: string, name: string, subject: () => Subject): Promise<void> {
  const failures = new Set<string>();
  let worst = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const report = await run(subject(), { formulas: [id], seed });
    for (const check of report.formulas[0]!.checks) {
      worst = Math.max(worst, check.worst ?? 0);
      if (check.outcome === 'passed' || check.outcome === 'unsupported') continue;
      failures.add(
        `${check.id}: ${check.failure?.message ?? check.error} at ${check.failure?.call}`,
      );
    }
  }
  if (failures.size > 0) faults += 1;
  console.log(`  ${failures.size === 0 ? 'ok ' : 'BAD'} ${name}, worst ${worst.toPrecision(2)}`);
  for (const failure of [...failures].slice(0, 3))
    console.log(`      accused: ${failure.slice(0, 400)}`);
}

async function reject(
  id: string,
  name: string,
  subject: () => Subject,
  strict: boolean,
): Promise<void> {
  let caught = 0;
  let named = 0;
  const by = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++) {
    const report: Report = await run(subject(), { formulas: [id], seed, strict });
    const failing = report.formulas[0]!.checks.filter(({ outcome }) => outcome === 'failed');
    const generated = failing.filter(({ kind }) => kind !== 'golden');
    if (generated.length > 0) caught += 1;
    if (report.formulas[0]!.diagnoses.some((diagnosis) => name.endsWith(`: ${diagnosis.name}`)))
      named += 1;
    for (const { id: check } of failing) by.add(check.slice(id.length + 1));
  }
  if (caught < seeds) faults += 1;
  console.log(
    `  ${caught === seeds ? 'ok ' : 'BAD'} ${name}${strict ? ' (strict)' : ''}: ${caught}/${seeds}, named ${named}/${seeds}, by ${[...by].join(' ').slice(0, 140)}`,
  );
}
