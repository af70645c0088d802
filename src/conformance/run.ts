import type { FormulaReport, Level, Report } from './report.js';
import type { Subject } from './subject.js';

export interface RunOptions {
  /** Formula ids or globs, `losses/*`; absent or empty: the whole catalogue. */
  readonly formulas?: readonly string[];
  readonly level?: Level;
  /** Ask for relative accuracy in tails, and the refusal of every forbidden input. */
  readonly strict?: boolean;
  readonly seed?: number;
  /** Run and shrink steps to replay, as a failure prints them; needs exactly one formula. */
  readonly path?: string;
  /** How the subject was named, for the report and the replay line. */
  readonly command?: string;
  /** Told of each formula as soon as its verdict is known. */
  readonly onFormula?: (report: FormulaReport) => void;
}

/** Judges a subject by every check of every chosen formula. */
export async function run(_subject: Subject, _options: RunOptions = {}): Promise<Report> {
  throw new Error('not written yet');
}
