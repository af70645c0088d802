import { type NDArray, toNested } from '../kernel/index.js';
import type { Argument, Gradient, Value } from './spec.js';
import { type Call, isArray } from './subject.js';

/*
 * Calls and answers as text that a person can read and paste.
 */

/** How a language writes numbers, arrays and named arguments. */
interface Dialect {
  readonly special: Readonly<Record<'NaN' | 'Infinity' | '-Infinity', string>>;
  readonly truth: readonly [no: string, yes: string];
  readonly array: (nested: string) => string;
  readonly call: (call: Call, args: readonly (readonly [string, string])[]) => string;
}

const javascript: Dialect = {
  special: { NaN: 'NaN', Infinity: 'Infinity', '-Infinity': '-Infinity' },
  truth: ['false', 'true'],
  array: (nested) => nested,
  call: ({ formula, operation, cotangent }, args) => {
    const named = `{ ${args.map(([name, value]) => `${name}: ${value}`).join(', ')} }`;
    const table = operation === 'gradient' ? 'gradients' : 'formulas';
    const second = cotangent === undefined ? '' : `, ${renderValue(cotangent)}`;
    return `${table}['${formula}'](${named}${second})`;
  },
};

const python: Dialect = {
  special: { NaN: 'np.nan', Infinity: 'np.inf', '-Infinity': '-np.inf' },
  truth: ['False', 'True'],
  array: (nested) => `np.array(${nested})`,
  call: ({ formula, operation, cotangent }, args) => {
    const name = formula.slice(formula.lastIndexOf('/') + 1).replaceAll('-', '_');
    const suffix = operation === 'gradient' ? '_gradient' : '';
    const first = cotangent === undefined ? [] : [`cotangent=${renderArgument(cotangent, python)}`];
    const named = args.map(([argument, value]) => `${argument}=${value}`);
    return `${name}${suffix}(${[...named, ...first].join(', ')})`;
  },
};

/** A call as a line in the subject's own language; JavaScript where we do not speak it. */
export function renderCall(call: Call, language: string): string {
  const dialect = /python/i.test(language) ? python : javascript;
  const args = Object.entries(call.inputs).map(
    ([name, argument]) => [name, renderArgument(argument, dialect)] as const,
  );
  return dialect.call(call, args);
}

/** An answer as text: a number, nested lists, or arrays by name for a gradient. */
export function renderValue(value: Value | Gradient): string {
  if (typeof value === 'number' || isArray(value)) return renderArgument(value, javascript);
  const parts = Object.entries(value).map(
    ([name, array]) => `${name}: ${renderArgument(array, javascript)}`,
  );
  return `{ ${parts.join(', ')} }`;
}

function renderArgument(argument: Argument, dialect: Dialect): string {
  if (typeof argument === 'number') return renderNumber(argument, dialect);
  if (typeof argument === 'boolean') return dialect.truth[argument ? 1 : 0];
  if (typeof argument === 'string') return `'${argument.replace(/['\\]/g, '\\$&')}'`;
  return dialect.array(renderNested(toNested(argument), dialect));
}

function renderNested(nested: ReturnType<typeof toNested>, dialect: Dialect): string {
  if (typeof nested === 'number') return renderNumber(nested, dialect);
  return `[${nested.map((element) => renderNested(element, dialect)).join(', ')}]`;
}

function renderNumber(value: number, { special }: Dialect): string {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isFinite(value) ? String(value) : special[String(value) as keyof typeof special];
}

/** Arguments as plain JSON, special numbers as words, for the report. */
export function plainInputs(inputs: Call['inputs']): Record<string, unknown> {
  const plain = (argument: Argument): unknown => {
    if (typeof argument === 'number') return plainNumber(argument);
    if (typeof argument !== 'object') return argument;
    return plainNested(argument);
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, argument]) => [name, plain(argument)]),
  );
}

function plainNested(array: NDArray): unknown {
  const walk = (nested: ReturnType<typeof toNested>): unknown =>
    typeof nested === 'number' ? plainNumber(nested) : nested.map(walk);
  return walk(toNested(array));
}

function plainNumber(value: number): number | string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}
