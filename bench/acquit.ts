import { readFileSync, writeFileSync } from 'node:fs';
import {
  type Acquittal,
  knownToFailSometimes,
  type Manifest,
  readManifest,
  subjectOf,
} from '../adapters/manifest.fixture.js';
import { loadFormula } from '../src/catalog.js';
import { type Check, checksOf } from '../src/conformance/checks.js';
import { levels } from '../src/conformance/report.js';
import { Session } from '../src/conformance/session.js';
import type { Subject } from '../src/conformance/subject.js';
import { openSubject } from '../src/subjects/index.js';

/*
 * Judges an installed library in two hundred seeds, and fails when a check accuses it that its
 * manifest does not know of. The largest error goes into the manifest.
 *
 *   npm run acquit -- scipy           in every format that the manifest names
 *   npm run acquit -- scipy float32   in one
 */

const SEEDS = 200;
/** Laws ask several questions a run, so they get a tenth of the seeds. */
const SEEDS_OF_LAWS = 20;
/** Runs that are asked together, so that a process is not woken for each. */
const BATCH = 25;

const [adapter = '', only] = process.argv.slice(2);
const file = new URL(`../adapters/${adapter}/manifest.json`, import.meta.url);
const manifest = readManifest(adapter);
for (const run of manifest.runs) {
  const { dtype } = run;
  if (only !== undefined && only !== dtype) continue;
  const options = subjectOf(adapter, manifest, run);
  if (options === undefined) throw new Error(`acquit: Python must ${manifest.imports}`);
  const subject = await openSubject(options);
  const { accusations, worst, at } = await judgeInSeeds(subject, manifest);
  await subject.close();
  for (const accusation of accusations) console.log(`✗ ${accusation}`);
  if (accusations.length > 0) process.exitCode = 1;
  console.log(`${dtype}: ${SEEDS} seeds, largest error ${worst.toFixed(2)} of the budget, ${at}`);
  if (accusations.length > 0) continue;
  const known = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const others = (known.acquittals ?? []).filter((one) => one.dtype !== dtype);
  const found: Acquittal = { dtype, seeds: SEEDS, worst: Number(worst.toFixed(3)), at };
  const acquittals = [...others, found].sort((a, b) => (a.dtype < b.dtype ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...known, acquittals }, null, 2)}\n`);
}

async function judgeInSeeds(
  subject: Subject,
  manifest: Manifest,
): Promise<{ accusations: string[]; worst: number; at: string }> {
  const { formulas, gradients, variants } = subject.description;
  const known = new Set(knownToFailSometimes(manifest, subject.dtype));
  const accusations: string[] = [];
  let [worst, at] = [0, ''];
  for (const id of formulas) {
    const formula = await loadFormula(id);
    for (let seed = 1; seed <= SEEDS; seed++) {
      const options = { precision: subject.dtype, strict: false, seed, variant: variants[id] };
      const session = new Session(formula, subject, options);
      for (const check of checksOf(session)) {
        if (!isDrawn(check, seed) || known.has(check.id)) continue;
        if (check.operation === 'gradient' && !gradients.includes(id)) continue;
        const { ratio, message } = await worstOf(check, session);
        if (message !== undefined) {
          accusations.push(`${check.id}, seed ${seed}: ${message}`);
          known.add(check.id);
        } else if (ratio > worst) [worst, at] = [ratio, check.id];
      }
    }
  }
  return { accusations, worst, at };
}

/** What a seed changes: pinned values, refusals and hygiene stay as they were. */
function isDrawn({ kind }: Check, seed: number): boolean {
  return kind === 'agreement' || kind === 'gradient' || (kind === 'law' && seed <= SEEDS_OF_LAWS);
}

/** The largest error that a check accepts in its runs, or the message of what it does not. */
async function worstOf(
  check: Check,
  session: Session,
): Promise<{ ratio: number; message?: string }> {
  let worst = 0;
  for (let start = 0; start < levels.standard; start += BATCH) {
    const runs = Array.from({ length: BATCH }, (_, i) => start + i);
    const examined = await Promise.all(
      runs.map((run) =>
        check.examine(session, session.inputsOf(run, check.cases === 'finite'), run),
      ),
    );
    for (const { failure, ratio = 0 } of examined) {
      if (failure !== undefined) return { ratio, message: failure.message };
      worst = Math.max(worst, ratio);
    }
  }
  return { ratio: worst };
}
