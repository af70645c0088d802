import { type NDArray, type Precision, roundTo } from '../kernel/index.js';
import { isArraySpec } from './generate/index.js';
import type { Argument, InputSpec, Inputs, Kind, Spec } from './spec.js';
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

const kinds: readonly Exclude<Kind, 'choice' | 'lengths' | 'function'>[] = [
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
  'score',
  'uniform',
  'normal',
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
  ...(['symmetric', 'positive-definite'] as const).map((structure) =>
    specOf(structure, { matrix: { kind: 'real', shape: ['n', 'n'], structure } }),
  ),
  ...(['full-rank', 'rank-deficient', 'sorted', 'permutation', 'points'] as const).map(
    (structure) => specOf(structure, { matrix: { kind: 'real', shape: ['n', 'm'], structure } }),
  ),
  {
    ...specOf('steps', {
      start: { kind: 'real', shape: ['n'] },
      gradients: { kind: 'real', shape: ['steps', 'n'], structure: 'steps' },
      momentum: { kind: 'unit', default: 0.9 },
    }),
    lengths: { steps: [1, 2, 3, 30] },
  },
  specOf('centres', {
    points: { kind: 'real', shape: ['n', 'd'], structure: 'points' },
    centres: { kind: 'real', shape: ['k', 'd'], structure: 'points' },
  }),
  specOf('masked', {
    x: { kind: 'real', shape: ['...', 'q', 'k'] },
    mask: { kind: 'binary', shape: ['q', 'k'], structure: 'mask', optional: true },
    weight: { kind: 'positive', shape: ['k'], optional: true },
  }),
  specOf('lists', {
    arrays: { kind: 'real', shape: 'list', special: [Number.NaN] },
    limit: { kind: 'positive', default: 1, seams: true },
  }),
  specOf('functions', {
    function: { kind: 'function', choices: ['calculus/sine', 'calculus/cube'] },
    x: { kind: 'real', shape: 'any' },
  }),
  specOf('draws', { shape: { kind: 'lengths' }, rate: { kind: 'unit', default: 0.5 } }),
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
      if (input.default === undefined && input.optional !== true) return `${name} is missing`;
      continue;
    }
    const isObject = typeof argument === 'object';
    if ((isArraySpec(input) || input.kind === 'lengths') !== isObject) {
      return `${name} is ${typeof argument}`;
    }
    if (!isArray(argument)) {
      if (input.shape === 'list') {
        const wrong = listComplaint(spec, name, input, argument, inputs, precision);
        if (wrong !== undefined) return wrong;
      } else if (input.kind === 'lengths') {
        const good = Array.isArray(argument) && argument.every((n) => Number.isInteger(n) && n > 0);
        if (!good) return `${name} is ${argument}`;
      } else if (input.choices !== undefined) {
        if (!input.choices.includes(argument as string)) return `${name} is ${argument}`;
      } else if (!allowed(argument as number, input, specials(spec, input, inputs), precision)) {
        return `${name} is ${argument}`;
      }
      continue;
    }
    const wrong =
      shapeComplaint(name, input, argument, inputs, lengths) ??
      elementComplaint(spec, name, input, argument, inputs, precision) ??
      structureComplaint(name, input, argument);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function listComplaint(
  spec: Spec,
  name: string,
  input: InputSpec,
  argument: Argument,
  inputs: Inputs,
  precision: Precision,
): string | undefined {
  const arrays = Object.entries(argument as Record<string, NDArray>);
  if (arrays.length > 6) return `${name} has ${arrays.length} arrays`;
  for (const [key, array] of arrays) {
    const { shape, data } = array;
    if (data.length !== shape.reduce((size, length) => size * length, 1)) return `${key} is ragged`;
    const wrong = elementComplaint(spec, `${name}.${key}`, input, array, inputs, precision);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Structures by their definitions, where those are short; ranks are left to who draws them. */
function structureComplaint(
  name: string,
  { structure }: InputSpec,
  { shape, data }: NDArray,
): string | undefined {
  const columns = shape.at(-1)!;
  const at = (row: number, column: number): number => data[row * columns + column]!;
  for (let i = 0; i < shape[0]!; i++) {
    const row = [...data.subarray(i * columns, (i + 1) * columns)];
    if (structure === 'symmetric' || structure === 'positive-definite') {
      if (row.some((value, j) => value !== at(j, i))) return `${name} is not symmetric`;
      if (structure === 'positive-definite' && !(at(i, i) > 0)) return `${name} is not positive`;
    }
    if (structure === 'sorted' && row.some((value, j) => j > 0 && value < row[j - 1]!)) {
      return `${name} is not sorted`;
    }
    if (
      structure === 'permutation' &&
      [...row].sort((a, b) => a - b).some((value, j) => value !== j)
    ) {
      return `${name} is no permutation`;
    }
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
  if (kind === 'score' || kind === 'normal') return true;
  if (kind === 'uniform') return value >= 0 && value < 1;
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
