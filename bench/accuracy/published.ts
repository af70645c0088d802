import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Operation } from '../../src/conformance/subject.js';
import type { Accuracy, Worst } from './errors.js';
import type { FormulaAccuracy } from './measure.js';

/*
 * The published accuracy, `golden/accuracy.json`, and how it may move: a figure may fall, and
 * must not grow.
 */

const path = new URL('../../golden/accuracy.json', import.meta.url);

/** How to read the figures; the first thing in the file. */
const ABOUT = [
  'The worst error of every reference against mpmath at 50 digits or more: values, and gradients at points where they exist. Made by npm run accuracy, held to by golden/accuracy.test.ts.',
  'points: numbers that were compared. Formulas of one elementwise array: a dense grid from the least subnormal to the largest double, at three settings of every hyper-parameter. Others: generated inputs, and inputs at the ends of the doubles. All: the golden cases.',
  'ulps: the error in gaps between doubles at the exact number, where the condition of the question is below 2048: elsewhere the input itself is not known well enough for the last place to mean anything.',
  'budget, strictBudget: the error as a fraction of what the judge allows a float64 subject, at the standard and at the strict level, at all points. These are the figures for answers that cancel.',
  'lost: points where an infinity or NaN stands for a number or the reverse, and the judge does not forgive it.',
  'at: the point of the worst error. Figures have three digits and are rounded up.',
];

/** One operation of one formula, as the file has it. */
export type Figures = { readonly points: number } & {
  readonly [Name in FigureName]: Worst;
};

type FigureName = 'ulps' | 'budget' | 'strictBudget' | 'lost';
const FIGURES: readonly FigureName[] = ['ulps', 'budget', 'strictBudget', 'lost'];

/** A formula, as the file has it. */
export interface PublishedFormula {
  /** A fingerprint of the points that there are to choose from. */
  readonly asked: string;
  readonly value: Figures;
  readonly gradient?: Figures;
}

export interface Publication {
  readonly about: readonly string[];
  /** Whose elementary functions were measured: another engine's may differ in the last place. */
  readonly engine: string;
  readonly formulas: Readonly<Record<string, PublishedFormula>>;
}

/** The JavaScript engine of this process, by its major and minor version. */
export const engine = `V8 ${process.versions.v8.split('.').slice(0, 2).join('.')}`;

/** The file; without formulas if there is none yet. */
export function published(): Publication {
  if (!existsSync(path)) return { about: ABOUT, engine, formulas: {} };
  return JSON.parse(readFileSync(path, 'utf8')) as Publication;
}

/** Writes the file: the given formulas anew, of the others only those that still exist. */
export function publish(
  measured: ReadonlyMap<string, FormulaAccuracy>,
  existing: readonly string[],
): void {
  const known = published().formulas;
  const formulas = existing.flatMap((id) => {
    const fresh = measured.get(id);
    const figures = fresh === undefined ? known[id] : figuresOf(fresh);
    return figures === undefined ? [] : [[id, figures] as const];
  });
  const publication: Publication = { about: ABOUT, engine, formulas: Object.fromEntries(formulas) };
  writeFileSync(path, `${written(publication)}\n`);
}

/** Both operations, rounded as they are published. */
export function figuresOf({ points, value, gradient }: FormulaAccuracy): PublishedFormula {
  return {
    asked: points,
    value: roundedUp(value),
    ...(gradient === undefined ? {} : { gradient: roundedUp(gradient) }),
  };
}

/** The figures of each operation that there is. */
export function operationsOf({
  value,
  gradient,
}: PublishedFormula): readonly [Exclude<Operation, 'sample'>, Figures][] {
  return gradient === undefined
    ? [['value', value]]
    : [
        ['value', value],
        ['gradient', gradient],
      ];
}

function roundedUp(accuracy: Accuracy): Figures {
  const figure = ({ error, at }: Worst): Worst => ({ error: threeDigitsUp(error), at });
  const { points, ulps, budget, strictBudget, lost } = accuracy;
  return {
    points,
    ulps: figure(ulps),
    budget: figure(budget),
    strictBudget: figure(strictBudget),
    lost,
  };
}

function threeDigitsUp(error: number): number {
  // Below these, an error is the oracle's own.
  if (error < 1e-9) return 0;
  if (!Number.isFinite(error)) return Number.MAX_VALUE;
  const unit = 10 ** (Math.floor(Math.log10(error)) - 2);
  return Number((Math.ceil(error / unit) * unit).toPrecision(3));
}

/** Sentences about figures that grew, and about figures that fell at the point of the worst. */
export function compare(
  id: string,
  fresh: PublishedFormula,
  old: PublishedFormula,
): { readonly grown: readonly string[]; readonly fallen: readonly string[] } {
  const grown: string[] = [];
  const fallen: string[] = [];
  if (fresh.asked !== old.asked) {
    grown.push(
      `${id}: points must be those that were published, got others; npm run accuracy measures at them`,
    );
  }
  for (const [operation, figures] of operationsOf(fresh)) {
    for (const name of FIGURES) {
      const now = figures[name];
      const before = old[operation]?.[name] ?? { error: 0, at: '' };
      const subject = `${id}: ${name} of the ${operation}`;
      if (now.error > before.error) {
        grown.push(`${subject} must be at most ${before.error}, got ${now.error} at ${now.at}`);
      } else if (now.error < before.error && name !== 'lost') {
        fallen.push(`${subject} fell from ${before.error} to ${now.error}`);
      }
    }
  }
  return { grown, fallen };
}

/** JSON with a line for each operation of a formula. */
function written({ about, engine: measuredOn, formulas }: Publication): string {
  const rows = Object.entries(formulas).map(([id, formula]) => {
    const lines = Object.entries(formula).map(
      ([name, part]) => `      ${JSON.stringify(name)}: ${JSON.stringify(part)}`,
    );
    return `    ${JSON.stringify(id)}: {\n${lines.join(',\n')}\n    }`;
  });
  const lines = about.map((line) => `    ${JSON.stringify(line)}`).join(',\n');
  return `{\n  "about": [\n${lines}\n  ],\n  "engine": ${JSON.stringify(measuredOn)},\n  "formulas": {\n${rows.join(',\n')}\n  }\n}`;
}
