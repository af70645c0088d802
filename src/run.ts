import { listFormulas, loadFormula, matchFormulas, suiteVersion } from './catalog.js';
import { type JudgeOptions, judgeFormula } from './conformance/judge-formula.js';
import type { FormulaReport, Report } from './conformance/report.js';
import { type Subject, SubjectError } from './conformance/subject.js';

export interface RunOptions extends JudgeOptions {
  /** Formula ids or globs, `losses/*`; absent or empty: the whole catalogue. With a path, exactly one. */
  readonly formulas?: readonly string[];
  /** How the subject was named, for the report and the replay line. */
  readonly command?: string;
  /** Told of each formula as soon as its verdict is known. */
  readonly onFormula?: (report: FormulaReport) => void;
}

/** Judges a subject by every check of every chosen formula. */
export async function run(subject: Subject, options: RunOptions = {}): Promise<Report> {
  const started = performance.now();
  const { level = 'standard', strict = false, seed = 1 } = options;
  const ids = chosenFormulas(subject, options);
  const formulas: FormulaReport[] = [];
  for (const id of ids) {
    const report = await judgeFormula(await loadFormula(id), subject, options);
    formulas.push(report);
    options.onFormula?.(report);
  }
  const counts = countOutcomes(formulas);
  if (counts.planned === counts.unsupported) {
    throw new SubjectError(
      `nothing was judged: ${subject.description.name} offers none of ${ids.join(', ')}`,
    );
  }
  return {
    suite: { name: 'touchstone', version: suiteVersion() },
    subject: {
      name: subject.description.name,
      version: subject.description.version,
      language: subject.description.language,
      command: options.command ?? subject.description.name,
    },
    level,
    strict,
    dtype: subject.dtype,
    seed,
    counts,
    verdict: counts.failed + counts.errored === 0 ? 'conformant' : 'not-conformant',
    formulas,
    remarks: subject.remarks(),
    milliseconds: performance.now() - started,
  };
}

function chosenFormulas(subject: Subject, { formulas = [], path }: RunOptions): readonly string[] {
  const ids = formulas.length === 0 ? listFormulas() : matchFormulas(formulas);
  if (ids.length === 0) {
    throw new SubjectError(
      `no formula matches ${formulas.join(' ')}; \`touchstone list\` prints them all`,
    );
  }
  if (path !== undefined && ids.length !== 1) {
    throw new SubjectError(`--path replays one formula, got ${ids.length}; name the one it is for`);
  }
  const { description } = subject;
  const { formulas: values, gradients, samples } = description;
  if (values.length + gradients.length + samples.length === 0) {
    throw new SubjectError(
      `${description.name} offers no formula; \`touchstone list\` prints their ids`,
    );
  }
  return ids;
}

function countOutcomes(formulas: readonly FormulaReport[]): Report['counts'] {
  const counts = {
    planned: 0,
    passed: 0,
    failed: 0,
    errored: 0,
    unsupported: 0,
    excepted: 0,
    stale: 0,
  };
  for (const { checks } of formulas) {
    for (const { outcome } of checks) {
      counts.planned += 1;
      counts[outcome] += 1;
    }
  }
  return counts;
}
