import type { Acquitted } from './acquittals.js';
import type { Calibration, Effort, Rejected } from './measure.js';

/** What is wrong with the instrument, a sentence each: survivors, accusations, idle checks. */
export function faultsOf(calibration: Calibration, effort: Effort): string[] {
  const { rejected, acquitted, idle } = calibration;
  const faults: string[] = [];
  for (const { kind, name, seeds, by } of survivors(rejected, effort)) {
    faults.push(
      `the ${kind} survives: ${name} (rejected for ${seeds} seeds, by ${by.length} checks)`,
    );
  }
  for (const { name, precision, accusations } of acquitted) {
    for (const accusation of accusations)
      faults.push(`accused in ${precision}: ${name}, by ${accusation}`);
  }
  for (const check of idle) faults.push(`the check is idle: ${check}`);
  return faults;
}

/** The least share of mistakes and variants that the diagnosis must name. */
const NAMED = 0.95;

/** What is wrong with the instrument as a whole. */
export function faultsOfAll(calibrations: readonly Calibration[]): string[] {
  const known = calibrations.flatMap(({ rejected }) => rejected.filter(isKnown));
  const named = known.filter((one) => one.named).length;
  if (named >= NAMED * known.length) return [];
  return [`the diagnosis names ${percent(named, known.length)}, and must name ${100 * NAMED} %`];
}

const isKnown = ({ kind }: Rejected): boolean => kind !== 'trivial';

/** True if more is said of a mistake than how many answers are wrong. */
function isUseful(told: readonly string[]): boolean {
  return told.some((name) => !/^wrong for \d+ of|^every answer is wrong$/.test(name));
}

function survivors(rejected: readonly Rejected[], effort: Effort): readonly Rejected[] {
  return rejected.filter(({ kind, seeds, by }) =>
    kind === 'trivial' ? by.length === 0 : seeds < effort.seeds,
  );
}

/** An installed library that was judged in many seeds, as its manifest records. */
export interface Library {
  readonly judges: string;
  readonly version: string;
  readonly formulas: readonly string[];
  readonly acquittals?: readonly {
    readonly dtype: string;
    readonly seeds: number;
    readonly worst: number;
    readonly at: string;
  }[];
}

/** What the calibration found, a line each. */
export function summaryOf(calibrations: readonly Calibration[], effort: Effort): readonly string[] {
  const rejected = calibrations.flatMap((calibration) => calibration.rejected);
  const acquitted = calibrations.flatMap((calibration) => calibration.acquitted);
  const lost = survivors(rejected, effort);
  const caught = (kind: Rejected['kind']): string => {
    const isOfKind = (one: Rejected): boolean => one.kind === kind;
    return caughtOf(rejected.filter(isOfKind).length, lost.filter(isOfKind).length);
  };
  const accused = acquitted.filter(({ accusations }) => accusations.length > 0);
  const checks = calibrations.flatMap((calibration) => calibration.checks);
  const idle = calibrations.flatMap((calibration) => calibration.idle);
  const known = rejected.filter(isKnown);
  // Some are only of what is refused or left behind, and need no explanation.
  const explained = known.filter(({ told }) => told.length > 0);
  return [
    `${caught('mistake')} known mistakes rejected in each of ${effort.seeds} seeds`,
    `${caught('variant')} variants told apart in each of ${effort.seeds} seeds`,
    `${caught('trivial')} trivial answers rejected`,
    shareOf(known, 'mistakes and variants named by the diagnosis', ({ named }) => named),
    shareOf(explained, 'placed or measured by it when it knows none of them', ({ told }) =>
      isUseful(told),
    ),
    `${caughtOf(acquitted.length, accused.length)} right implementations acquitted in ${effort.acquittals} seeds; largest error ${worstIn(acquitted, 'float64')} of the budget in float64, ${worstIn(acquitted, 'float32')} in float32`,
    `${caughtOf(checks.length, idle.length)} checks reject something`,
  ];
}

function caughtOf(all: number, missed: number): string {
  return `${all - missed} of ${all}`;
}

/** `7 of 8 named (87.5 %)`. */
function shareOf<One>(all: readonly One[], words: string, isPart: (one: One) => boolean): string {
  const part = all.filter(isPart).length;
  return `${part} of ${all.length} ${words} (${percent(part, all.length)})`;
}

function worstIn(acquitted: readonly Acquitted[], precision: string): string {
  const errors = acquitted.filter((one) => one.precision === precision).map(({ worst }) => worst);
  return errorOf(Math.max(0, ...errors));
}

/**
 * The pages that publish the calibration, by their paths in its folder: the totals, and a page
 * for each chapter. No times stand in them, so that they change only when a verdict does.
 */
export function pagesOf(
  calibrations: readonly Calibration[],
  libraries: readonly Library[],
  effort: Effort,
): Readonly<Record<string, string>> {
  const chapters = chaptersOf(calibrations);
  const pages: Record<string, string> = {
    'README.md': totals(calibrations, chapters, libraries, effort),
  };
  for (const [chapter, members] of chapters) pages[`${chapter}.md`] = chapterPage(chapter, members);
  return pages;
}

type Chapters = ReadonlyMap<string, readonly Calibration[]>;

function chaptersOf(calibrations: readonly Calibration[]): Chapters {
  const chapters = new Map<string, Calibration[]>();
  for (const calibration of calibrations) {
    const chapter = calibration.id.slice(0, calibration.id.indexOf('/'));
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), calibration]);
  }
  return chapters;
}

function totals(
  calibrations: readonly Calibration[],
  chapters: Chapters,
  libraries: readonly Library[],
  effort: Effort,
): string {
  return [
    '# Calibration',
    '',
    'A conformance suite is an instrument. These pages say what it was tried on: every mistake that',
    'it knows must be rejected, every other right way to compute a formula acquitted, and every',
    'check must reject something. `npm run calibrate` makes them anew.',
    '',
    ...summaryOf(calibrations, effort).map((line) => `- ${line}`),
    `- ${calibrations.length} formulas`,
    '',
    'A mistake counts as rejected when a check on *generated* inputs rejects it at the standard',
    'level (100 runs), or at the strict level where it is marked so; pinned values come on top.',
    'The checks named are those that reject it for seed 1. In float32 every operation of an',
    'implementation is rounded. Errors of up to a quarter of the budget are upper bounds: so small,',
    'they are not compared with the whole of it. Errors of 1.00 come of decisions that a rounding',
    'may flip, such as which side of a kink an element lies on: the whole jump is then the budget.',
    '',
    ...chapterTable(chapters),
    ...libraryTable(libraries),
  ].join('\n');
}

function chapterTable(chapters: Chapters): readonly string[] {
  const rows = [...chapters].map(([chapter, members]) => {
    const tried = members.flatMap(({ rejected }) => rejected).filter(isKnown);
    const right = members.flatMap(({ acquitted }) => acquitted);
    const errors = `${worstIn(right, 'float64')} | ${worstIn(right, 'float32')}`;
    return `| [${chapter}](${chapter}.md) | ${members.length} | ${tried.length} | ${right.length} | ${errors} |`;
  });
  return [
    '## Chapters',
    '',
    '| chapter | formulas | mistakes and variants | right implementations | largest error in float64 | in float32 |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function chapterPage(chapter: string, members: readonly Calibration[]): string {
  const title = `# Calibration: ${chapter}`;
  const intro = '[What the columns mean, and the totals.](README.md)';
  return [title, '', intro, '', ...members.flatMap(section)].join('\n');
}

function libraryTable(libraries: readonly Library[]): string[] {
  const rows = libraries.flatMap(({ judges, version, formulas, acquittals = [] }) =>
    acquittals.map(
      ({ dtype, seeds, worst, at }) =>
        `| ${judges} ${version} | ${dtype} | ${formulas.length} | ${seeds} | ${worst.toFixed(2)} | ${at} |`,
    ),
  );
  return [
    '## Installed libraries',
    '',
    'Accused of nothing but what their manifests in `adapters` know, each of it confirmed at 50',
    'digits; `npm run acquit` judges them anew.',
    '',
    '| library | precision | formulas | seeds | largest error accepted, of the budget | by |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
}

function section({ id, rejected, acquitted }: Calibration): string[] {
  const table = (kind: Rejected['kind'], heading: string): string[] => {
    const rows = rejected.filter((one) => one.kind === kind);
    if (rows.length === 0) return [];
    return [
      `| ${heading} | source | seeds | named | when unknown, told | rejected by |`,
      '|---|---|---|---|---|---|',
      ...rows.map((one) => rejectedRow(id, one)),
      '',
    ];
  };
  return [
    `## ${id}`,
    '',
    ...table('mistake', 'mistake'),
    ...table('variant', 'variant'),
    '| right implementation | precision | largest error, of the budget |',
    '|---|---|---|',
    ...acquitted.map(acquittedRow),
    '',
  ];
}

function rejectedRow(id: string, one: Rejected): string {
  const { name, source, seeds, named, told, by, strict } = one;
  const generated = by
    .map((check) => check.slice(id.length + 1))
    .filter((check) => !check.startsWith('golden/'));
  const pinned = by.length - generated.length;
  const checks = [...generated, ...(pinned > 0 ? [`${pinned} pinned`] : [])].join(', ');
  const where = source === 'variant' ? '' : source;
  return `| ${cell(name)}${strict ? ' (strict)' : ''} | ${cell(where)} | ${seeds} | ${named ? 'yes' : '–'} | ${cell(told.join('; '))} | ${checks} |`;
}

function acquittedRow({ name, precision, worst }: Acquitted): string {
  return `| ${cell(name)} | ${precision} | ${errorOf(worst)} |`;
}

function errorOf(worst: number): string {
  return worst.toFixed(2);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
