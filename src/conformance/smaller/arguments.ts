import type { Inputs, Spec } from '../spec.js';
import { isArrays } from '../values.js';

/** Leaves out what may be left out: options, optional arrays, arrays of a list. */
export function* fewerArguments(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  for (const [name, input] of Object.entries(spec.inputs)) {
    const argument = inputs[name];
    if (argument === undefined) continue;
    if (input.default !== undefined || input.optional === true) {
      const { [name]: _, ...rest } = inputs;
      yield rest;
    }
    if (!isArrays(argument)) continue;
    for (const key of Object.keys(argument)) {
      const { [key]: _, ...rest } = argument;
      yield { ...inputs, [name]: rest };
    }
  }
}
