import type { CheckReport, FormulaReport, Report } from '../conformance/report.js';
import { diagnosisSentence, replayLine } from './phrases.js';

/**
 * The report as JUnit XML, which CI systems read: a suite for each formula, a case for each
 * check. A check that the subject does not offer, or that the baseline excepts, is skipped.
 */
export function junitReport(report: Report): string {
  const suites = report.formulas.map((formula) => suiteOf(report, formula));
  const { failed, stale, errored } = report.counts;
  const attributes = {
    name: `touchstone: ${report.subject.name} ${report.subject.version}`,
    tests: sum(report.formulas.map((formula) => casesOf(formula).length)),
    failures: failed + stale,
    errors: errored,
    time: (report.milliseconds / 1000).toFixed(3),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}`;
}

function suiteOf(report: Report, formula: FormulaReport): string {
  const cases = casesOf(formula);
  const count = (...outcomes: readonly CheckReport['outcome'][]): number =>
    cases.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const attributes = {
    name: formula.id,
    tests: cases.length,
    failures: count('failed', 'stale'),
    errors: count('errored'),
    skipped: count('unsupported', 'excepted'),
  };
  return element('testsuite', attributes, [
    propertiesOf(report, formula),
    ...cases.map((check) => caseOf(report, formula, check)),
  ]);
}

/** A formula that was not offered may come without checks; it still shows as one skipped case. */
function casesOf(formula: FormulaReport): readonly CheckReport[] {
  if (formula.checks.length > 0 || formula.outcome !== 'unsupported') return formula.checks;
  return [
    {
      id: formula.id,
      kind: 'agreement',
      sentence: `${formula.name} is offered`,
      outcome: 'unsupported',
      runs: 0,
      notes: [],
    },
  ];
}

function propertiesOf(report: Report, formula: FormulaReport): string {
  const properties = {
    seed: report.seed,
    dtype: report.dtype,
    level: report.level,
    strict: report.strict,
    ...(formula.variant === undefined ? {} : { variant: formula.variant }),
  };
  return element(
    'properties',
    {},
    Object.entries(properties).map(([name, value]) => element('property', { name, value })),
  );
}

function caseOf(report: Report, formula: FormulaReport, check: CheckReport): string {
  const attributes = { classname: formula.id.replaceAll('/', '.'), name: check.sentence };
  return element('testcase', attributes, [
    ...outcomeOf(report, formula, check),
    ...(check.notes.length === 0 ? [] : [element('system-out', {}, check.notes.join('\n'))]),
  ]);
}

function outcomeOf(report: Report, formula: FormulaReport, check: CheckReport): string[] {
  switch (check.outcome) {
    case 'passed':
      return [];
    case 'failed': {
      const message = check.failure?.message ?? check.sentence;
      const text = failureText(report, formula, check);
      return [element('failure', { type: check.kind, message }, text)];
    }
    case 'stale':
      return [
        element('failure', {
          type: 'stale',
          message: 'passes, though the baseline expects it to fail',
        }),
      ];
    case 'errored':
      return [element('error', { type: check.kind, message: check.error ?? 'not judged' })];
    case 'unsupported':
      return [element('skipped', { message: 'the subject does not offer it' })];
    case 'excepted':
      return [element('skipped', { message: 'a known exception, in the baseline' })];
  }
}

function failureText(report: Report, formula: FormulaReport, check: CheckReport): string {
  const { failure } = check;
  return [
    `${check.sentence}: ${failure?.message ?? 'no'}`,
    ...(failure?.expected === undefined ? [] : [`expected: ${failure.expected}`]),
    ...(failure?.got === undefined ? [] : [`got: ${failure.got}`]),
    ...(failure === undefined ? [] : [`call: ${failure.call}`]),
    `replay: ${replayLine(report, formula.id, failure)}`,
    ...formula.diagnoses.map(diagnosisSentence),
  ].join('\n');
}

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element over its children, which are elements already, or over text, which is escaped. */
function element(
  name: string,
  attributes: Attributes,
  content: readonly string[] | string = [],
): string {
  const start = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`)
    .join('')}`;
  if (content.length === 0) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${escapeText(content)}</${name}>\n`;
  return `${start}>\n${content.join('').replace(/^(?= *<)/gm, '  ')}</${name}>\n`;
}

/** Escapes markup, and drops what XML 1.0 cannot carry even escaped: most control characters. */
function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A raw line break or tab in an attribute would be read as a space. */
function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
