import { type Level, levels } from '../conformance/report.js';
import { parseArguments, requireWhole, requireWord } from './arguments.js';
import { chooseFormulas } from './formulas.js';
import { type NamedSubject, nameSubject, subjectOptionTable } from './subject-options.js';
import { UsageError } from './usage-error.js';
import type { Catalogue } from './world.js';

export const checkOptionTable = {
  ...subjectOptionTable,
  level: { type: 'string', default: 'standard' },
  strict: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
  path: { type: 'string' },
  reporter: { type: 'string', multiple: true },
} as const;

const reporterNames = ['console', 'json', 'junit'] as const;

export interface ReporterChoice {
  readonly name: (typeof reporterNames)[number];
  /** Absent: standard output. */
  readonly file?: string;
}

/** A command line of `touchstone check`, understood. */
export interface CheckOptions {
  readonly subject: NamedSubject;
  readonly formulas: readonly string[];
  readonly level: Level;
  readonly strict: boolean;
  readonly seed: number;
  readonly path?: string;
  readonly reporters: readonly ReporterChoice[];
}

/** The largest seed: the streams take 32 bits, one of them the sign. */
const largestSeed = 2 ** 31 - 1;

export function readCheckOptions(words: readonly string[], catalogue: Catalogue): CheckOptions {
  const { values, positionals } = parseArguments('check', words, checkOptionTable);
  const level = requireWord('check: --level', values.level, Object.keys(levels) as Level[]);
  const seed = requireWhole('check: --seed', values.seed, 0, largestSeed);
  const reporters = readReporters(values.reporter ?? ['console']);
  const isFormula = (word: string): boolean => catalogue.matchFormulas([word]).length > 0;
  const subject = nameSubject('check', values, positionals, isFormula);
  const formulas = chooseFormulas('check', catalogue, subject.rest);
  return {
    subject,
    formulas,
    level,
    strict: values.strict,
    seed,
    reporters,
    ...(values.path === undefined ? {} : { path: requirePath(values.path, formulas) }),
  };
}

function requirePath(path: string, formulas: readonly string[]): string {
  if (!/^\d+(:\d+)*$/.test(path)) {
    throw new UsageError(
      `check: --path must be numbers with colons between them, as a report prints it (12:0:3), got ${path || 'nothing'}`,
    );
  }
  if (formulas.length !== 1) {
    throw new UsageError(
      `check: --path replays one formula, and ${formulas.length} are chosen; name the one, as the replay line does`,
    );
  }
  return path;
}

function readReporters(words: readonly string[]): readonly ReporterChoice[] {
  const choices = words.map((word): ReporterChoice => {
    const [name = '', ...rest] = word.split('=');
    const reporter = requireWord('check: --reporter', name, reporterNames);
    if (rest.length === 0) return { name: reporter };
    const file = rest.join('=');
    if (file === '') {
      throw new UsageError(`check: --reporter ${word} names no file; write ${name}=report.txt`);
    }
    return { name: reporter, file };
  });
  refuseSharedTargets(choices);
  return choices;
}

/** Two reports in one file, or one after the other on standard output, are of use to nobody. */
function refuseSharedTargets(choices: readonly ReporterChoice[]): void {
  const taken = new Map<string | undefined, string>();
  for (const { name, file } of choices) {
    const other = taken.get(file);
    if (other !== undefined) {
      throw new UsageError(
        `check: --reporter ${other} and ${name} both write to ${file ?? 'standard output'}; give one of them a file of its own (${name}=FILE)`,
      );
    }
    taken.set(file, name);
  }
}
