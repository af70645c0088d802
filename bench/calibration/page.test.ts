import { expect, test } from 'vitest';
import type { Calibration, Rejected } from './measure.js';
import { faultsOf, faultsOfAll, pagesOf, summaryOf } from './page.js';

const effort = { seeds: 20, acquittals: 200 };
const mistake: Rejected = {
  kind: 'mistake',
  name: 'sign exchanged',
  source: 'classic',
  strict: false,
  seeds: 20,
  by: ['losses/mae/agreement'],
  named: true,
  told: ['every answer has the wrong sign'],
};
const calibration: Calibration = {
  id: 'losses/mae',
  name: 'Mean absolute error',
  checks: ['losses/mae/agreement'],
  rejected: [mistake],
  acquitted: [
    { name: 'the reference', precision: 'float64', seeds: 200, worst: 0, accusations: [] },
    { name: 'the reference', precision: 'float32', seeds: 200, worst: 0.5, accusations: [] },
  ],
  idle: [],
};
const changed = (change: Partial<Calibration>): Calibration => ({ ...calibration, ...change });

test('a good instrument has no faults', () => {
  expect(faultsOf(calibration, effort)).toEqual([]);
  expect(summaryOf([calibration], effort)).toContain(
    '1 of 1 known mistakes rejected in each of 20 seeds',
  );
});

test('a mistake that any seed lets pass is a fault, even where all of them do', () => {
  for (const seeds of [0, 19]) {
    const surviving = changed({ rejected: [{ ...mistake, seeds }] });
    expect(faultsOf(surviving, effort)).toEqual([
      `the mistake survives: sign exchanged (rejected for ${seeds} seeds, by 1 checks)`,
    ]);
    expect(summaryOf([surviving], effort)[0]).toContain('0 of 1 known mistakes');
  }
});

test('a diagnosis that names too few is a fault', () => {
  const strangers = (count: number): Calibration[] => [
    changed({
      rejected: Array.from({ length: 20 }, (_, i) => ({ ...mistake, named: i >= count })),
    }),
    changed({ rejected: [{ ...mistake, kind: 'trivial', named: false }] }),
  ];
  expect(faultsOfAll(strangers(1))).toEqual([]);
  expect(faultsOfAll(strangers(2))).toEqual(['the diagnosis names 90.0 %, and must name 95 %']);
});

test('what is said of a mistake when it is unknown is useful if it says more than how often', () => {
  const told = (...names: string[]): string => {
    const one = changed({ rejected: [{ ...mistake, told: names }] });
    return /^(\d of \d) .*placed or measured/m.exec(summaryOf([one], effort).join('\n'))![1]!;
  };
  expect(told('wrong only where x holds NaN')).toBe('1 of 1');
  expect(told('wrong for 3 of 9 inputs', 'too large wherever it is wrong')).toBe('1 of 1');
  expect(told('wrong for 3 of 9 inputs')).toBe('0 of 1');
  expect(told('every answer is wrong')).toBe('0 of 1');
  expect(told()).toBe('0 of 0');
});

test('an accusation and an idle check are faults', () => {
  const accused = {
    ...calibration.acquitted[0]!,
    accusations: ['losses/mae/agreement, seed 3: 2'],
  };
  const faults = faultsOf(changed({ acquitted: [accused], idle: ['losses/mae/law/x'] }), effort);
  expect(faults).toEqual([
    'accused in float64: the reference, by losses/mae/agreement, seed 3: 2',
    'the check is idle: losses/mae/law/x',
  ]);
});

test('installed libraries are listed in each precision that they were judged in', () => {
  const acquittals = [{ dtype: 'float16', seeds: 200, worst: 0.333, at: 'losses/mae/agreement' }];
  const library = { judges: 'NumPy', version: '2.0', formulas: ['losses/mae'], acquittals };
  expect(pagesOf([calibration], [library], effort)['README.md']).toContain(
    '| NumPy 2.0 | float16 | 1 | 200 | 0.33 | losses/mae/agreement |',
  );
});

test('every chapter has a page of its own, which the first one links to', () => {
  const other = changed({ id: 'activations/relu' });
  const pages = pagesOf([other, calibration], [], effort);
  expect(Object.keys(pages)).toEqual(['README.md', 'activations.md', 'losses.md']);
  expect(pages['README.md']).toContain('| [losses](losses.md) | 1 | 1 | 2 | 0.00 | 0.50 |');
  expect(pages['losses.md']).toContain('## losses/mae');
  expect(pages['losses.md']).not.toContain('## activations/relu');
  expect(pages['losses.md']).toContain('(README.md)');
});

test('the pages change only when a verdict does', () => {
  const pages = pagesOf([calibration], [], effort);
  expect(pagesOf([structuredClone(calibration)], [], effort)).toEqual(pages);
  for (const page of Object.values(pages)) expect(page).not.toMatch(/\bin \d+ s\b|\d ms\b|20\d\d-/);
});
