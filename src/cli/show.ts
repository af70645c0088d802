import pc from 'picocolors';
import { functionName } from '../catalog.js';
import type { GoldenCase } from '../conformance/golden.js';
import { meaningOf } from '../conformance/kinds/index.js';
import {
  type InputSpec,
  type OutputSpec,
  outputsOf,
  type Shape,
  type Spec,
} from '../conformance/spec.js';
import { structures } from '../conformance/structures/index.js';
import { columns, enumerate, indent, pad, wrap } from '../reporters/text.js';
import { parseArguments } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { chooseFormula } from './formulas.js';
import { latexToText } from './latex.js';
import { UsageError } from './usage-error.js';
import type { Catalogue, World } from './world.js';

type Formula = Awaited<ReturnType<Catalogue['loadFormula']>>;

/** `touchstone show`: a formula as a page of text. */
export async function show(words: readonly string[], world: World): Promise<number> {
  const table = { latex: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArguments('show', words, table);
  const [word, ...others] = positionals;
  if (word === undefined) {
    throw new UsageError('show: no formula is named; touchstone list names them all');
  }
  if (others.length > 0) {
    throw new UsageError(`show: one formula at a time; ${others[0]} is one word too many`);
  }
  const catalogue = await world.catalogue();
  const formula = await catalogue.loadFormula(chooseFormula('show', catalogue, word));
  world.print(values.latex ? `${dedent(formula.spec.latex)}\n` : page(formula, world.terminal));
  return exitCodes.conformant;
}

/** A formula as a page of text. */
export function page(formula: Formula, terminal: World['terminal']): string {
  const { spec, properties, mistakes, goldens } = formula;
  const paint = pc.createColors(terminal.color);
  const width = terminal.width - 2;
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `\n${paint.bold(title)}\n${indent(lines.join('\n'), 2)}\n`;

  return [
    `${paint.bold(spec.name)}  ${spec.id}\n`,
    `\n${indent(mathematics(spec, width), 2)}\n`,
    section('Inputs', inputLines(spec, width)),
    section(spec.outputs === undefined ? 'Output' : 'Outputs', outputLines(spec, width)),
    section('Gradient', gradientLines(spec, width)),
    section('Errors', table(Object.entries(spec.errors), width)),
    section(
      'Laws',
      properties.map(({ sentence }) => wrap(`${spec.name} ${sentence}`, width, 2)),
    ),
    section('Draws of its own', drawLines(formula, width)),
    section('Variants', variantLines(spec, width)),
    section('Known mistakes', mistakeLines(mistakes, width)),
    section('Where the documents err', table(Object.entries(spec.errata ?? {}), width)),
    section(
      'Sources',
      spec.sources.map((source) => wrap(source, width, 2)),
    ),
    section(`Pinned values: ${goldens.cases.length}; one of them`, exampleLines(formula)),
  ].join('');
}

/** What a subject is asked when it draws for itself, and what its draws must be like. */
function drawLines({ spec, sampling }: Formula, width: number): string[] {
  if (spec.sample === undefined || sampling === undefined) return [];
  const asked = enumerate(Object.keys(spec.sample.inputs));
  return [
    `asked for with ${asked}: ${sampling.law}`,
    ...sampling.tests.map(({ sentence }) => `${spec.name} ${sentence}`),
  ].map((line) => wrap(line, width, 2));
}

/** As plain text where that is honest and fits; otherwise as LaTeX. */
function mathematics(spec: Spec, width: number): string {
  const text = latexToText(spec.latex);
  const fits = text?.split('\n').every((line) => columns(line) <= width);
  return text !== undefined && fits ? text : dedent(spec.latex);
}

/** Without the margin that it has in the source file. */
function dedent(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n');
}

function inputLines({ inputs }: Spec, width: number): string[] {
  return table(
    Object.entries(inputs).map(([name, input]) => [name, inputText(input)]),
    width,
  );
}

function inputText(input: InputSpec): string {
  const kind =
    input.choices === undefined
      ? meaningOf(input.kind).words
      : `one of ${enumerate(input.choices.map(quoted), 'or')}`;
  return [
    kind,
    ...(input.shape === undefined ? [] : [shapeText(input.shape)]),
    ...(input.structure === undefined ? [] : [structures[input.structure].words]),
    ...(input.optional === true ? ['may be left out'] : []),
    ...(input.max === undefined ? [] : [`at most ${input.max}`]),
    ...(input.special === undefined ? [] : [`also ${enumerate(input.special.map(specialText))}`]),
    ...(input.default === undefined ? [] : [`default ${quoted(input.default)}`]),
  ].join(', ');
}

/** A number, or the value of the input that is named. */
function specialText(special: number | string): string {
  return typeof special === 'number' ? numeral(special) : `the value of ${special}`;
}

function shapeText(shape: Shape): string {
  if (shape === 'scalar') return 'a number';
  if (shape === 'any') return 'of any shape';
  if (shape === 'list') return 'arrays of any shapes, by name';
  if (typeof shape === 'string') return `of the shape of ${shape}`;
  return `shape [${shape.join(', ')}]`;
}

function outputLines(spec: Spec, width: number): string[] {
  if (spec.output !== undefined) return [wrap(outputLine(spec.output), width, 2)];
  return table(
    Object.entries(outputsOf(spec)).map(([name, output]) => [name, outputLine(output)]),
    width,
  );
}

function outputLine({ kind, shape, min, max, meaning, free }: OutputSpec): string {
  return [
    ...(meaning === undefined ? [] : [meaning]),
    meaningOf(kind).words,
    shapeText(shape),
    ...(free === undefined ? [] : [`${free} free`]),
    ...(min === undefined ? [] : [`at least ${numeral(min)}`]),
    ...(max === undefined ? [] : [`at most ${numeral(max)}`]),
  ].join(', ');
}

function gradientLines({ differentiable }: Spec, width: number): string[] {
  if (differentiable === undefined) return ['none'];
  return [wrap(`with respect to ${enumerate(differentiable)}`, width, 2)];
}

function variantLines({ variants = {} }: Spec, width: number): string[] {
  return table(
    Object.entries(variants).map(([name, { meaning, usedBy }]) => [
      name,
      `${meaning}${usedBy.length === 0 ? '' : `; used by ${enumerate(usedBy)}`}`,
    ]),
    width,
  );
}

function mistakeLines(mistakes: Formula['mistakes'], width: number): string[] {
  return Object.entries(mistakes).map(([name, { source }]) =>
    wrap(`${name} (${source})`, width, 2),
  );
}

/** The first pinned case that is no edge, as a call of the reference. */
function exampleLines({ spec, goldens }: Formula): string[] {
  const plain = ({ flags, output, error }: GoldenCase): boolean =>
    output !== undefined && error === undefined && (flags ?? []).length === 0;
  const golden =
    goldens.cases.find(plain) ?? goldens.cases.find(({ output }) => output !== undefined);
  if (golden === undefined) return [];
  const inputs = Object.entries(golden.inputs).map(([name, value]) => `${name}: ${literal(value)}`);
  return [`${functionName(spec.id)}({ ${inputs.join(', ')} })`, `→ ${literal(golden.output)}`];
}

/** JSON's words for special numbers are numbers here. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, part]) => `${name}: ${literal(part)}`);
    return `{ ${entries.join(', ')} }`;
  }
  if (typeof value === 'number') return numeral(value);
  if (typeof value !== 'string') return String(value);
  return /^(NaN|-?Infinity|-0)$/.test(value) ? value : quoted(value);
}

function quoted(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value}'` : numeral(value);
}

function numeral(value: number | boolean): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Names in a column of their own, if that leaves room for the texts. */
function table(rows: readonly (readonly [string, string])[], width: number): string[] {
  const widest = Math.max(0, ...rows.map(([name]) => name.length));
  const column = Math.min(widest, 20) + 2;
  return rows.map(([name, text]) => {
    if (name.length <= column - 2) return wrap(`${pad(name, column)}${text}`, width, column);
    return `${name}\n${wrap(' '.repeat(column) + text, width, column)}`;
  });
}
