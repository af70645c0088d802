import { expect, it } from 'vitest';
import { loadFormula } from '../src/catalog.js';
import { run } from '../src/run.js';
import { alternativeSubject, mistakeSubject } from '../src/subjects/impostors.js';
import { openSubject } from '../src/subjects/index.js';

/*
 * What a user is told of a formula of each form that answers and arguments may have: a failure
 * that is made smaller and can be replayed, and the name of the mistake.
 */

/** A known mistake of a formula of each form, and where it fails. */
const mistakes: Readonly<Record<string, string>> = {
  'metrics-classification/confusion-counts': 'false positives and false negatives exchanged',
  'metrics-ranking/roc-curve': 'rates exchanged',
  'attention/scaled-dot-product-attention': 'scores not scaled',
  'optimisers/adam': 'betas exchanged',
  'initialisers/xavier-uniform': 'variance taken for the limit',
  'regularisation/dropout-inverted': 'scaled by 1/rate',
  'linear-algebra/eigen-decomposition-symmetric': 'vectors in rows',
  'linear-algebra/cholesky': 'symmetric square root',
  'classic-algorithms/kmeans-lloyd': 'inertia as a mean',
  'gradients/clip-by-global-norm': 'each array clipped by its own norm',
  'gradients/numerical-gradient': 'forward difference',
};

it.each(Object.entries(mistakes))('%s: %s', async (id, name) => {
  const formula = await loadFormula(id);
  const known = formula.mistakes[name];
  expect(Object.keys(formula.mistakes), name).toContain(name);
  const subject = mistakeSubject(formula, name, known!);
  const report = await run(subject, { formulas: [id] });
  const [judged] = report.formulas;
  expect(judged!.outcome).toBe('failed');
  expect(judged!.diagnoses.map((diagnosis) => diagnosis.name)).toContain(name);

  const failed = judged!.checks.find((check) => check.kind === 'agreement' && check.failure);
  const { path, message } = failed!.failure!;
  const again = await run(subject, { formulas: [id], path: path! });
  const replayed = again.formulas[0]!.checks.find((check) => check.id === failed!.id);
  expect(replayed!.failure!.message).toBe(message);
});

it('the references are right in a worker, whatever they take and give', async () => {
  const module = new URL('../adapters/touchstone/adapter.js', import.meta.url).pathname;
  const subject = await openSubject({ module });
  const report = await run(subject, { formulas: Object.keys(mistakes), level: 'smoke' });
  await subject.close();
  expect(report.counts).toMatchObject({ failed: 0, errored: 0, unsupported: 0 });
  expect(report.formulas.length).toBe(Object.keys(mistakes).length);
});

it('ten thousand steps of Adam are asked for once, at the exhaustive level', async () => {
  const formula = await loadFormula('optimisers/adam');
  const options = {
    formulas: [formula.id],
    level: 'exhaustive',
    only: (check: string) => check.endsWith('/endurance'),
  } as const;
  const right = alternativeSubject(
    formula,
    'powers by products',
    formula.alternatives['powers of the betas by running products']!,
    'float32',
  );
  const { counts, formulas } = await run(right, options);
  expect(counts).toMatchObject({ planned: 1, passed: 1 });
  expect(formulas[0]!.checks[0]!.sentence).toBe('Adam agrees with the reference over 10000 steps');

  const name = 'means rounded to float32';
  const wrong = mistakeSubject(formula, name, formula.mistakes[name]!);
  expect((await run(wrong, options)).counts).toMatchObject({ failed: 1 });
  expect((await run(wrong, { ...options, level: 'smoke' }).catch(String)) as string).toContain(
    'nothing was judged',
  );
});
