import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { listFormulas, loadFormula, matchFormulas } from '../src/catalog.js';
import type { Alternatives } from '../src/conformance/law.js';
import { type Calibration, measure } from './calibration/measure.js';
import { faultsOf, faultsOfAll, type Library, page } from './calibration/page.js';

/*
 * Calibrates the instrument: tries every check on what is known to be right and wrong, writes
 * CALIBRATION.md, and fails if a mistake survives, an alternative is accused or a check is idle.
 *
 *   npm run calibrate                        the whole catalogue
 *   npm run calibrate -- losses/huber        some formulas; nothing is written
 *   npm run calibrate -- --quick losses/*    with a tenth of the seeds
 */

/** This module is compiled to `.build/bench`. */
const root = new URL('../../', import.meta.url);
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const effort = quick ? { seeds: 3, acquittals: 5 } : { seeds: 20, acquittals: 200 };
const patterns = words.filter((word) => !word.startsWith('--'));
const ids = patterns.length === 0 ? listFormulas() : matchFormulas(patterns);

if (words.includes('--worker')) await serve();
else await conduct();

/** Measures the formulas whose ids arrive, a line each. */
async function serve(): Promise<void> {
  // Plain JavaScript, because hooks run where nothing is compiled.
  register(new URL('bench/float32-hooks.js', root).href);
  for await (const id of createInterface({ input: process.stdin })) {
    const formula = await loadFormula(id);
    const { alternatives } = (await import(`../properties/${id}.js?float32`)) as {
      alternatives: Alternatives;
    };
    const implementation = (await import(`../src/formulas/${id}.js?float32`)) as Record<
      string,
      Alternatives[string]
    >;
    const reference = implementation[formula.reference.name];
    const rounded = reference ? { ...alternatives, 'the reference': reference } : alternatives;
    process.stdout.write(`${JSON.stringify(await measure(formula, rounded, effort))}\n`);
  }
}

async function conduct(): Promise<void> {
  const started = performance.now();
  // From the end: losses, with more arguments, take longer than activations, which fill the gaps.
  const waiting = ids.toReversed();
  const results: Calibration[] = [];
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), ids.length) }, () =>
      employ(waiting, (calibration) => {
        results.push(calibration);
        const faults = faultsOf(calibration, effort);
        console.log(`${faults.length === 0 ? '✓' : '✗'} ${calibration.id}`);
        for (const fault of faults) console.log(`    ${fault}`);
      }),
    ),
  );
  results.sort((a, b) => (a.id < b.id ? -1 : 1));
  const seconds = (performance.now() - started) / 1000;
  const { text, summary } = page(results, libraries(), effort, seconds);
  if (patterns.length === 0 && !quick) {
    writeFileSync(new URL('CALIBRATION.md', root), text);
  }
  console.log(`\n${summary}`);
  // Of a few formulas a share says nothing.
  const general = patterns.length === 0 ? faultsOfAll(results) : [];
  for (const fault of general) console.log(`✗ ${fault}`);
  const faults = results.flatMap((result) => faultsOf(result, effort)).length + general.length;
  if (faults > 0 || results.length < ids.length) process.exitCode = 1;
}

/** The manifests of the adapters. */
function libraries(): Library[] {
  return readdirSync(new URL('adapters/', root))
    .map((adapter) => new URL(`adapters/${adapter}/manifest.json`, root))
    .filter((manifest) => existsSync(manifest))
    .map((manifest) => JSON.parse(readFileSync(manifest, 'utf8')) as Library);
}

/** One more process that takes ids from the list until it is empty. */
function employ(waiting: string[], done: (calibration: Calibration) => void): Promise<void> {
  // Most of what is made is dropped at once: with room for more of it, it is swept less often.
  const flags = [...process.execArgv, '--max-semi-space-size=64'];
  const options = [...flags, fileURLToPath(import.meta.url), '--worker'];
  const worker = spawn(process.execPath, quick ? [...options, '--quick'] : options, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const next = (): void => {
    const id = waiting.shift();
    if (id === undefined) worker.stdin.end();
    else worker.stdin.write(`${id}\n`);
  };
  createInterface({ input: worker.stdout }).on('line', (line) => {
    done(JSON.parse(line) as Calibration);
    next();
  });
  next();
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`calibrate: a worker ended with code ${code}`));
    });
  });
}
