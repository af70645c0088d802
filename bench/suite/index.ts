import { join } from 'node:path';
import { listFormulas } from '../../src/catalog.js';
import type { Report } from '../../src/conformance/report.js';
import { BEFORE, type Builds, makeBuilds } from './builds.js';
import { firstLine, firstSign, withSubject } from './first-line.js';
import { type Spent, spend } from './spent.js';
import { heading, isMet, line, type Measured } from './targets.js';

/*
 * What the suite costs, beside a build of the commit that its targets are measured against. In
 * processor seconds, but for what people wait for.
 */

/** Formulas of the older commit that stand for all of them with `--quick`. */
const FEW = ['activations/gelu-exact', 'activations/softmax', 'losses/huber', 'losses/triplet'];

/** Times that what wanders is measured; the two builds take turns. */
const ROUNDS = 9;

/** Measures, prints and returns whether every target is met. */
export async function benchSuite({ quick }: { readonly quick: boolean }): Promise<boolean> {
  const builds = makeBuilds();
  const end = (): void => {
    builds.remove();
    process.exit(130);
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    return await measureAll(builds, quick);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    builds.remove();
  }
}

async function measureAll(builds: Builds, quick: boolean): Promise<boolean> {
  const ids = quick ? FEW : await formulasOf(builds.before);
  console.log(`${ids.length} formulas of ${BEFORE}${quick ? ', of all 51' : ''}\n`);
  console.log(heading(BEFORE));
  let met = true;
  const tell = (measured: Measured): void => {
    console.log(line(measured));
    met = isMet(measured) !== false && met;
  };
  await waiting(builds, tell);
  await speeds(builds, tell);
  await tests(builds, ids, tell);
  await calibrations(builds, ids, tell);
  return met;
}

type Tell = (measured: Measured) => void;

/** The formulas that the older build has, of those that there still are. */
async function formulasOf(build: string): Promise<readonly string[]> {
  const { output } = await spend(build, [process.execPath, 'dist/src/cli.js', 'list']);
  return listFormulas().filter((id) => new RegExp(`(^|\\s)${id}(\\s|$)`, 'm').test(output));
}

async function waiting({ before, now }: Builds, tell: Tell): Promise<void> {
  await withSubject(async (module) => {
    const times = await inTurns([before, now], (build) => firstLine(build, module));
    const what = 'from the command to its first line about a formula';
    tell({ what, unit: 'ms', before: times[0]!, now: times[1]!, most: 0.75 });
    const signs = Array.from({ length: ROUNDS }, () => firstSign(now, module));
    const heard = signs.filter((sign) => sign !== undefined);
    if (heard.length === 0) console.log('the first sign on a terminal: not measured, no Python');
    else tell({ what: 'to a sign on a terminal', unit: 'ms', now: best(heard), most: 120 });
  });
}

/** The least of several: whatever else the machine does only adds to it. */
async function inTurns(
  builds: readonly string[],
  time: (build: string) => Promise<number>,
): Promise<readonly number[]> {
  const times: number[][] = builds.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, build] of builds.entries()) times[i]!.push(await time(build));
  }
  return times.map(best);
}

function best(times: readonly number[]): number {
  return Math.min(...times);
}

/** What judged cases a second have to be, of the older build's, by the end of the engine's lines. */
const SPEEDS = [
  ['losses/huber, in this thread', 1.4],
  ['activations/softmax, in this thread', 1.4],
  ['losses/huber, in a worker', 1.6],
  ['activations/softmax, in a worker', 1.6],
  ['losses/huber, over a pipe to Python', 2.3],
  ['activations/softmax, over a pipe to Python', 1.6],
] as const;

/** Rounds of the engine, of which the fastest counts. */
const ENGINES = 3;

async function speeds({ before, now }: Builds, tell: Tell): Promise<void> {
  const heard: string[][] = [[], []];
  // Laws were added since, and one takes longer than another: both builds make the same checks.
  const only = `--only=${(await checksOf(before)).join(',')}`;
  for (let round = 0; round < ENGINES; round++) {
    for (const [i, build] of [before, now].entries()) {
      const words = [process.execPath, '.build/bench/run.js', 'engine'];
      if (build === now) words.push(only);
      heard[i]!.push((await spend(build, words)).output);
    }
  }
  for (const [what, least] of SPEEDS) {
    const [old, fresh] = heard.map((outputs) => fastest(outputs, what));
    if (old === undefined || fresh === undefined) console.log(`${what}: not measured here`);
    else tell({ what, unit: 'cases/s', before: old, now: fresh, least });
  }
}

/** The checks that a build makes of the formulas that the speeds are measured with. */
async function checksOf(build: string): Promise<readonly string[]> {
  const formulas = [...new Set(SPEEDS.map(([what]) => what.split(',')[0]!))];
  const command = ['dist/src/cli.js', 'check', 'adapters/touchstone/adapter.js', ...formulas];
  const words = [process.execPath, ...command, '--reporter', 'json'];
  const report: Report = JSON.parse((await spend(build, words)).output);
  return report.formulas.flatMap(({ checks }) => checks.map(({ id }) => id));
}

function fastest(outputs: readonly string[], what: string): number | undefined {
  const rates = outputs.flatMap((output) => {
    const found = output.split('\n').find((one) => one.startsWith(`${what} `));
    const [, rate] = /([\d,]+) cases\/s/.exec(found ?? '') ?? [];
    return rate === undefined ? [] : [Number(rate.replaceAll(',', ''))];
  });
  return rates.length === 0 ? undefined : Math.max(...rates);
}

const MOST_MEGABYTES = 1024;

async function tests({ before, now }: Builds, ids: readonly string[], tell: Tell): Promise<void> {
  const runs: Spent[] = [];
  for (const build of [before, now]) {
    const files = ['properties/rejections.test.ts', 'properties/acquittals.test.ts'];
    const vitest = join(build, 'node_modules/vitest/vitest.mjs');
    const chosen = ['-t', `^(${ids.join('|')}) `];
    runs.push(await spend(build, [process.execPath, vitest, 'run', ...files, ...chosen]));
  }
  const [old, fresh] = runs as [Spent, Spent];
  const what = 'tests: mistakes rejected, alternatives acquitted';
  tell({ what, unit: 's', before: old.seconds, now: fresh.seconds, most: 0.25 });
  tell(memory('memory of these tests', fresh));
  complainOf('the tests', fresh);
}

async function calibrations(
  { before, now }: Builds,
  ids: readonly string[],
  tell: Tell,
): Promise<void> {
  const calibrate = [process.execPath, '.build/bench/calibrate.js', ...ids];
  const old = await spend(before, calibrate);
  const fresh = await spend(now, calibrate, { CI: 'true' });
  const what = 'calibration, all of it measured';
  tell({ what, unit: 's', before: old.seconds, now: fresh.seconds, most: 0.45 });
  tell(memory('memory of the calibration', fresh));
  complainOf('the calibration', fresh);
  const again = await spend(now, calibrate, { CI: '' });
  const nothing = 'calibration, where nothing has changed';
  tell({ what: nothing, unit: 's', before: old.seconds, now: again.seconds, most: 0.02 });
}

function memory(what: string, { megabytes }: Spent): Measured {
  return { what, unit: 'MB', now: megabytes, most: MOST_MEGABYTES };
}

function complainOf(what: string, { code, output }: Spent): void {
  if (code === 0) return;
  console.log(`${what} failed, so that their figures say nothing:\n${output.slice(-2000)}`);
  process.exitCode = 1;
}
