import { formats, type NDArray, type Precision } from '../../kernel/index.js';
import { specialsOf } from '../generate/index.js';
import { meaningOf } from '../kinds/index.js';
import type { InputSpec, Inputs, Spec } from '../spec.js';
import { hasStructure } from '../structures/index.js';
import { arraysIn } from '../values.js';
import { lengthOf } from './elements.js';

/**
 * True for inputs that the contract allows. A step that is harmless for most kinds can leave the
 * domain of another: labels may point past the last class, a row lose its sum, a matrix its
 * structure, an element be special only as long as the hyper-parameter that names it stays. And of
 * what is inside the domain, a contract may not ask about all.
 */
export function isAllowed(spec: Spec, inputs: Inputs, precision: Precision): boolean {
  const isInside = Object.entries(spec.inputs).every(([name, input]) => {
    const argument = inputs[name];
    // Options and functions are of no order, and are not made smaller.
    if (argument === undefined || input.choices !== undefined) return true;
    const specials = specialsOf(spec, input, inputs);
    const classes = input.classes === undefined ? Infinity : lengthOf(input.classes, spec, inputs);
    const isRegular = (element: number): boolean =>
      (inDomain(element, input) && element < classes) ||
      specials.some((special) => Object.is(special, element));
    if (typeof argument === 'number') return isRegular(argument);
    return arraysIn(argument).every(
      (array) =>
        array.data.every(isRegular) &&
        hasStructure(input.structure, array) &&
        (input.kind !== 'distribution' || rowsSumToOne(array)),
    );
  });
  return isInside && spec.asks?.(inputs, formats[precision]) !== false;
}

/** True if the kind allows the value. */
export function inDomain(
  value: number,
  { kind, min = -Infinity, max = Infinity }: InputSpec,
): boolean {
  return Number.isFinite(value) && value >= min && value <= max && meaningOf(kind).contains(value);
}

/** True if rows sum to 1 as far as the demands of formulas ask; a row with NaN is not asked. */
function rowsSumToOne({ shape, data }: NDArray): boolean {
  const columns = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += columns) {
    let total = 0;
    for (let i = start; i < start + columns; i++) total += data[i]!;
    if (Math.abs(total - 1) > 1e-2) return false;
  }
  return true;
}
