import { type NDArray, ndarray, sizeOf, stream } from '../kernel/index.js';
import { drawOnce, isArraySpec, specialsOf } from './generate/index.js';
import { meaningOf } from './kinds/index.js';
import type { Argument, InputSpec, Inputs, Shape, Spec } from './spec.js';
import { structures } from './structures/index.js';
import { isArray } from './values.js';

/** Inputs that the spec forbids, and under which heading. */
export interface Refusal {
  /** Part of the check's id: `shape`, `empty`, `domain-delta`. */
  readonly id: string;
  /** Finishes "Huber loss …". */
  readonly sentence: string;
  readonly cases: readonly { readonly why: string; readonly inputs: Inputs }[];
  /** Shapes that do not match have no answer at any level; other finite answers only fail strictly. */
  readonly always: boolean;
}

/** Everything that the spec of a formula forbids, generated from the spec. */
export function refusalsOf(spec: Spec): Refusal[] {
  const valid = validInputs(spec);
  const refusals: Refusal[] = [];
  if (spec.errors.shape !== undefined) {
    const cases = shapeCases(spec, valid);
    refusals.push({
      id: 'shape',
      sentence: 'refuses shapes that do not match',
      cases,
      always: true,
    });
    refusals.push({
      id: 'stack',
      sentence: 'refuses a stack of arrays where it takes one',
      cases: stackCases(spec, valid),
      always: false,
    });
    refusals.push({
      id: 'rank',
      sentence: 'refuses a number where it needs an axis',
      cases: rankCases(spec, valid),
      always: false,
    });
  }
  if (spec.errors.domain !== undefined) {
    for (const [name, input] of Object.entries(spec.inputs)) {
      const cases = domainCases(spec, valid, name, input);
      const sentence = `refuses ${name} outside its domain`;
      refusals.push({ id: `domain-${hyphenated(name)}`, sentence, cases, always: false });
    }
  }
  if (spec.errors.empty !== undefined) {
    const inputs = emptied(spec, valid);
    const cases = inputs === undefined ? [] : [{ why: 'no elements', inputs }];
    refusals.push({ id: 'empty', sentence: 'refuses empty arrays', cases, always: false });
  }
  return refusals.filter(({ cases }) => cases.length > 0);
}

/** Inputs inside the domain with three elements or more on every axis, so that they can be broken. */
function validInputs(spec: Spec): Inputs {
  for (let i = 0; ; i++) {
    const inputs = drawOnce(spec, stream(`${spec.id}/refusal/${i}`), {
      precision: 'float64',
      finite: true,
    });
    const arrays = Object.entries(spec.inputs).filter(([, input]) => isArraySpec(input));
    if (arrays.every(([name, { shape }]) => isLong(inputs[name], shape!))) return inputs;
  }
}

function isLong(array: Argument | undefined, shape: Shape): boolean {
  if (!isArray(array)) return shape === 'list';
  return array.shape.every((length, axis) => {
    // Of a shape in one word this is a letter, and no number.
    const declared = shape.at(axis - array.shape.length);
    return length >= 3 || typeof declared === 'number';
  });
}

// ---- shapes -----------------------------------------------------------------------------

function shapeCases(spec: Spec, valid: Inputs): Refusal['cases'] {
  const cases: { why: string; inputs: Inputs }[] = [];
  const arrays = Object.entries(spec.inputs).filter(([name]) => isArray(valid[name]));
  for (const [name, input] of arrays) {
    const array = valid[name] as NDArray;
    const axis = sharedAxis(spec, valid, name);
    if (axis !== undefined) {
      const longer = lengthened(array, axis);
      cases.push({
        why: `${name} of shape [${longer.shape}] beside shape [${array.shape}]`,
        inputs: { ...valid, [name]: longer },
      });
    }
    const [follower] = arrays.find(([, other]) => other.shape === name) ?? [];
    if (follower !== undefined) {
      // (n) against (n, 1) broadcasts to n × n where nobody looks.
      const [row, column] = [flattened(array), asColumn(valid[follower] as NDArray)];
      cases.push({
        why: `${name} of shape [${row.shape}] beside ${follower} of shape [${column.shape}]`,
        inputs: { ...valid, [name]: row, [follower]: column },
      });
      const one = shortened(valid[follower] as NDArray);
      cases.push({
        why: `${follower} of shape [${one.shape}] beside ${name} of shape [${array.shape}]`,
        inputs: { ...valid, [follower]: one },
      });
    }
    if (Array.isArray(input.shape) && !input.shape.includes('...')) {
      // One more axis before the others of a single array is a stack, which many libraries take.
      const stacked = arrays.length === 1 ? [] : [[1, ...array.shape]];
      for (const shape of [...stacked, [...array.shape, 1]]) {
        cases.push({
          why: `${name} of shape [${shape}]`,
          inputs: { ...valid, [name]: { shape, data: array.data } },
        });
      }
    }
  }
  return cases;
}

/** A stack of one, for a formula of a single array: whoever takes stacks answers it. */
function stackCases(spec: Spec, valid: Inputs): Refusal['cases'] {
  const arrays = Object.entries(valid).filter(([, argument]) => isArray(argument));
  const [[name, argument] = []] = arrays;
  if (arrays.length !== 1 || name === undefined || !isArray(argument)) return [];
  const { shape } = spec.inputs[name]!;
  if (!Array.isArray(shape) || shape.includes('...')) return [];
  const stack = { shape: [1, ...argument.shape], data: argument.data };
  return [{ why: `${name} of shape [${stack.shape}]`, inputs: { ...valid, [name]: stack } }];
}

/** A single number for arrays whose last axis means something, which then is missing. */
function rankCases(spec: Spec, valid: Inputs): Refusal['cases'] {
  const cases: { why: string; inputs: Inputs }[] = [];
  for (const [name, { shape }] of Object.entries(spec.inputs)) {
    if (!Array.isArray(shape) || !shape.includes('...') || shape.length === 1) continue;
    const number: NDArray = { shape: [], data: (valid[name] as NDArray).data.slice(0, 1) };
    cases.push({ why: `a number for ${name}`, inputs: { ...valid, [name]: number } });
  }
  return cases;
}

/** An axis that must be as long as one of another array, or as another of its own. */
function sharedAxis(spec: Spec, valid: Inputs, name: string): number | undefined {
  const { shape } = spec.inputs[name]!;
  const given = Object.keys(spec.inputs).filter((other) => isArray(valid[other]));
  const others = given.filter((other) => other !== name).map((other) => spec.inputs[other]!.shape!);
  if (typeof shape === 'string') {
    const follows = others.some((other) => other === name) || given.includes(shape);
    return follows ? 0 : undefined;
  }
  const axes = others.flatMap((other) => (typeof other === 'string' ? [] : [...other]));
  const isFollowed = others.includes(name);
  const own = shape as readonly (string | number)[];
  const found = own.findIndex(
    (axis, i) =>
      typeof axis === 'string' && (isFollowed || axes.includes(axis) || own.indexOf(axis) < i),
  );
  if (found === -1) return undefined;
  // From the end, because any number of axes may lead.
  return own[found] === '...' ? 0 : (valid[name] as NDArray).shape.length - (own.length - found);
}

/** The same array with its first slice along an axis once more at the end of that axis. */
function lengthened({ shape, data }: NDArray, axis: number): NDArray {
  const inner = sizeOf(shape.slice(axis + 1));
  const length = shape[axis]!;
  const longer: number[] = [];
  for (let start = 0; start < data.length; start += length * inner) {
    longer.push(
      ...data.subarray(start, start + length * inner),
      ...data.subarray(start, start + inner),
    );
  }
  return ndarray(
    shape.map((other, i) => (i === axis ? length + 1 : other)),
    longer,
  );
}

/** The first element alone, which broadcasts against anything. */
function shortened({ shape, data }: NDArray): NDArray {
  return { shape: shape.map(() => 1), data: data.slice(0, 1) };
}

function flattened({ data }: NDArray): NDArray {
  return { shape: [data.length], data };
}

function asColumn({ data }: NDArray): NDArray {
  return { shape: [data.length, 1], data };
}

// ---- domains ----------------------------------------------------------------------------

function domainCases(spec: Spec, valid: Inputs, name: string, input: InputSpec): Refusal['cases'] {
  const cases: { why: string; inputs: Inputs }[] = [];
  for (const value of outsideValues(spec, valid, input)) {
    if (isArraySpec(input)) {
      const argument = valid[name];
      if (!isArray(argument)) continue;
      const { shape, data } = argument;
      const broken = data.slice();
      broken[1] = value as number;
      cases.push({
        why: `${name} with an element ${value}`,
        inputs: { ...valid, [name]: { shape, data: broken } },
      });
    } else {
      cases.push({ why: `${name} = ${value}`, inputs: { ...valid, [name]: value } });
    }
  }
  const { structure } = input;
  const broken = structure === undefined ? undefined : structures[structure].broken;
  if (broken !== undefined) {
    const { why, array } = broken(valid[name] as NDArray);
    cases.push({ why: `for ${name} ${why}`, inputs: { ...valid, [name]: array } });
  }
  return cases;
}

function outsideValues(spec: Spec, valid: Inputs, input: InputSpec): Argument[] {
  const array = isArraySpec(input);
  const outside: Argument[] = input.max === undefined ? [] : [input.max + 1];
  if (input.min !== undefined) outside.push(input.min - 1);
  outside.push(...meaningOf(input.kind).forbidden(input, array));
  outside.push(...classCount(spec, valid, input));
  const specials = specialsOf(spec, input, valid);
  return outside.filter((value) => !specials.includes(value as number));
}

/** The first label that is none; nothing where no axis counts the classes. */
function classCount(spec: Spec, valid: Inputs, { classes }: InputSpec): number[] {
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (!Array.isArray(input.shape)) continue;
    const axis = (input.shape as readonly unknown[]).indexOf(classes);
    if (axis === -1) continue;
    const fromEnd = input.shape.length - axis;
    return [(valid[name] as NDArray).shape.at(-fromEnd)!];
  }
  return [];
}

/** All arrays without elements; undefined where there are only lists, which may be empty. */
function emptied(spec: Spec, valid: Inputs): Inputs | undefined {
  const inputs: Record<string, Argument> = { ...valid };
  if (!Object.values(valid).some(isArray)) return undefined;
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = valid[name];
    if (isArraySpec(input) && isArray(argument)) {
      inputs[name] = ndarray([0, ...argument.shape.slice(1)], []);
    }
  }
  return inputs;
}

/** `ignoredLabel` as part of an id: `ignored-label`. */
export function hyphenated(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
