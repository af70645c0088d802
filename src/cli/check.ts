import type { FormulaReport, Report } from '../conformance/report.js';
import type { Subject } from '../conformance/subject.js';
import type { Heading } from '../reporters/phrases.js';
import { type CheckOptions, type ReporterChoice, readCheckOptions } from './check-options.js';
import { exitCodes } from './exit-codes.js';
import { misspeltFormulas } from './formulas.js';
import { type Progress, startProgress } from './progress.js';
import { prepareReportFile } from './report-files.js';
import { UsageError } from './usage-error.js';
import type { Catalogue, World } from './world.js';

/** A report on its way to where it is read. */
interface Sink {
  readonly begin: (heading: Heading, ids: readonly string[]) => void;
  readonly formula: (report: FormulaReport) => void;
  readonly end: (report: Report) => void;
}

/** `touchstone check`: judges a subject, and returns the exit code. */
export async function check(words: readonly string[], world: World): Promise<number> {
  const progress = startProgress(world.show);
  // Before anything is loaded: whoever waits sees at once that something is under way.
  progress.tell('touchstone starts');
  try {
    return await judge(words, world, progress);
  } finally {
    progress.end();
  }
}

async function judge(words: readonly string[], world: World, progress: Progress): Promise<number> {
  const catalogue = await world.catalogue();
  const options = readCheckOptions(words, catalogue);
  // A report that cannot be written is refused before anything is started.
  const writers = options.reporters.map((choice) => writerOf(choice, world));
  progress.tell(`${options.subject.words} starts`);
  const { openSubject } = await world.subjects();
  const opening = openSubject(options.subject.options);
  opening.catch(() => undefined);
  // The engine and the reporters load while the subject starts.
  const engine = world.engine();
  engine.catch(() => undefined);
  const sinks = await Promise.all(writers.map((writer) => openSink(writer, world)));
  const subject = await meanwhile(opening, (isOver) => warmUp(options, world, catalogue, isOver));
  let interrupted = false;
  world.whenInterrupted(() => {
    interrupted = true;
    return subject.close();
  });
  try {
    const ids = offeredFormulas(options, subject);
    for (const sink of sinks) sink.begin(headingOf(options, subject, catalogue), ids);
    const { run } = await engine;
    let judged = 0;
    const tellNext = (): void => {
      const next = ids[judged++];
      if (next !== undefined) progress.tell(`${next}, ${judged} of ${ids.length}`);
    };
    tellNext();
    const report = await run(subject, {
      formulas: options.formulas,
      level: options.level,
      strict: options.strict,
      seed: options.seed,
      ...(options.path === undefined ? {} : { path: options.path }),
      command: options.subject.words,
      onFormula: (formula) => {
        for (const sink of sinks) sink.formula(formula);
        if (formula.id === ids[judged - 1]) tellNext();
      },
    });
    // What the checks say of a subject that was taken from them is not to be written down.
    if (interrupted) return exitCodes.notJudged;
    const complete = withMisspelt(report, catalogue, subject);
    for (const sink of sinks) sink.end(complete);
    return exitCodeOf(complete);
  } finally {
    await subject.close();
  }
}

/** Waits, and does something else until it need not wait any more. */
async function meanwhile<Awaited>(
  awaited: Promise<Awaited>,
  task: (isOver: () => boolean) => Promise<void>,
): Promise<Awaited> {
  let over = false;
  const settled = awaited.finally(() => {
    over = true;
  });
  // What goes wrong in it is no business of the subject's.
  task(() => over).catch(() => undefined);
  return settled;
}

async function warmUp(
  options: CheckOptions,
  world: World,
  catalogue: Catalogue,
  isOver: () => boolean,
): Promise<void> {
  const { rehearse } = await world.rehearsal();
  const [first] = options.formulas;
  if (first !== undefined) await rehearse(await catalogue.loadFormula(first), options, isOver);
}

function headingOf(options: CheckOptions, subject: Subject, catalogue: Catalogue): Heading {
  const { name, version, language } = subject.description;
  return {
    suite: { name: 'touchstone', version: catalogue.suiteVersion() },
    subject: { name, version, language, command: options.subject.words },
    level: options.level,
    strict: options.strict,
    dtype: subject.dtype,
    seed: options.seed,
  };
}

/** The chosen formulas that the subject offers; none is a mistake of the command line. */
function offeredFormulas(options: CheckOptions, subject: Subject): readonly string[] {
  const { name, formulas, gradients, samples } = subject.description;
  const offered = new Set([...formulas, ...gradients, ...samples]);
  if (offered.size === 0) {
    throw new UsageError(
      `check: ${name} offers no formula; list them in its "formulas", under ids from touchstone list`,
    );
  }
  const chosen = options.formulas.filter((id) => offered.has(id));
  if (chosen.length === 0) {
    throw new UsageError(
      `check: ${name} offers none of the formulas asked for; see what it offers with touchstone doctor ${options.subject.words}`,
    );
  }
  return chosen;
}

/** Reports a misspelt id, which would otherwise look as if its formula were not offered. */
function withMisspelt(report: Report, catalogue: Catalogue, subject: Subject): Report {
  const { formulas, gradients, samples } = subject.description;
  const offered = [...new Set([...formulas, ...gradients, ...samples])];
  const remarks = misspeltFormulas(catalogue, offered).map(
    ({ id, remedy }) => `${id} is not in the catalogue; ${remedy}`,
  );
  return { ...report, remarks: [...report.remarks, ...remarks] };
}

function exitCodeOf({ counts, verdict }: Report): number {
  // Nothing run is never a pass.
  if (counts.passed + counts.failed + counts.errored + counts.excepted + counts.stale === 0) {
    return exitCodes.notJudged;
  }
  return verdict === 'not-conformant' ? exitCodes.notConformant : exitCodes.conformant;
}

/** A report, and where it goes. */
interface Writer extends ReporterChoice {
  readonly write: (text: string) => void;
}

function writerOf(choice: ReporterChoice, world: World): Writer {
  const { file } = choice;
  return { ...choice, write: file === undefined ? world.print : prepareReportFile(file).write };
}

async function openSink({ name, file, write }: Writer, world: World): Promise<Sink> {
  if (name === 'console') {
    if (file === undefined) return streamedConsole(world);
    const { consoleReport } = await import('../reporters/console.js');
    return atTheEnd((report) => write(consoleReport(report, { color: false, width: 80 })));
  }
  if (name === 'json') {
    const { jsonReport } = await import('../reporters/json.js');
    return atTheEnd((report) => write(jsonReport(report)));
  }
  const { junitReport } = await import('../reporters/junit.js');
  return atTheEnd((report) => write(junitReport(report)));
}

function atTheEnd(end: (report: Report) => void): Sink {
  return { begin: () => undefined, formula: () => undefined, end };
}

/** Prints each verdict as soon as it is known. */
async function streamedConsole(world: World): Promise<Sink> {
  const { consoleReporter } = await import('../reporters/console.js');
  let reporter: ReturnType<typeof consoleReporter> | undefined;
  return {
    begin: (heading, ids) => {
      reporter = consoleReporter(heading, ids, world.terminal);
      world.print(reporter.heading());
    },
    formula: (formula) => world.print(reporter!.formula(formula)),
    end: (report) => world.print(reporter!.summary(report)),
  };
}
