import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { listFormulas, matchFormulas } from '../src/catalog.js';
import { hashOf, keep, keptOf } from './calibration/kept.js';
import type { Calibration } from './calibration/measure.js';
import { faultsOf, faultsOfAll, type Library, pagesOf, summaryOf } from './calibration/page.js';
import { writePages } from './calibration/publish.js';

/*
 * Calibrates the instrument: tries every check on what is known to be right and wrong, writes
 * the pages in `calibration`, and fails if a mistake survives, an alternative is accused or a
 * check is idle.
 *
 *   npm run calibrate                        the whole catalogue
 *   npm run calibrate -- losses/huber        some formulas; nothing is written
 *   npm run calibrate -- --quick losses/*    with a tenth of the seeds
 *   npm run calibrate -- --anew              also what has not changed since it was measured
 *
 * In CI everything is measured anew, and the pages must be those that were committed.
 */

/** This module is compiled to `.build/bench`. */
const root = new URL('../../', import.meta.url);
const inCI = /^(1|true)$/i.test(process.env.CI ?? '');
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const anew = inCI || words.includes('--anew');
const effort = quick ? { seeds: 3, acquittals: 5 } : { seeds: 20, acquittals: 200 };
const shelf = { root, effort };
const patterns = words.filter((word) => !word.startsWith('--'));
const ids = patterns.length === 0 ? listFormulas() : matchFormulas(patterns);

const started = performance.now();
const results = await calibrations();
const general = patterns.length === 0 ? faultsOfAll(results) : [];
if (patterns.length === 0 && !quick && results.length === ids.length) publish();
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `\n${summaryOf(results, effort).join('\n')}\n${results.length} formulas in ${seconds} s`,
);
// Of a few formulas a share says nothing.
for (const fault of general) complain(fault);
if (results.length < ids.length) process.exitCode = 1;

function publish(): void {
  for (const path of writePages(root, pagesOf(results, libraries(), effort))) {
    if (!inCI) console.log(`calibration/${path} is written`);
    else
      complain(`calibration/${path} must be what npm run calibrate writes; commit what it wrote`);
  }
}

function complain(fault: string): void {
  console.log(`✗ ${fault}`);
  process.exitCode = 1;
}

/** Those of all formulas, in the order of their ids. */
async function calibrations(): Promise<readonly Calibration[]> {
  const done: Calibration[] = [];
  const waiting: string[] = [];
  for (const id of ids) {
    const kept = anew ? undefined : keptOf(shelf, id);
    if (kept === undefined) waiting.push(id);
    else done.push(kept);
  }
  for (const kept of done) tell(kept, ', as it was measured before');
  // From the end: losses, with more arguments, take longer than activations, which fill the gaps.
  waiting.reverse();
  const workers = Array.from({ length: Math.min(availableParallelism(), waiting.length) }, () =>
    employ(waiting, (calibration) => {
      done.push(calibration);
      tell(calibration);
    }),
  );
  await Promise.all(workers);
  return done.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function tell(calibration: Calibration, how = ''): void {
  const faults = faultsOf(calibration, effort);
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${calibration.id}${how}`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** The manifests of the adapters. */
function libraries(): Library[] {
  return readdirSync(new URL('adapters/', root))
    .map((adapter) => new URL(`adapters/${adapter}/manifest.json`, root))
    .filter((manifest) => existsSync(manifest))
    .map((manifest) => JSON.parse(readFileSync(manifest, 'utf8')) as Library);
}

/** One more process that takes ids from the list until it is empty. */
async function employ(waiting: string[], done: (calibration: Calibration) => void): Promise<void> {
  // There is a worker for every core, and none is left over for helpers of the sweeper. Most of
  // what is made is dropped at once, and costs least to sweep while it is still in the cache.
  const sweeping = ['--max-semi-space-size=8', '--single-threaded-gc'];
  const flags = [...process.execArgv, ...sweeping];
  const serve = fileURLToPath(new URL('calibration/serve.js', import.meta.url));
  const worker = spawn(process.execPath, [...flags, serve, JSON.stringify(effort)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let hash: string;
  const next = (): void => {
    const id = waiting.shift();
    if (id === undefined) {
      worker.stdin.end();
      return;
    }
    // Of the files as they are now: what changes while it is measured is not what was measured.
    hash = hashOf(shelf, id);
    worker.stdin.write(`${id}\n`);
  };
  createInterface({ input: worker.stdout }).on('line', (line) => {
    const calibration = JSON.parse(line) as Calibration;
    keep(shelf, hash, calibration);
    done(calibration);
    next();
  });
  next();
  const code = await new Promise((resolve, reject) => {
    worker.on('error', reject).on('close', resolve);
  });
  if (code !== 0) throw new Error(`calibrate: a worker ended with code ${code}`);
}
