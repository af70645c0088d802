import { type NDArray, type Precision, roundTo } from '../kernel/index.js';
import { isArraySpec } from './generate/index.js';
import type { InputSpec, Inputs, Kind, Spec } from './spec.js';
import { isArray } from './values.js';

/*
 * Contracts of formulas that do not exist, one for every corner of what a contract can say, and
 * a second opinion on what they allow, which shares nothing with the generators.
 */

function specOf(id: string, inputs: Spec['inputs']): Spec {
  return {
    id: `test/${id}`,
    name: id,
    latex: '',
    inputs,
    output: { kind: 'real', shape: 'scalar' },
    errors: { shape: 'shapes differ', domain: 'outside the domain', empty: 'no elements' },
    sources: [],
  };
}

const kinds: readonly Exclude<Kind, 'choice'>[] = [
  'real',
  'positive',
  'non-negative',
  'unit',
  'distribution',
  'log-probability',
  'sign',
  'binary',
  'label',
  'count',
];
const parameterKinds = ['real', 'positive', 'non-negative', 'unit', 'label', 'count'] as const;

export const specs: readonly Spec[] = [
  ...kinds.map((kind) => specOf(`${kind}-vector`, { x: { kind, shape: 'any' } })),
  ...kinds.map((kind) =>
    specOf(`${kind}-pair`, { x: { kind, shape: 'any' }, y: { kind, shape: 'x' } }),
  ),
  ...kinds.map((kind) =>
    specOf(`${kind}-rows`, { x: { kind, shape: ['...', 'c'] }, y: { kind, shape: ['...', 'c'] } }),
  ),
  ...parameterKinds.map((kind) =>
    specOf(`${kind}-parameter`, { p: { kind }, x: { kind: 'real', shape: 'any', seams: [0, 1] } }),
  ),
  ...parameterKinds.map((kind) =>
    specOf(`${kind}-optional`, {
      x: { kind: 'real', shape: 'any' },
      p: { kind, default: 1, max: 2 },
    }),
  ),
  specOf('seams', {
    x: { kind: 'positive', shape: 'any', seams: [0.25, 3] },
    delta: { kind: 'positive', default: 1, seams: true },
  }),
  specOf('pair-at-seam', {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    y: { kind: 'real', shape: 'x' },
    delta: { kind: 'positive', default: 1, seams: true, special: [Infinity] },
  }),
  specOf('choices', {
    x: { kind: 'real', shape: 'any' },
    reduction: { kind: 'choice', choices: ['mean', 'sum', 'none'], default: 'mean' },
    base: { kind: 'choice', choices: [2, 10] },
    unbiased: { kind: 'choice', choices: [true, false], default: true },
  }),
  specOf('classifier', {
    logits: { kind: 'real', shape: ['n', 'c'], special: [-Infinity] },
    target: { kind: 'label', shape: ['n'], classes: 'c', special: ['ignoredLabel'] },
    weight: { kind: 'non-negative', shape: ['c'] },
    ignoredLabel: { kind: 'real', default: -100 },
  }),
  specOf('labels-without-logits', {
    x: { kind: 'label', shape: ['n'], classes: 'k' },
    y: { kind: 'label', shape: ['n'], classes: 'k' },
  }),
  specOf('matrices', {
    square: { kind: 'real', shape: ['n', 'n'] },
    points: { kind: 'real', shape: ['n', 2] },
    offset: { kind: 'real', shape: [2] },
  }),
  specOf('bounded', {
    x: { kind: 'positive', shape: 'any', max: 2 },
    y: { kind: 'real', shape: 'x', max: 0.5 },
  }),
  specOf('gapped-distributions', {
    x: { kind: 'distribution', shape: ['...', 'c'], special: [Number.NaN] },
    y: { kind: 'distribution', shape: 'x' },
  }),
  specOf('three-tables', {
    x: { kind: 'count', shape: ['k'] },
    y: { kind: 'count', shape: ['k'] },
    z: { kind: 'count', shape: 'scalar' },
  }),
];

export const specNamed = (name: string): Spec => specs.find((spec) => spec.name === name)!;

/** What is wrong with inputs, in words; undefined for inputs that the contract allows. */
export function complaint(
  spec: Spec,
  inputs: Inputs,
  precision: Precision = 'float64',
): string | undefined {
  const lengths = new Map<string, string>();
  const stray = Object.keys(inputs).find((name) => spec.inputs[name] === undefined);
  if (stray !== undefined) return `${stray} is not an input`;
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (argument === undefined) {
      if (input.default === undefined) return `${name} is missing`;
      continue;
    }
    if (isArraySpec(input) !== (typeof argument === 'object'))
      return `${name} is ${typeof argument}`;
    if (!isArray(argument)) {
      if (input.kind === 'choice') {
        if (!input.choices!.includes(argument as string)) return `${name} is ${argument}`;
      } else if (!allowed(argument as number, input, specials(spec, input, inputs), precision)) {
        return `${name} is ${argument}`;
      }
      continue;
    }
    const wrong =
      shapeComplaint(name, input, argument, inputs, lengths) ??
      elementComplaint(spec, name, input, argument, inputs, precision);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function specials(spec: Spec, { special = [] }: InputSpec, inputs: Inputs): number[] {
  return special.map((value) =>
    typeof value === 'number' ? value : ((inputs[value] ?? spec.inputs[value]!.default) as number),
  );
}

function allowed(
  value: number,
  { kind, max = Infinity }: InputSpec,
  special: readonly number[],
  precision: Precision,
): boolean {
  if (special.some((other) => Object.is(value, other))) return true;
  if (!Number.isFinite(value) || value > roundTo(precision, max)) return false;
  const counted = kind === 'label' || kind === 'count';
  if (!counted && roundTo(precision, value) !== value) return false;
  const low: Partial<Record<Kind, number>> = { real: -Infinity, 'log-probability': -Infinity };
  const high: Partial<Record<Kind, number>> = { unit: 1, distribution: 1, binary: 1, sign: 1 };
  if (kind === 'sign') return Math.abs(value) === 1;
  if (kind === 'positive') return value > 0;
  if (kind === 'log-probability') return value <= 0;
  if ((counted || kind === 'binary') && !Number.isInteger(value)) return false;
  return value >= (low[kind] ?? 0) && value <= (high[kind] ?? Infinity);
}

function shapeComplaint(
  name: string,
  { shape }: InputSpec,
  array: NDArray,
  inputs: Inputs,
  lengths: Map<string, string>,
): string | undefined {
  const got = String(array.shape);
  if (array.data.length !== array.shape.reduce((size, length) => size * length, 1)) {
    return `${name} holds ${array.data.length} elements in shape [${got}]`;
  }
  if (array.data.length === 0) return `${name} is empty`;
  if (shape === 'any') return array.shape.length === 0 ? `${name} has no axis` : undefined;
  if (typeof shape === 'string') {
    const leader = String((inputs[shape] as NDArray).shape);
    return got === leader ? undefined : `${name} has shape [${got}], ${shape} [${leader}]`;
  }
  const axes = shape!.filter((axis) => axis !== '...');
  const leading = array.shape.length - axes.length;
  if (leading < 0 || (leading > 0 && axes.length === shape!.length)) return `${name} is [${got}]`;
  const meets = (symbol: string, length: string): boolean => {
    const known = lengths.get(symbol) ?? length;
    lengths.set(symbol, length);
    return known === length;
  };
  if (shape!.includes('...') && !meets('...', String(array.shape.slice(0, leading)))) {
    return `${name} has other leading axes: [${got}]`;
  }
  for (const [i, axis] of axes.entries()) {
    const length = array.shape[leading + i]!;
    const fits = typeof axis === 'number' ? axis === length : meets(axis, String(length));
    if (!fits) return `${name} has shape [${got}], in which ${axis} differs`;
  }
  return undefined;
}

function elementComplaint(
  spec: Spec,
  name: string,
  input: InputSpec,
  array: NDArray,
  inputs: Inputs,
  precision: Precision,
): string | undefined {
  const special = specials(spec, input, inputs);
  for (const element of array.data) {
    if (!allowed(element, input, special, precision)) return `${name} holds ${element}`;
  }
  const counter = Object.entries(spec.inputs).find(
    ([, { shape }]) => Array.isArray(shape) && shape.includes(input.classes ?? ''),
  );
  if (counter !== undefined && input.kind === 'label') {
    const [logits, { shape }] = counter as [string, { shape: readonly string[] }];
    const classes = (inputs[logits] as NDArray).shape[shape.indexOf(input.classes!)]!;
    const beyond = array.data.find((label) => label >= classes && !special.includes(label));
    if (beyond !== undefined) return `${name} holds ${beyond} of ${classes} classes`;
  }
  if (input.kind !== 'distribution') return undefined;
  const columns = array.shape.at(-1)!;
  for (let start = 0; start < array.data.length; start += columns) {
    const row = array.data.subarray(start, start + columns);
    const total = row.reduce((sum, value) => sum + value, 0);
    if (Math.abs(total - 1) > 0.01) return `${name} has a row that sums to ${total}`;
  }
  return undefined;
}
