import pc from 'picocolors';
import type { CheckReport, FormulaReport, Report } from '../conformance/report.js';
import { summaryText } from './console-summary.js';
import { abbreviateLists, fractionOfBudget } from './numbers.js';
import {
  certainDiagnosis,
  declarationOf,
  diagnosisSentence,
  failingChecks,
  type Heading,
  replayLine,
  worstError,
} from './phrases.js';
import type { Terminal } from './terminal.js';
import { columns, indent, pad, plural, truncate, wrap } from './text.js';

/** A console report in the order in which it becomes known. */
export interface ConsoleReporter {
  /** What is judged, and how: known before the first verdict. */
  readonly heading: () => string;
  /** One line, and below it what is wrong. Empty for a formula that was not offered. */
  readonly formula: (formula: FormulaReport) => string;
  readonly summary: (report: Report) => string;
}

/** How many further failing checks of one formula are listed. */
const furtherFailures = 5;

/**
 * The report that a person reads, formula by formula.
 *
 * @param ids The formulas that will be judged, for the width of their column.
 */
export function consoleReporter(
  run: Heading,
  ids: readonly string[],
  { color, width }: Terminal,
): ConsoleReporter {
  const paint = pc.createColors(color);
  const idWidth = Math.max(0, ...ids.map(columns));

  return {
    heading: () =>
      `${wrap(
        [
          `touchstone ${run.suite.version}`,
          `${run.subject.name} ${run.subject.version}`,
          run.dtype,
          `${run.level} level${run.strict ? ', strict' : ''}`,
          `seed ${run.seed}`,
        ].join(' · '),
        width,
        2,
      )}\n\n`,
    formula: (formula) => {
      if (formula.outcome === 'unsupported') return '';
      const line = firstLine(formula, idWidth, width, paint);
      const details = detailsOf(formula);
      return details === '' ? line : `${line}${details}\n`;
    },
    summary: (report) => {
      const text = summaryText(report, { color, width });
      // Details of a formula end with an empty line, and one is enough.
      const last = report.formulas.findLast(({ outcome }) => outcome !== 'unsupported');
      return last === undefined || last.outcome === 'passed' ? text : text.replace(/^\n/, '');
    },
  };

  function detailsOf(formula: FormulaReport): string {
    const [worst, ...others] = failingChecks(formula);
    return [
      ...(worst === undefined ? [] : [fullFailure(run, formula, worst, width, paint)]),
      diagnosisLines(run, formula, width, paint),
      alsoFailing(formula, others, width),
      errorLines(formula, width),
    ]
      .filter((text) => text !== '')
      .map((text) => indent(text, 4))
      .join('');
  }
}

/** The whole console report of a run that is over. */
export function consoleReport(report: Report, terminal: Terminal): string {
  const judged = report.formulas.filter(({ outcome }) => outcome !== 'unsupported');
  const reporter = consoleReporter(
    report,
    judged.map(({ id }) => id),
    terminal,
  );
  return [reporter.heading(), ...judged.map(reporter.formula), reporter.summary(report)].join('');
}

type Paint = ReturnType<typeof pc.createColors>;

function firstLine(formula: FormulaReport, idWidth: number, width: number, paint: Paint): string {
  const [mark, word, color] = (
    {
      passed: ['✓', 'right', paint.green],
      failed: ['✗', 'wrong', paint.red],
      errored: ['!', 'not judged', paint.yellow],
      unsupported: ['-', 'not offered', paint.dim],
    } as const
  )[formula.outcome];
  const about = formula.outcome === 'passed' ? accuracy(formula) : inShort(formula);
  const variant = formula.variant === undefined ? '' : `variant "${formula.variant}", `;
  const start = `${pad(formula.id, idWidth)}  `;
  const state = pad(word, 'not judged'.length);
  const room = width - columns(`${mark} ${start}${state}  `);
  const passed = formula.outcome === 'passed';
  return `${color(mark)} ${start}${passed ? state : color(state)}  ${truncate(variant + about, room)}\n`;
}

function accuracy(formula: FormulaReport): string {
  const worst = worstError(formula);
  if (worst === undefined) return 'nothing to measure';
  return worst === 0 ? 'exact' : `error ${fractionOfBudget(worst)} of the budget`;
}

/** What is wrong, in the words that explain most. */
function inShort(formula: FormulaReport): string {
  const diagnosis = certainDiagnosis(formula);
  const [failing] = failingChecks(formula);
  if (failing !== undefined && diagnosis !== undefined) {
    const where = { value: '', gradient: 'gradient: ', sample: 'draws: ' }[diagnosis.operation];
    const kind = { variant: 'variant ', mistake: 'known mistake: ', trait: '' }[diagnosis.kind];
    return `${where}${kind}${diagnosis.name}`;
  }
  if (failing !== undefined) return `${failing.kind}: ${whatIsWrong(failing)}`;
  const errored = formula.checks.filter(({ outcome }) => outcome === 'errored');
  return abbreviateLists(errored[0]?.error ?? 'no check could be made');
}

function whatIsWrong(check: CheckReport): string {
  if (check.outcome === 'stale') return 'passes, though the baseline expects it to fail';
  const message = abbreviateLists(check.failure?.message ?? check.sentence);
  if (check.worst === undefined || check.worst <= 1 || message.includes('budget')) return message;
  return `${message}, error ${fractionOfBudget(check.worst)} of the budget`;
}

/** Everything that is known of one failing check. */
function fullFailure(
  run: Heading,
  formula: FormulaReport,
  check: CheckReport,
  width: number,
  paint: Paint,
): string {
  const { failure } = check;
  const wrapped = (text: string): string => wrap(text, width - 4, labelWidth).trimStart();
  const lines: [label: string, text: string | undefined][] = [
    [check.kind, wrapped(margin + predicate(formula, check))],
    ['', wrapped(margin + whatIsWrong(check))],
    ['expected', failure?.expected && paint.green(abbreviateLists(failure.expected))],
    ['got', failure?.got && paint.red(abbreviateLists(failure.got))],
    ['call', failure && abbreviatedCall(failure.call)],
    ['replay', replayLine(run, formula.id, failure)],
  ];
  return lines
    .filter(([, text]) => text !== undefined && text !== '')
    .map(([label, text]) => `${pad(label, labelWidth)}${text}\n`)
    .join('');
}

const labelWidth = 'agreement  '.length;
const margin = ' '.repeat(labelWidth);

function abbreviatedCall(call: string): string {
  const short = abbreviateLists(call);
  return short === call ? call : `${short}  (whole in --reporter json)`;
}

function diagnosisLines(run: Heading, formula: FormulaReport, width: number, paint: Paint): string {
  return formula.diagnoses
    .map((diagnosis) => {
      const label = pad('diagnosis', labelWidth);
      const text = wrap(label + diagnosisSentence(diagnosis), width - 4, labelWidth);
      const sentence = `${label}${paint.bold(text.slice(labelWidth))}\n`;
      if (diagnosis.kind !== 'variant' || diagnosis.agrees < diagnosis.of) return sentence;
      const declaration = declarationOf(run, formula.id, diagnosis.name);
      return `${sentence}${margin}if that is meant, declare it: ${declaration}\n`;
    })
    .join('');
}

function alsoFailing(
  formula: FormulaReport,
  checks: readonly CheckReport[],
  width: number,
): string {
  if (checks.length === 0) return '';
  const shown = checks.slice(0, furtherFailures).map((check, index) => {
    const line = `${pad(index === 0 ? 'also' : '', labelWidth)}${check.kind}: ${oneLine(formula, check)}`;
    return `${truncate(line, width - 4)}\n`;
  });
  const hidden = checks.length - shown.length;
  const rest = `${margin}and ${plural(hidden, 'more failing check')}, in --reporter json\n`;
  return shown.join('') + (hidden === 0 ? '' : rest);
}

function oneLine(formula: FormulaReport, check: CheckReport): string {
  const { outcome, worst = 0 } = check;
  const sentence = predicate(formula, check);
  if (outcome === 'stale') return `${sentence}, though the baseline expects that it does not`;
  return worst > 1 ? `${sentence} (error ${fractionOfBudget(worst)} of the budget)` : sentence;
}

/** The sentence of a check without its subject, which stands at the head of the lines already. */
function predicate({ name }: FormulaReport, { sentence }: CheckReport): string {
  return sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : sentence;
}

/** Why checks could not be judged; a reason that many checks share is said once. */
function errorLines(formula: FormulaReport, width: number): string {
  const errors = formula.checks.flatMap(({ outcome, error = 'no reason was given' }) =>
    outcome === 'errored' ? [error] : [],
  );
  // The call at the end of an error is another in every check, and after some faults none is made.
  const reasons = new Map<string, string[]>();
  for (const error of errors) {
    const reason = error.replace(/^not asked again: /, '').split(', at ')[0]!;
    reasons.set(reason, [...(reasons.get(reason) ?? []), error]);
  }
  const lines = [...reasons.values()].slice(0, furtherFailures).map((alike) => {
    const count = alike.length === 1 ? '' : ` (and ${plural(alike.length - 1, 'check')} more)`;
    const line = `${pad('not judged', labelWidth)}${abbreviateLists(alike[0]!)}${count}`;
    return `${wrap(line, width - 4, labelWidth)}\n`;
  });
  return lines.join('');
}
