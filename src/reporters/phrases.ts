import type {
  CheckKind,
  CheckReport,
  Diagnosis,
  Failure,
  FormulaReport,
  Report,
} from '../conformance/report.js';

/** What is known of a run before its first verdict. */
export type Heading = Pick<Report, 'suite' | 'subject' | 'level' | 'strict' | 'dtype' | 'seed'>;

/** Kinds of check by how much a failure of theirs explains, the most telling first. */
const tellingOrder: readonly CheckKind[] = [
  'agreement',
  'golden',
  'gradient',
  'sample',
  'law',
  'refusal',
  'hygiene',
];

/** The failing checks of a formula, the most telling first. */
export function failingChecks(formula: FormulaReport): readonly CheckReport[] {
  return formula.checks
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'stale')
    .toSorted((a, b) => tellingOrder.indexOf(a.kind) - tellingOrder.indexOf(b.kind));
}

/** The largest error of a formula as a fraction of the budget, if any was measured. */
export function worstError(formula: FormulaReport): number | undefined {
  const measured = formula.checks.flatMap(({ worst }) => (worst === undefined ? [] : [worst]));
  return measured.length === 0 ? undefined : Math.max(...measured);
}

/** The command that repeats a failure, or every check of a formula where none is pinned down. */
export function replayLine(run: Heading, formula: string, failure?: Failure): string {
  return [
    'npx touchstone check',
    run.subject.command,
    formula,
    ...(run.level === 'standard' ? [] : [`--level ${run.level}`]),
    ...(run.strict ? ['--strict'] : []),
    `--seed ${run.seed}`,
    ...(failure?.path === undefined ? [] : [`--path ${failure.path}`]),
  ].join(' ');
}

/** A diagnosis as a sentence: `this is the variant "sum": 100/100`. */
export function diagnosisSentence(diagnosis: Diagnosis): string {
  const { kind, operation, name, source, agrees, of } = diagnosis;
  if (kind === 'trait') return operation === 'value' ? name : `${operation}: ${name}`;
  // Of draws no more can be said: another mistake may draw from nearly the same law.
  const verb = { value: 'is', gradient: 'is', sample: 'looks like' }[operation];
  const what = kind === 'variant' ? 'variant' : 'known mistake';
  const where = source === undefined ? '' : ` (${source})`;
  const subject = { value: 'this', gradient: 'the gradient', sample: 'what it draws' }[operation];
  return `${subject} ${agrees === of ? verb : 'mostly agrees with'} the ${what} "${name}"${where}: ${agrees}/${of}`;
}

/** The diagnosis that explains every answer, if there is one. */
export function certainDiagnosis(formula: FormulaReport): Diagnosis | undefined {
  return formula.diagnoses.find(({ agrees, of }) => of > 0 && agrees === of);
}

/** How a subject declares that it follows a variant, in words of its own language. */
export function declarationOf(run: Heading, formula: string, variant: string): string {
  return run.subject.language.toLowerCase() === 'javascript'
    ? `variants: { '${formula}': '${variant}' }`
    : `variants={"${formula}": "${variant}"}`;
}
