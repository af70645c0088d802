import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from './conformance/report.js';

/*
 * Faults of a subject, from end to end: each is reported as what it is for the formula that has
 * it, the other formula gets its verdict, the command ends in bounded time with exit code 1.
 */

const root = new URL('../', import.meta.url);
const command = fileURLToPath(new URL('dist/src/cli.js', root));
const fixture = (name: string): string => `src/subjects/fixtures/${name}`;

interface Verdicts {
  readonly code: number | null;
  readonly seconds: number;
  readonly report: Report;
}

function check(fault: string, ...subject: string[]): Verdicts {
  const started = performance.now();
  const words = ['check', ...subject, '--level', 'smoke', '--timeout', '300', '--reporter', 'json'];
  const { status, stdout } = spawnSync(process.execPath, [command, ...words], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    env: { ...process.env, FAULT: fault },
    maxBuffer: 2 ** 26,
  });
  const seconds = (performance.now() - started) / 1000;
  return { code: status, seconds, report: JSON.parse(stdout) as Report };
}

/** What the check of agreement made of a formula, and why. */
function agreement({ report }: Verdicts, id: string): string {
  const formula = report.formulas.find((one) => one.id === id)!;
  const found = formula.checks.find(({ kind }) => kind === 'agreement')!;
  return `${found.outcome}: ${found.error ?? found.failure?.got ?? found.failure?.message ?? ''}`;
}

describe.each([
  ['loops', /^errored: .*300 ms/],
  ['throws', /^failed: an error: .*out of luck/],
  ['exits', /^errored: .*(ended|exit)/],
  ['answers another shape', /^failed: \[1, 2, 3\]/],
  ['answers another type', /^errored: .*one half/],
  ['answers nothing', /^errored: .*undefined/],
])('a module that %s', (fault, expected) => {
  it.each([['thread'], ['process']])('in a %s', (isolate) => {
    const verdicts = check(fault, fixture('half-broken.js'), '--isolate', isolate);
    expect(verdicts.code).toBe(1);
    expect(verdicts.seconds).toBeLessThan(20);
    expect(agreement(verdicts, 'losses/mse')).toMatch(expected);
    expect(agreement(verdicts, 'losses/hinge-loss')).toBe('passed: ');
  });
});

it('a module that makes noise is heard past it', () => {
  const verdicts = check('makes noise', fixture('half-broken.js'));
  expect(verdicts.code).toBe(1);
  expect(agreement(verdicts, 'losses/hinge-loss')).toBe('passed: ');
  expect(verdicts.report.remarks.join()).toMatch(/1000 lines/);
});

it.each([
  ['loops', /^errored: .*300 ms/],
  ['crashes', /^errored: .*SIGSEGV/],
  ['writes noise', /^errored: .*Computing the loss/],
  ['answers a question never asked', /^errored: .*4711/],
  ['omits an outcome', /^errored: .*outcome/],
  ['answers another type', /^errored: /],
])('a program that %s', (fault, expected) => {
  const program = `${process.execPath} ${fixture('half-broken-program.js')}`;
  const verdicts = check(fault, '--command', program);
  expect(verdicts.code).toBe(1);
  expect(verdicts.seconds).toBeLessThan(20);
  expect(agreement(verdicts, 'losses/mse')).toMatch(expected);
  expect(agreement(verdicts, 'losses/hinge-loss')).toBe('passed: ');
});
