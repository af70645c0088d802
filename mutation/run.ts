import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import color from 'picocolors';
import { type Area, areaOf, areas, filesOf, quick } from './areas.js';
import { type Findings, type Mutant, readSurvivors, sortMutants } from './survivors.js';

/*
 * Changes the code in every small way there is, and asks the tests whether they notice.
 *
 *   npm run mutate                                  everything
 *   npm run mutate -- quick                         the few files that CI tries
 *   npm run mutate -- kernel                        one area
 *   npm run mutate -- src/formulas/losses/huber.ts  some files, or lines of them: huber.ts:50-60
 *
 * With `--again`, what an earlier run has found out is kept where neither code nor tests changed.
 */

const again = process.argv.includes('--again');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--again');
const { survivors } = readSurvivors();

mkdirSync('reports/mutation', { recursive: true });
let failed = false;
const unexplained: Findings['unexplained'][number][] = [];
for (const [name, files] of plan(wanted)) {
  const mutants: Mutant[] = [];
  for (const [tests, tested] of grouped(areas[name]!, files)) {
    mutants.push(...(await mutate(tests, tested)));
  }
  const sorted = sortMutants(mutants, survivors, (file) => readFileSync(file, 'utf8'));
  // Of some lines of a file nothing is known about the others.
  const findings = { ...sorted, stale: sorted.stale.filter(({ file }) => files.includes(file)) };
  failed = !report(name, areas[name]!, findings) || failed;
  unexplained.push(...findings.unexplained);
}
writeFileSync('reports/mutation/unexplained.json', `${JSON.stringify(unexplained, null, 1)}\n`);
process.exitCode = failed ? 1 : 0;

/** Which files of which areas to mutate. */
function plan(words: readonly string[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  const chosen = words.length === 0 ? Object.keys(areas) : words;
  for (const word of chosen.flatMap((word) => (word === 'quick' ? quick : [word]))) {
    const area = areas[word] === undefined ? areaOf(word) : word;
    if (area === undefined) {
      const known = ['quick', ...Object.keys(areas)].join(', ');
      throw new RangeError(`mutate: area must be one of ${known} or a file of theirs, got ${word}`);
    }
    const named = area === word ? filesOf(areas[area]!) : [word];
    files.set(area, [...(files.get(area) ?? []), ...named]);
  }
  return files;
}

/** Files by the tests that their mutants are tried on. */
function grouped({ testsOf }: Area, files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const tests = testsOf(file);
    groups.set(tests, [...(groups.get(tests) ?? []), file]);
  }
  return groups;
}

async function mutate(tests: string, files: readonly string[]): Promise<readonly Mutant[]> {
  process.env.MUTATION_TESTS = tests;
  const report = `reports/mutation/${tests.replace(/[^\w.]+/g, '-')}`;
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // Stryker reads tsconfig.json through an interface that TypeScript 7 no longer has.
    tsconfigFile: 'tsconfig.stryker-none.json',
    vitest: { configFile: 'mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    mutate: [...files],
    reporters: ['progress-append-only', 'html'],
    htmlReporter: { fileName: `${report}.html` },
    ignorePatterns: ['dist', '.build', 'reports', 'coverage'],
    concurrency: 2,
    // A test that takes this much longer than it should is in a loop without an end.
    timeoutMS: 2000,
    incremental: again,
    incrementalFile: `${report}.json`,
    allowConsoleColors: false,
    logLevel: 'warn' as never,
  }).runMutationTest();
  return results.map((mutant) => ({
    ...mutant,
    fileName: relative(process.cwd(), mutant.fileName),
  })) as unknown as readonly Mutant[];
}

/** Prints what was found, and tells whether it is as it must be. */
function report(name: string, { score }: Area, findings: Findings): boolean {
  const { noticed, equivalent, stale, untried } = findings;
  const all = noticed + equivalent + findings.unexplained.length;
  const reached = (100 * noticed) / all;
  for (const { file, line, became } of findings.unexplained) {
    console.log(`\n${color.red('survived')} ${file}\n  - ${line}\n  + ${became}`);
  }
  for (const { file, line, became } of stale) {
    console.log(
      `\n${color.red('no longer survives')} ${file}, but is listed\n  - ${line}\n  + ${became}`,
    );
  }
  if (untried > 0) console.log(`\n${color.red(`${untried} mutants were not tried`)}: no test ran`);
  const good = reached >= score && findings.unexplained.length + stale.length + untried === 0;
  console.log(
    `\n${good ? color.green('ok') : color.red('failed')}  ${name}: ${noticed} of ${all} mutants noticed, ` +
      `${reached.toFixed(1)} % (at least ${score}); ${equivalent} more change nothing, ` +
      `${findings.unexplained.length} unexplained`,
  );
  return good;
}
