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

/** The page that publishes the calibration, and its first lines for the console. */
export function page(
  calibrations: readonly Calibration[],
  libraries: readonly Library[],
  effort: Effort,
  seconds: number,
): { text: string; summary: string } {
  const rejected = calibrations.flatMap((calibration) => calibration.rejected);
  const acquitted = calibrations.flatMap((calibration) => calibration.acquitted);
  const of = (kind: Rejected['kind']): Rejected[] => rejected.filter((one) => one.kind === kind);
  const known = rejected.filter(isKnown);
  const lost = calibrations.flatMap((calibration) => survivors(calibration.rejected, effort));
  const accused = acquitted.filter(({ accusations }) => accusations.length > 0);
  const idle = calibrations.flatMap((calibration) => calibration.idle);
  const named = known.filter((one) => one.named).length;
  // Some are only of what is refused or left behind, and need no explanation.
  const explained = known.filter(({ told }) => told.length > 0);
  const useful = explained.filter(({ told }) => isUseful(told)).length;
  const worst = (precision: string): string =>
    Math.max(
      ...acquitted.filter((one) => one.precision === precision).map((one) => one.worst),
    ).toFixed(2);
  const count = (all: readonly unknown[], bad: number): string =>
    `${all.length - bad} of ${all.length}`;
  const survived = (kind: Rejected['kind']): number =>
    lost.filter((one) => one.kind === kind).length;
  const checks = calibrations.flatMap((calibration) => calibration.checks);
  const lines = [
    `${count(of('mistake'), survived('mistake'))} known mistakes rejected in each of ${effort.seeds} seeds`,
    `${count(of('variant'), survived('variant'))} variants told apart in each of ${effort.seeds} seeds`,
    `${count(of('trivial'), survived('trivial'))} trivial answers rejected`,
    `${named} of ${known.length} mistakes and variants named by the diagnosis (${percent(named, known.length)})`,
    `${useful} of ${explained.length} placed or measured by it when it knows none of them (${percent(useful, explained.length)})`,
    `${count(acquitted, accused.length)} right implementations acquitted in ${effort.acquittals} seeds; largest error ${worst('float64')} of the budget in float64, ${worst('float32')} in float32`,
    `${checks.length - idle.length} of ${checks.length} checks reject something`,
    `${calibrations.length} formulas in ${Math.round(seconds)} s`,
  ];
  const text = [
    '# Calibration',
    '',
    'A conformance suite is an instrument. This page says what it was tried on: every mistake that',
    'it knows must be rejected, every other right way to compute a formula acquitted, and every',
    'check must reject something. `npm run calibrate` makes it anew.',
    '',
    ...lines.map((line) => `- ${line}`),
    '',
    'A mistake counts as rejected when a check on *generated* inputs rejects it at the standard',
    'level (100 runs), or at the strict level where it is marked so; pinned values come on top.',
    'The checks named are those that reject it for seed 1. In float32 every operation of an',
    'implementation is rounded. Errors of up to a quarter of the budget are upper bounds: so small,',
    'they are not compared with the whole of it. Errors of 1.00 come of decisions that a rounding',
    'may flip, such as which side of a kink an element lies on: the whole jump is then the budget.',
    '',
    ...libraryTable(libraries),
    ...calibrations.flatMap(section),
  ].join('\n');
  return { text, summary: lines.join('\n') };
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
  return `| ${cell(name)} | ${precision} | ${worst < 0.005 ? '0.00' : worst.toFixed(2)} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
