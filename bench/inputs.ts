import type { Argument, Inputs, Spec } from '../src/conformance/spec.js';
import { allArrays, isArray } from '../src/conformance/values.js';

/** Inputs of about `elements` elements an array, made by repeating those of a small draw. */
export function enlarged(spec: Spec, inputs: Inputs, elements: number): Inputs {
  const [first] = allArrays(inputs);
  if (first === undefined) return inputs;
  const times = Math.max(1, Math.round(elements / first.data.length));
  const large: Record<string, Argument> = { ...inputs };
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (!isArray(argument)) continue;
    const { shape, data } = argument;
    const repeated = new Float64Array(data.length * times);
    for (let i = 0; i < times; i++) repeated.set(data, i * data.length);
    // Rows repeat along the first axis; a lone row becomes a matrix of its copies.
    const rows = Array.isArray(input.shape) && shape.length === 1 && input.shape.includes('...');
    const grown = rows ? [times, ...shape] : [shape[0]! * times, ...shape.slice(1)];
    large[name] = { shape: grown, data: repeated };
  }
  return large;
}

/** True if the formula takes more elements without changing its meaning: rows, not columns, repeat. */
export function canGrow({ inputs }: Spec): boolean {
  return Object.values(inputs).every(({ kind, shape, structure }) => {
    if (kind === 'lengths' || structure !== undefined || shape === 'list') return false;
    return !Array.isArray(shape) || shape.includes('...') || shape.includes('n');
  });
}
