import pc from 'picocolors';
import type { CheckKind, FormulaReport, Report } from '../conformance/report.js';
import { abbreviateLists, duration } from './numbers.js';
import { certainDiagnosis, failingChecks } from './phrases.js';
import type { Terminal } from './terminal.js';
import { plural, wrap } from './text.js';

/** How many notes are printed; the JSON report has them all. */
const notesShown = 12;

/** The end of a console report: notes, what was not offered, counts, the verdict, what to do. */
export function summaryText(report: Report, { color, width }: Terminal): string {
  const paint = pc.createColors(color);
  const verdict = {
    conformant: paint.green(paint.bold('conformant')),
    'conformant-with-exceptions': paint.yellow(paint.bold('conformant with exceptions')),
    'not-conformant': paint.red(paint.bold('not conformant')),
  }[report.verdict];

  const paragraphs = [
    noteLines(report),
    notOffered(report),
    `${formulaCounts(report)}\n${checkCounts(report)}`,
    `${verdict}, in ${duration(report.milliseconds)}`,
  ];
  const text = paragraphs
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `\n${wrap(paragraph, width, 4)}\n`)
    .join('');
  // Never broken: it holds a command to paste.
  return `${text}${nextStep(report)}\n`;
}

const LOST_TAIL = /^ok; loses relative accuracy in the tail \((\S+) times/;
const ACCEPTED = /^accepts (.*): answers /;

/** Findings that are no failures: what was remarked, lost and accepted, and whatever else was noted. */
function noteLines(report: Report): string {
  const tails: string[] = [];
  const accepted: string[] = [];
  const others: string[] = [];
  for (const { id, checks } of report.formulas) {
    const notes = new Set(checks.flatMap((check) => check.notes));
    const worst = Math.max(0, ...[...notes].map((note) => Number(LOST_TAIL.exec(note)?.[1] ?? 0)));
    if (worst > 0) tails.push(`${id} (${worst.toPrecision(2)} times the strict budget)`);
    const forbidden = [...notes].flatMap((note) => ACCEPTED.exec(note)?.[1] ?? []);
    if (forbidden.length > 0) accepted.push(`${id} ${forbidden.join(', ')}`);
    for (const note of notes) {
      if (!LOST_TAIL.test(note) && !ACCEPTED.test(note)) {
        others.push(`  ${id}: ${abbreviateLists(note)}`);
      }
    }
  }
  const notes = [...report.remarks.map((remark) => `  ${remark}`), ...others];
  if (tails.length > 0) {
    notes.push(`  right, though relative accuracy is lost in the tails: ${tails.join('; ')}`);
  }
  if (accepted.length > 0) {
    notes.push(`  answered, though the contract forbids it: ${accepted.join('; ')}`);
  }
  if (notes.length === 0) return '';
  const hidden = notes.length - notesShown;
  return [
    'Worth knowing (--strict fails what is lost or forbidden):',
    ...notes.slice(-notesShown),
    ...(hidden > 0 ? [`  and ${plural(hidden, 'more note')}, in --reporter json`] : []),
  ].join('\n');
}

function notOffered(report: Report): string {
  const formulas = report.formulas.filter(({ outcome }) => outcome === 'unsupported');
  const without = (kind: CheckKind): FormulaReport[] =>
    report.formulas.filter(
      ({ outcome, checks }) =>
        outcome !== 'unsupported' &&
        checks.some((check) => check.outcome === 'unsupported' && check.kind === kind),
    );
  return [
    ...listByChapter('Not offered', formulas),
    ...listByChapter('Value not offered', without('agreement')),
    ...listByChapter('Gradient not offered', without('gradient')),
    ...listByChapter('Draws not offered', without('sample')),
  ].join('\n');
}

function listByChapter(title: string, formulas: readonly FormulaReport[]): string[] {
  if (formulas.length === 0) return [];
  const chapters = new Map<string, string[]>();
  for (const { id } of formulas) {
    const [chapter, name] = id.split('/') as [string, string];
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), name]);
  }
  return [
    `${title} (${formulas.length}):`,
    ...[...chapters].map(([chapter, names]) => `  ${chapter}: ${names.join(', ')}`),
  ];
}

function formulaCounts({ formulas }: Report): string {
  const count = (outcome: FormulaReport['outcome']): number =>
    formulas.filter((formula) => formula.outcome === outcome).length;
  return `${plural(formulas.length, 'formula')}: ${tally([
    [count('passed'), 'right'],
    [count('failed'), 'wrong'],
    [count('errored'), 'not judged'],
    [count('unsupported'), 'not offered'],
  ])}`;
}

function checkCounts({ counts }: Report): string {
  return `${plural(counts.planned, 'check')}: ${tally([
    [counts.passed, 'passed'],
    [counts.failed, 'failed'],
    [counts.errored, 'not judged'],
    [counts.unsupported, 'not offered'],
    [counts.excepted, 'excepted'],
    [counts.stale, 'stale'],
  ])}`;
}

function tally(counts: readonly (readonly [number, string])[]): string {
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** The one thing to do next. */
function nextStep(report: Report): string {
  const failed = report.formulas.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) {
    const diagnosis = certainDiagnosis(failed);
    if (diagnosis?.kind === 'variant' && failingChecks(failed).length > 0) {
      return `Next: declare the variant if it is meant; npx touchstone show ${failed.id}`;
    }
    return `Next: read what is right, fix, replay: npx touchstone show ${failed.id}`;
  }
  if (report.formulas.some(({ outcome }) => outcome === 'errored')) {
    return `Next: see where the subject breaks: npx touchstone doctor ${report.subject.command}`;
  }
  if (report.counts.passed === 0)
    return 'Next: offer a formula of npx touchstone list; nothing was judged.';
  if (!report.strict) return 'Next: judge tails and every refusal too, with --strict.';
  if (report.level !== 'exhaustive')
    return 'Next: make ten times the runs, with --level exhaustive.';
  return 'Next: keep it so; run this in CI, with --reporter junit=touchstone.xml.';
}
