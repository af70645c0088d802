import type { NDArray } from '../../kernel/index.js';
import { meaningOf } from '../kinds/index.js';
import type { InputSpec, Inputs, Spec } from '../spec.js';
import { movesTogether } from '../structures/index.js';
import { isArray, isArrays } from '../values.js';
import { inDomain } from './domain.js';

export function* simplerElements(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (typeof argument === 'number') {
      for (const value of simplerNumbers(argument, input)) yield { ...inputs, [name]: value };
    } else if (isArray(argument)) {
      const simpler = meaningOf(input.kind).byRows === true ? simplerRows : simplerArrays;
      for (const array of simpler(argument, input)) yield { ...inputs, [name]: array };
    } else if (isArrays(argument)) {
      for (const [key, array] of Object.entries(argument)) {
        for (const simpler of simplerArrays(array, input)) {
          yield { ...inputs, [name]: { ...argument, [key]: simpler } };
        }
      }
    }
  }
}

function* simplerArrays({ shape, data }: NDArray, input: InputSpec): IterableIterator<NDArray> {
  // All elements at once first: it saves a step for each of them.
  const simpler = Array.from(data, (element) => simplerNumbers(element, input));
  const depth = simpler.reduce((most, { length }) => Math.max(most, length), 0);
  for (let step = 0; step < depth; step++) {
    if (data.length <= 1) break;
    yield { shape, data: data.map((element, i) => simpler[i]![step] ?? element) };
  }
  const leaders = movesTogether(input.structure, shape);
  for (let i = 0; i < data.length; i++) {
    // What is one number, written twice, changes in both places.
    if (leaders !== undefined && leaders[i] !== i) continue;
    for (const value of simpler[i]!) {
      const changed = data.slice();
      for (let k = i; k < data.length; k++) {
        if (k === i || (leaders?.[k] === i && data[k] === data[i])) changed[k] = value;
      }
      yield { shape, data: changed };
    }
  }
}

/** Distributions stay distributions: a row becomes one-hot or even. */
function* simplerRows({ shape, data }: NDArray): IterableIterator<NDArray> {
  const columns = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += columns) {
    const row = data.subarray(start, start + columns);
    const largest = row.reduce((most, value, i) => (value > row[most]! ? i : most), 0);
    const oneHot = data.slice();
    oneHot.fill(0, start, start + columns);
    oneHot[start + largest] = 1;
    if (row[largest] !== 1) yield { shape, data: oneHot };
    const even = data.slice();
    even.fill(1 / columns, start, start + columns);
    if (complexity(row[0]!) > complexity(1 / columns)) yield { shape, data: even };
  }
}

/** Numbers of the same kind that a person would find simpler, the simplest first. */
function simplerNumbers(value: number, input: InputSpec): number[] {
  if (value === 0 || !Number.isFinite(value)) return [];
  const rounded = [0, 1, 2, 3]
    .map((digits) => Math.round(value * 2 ** (digits * 2)) / 2 ** (digits * 2))
    .concat([1, 2, 3].map((digits) => Number(value.toPrecision(digits))));
  const candidates = [0, 1, Math.sign(value), Math.abs(value), ...rounded];
  const simpler: number[] = [];
  for (const candidate of candidates) {
    const fits = inDomain(candidate, input) && complexity(candidate) < complexity(value);
    if (fits && !simpler.includes(candidate)) simpler.push(candidate);
  }
  return simpler;
}

/** How long a number is to read: zero is shortest, minus signs cost a little. */
function complexity(value: number): number {
  if (value === 0) return 0;
  return (
    2 * String(Math.abs(value)).length + (value < 0 ? 1 : 0) + (Math.abs(value) === 1 ? -1 : 0)
  );
}
