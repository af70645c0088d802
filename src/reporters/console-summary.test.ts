import { describe, expect, it } from 'vitest';
import type { CheckReport, FormulaReport, Report } from '../conformance/report.js';
import { consoleReport } from './console.js';
import { sampleReport } from './sample-report.fixture.js';

const check = (notes: readonly string[], changes: Partial<CheckReport> = {}): CheckReport => ({
  id: 'losses/mae/agreement',
  kind: 'agreement',
  sentence: 'Mean absolute error agrees with the reference',
  outcome: 'passed',
  runs: 100,
  notes,
  ...changes,
});

const formula = (checks: readonly CheckReport[], changes = {}): FormulaReport => ({
  id: 'losses/mae',
  name: 'Mean absolute error',
  outcome: 'passed',
  checks,
  diagnoses: [],
  ...changes,
});

const counts = { ...sampleReport.counts, planned: 1, passed: 1, failed: 0, errored: 0, stale: 0 };
const none = { ...counts, planned: 0, passed: 0, unsupported: 0, excepted: 0 };

const text = (formulas: readonly FormulaReport[], changes: Partial<Report> = {}): string =>
  consoleReport(
    { ...sampleReport, verdict: 'conformant', remarks: [], counts, formulas, ...changes },
    { color: false, width: 80 },
  );
const lastLine = (report: string): string => report.trimEnd().split('\n').at(-1)!;

describe('what is worth knowing', () => {
  it('is nothing where nothing was noted', () => {
    expect(text([formula([check([])])])).not.toContain('Worth knowing');
  });

  it('is told once for each formula: what was lost, and what was answered though forbidden', () => {
    const report = text([
      formula([
        check(['ok; loses relative accuracy in the tail (12.4 times the strict budget)']),
        check(['ok; loses relative accuracy in the tail (310 times the strict budget)']),
        check(['accepts an empty prediction: answers NaN', 'accepts a text: answers 0']),
        check(['the variant sum has no gradient to compare with']),
      ]),
    ]);
    expect(report).toContain('losses/mae: the variant sum has no gradient to compare with');
    expect(report).toMatch(/tails:\s+losses\/mae \(3\.1e\+2 times\s+the strict budget\)/);
    expect(report).toMatch(/forbids it:\s+losses\/mae\s+an\s+empty\s+prediction,\s+a\s+text/);
  });

  it('is cut where it grows long', () => {
    const notes = Array.from({ length: 40 }, (_, i) => `note ${i}`);
    expect(text([formula([check(notes)])])).toMatch(/and \d+ more notes, in --reporter json/);
  });
});

describe('the counts', () => {
  it('of nothing are none', () => {
    expect(text([], { counts: none })).toMatch(/0 formulas: none/);
  });
});

describe('the next step', () => {
  const right = [formula([check([])])];

  it('is the first that is still open', () => {
    expect(lastLine(text(right))).toBe('Next: judge tails and every refusal too, with --strict.');
    expect(lastLine(text(right, { strict: true }))).toBe(
      'Next: make ten times the runs, with --level exhaustive.',
    );
    expect(lastLine(text(right, { strict: true, level: 'exhaustive' }))).toBe(
      'Next: keep it so; run this in CI, with --reporter junit=touchstone.xml.',
    );
  });

  it('is to offer something where nothing was judged', () => {
    const offered = [formula([check([], { outcome: 'unsupported' })], { outcome: 'unsupported' })];
    expect(lastLine(text(offered, { counts: none }))).toBe(
      'Next: offer a formula of npx touchstone list; nothing was judged.',
    );
  });

  it('is to see where a subject breaks', () => {
    const broken = [formula([check([], { outcome: 'errored' })], { outcome: 'errored' })];
    const report = text(broken);
    expect(lastLine(report)).toBe(
      'Next: see where the subject breaks: npx touchstone doctor ./mine.js',
    );
    expect(report).toContain('no check could be made');
  });

  it('is to read and fix, or to declare a variant that is meant', () => {
    const failed = check([], { outcome: 'failed', worst: 3 });
    const wrong = { outcome: 'failed' as const };
    expect(lastLine(text([formula([failed], wrong)]))).toBe(
      'Next: read what is right, fix, replay: npx touchstone show losses/mae',
    );
    const diagnoses = [
      { kind: 'variant', operation: 'value', name: 'sum', agrees: 100, of: 100 } as const,
    ];
    expect(lastLine(text([formula([failed], { ...wrong, diagnoses })]))).toBe(
      'Next: declare the variant if it is meant; npx touchstone show losses/mae',
    );
  });
});
