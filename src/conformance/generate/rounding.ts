import { formats, type NDArray, type Precision, roundTo } from '../../kernel/index.js';
import { meaningOf } from '../kinds/index.js';
import type { Argument, InputSpec, Inputs, Spec } from '../spec.js';
import { withArrays } from '../values.js';

/** The inputs as a subject of that precision sees them. */
export function roundInputs(spec: Spec, inputs: Inputs, precision: Precision): Inputs {
  if (precision === 'float64') return inputs;
  const rounded: Record<string, Argument> = {};
  for (const name in inputs) {
    rounded[name] = roundArgument(spec.inputs[name]!, inputs[name]!, precision);
  }
  return rounded;
}

function roundArgument(
  { kind, max = Infinity }: InputSpec,
  argument: Argument,
  precision: Precision,
): Argument {
  const { exact, held } = meaningOf(kind);
  if (exact === true) return argument;
  const format = formats[precision];
  const round = (value: number): number => {
    const nearest = roundTo(precision, value);
    // The nearest number to 0.999 is 1 in bfloat16.
    if (nearest > max && value <= max) return roundTo(precision, value * (1 - format.unit));
    return held === undefined ? nearest : held(nearest, value, format);
  };
  if (typeof argument === 'number') return round(argument);
  const single = precision === 'float32' && held === undefined && max === Infinity;
  return withArrays(argument, (array) => (single ? toSingle(array) : roundArray(array, round)));
}

function roundArray({ shape, data }: NDArray, round: (value: number) => number): NDArray {
  const rounded = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) rounded[i] = round(data[i]!);
  return { shape, data: rounded };
}

/** In a loop of its own, which is where most roundings happen. */
function toSingle({ shape, data }: NDArray): NDArray {
  const rounded = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) rounded[i] = Math.fround(data[i]!);
  return { shape, data: rounded };
}
