import type { FormulaReport, Report } from '../conformance/report.js';
import type { Subject } from '../conformance/subject.js';
import type { Heading } from '../reporters/phrases.js';
import { type CheckOptions, type ReporterChoice, readCheckOptions } from './check-options.js';
import { exitCodes } from './exit-codes.js';
import { misspeltFormulas } from './formulas.js';
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
  const catalogue = await world.catalogue();
  const options = readCheckOptions(words, catalogue);
  const sinks = await Promise.all(options.reporters.map((choice) => openSink(choice, world)));

  // The engine loads while the subject starts.
  const [{ openSubject }, engine] = [await world.subjects(), world.engine()];
  engine.catch(() => undefined);
  const subject = await openSubject(options.subject.options);
  let interrupted = false;
  world.whenInterrupted(() => {
    interrupted = true;
    return subject.close();
  });
  try {
    const ids = offeredFormulas(options, subject);
    for (const sink of sinks) sink.begin(headingOf(options, subject, catalogue), ids);
    const { run } = await engine;
    const report = await run(subject, {
      formulas: options.formulas,
      level: options.level,
      strict: options.strict,
      seed: options.seed,
      ...(options.path === undefined ? {} : { path: options.path }),
      command: options.subject.words,
      onFormula: (formula) => {
        for (const sink of sinks) sink.formula(formula);
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
  const { name, formulas, gradients } = subject.description;
  const offered = new Set([...formulas, ...gradients]);
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
  const { formulas, gradients } = subject.description;
  const remarks = misspeltFormulas(catalogue, [...formulas, ...gradients]).map(
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

async function openSink({ name, file }: ReporterChoice, world: World): Promise<Sink> {
  const write = file === undefined ? world.print : prepareReportFile(file).write;
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
