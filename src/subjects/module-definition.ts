import { type SubjectDescription, SubjectError } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import { describe } from './describe.js';
import type { ArrayForm } from './module-values.js';
import { isPrecision } from './wire.js';

/** A formula as a module writes it: named arguments in; a number, an array or parts by name out. */
type ModuleFormula = (inputs: never) => unknown;

/** A gradient as a module writes it: for each input, an array of its shape. */
type ModuleGradient = (inputs: never, cotangent: never) => unknown;

/** How a module wants functions: made of what it offers itself, or by their ids. */
export type FunctionForm = 'callable' | 'id';

/** What a JavaScript module exports by default to be judged. */
export interface SubjectModule {
  readonly name?: string;
  readonly version?: string;
  /** What it computes in: `float64` unless it says otherwise; of several, the first is preferred. */
  readonly dtype?: Precision | readonly Precision[];
  /** How it wants arrays: `nested` lists, the default, or `typed`: `{ shape, data }`. */
  readonly arrays?: ArrayForm;
  /**
   * How it wants functions as arguments: `callable`, the default, is what it offers itself under
   * that id, of an array; `id` is the id alone.
   */
  readonly functions?: FunctionForm;
  /** Conventions it follows, by formula: `{ 'optimisers/adam': 'epsilon-hat' }`. */
  readonly variants?: Readonly<Record<string, string>>;
  readonly formulas?: Readonly<Record<string, ModuleFormula>>;
  readonly gradients?: Readonly<Record<string, ModuleGradient>>;
  /** Its own random draws, for formulas whose value is one of given draws. */
  readonly samples?: Readonly<Record<string, ModuleFormula>>;
}

/** Any function of a module, as the suite calls it. */
export type Callable = (inputs: Readonly<Record<string, unknown>>, cotangent?: unknown) => unknown;

/** A module that was found to be what {@link SubjectModule} says. */
export interface ModuleDefinition {
  readonly description: SubjectDescription;
  readonly arrays: ArrayForm;
  readonly functions: FunctionForm;
  readonly formulas: Readonly<Record<string, Callable>>;
  readonly gradients: Readonly<Record<string, Callable>>;
  readonly samples: Readonly<Record<string, Callable>>;
}

const fields = [
  'name',
  'version',
  'dtype',
  'arrays',
  'functions',
  'variants',
  'formulas',
  'gradients',
  'samples',
];

/**
 * The definition in a module's default export.
 *
 * @throws SubjectError if it is not what {@link SubjectModule} says.
 */
export function defineModule(exported: unknown, specifier: string): ModuleDefinition {
  const module = requireRecord('the default export', exported);
  for (const field of Object.keys(module)) {
    if (!fields.includes(field)) fail('fields', `be among ${fields.join(', ')}`, field);
  }
  const arrays = module.arrays ?? 'nested';
  if (arrays !== 'nested' && arrays !== 'typed') {
    fail('arrays', "be 'nested' or 'typed'", describe(arrays));
  }
  const functions = module.functions ?? 'callable';
  if (functions !== 'callable' && functions !== 'id') {
    fail('functions', "be 'callable' or 'id'", describe(functions));
  }
  const formulas = requireFunctions('formulas', module.formulas ?? {});
  const gradients = requireFunctions('gradients', module.gradients ?? {});
  const samples = requireFunctions('samples', module.samples ?? {});
  if ([formulas, gradients, samples].every((table) => Object.keys(table).length === 0)) {
    fail('formulas', "offer at least one, such as { 'losses/huber': huber }", 'none');
  }
  return {
    description: {
      name: requireText('name', module.name ?? specifier),
      version: requireText('version', module.version ?? 'unversioned'),
      language: 'JavaScript',
      dtypes: requirePrecisions(module.dtype ?? 'float64'),
      formulas: Object.keys(formulas),
      gradients: Object.keys(gradients),
      samples: Object.keys(samples),
      variants: requireTexts('variants', module.variants ?? {}),
    },
    arrays,
    functions,
    formulas,
    gradients,
    samples,
  };
}

function fail(argument: string, rule: string, got: string): never {
  throw new SubjectError(`subject: ${argument} must ${rule}, got ${got}`);
}

function requireRecord(argument: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fail(argument, 'be an object', describe(value));
  }
  return value as Readonly<Record<string, unknown>>;
}

function requireText(argument: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') fail(argument, 'be a text', describe(value));
  return value;
}

function requireTexts(argument: string, value: unknown): Readonly<Record<string, string>> {
  const record = requireRecord(argument, value);
  for (const [name, text] of Object.entries(record)) requireText(`${argument} of ${name}`, text);
  return record as Readonly<Record<string, string>>;
}

function requireFunctions(argument: string, value: unknown): Readonly<Record<string, Callable>> {
  const record = requireRecord(argument, value);
  for (const [name, entry] of Object.entries(record)) {
    if (typeof entry !== 'function')
      fail(`${argument} of ${name}`, 'be a function', describe(entry));
  }
  return record as Readonly<Record<string, Callable>>;
}

function requirePrecisions(value: unknown): readonly Precision[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) fail('dtype', 'name a format', 'none');
  for (const dtype of list) {
    if (!isPrecision(dtype)) {
      fail('dtype', 'be float64, float32, float16 or bfloat16', describe(dtype));
    }
  }
  return list as readonly Precision[];
}
