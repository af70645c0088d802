import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { listFormulas, loadFormula } from '../src/catalog.js';
import type { Subject } from '../src/conformance/subject.js';
import { huber, softmax, vector } from '../src/index.js';
import { run } from '../src/run.js';
import { referenceSubject } from '../src/subjects/impostors.js';
import { directSubject, openSubject } from '../src/subjects/index.js';

/*
 * How fast the suite judges: generate, ask, refer, compare; beside a bare fast-check loop in
 * the same run, because absolute times wander from machine to machine.
 */

/** This module is compiled to `.build/bench`. */
const root = new URL('../../', import.meta.url);

/** @param only Which checks to make of the formulas that stand for all; absent: every one. */
export async function benchEngine(only?: ReadonlySet<string>): Promise<void> {
  const bare = bareLoop();
  console.log(line('bare fast-check loop, softmax of up to 64 doubles', bare, bare));
  for (const id of ['losses/huber', 'activations/softmax']) {
    const formula = await loadFormula(id);
    await agreementsPerSecond(referenceSubject(formula), id, only);
    const rate = await agreementsPerSecond(referenceSubject(formula), id, only);
    console.log(line(`${id}, in this thread`, rate, bare));
  }
  await overWorker(bare, only);
  await overPipe(bare, only);
  await bothChapters();
  firstVerdict();
}

/** Softmax sums to 1, as a property that anyone would write first. */
function bareLoop(): number {
  const numbers = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
    minLength: 1,
    maxLength: 64,
    size: 'max',
  });
  const property = fc.property(numbers, (logits) => {
    const { data } = softmax({ x: vector(...logits) });
    const total = data.reduce((sum, probability) => sum + probability, 0);
    return (
      Math.abs(total - 1) < 1e-9 &&
      huber({ prediction: vector(...logits), target: vector(...logits) }) === 0
    );
  });
  const numRuns = 20_000;
  fc.assert(property, { numRuns: 2000, seed: 1 });
  const started = performance.now();
  fc.assert(property, { numRuns, seed: 1 });
  return (numRuns / (performance.now() - started)) * 1000;
}

/** Judged cases a second of all generated checks together, a thousand runs each. */
async function agreementsPerSecond(
  subject: Subject,
  id: string,
  only: ReadonlySet<string> | undefined,
): Promise<number> {
  const report = await run(subject, {
    formulas: [id],
    level: 'exhaustive',
    seed: Math.random(),
    only: (check) => only?.has(check) !== false,
  });
  if (report.counts.failed > 0) throw new Error(`bench: ${subject.description.name} must be right`);
  const runs = report.formulas[0]!.checks.reduce((total, check) => total + check.runs, 0);
  return (runs / report.milliseconds) * 1000;
}

async function overWorker(bare: number, only?: ReadonlySet<string>): Promise<void> {
  const module = new URL('adapters/touchstone/adapter.js', root).pathname;
  if (!existsSync(module)) return;
  const subject = await openSubject({ module });
  for (const id of ['losses/huber', 'activations/softmax']) {
    console.log(line(`${id}, in a worker`, await agreementsPerSecond(subject, id, only), bare));
  }
  await subject.close();
}

async function overPipe(bare: number, only?: ReadonlySet<string>): Promise<void> {
  const python = ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', 'import numpy']).status === 0,
  );
  if (python === undefined) {
    console.log('over a pipe to Python: not measured, no Python with NumPy here');
    return;
  }
  const command = `${python} ${new URL('bench/adapter.py', root).pathname}`;
  const subject = await openSubject({ command });
  for (const id of ['losses/huber', 'activations/softmax']) {
    const rate = await agreementsPerSecond(subject, id, only);
    console.log(line(`${id}, over a pipe to Python`, rate, bare));
  }
  await subject.close();
}

/** The whole catalogue at the standard level against the reference. */
async function bothChapters(): Promise<void> {
  const formulas = await Promise.all(listFormulas().map(loadFormula));
  const subject = directSubject({
    name: 'the reference',
    formulas: Object.fromEntries(formulas.map(({ id, reference }) => [id, reference])),
    gradients: Object.fromEntries(
      formulas.flatMap(({ id, gradient }) => (gradient === undefined ? [] : [[id, gradient]])),
    ),
  });
  const { milliseconds, counts } = await run(subject);
  console.log(
    `${formulas.length} formulas, ${counts.planned} checks at the standard level: ${(milliseconds / 1000).toFixed(2)} s`,
  );
}

/** From the command to its first line about a formula. */
function firstVerdict(): void {
  const cli = new URL('dist/src/cli.js', root).pathname;
  const module = new URL('adapters/touchstone/adapter.js', root).pathname;
  if (!existsSync(cli) || !existsSync(module)) return;
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    spawnSync(process.execPath, [cli, 'check', module, 'losses/huber']);
    return performance.now() - started;
  });
  times.sort((a, b) => a - b);
  console.log(`from the command to the verdict on losses/huber: ${times[2]!.toFixed(0)} ms`);
}

function line(label: string, rate: number, bare: number): string {
  const ratio = (rate / bare).toFixed(2);
  return `${label.padEnd(52)}${Math.round(rate).toLocaleString('en').padStart(9)} cases/s  ${ratio}×`;
}
