import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { areaOf, areas, filesOf, quick } from './areas.js';
import { changeOf, type Mutant, readSurvivors, sortMutants } from './survivors.js';

const source = `function half(x) {
  return (
    x / 2
  );
}
`;
const mutant: Mutant = {
  fileName: 'half.js',
  location: { start: { line: 3, column: 5 }, end: { line: 3, column: 10 } },
  replacement: 'x * 2',
  status: 'Survived',
  coveredBy: ['test'],
  testsCompleted: 1,
};
const entry = { line: 'x / 2', became: 'x * 2', because: 'it is only an example' };
const sorted = (mutants: readonly Mutant[], listed = [entry]) =>
  sortMutants(mutants, { 'half.js': listed }, () => source);

describe('a change', () => {
  it('is told as the lines it stands on, before and after', () => {
    expect(changeOf(mutant, source)).toEqual({ line: 'x / 2', became: 'x * 2' });
    const whole = { start: { line: 1, column: 18 }, end: { line: 5, column: 2 } };
    expect(changeOf({ location: whole, replacement: '{}' }, source)).toEqual({
      line: 'function half(x) { return ( x / 2 ); }',
      became: 'function half(x) {}',
    });
  });
});

describe('mutants', () => {
  it('are noticed when a test fails or does not end', () => {
    const killed = { ...mutant, status: 'Killed' };
    const endless = { ...mutant, status: 'Timeout' };
    expect(sorted([killed, endless], [])).toMatchObject({ noticed: 2, unexplained: [], stale: [] });
  });

  it('may survive with a reason', () => {
    expect(sorted([mutant])).toMatchObject({ noticed: 0, equivalent: 1, unexplained: [] });
  });

  it('may not survive without one, whether tests reach them or not', () => {
    const other = { ...mutant, replacement: 'x - 2' };
    const unreached = { ...mutant, replacement: '2', status: 'NoCoverage', testsCompleted: 0 };
    const { unexplained, untried } = sorted([mutant, other, unreached]);
    expect(unexplained.map(({ became }) => became)).toEqual(['x - 2', '2']);
    expect(untried).toBe(0);
  });

  it('that tests reach must be tried', () => {
    expect(sorted([{ ...mutant, testsCompleted: 0 }])).toMatchObject({ untried: 1 });
  });

  it('that are noticed by now must not be listed', () => {
    expect(sorted([{ ...mutant, status: 'Killed' }]).stale).toEqual([
      { file: 'half.js', ...entry },
    ]);
  });
});

describe('the list of survivors', () => {
  const { reasons, survivors } = readSurvivors();
  const entries = Object.entries(survivors).flatMap(([file, listed]) =>
    listed.map((survivor) => ({ file, ...survivor })),
  );

  it('gives a reason for each, and no reason without need', () => {
    const used = new Set(entries.map(({ because }) => because));
    expect([...used].sort()).toEqual(Object.keys(reasons).sort());
  });

  it('speaks of lines that are there, each change once', () => {
    for (const { file, line } of entries) {
      const text = readFileSync(file, 'utf8').replace(/\s+/g, ' ');
      expect(text.includes(line), `${file}: ${line}`).toBe(true);
    }
    const changes = entries.map(({ file, line, became }) => `${file}\n${line}\n${became}`);
    expect(new Set(changes).size).toBe(changes.length);
  });
});

it('every file of an area, and every quick one, is found by its name', () => {
  for (const [name, area] of Object.entries(areas)) {
    expect(filesOf(area).length).toBeGreaterThan(5);
    for (const file of filesOf(area)) expect(areaOf(file)).toBe(name);
  }
  for (const file of quick) {
    expect(areaOf(file)).toBeDefined();
    expect(() => readFileSync(file)).not.toThrow();
  }
  expect(areaOf('golden/oracle.py')).toBeUndefined();
});
