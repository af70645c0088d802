import { type NDArray, toNested } from '../kernel/index.js';
import type { Argument, Gradient, Lengths, Value } from './spec.js';
import type { Call } from './subject.js';
import { isArray } from './values.js';

/*
 * Calls and answers as text that a person can read and paste.
 */

/** How a language writes numbers, arrays and named arguments. */
interface Dialect {
  readonly special: Readonly<Record<'NaN' | 'Infinity' | '-Infinity', string>>;
  readonly truth: readonly [no: string, yes: string];
  readonly array: (nested: string) => string;
  readonly lengths: (lengths: Lengths) => string;
  readonly record: (entries: readonly (readonly [string, string])[]) => string;
  readonly call: (call: Call, args: readonly (readonly [string, string])[]) => string;
}

const javascript: Dialect = {
  special: { NaN: 'NaN', Infinity: 'Infinity', '-Infinity': '-Infinity' },
  truth: ['false', 'true'],
  array: (nested) => nested,
  lengths: (lengths) => `[${lengths.join(', ')}]`,
  record: (entries) => `{ ${entries.map(([name, value]) => `${name}: ${value}`).join(', ')} }`,
  call: ({ formula, operation, cotangent }, args) => {
    const named = javascript.record(args);
    const table = { value: 'formulas', gradient: 'gradients', sample: 'samples' }[operation];
    const second = cotangent === undefined ? '' : `, ${renderValue(cotangent)}`;
    return `${table}['${formula}'](${named}${second})`;
  },
};

const python: Dialect = {
  special: { NaN: 'np.nan', Infinity: 'np.inf', '-Infinity': '-np.inf' },
  truth: ['False', 'True'],
  array: (nested) => `np.array(${nested})`,
  lengths: (lengths) => `(${lengths.join(', ')}${lengths.length === 1 ? ',' : ''})`,
  record: (entries) => `{${entries.map(([name, value]) => `'${name}': ${value}`).join(', ')}}`,
  call: ({ formula, operation, cotangent }, args) => {
    const name = formula.slice(formula.lastIndexOf('/') + 1).replaceAll('-', '_');
    const suffix = { value: '', gradient: '_gradient', sample: '_sample' }[operation];
    const first = cotangent === undefined ? [] : [`cotangent=${render(cotangent, python)}`];
    const named = args.map(([argument, value]) => `${argument}=${value}`);
    return `${name}${suffix}(${[...named, ...first].join(', ')})`;
  },
};

/** A call as a line in the subject's own language; JavaScript where we do not speak it. */
export function renderCall(call: Call, language: string): string {
  const dialect = /python/i.test(language) ? python : javascript;
  const args = Object.entries(call.inputs).map(
    ([name, argument]) => [name, render(argument, dialect)] as const,
  );
  return dialect.call(call, args);
}

/** An answer as text: a number, nested lists, or arrays by name for a gradient. */
export function renderValue(value: Value | Gradient): string {
  return render(value, javascript);
}

function render(value: Argument | Value | Gradient, dialect: Dialect): string {
  if (typeof value === 'number') return renderNumber(value, dialect);
  if (typeof value === 'boolean') return dialect.truth[value ? 1 : 0];
  if (typeof value === 'string') return `'${value.replace(/['\\]/g, '\\$&')}'`;
  if (isArray(value)) return dialect.array(renderNested(toNested(value), dialect));
  if (isLengths(value)) return dialect.lengths(value);
  return dialect.record(
    Object.entries(value).map(([name, part]) => [name, render(part as Value, dialect)] as const),
  );
}

function isLengths(value: Argument | Value | Gradient): value is Lengths {
  return Array.isArray(value);
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
    if (isArray(argument)) return plainNested(argument);
    if (typeof argument !== 'object' || isLengths(argument)) return argument;
    return plainInputs(argument);
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
