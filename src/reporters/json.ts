import type {
  CheckReport,
  Diagnosis,
  Failure,
  FormulaReport,
  Report,
} from '../conformance/report.js';

/**
 * The report as JSON: every field of {@link Report} in its order, whatever order it was made in,
 * so that two reports of one seed differ in `milliseconds` alone. Numbers that JSON cannot
 * write are words: `"NaN"`, `"Infinity"`, `"-Infinity"` and `"-0"`.
 */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(inOrder(report), withSpecialNumbers, 2)}\n`;
}

function withSpecialNumbers(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function inOrder(report: Report): object {
  return {
    ...pick(report, 'suite', 'subject', 'level', 'strict', 'dtype', 'seed'),
    ...pick(report, 'counts', 'verdict', 'milliseconds', 'remarks'),
    suite: pick(report.suite, 'name', 'version'),
    subject: pick(report.subject, 'name', 'version', 'language', 'command'),
    counts: {
      ...pick(report.counts, 'planned', 'passed', 'failed', 'errored', 'unsupported'),
      ...pick(report.counts, 'excepted', 'stale'),
    },
    formulas: report.formulas.map(formulaInOrder),
  };
}

function formulaInOrder(formula: FormulaReport): object {
  return {
    ...pick(formula, 'id', 'name', 'outcome', 'variant'),
    diagnoses: formula.diagnoses.map(diagnosisInOrder),
    checks: formula.checks.map(checkInOrder),
  };
}

function diagnosisInOrder(diagnosis: Diagnosis): object {
  return pick(diagnosis, 'kind', 'operation', 'name', 'source', 'agrees', 'of');
}

function checkInOrder(check: CheckReport): object {
  return {
    ...pick(check, 'id', 'kind', 'sentence', 'outcome', 'runs', 'worst', 'notes', 'error'),
    ...(check.failure === undefined ? {} : { failure: failureInOrder(check.failure) }),
  };
}

function failureInOrder(failure: Failure): object {
  return pick(failure, 'message', 'expected', 'got', 'inputs', 'call', 'path');
}

/** The named fields of an object, in the order they are named; absent ones stay absent. */
function pick<From extends object, Key extends keyof From>(
  from: From,
  ...keys: readonly Key[]
): Partial<Pick<From, Key>> {
  const picked: Partial<Pick<From, Key>> = {};
  for (const key of keys) {
    if (from[key] !== undefined) picked[key] = from[key];
  }
  return picked;
}
