import { fromNested, type NDArray, type Nested } from '../kernel/index.js';
import { isArraySpec } from './generate/index.js';
import {
  type Argument,
  type Gradient,
  type InputSpec,
  type Inputs,
  type OutputSpec,
  outputsOf,
  type Part,
  type Spec,
  type Value,
} from './spec.js';

/*
 * Goldens: inputs and outputs pinned by an independent tool. The files are language-neutral
 * JSON, in which arrays are nested lists and NaN, Infinity, -Infinity and -0 are words.
 */

/** A number, a word for one that JSON lacks, lists of them, or arrays and parts by name. */
export type Encoded =
  | number
  | string
  | boolean
  | readonly Encoded[]
  | { readonly [name: string]: Encoded };

export interface GoldenCase {
  /** Part of the check's id, and so never changed. */
  readonly id: string;
  /** Why the case is there. */
  readonly why: string;
  /** What kind of trouble it makes: `edge`, `overflow`, `tail`, `kink`, `special`, `notebook`. */
  readonly flags?: readonly string[];
  /** Judged at the strict level only: right answers that honest libraries are known to miss. */
  readonly strict?: boolean;
  readonly inputs: Readonly<Record<string, Encoded>>;
  readonly output?: Encoded;
  /** What the output is multiplied by for the gradient. */
  readonly cotangent?: Encoded;
  /** The vector–Jacobian product for that cotangent, by input. */
  readonly gradient?: Readonly<Record<string, Encoded>>;
  /** The error code, for inputs that are refused. */
  readonly error?: string;
}

export interface GoldenFile {
  readonly formula: string;
  readonly provenance: Readonly<Record<string, string>>;
  readonly cases: readonly GoldenCase[];
}

/** The inputs of a case as the reference takes them. */
export function decodeInputs(spec: Spec, encoded: GoldenCase['inputs']): Inputs {
  const inputs: Record<string, Argument> = {};
  for (const [name, argument] of Object.entries(encoded)) {
    const input = spec.inputs[name];
    if (input === undefined)
      throw new RangeError(`golden: input must be of ${spec.id}, got ${name}`);
    inputs[name] = decodeArgument(input, argument);
  }
  return inputs;
}

function decodeArgument(input: InputSpec, encoded: Encoded): Argument {
  switch (input.kind) {
    case 'choice':
    case 'function':
    case 'lengths':
      return encoded as Argument;
    default:
      if (input.shape === 'list') return decodeArrays(encoded);
      return isArraySpec(input) ? decodeArray(encoded) : decodeNumber(encoded);
  }
}

/** A pinned output, or a cotangent for it: a number, an array, or those of its parts that there are. */
export function decodeValue(spec: Spec, encoded: Encoded): Value {
  if (spec.output !== undefined) return decodePart(spec.output, encoded);
  const outputs = outputsOf(spec);
  return Object.fromEntries(
    Object.entries(encoded as Readonly<Record<string, Encoded>>).map(([name, part]) => [
      name,
      decodePart(outputs[name]!, part),
    ]),
  );
}

function decodePart({ shape }: OutputSpec, encoded: Encoded): Part {
  if (shape === 'list') return decodeArrays(encoded);
  return shape === 'scalar' ? decodeNumber(encoded) : decodeArray(encoded);
}

export function decodeGradient(encoded: Readonly<Record<string, Encoded>>): Gradient {
  return decodeArrays(encoded);
}

function decodeArrays(encoded: Encoded): Readonly<Record<string, NDArray>> {
  return Object.fromEntries(
    Object.entries(encoded).map(([name, array]) => [name, decodeArray(array)]),
  );
}

function decodeArray(encoded: Encoded) {
  const numbers = (level: Encoded): Nested =>
    Array.isArray(level) ? level.map(numbers) : decodeNumber(level as Encoded);
  return fromNested(numbers(encoded));
}

const words: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

function decodeNumber(encoded: Encoded): number {
  if (typeof encoded === 'number') return encoded;
  const value = words.get(String(encoded));
  if (value === undefined) throw new RangeError(`golden: numbers must be numbers, got ${encoded}`);
  return value;
}
