import { describe, expect, it } from 'vitest';
import type { Report } from '../conformance/report.js';
import { consoleReport, consoleReporter } from './console.js';
import { sampleReport } from './sample-report.fixture.js';
import { columns } from './text.js';

const plain = { color: false, width: 80 };

/** The sample with nothing but what was right in it. */
const conformant: Report = {
  ...sampleReport,
  verdict: 'conformant',
  formulas: sampleReport.formulas.filter(({ outcome }) => outcome === 'passed'),
};

const lastLine = (report: Report): string =>
  consoleReport(report, plain).trimEnd().split('\n').at(-1)!;

describe('console report', () => {
  it('tells a tired person what is wrong, why, and what to do', () => {
    expect(`\n${consoleReport(sampleReport, plain)}`).toMatchInlineSnapshot(`
      "
      touchstone 0.1.0 · my-library 1.2.0 · float32 · standard level · seed 1

      ✗ losses/huber               wrong       known mistake: no half delta off the l…
          agreement  agrees with the reference
                     error 3.2e+5 of budget at output[2]
          expected   1.5
          got        2.0
          call       huber({ prediction: [-0, 0], target: [NaN, 2], delta: 1 })
          replay     npx touchstone check ./mine.js losses/huber --seed 1 --path 12:0:3
          diagnosis  this is the known mistake "no half delta off the line" (classic):
                     100/100
          also       golden: gives the pinned value of case 1 (error ∞ of the budget)
                     golden: gives the pinned value of case 2 (error ∞ of the budget)
                     golden: gives the pinned value of case 3 (error ∞ of the budget)
                     golden: gives the pinned value of case 4 (error ∞ of the budget)
                     golden: gives the pinned value of case 5 (error ∞ of the budget)
                     and 1 more failing check, in --reporter json

      ✗ losses/log-cosh            wrong       variant sum
          agreement  agrees with the reference
                     error 48 of budget
          expected   0.1
          got        0.8
          call       logCosh({ prediction: [1, 2, 3, 4, 5, 6, … 2 more], target: [0, 0, 0, 0, 0, 0, … 2 more] })  (whole in --reporter json)
          replay     npx touchstone check ./mine.js losses/log-cosh --seed 1 --path 0
          diagnosis  this is the variant "sum": 100/100
                     if that is meant, declare it: variants: { 'losses/log-cosh': 'sum' }
          diagnosis  gradient: every answer is 0.5 times the right one
          also       refusal: refuses shapes that differ, though the baseline expects…

      ✓ losses/mean-squared-error  right       error 0.12 of the budget
      ✓ activations/gelu           right       variant "tanh", exact
      ! activations/softmax        not judged  time-out: no answer within 1000 ms
          not judged time-out: no answer within 1000 ms (and 1 check more)
          not judged crash: the worker ended

      Worth knowing (--strict fails what is lost or forbidden):
        the subject wrote 1000 lines to standard output, which were ignored
        losses/mean-squared-error: gives 0 for empty arrays, which are forbidden;
          fails with --strict
        activations/gelu: loses relative accuracy in the tail: 19 times the strict
          budget

      Not offered (1):
        activations: swish
      Gradient not offered (1):
        losses: mean-squared-error

      6 formulas: 2 right, 2 wrong, 1 not judged, 1 not offered
      17 checks: 3 passed, 8 failed, 3 not judged, 1 not offered, 1 excepted, 1 stale

      not conformant, in 1.2 s
      Next: read what is right, fix, replay: npx touchstone show losses/huber
      "
    `);
  });

  it('streams to the same text that it renders as a whole', () => {
    const ids = sampleReport.formulas
      .filter(({ outcome }) => outcome !== 'unsupported')
      .map(({ id }) => id);
    const reporter = consoleReporter(sampleReport, ids, plain);
    const streamed = [
      reporter.heading(),
      ...sampleReport.formulas.map(reporter.formula),
      reporter.summary(sampleReport),
    ].join('');
    expect(streamed).toBe(consoleReport(sampleReport, plain));
  });

  it('differs by colours alone where colours are taken', () => {
    const colored = consoleReport(sampleReport, { color: true, width: 80 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const stripped = colored.replace(/\u001b\[\d+m/g, '');
    expect(colored).not.toBe(stripped);
    expect(stripped).toBe(consoleReport(sampleReport, plain));
  });

  it('keeps to the width, except in what is pasted', () => {
    const long = consoleReport(sampleReport, plain)
      .split('\n')
      .filter((line) => columns(line) > 80 && !/^ {4}(call|replay) |declare it:|^Next/.test(line));
    expect(long).toEqual([]);
  });

  it('ends with the next step for each kind of end', () => {
    expect(lastLine(sampleReport)).toBe(
      'Next: read what is right, fix, replay: npx touchstone show losses/huber',
    );
    const variant = { ...sampleReport, formulas: sampleReport.formulas.slice(1) };
    expect(lastLine(variant)).toBe(
      'Next: declare the variant if it is meant; npx touchstone show losses/log-cosh',
    );
    const errored = { ...sampleReport, formulas: sampleReport.formulas.slice(2) };
    expect(lastLine(errored)).toBe(
      'Next: see where the subject breaks: npx touchstone doctor ./mine.js',
    );
    expect(lastLine(conformant)).toBe('Next: judge tails and every refusal too, with --strict.');
    expect(lastLine({ ...conformant, strict: true })).toBe(
      'Next: make ten times the runs, with --level exhaustive.',
    );
    expect(lastLine({ ...conformant, strict: true, level: 'exhaustive' })).toBe(
      'Next: keep it so; run this in CI, with --reporter junit=touchstone.xml.',
    );
  });

  it('declares a variant in the language of the subject', () => {
    const subject = { ...sampleReport.subject, language: 'Python' };
    expect(consoleReport({ ...sampleReport, subject }, plain)).toContain(
      'declare it: variants={"losses/log-cosh": "sum"}',
    );
  });

  it('names the level, strictness and seed in a replay', () => {
    const report: Report = { ...sampleReport, level: 'smoke', strict: true, seed: 7 };
    expect(consoleReport(report, plain)).toContain(
      'npx touchstone check ./mine.js losses/huber --level smoke --strict --seed 7 --path 12:0:3',
    );
  });
});
