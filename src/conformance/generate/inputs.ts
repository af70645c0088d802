import { formats, type NDArray, type Precision, sizeOf } from '../../kernel/index.js';
import { meaningOf } from '../kinds/index.js';
import type { Argument, InputSpec, Inputs, Spec } from '../spec.js';
import { structures } from '../structures/index.js';
import type { Chooser } from './chooser.js';
import { type ArrayContext, fill } from './context.js';
import { drawParameter } from './parameters.js';
import { roundInputs } from './rounding.js';
import { Axes, sharesShape } from './shapes.js';
import { specialsOf, withSpecials } from './specials.js';
import { drawAlike, drawTogether, type Together } from './together.js';

export interface GeneratorOptions {
  readonly precision: Precision;
  /** Leave out ±Infinity, NaN and the like: laws speak of numbers. */
  readonly finite?: boolean;
}

/** Labels that no axis counts. */
const SOME_CLASSES = 5;

/** True for inputs that are arrays; the others are hyper-parameters. */
export function isArraySpec(input: InputSpec): boolean {
  return input.shape !== undefined && input.shape !== 'scalar';
}

type NamedInput = readonly [name: string, input: InputSpec];

/** What every draw wants to know of a contract. */
interface Plan {
  readonly parameters: readonly NamedInput[];
  readonly arrays: readonly NamedInput[];
  /** The hyper-parameters whose values are seams. */
  readonly seams: readonly NamedInput[];
  /** Some array has another one's kind and shape: its seams are those of their differences. */
  readonly hasMates: boolean;
}

const known = new WeakMap<Spec, Plan>();

function planOf(spec: Spec): Plan {
  let plan = known.get(spec);
  if (plan === undefined) {
    const entries = Object.entries(spec.inputs);
    plan = {
      parameters: entries.filter(([, input]) => !isArraySpec(input)),
      arrays: entries.filter(([, input]) => isArraySpec(input)),
      seams: entries.filter(([, { seams }]) => seams === true),
      hasMates: entries.some(
        ([, { kind, shape }]) => typeof shape === 'string' && kind === spec.inputs[shape]?.kind,
      ),
    };
    known.set(spec, plan);
  }
  return plan;
}

/** One draw of all inputs of a formula. */
export function drawInputs(spec: Spec, chooser: Chooser, options: GeneratorOptions): Inputs {
  const inputs: Record<string, Argument> = {};
  const { parameters, arrays } = planOf(spec);
  // Hyper-parameters first: arrays may want to lie on their seams.
  for (const [name, input] of parameters) {
    const value = drawParameter(name, input, chooser, options.finite === true);
    if (value !== undefined) inputs[name] = value;
  }
  const given = arrays.filter(([name, input]) => isGiven(name, input, chooser));
  drawArrays(spec, given, chooser, options, inputs);
  return roundInputs(spec, inputs, options.precision);
}

const givenOrNot = { given: true, 'left out': false };

function isGiven(name: string, { optional }: InputSpec, chooser: Chooser): boolean {
  if (optional !== true) return true;
  const given = chooser.choose(`${name} at all`, givenOrNot);
  return given || chooser.isTurnOf(name);
}

function drawArrays(
  spec: Spec,
  arrays: readonly NamedInput[],
  chooser: Chooser,
  options: GeneratorOptions,
  inputs: Record<string, Argument>,
): void {
  const axes = new Axes(chooser, spec.lengths);
  const together = drawTogether(chooser, arrays);
  const format = formats[options.precision];
  const finite = options.finite === true;
  const { inputs: specs } = spec;
  /** A mate is shown without its special values, which may not be special here. */
  const plain: Record<string, NDArray> = {};
  for (const [name, input] of arrays) {
    const mate = input.shape === 'list' ? undefined : mateOf(input, spec, plain);
    const seams = seamsOf(input, mate, spec, inputs);
    const specials = specialsOf(spec, input, inputs);
    const drawOne = (shape: readonly number[]): NDArray => {
      const classes = input.classes === undefined ? SOME_CLASSES : axes.of(input.classes);
      const { long } = axes;
      const context = {
        name,
        input,
        shape,
        chooser,
        format,
        seams,
        classes,
        long,
        drawn: inputs,
        specs,
      };
      const data = drawArray(context, mate, together);
      if (input.shape !== 'list') plain[name] = { shape, data };
      return { shape, data: withSpecials(data, context, specials, finite) };
    };
    inputs[name] =
      input.shape === 'list'
        ? mapShapes(axes.listed(name), drawOne)
        : drawOne(axes.shapeOf(input.shape!, inputs));
  }
}

function mapShapes(
  shapes: Readonly<Record<string, readonly number[]>>,
  draw: (shape: readonly number[]) => NDArray,
): Readonly<Record<string, NDArray>> {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, draw(shape)]));
}

/** The first array of the same kind and shape that was drawn already: this one may resemble it. */
function mateOf(
  { kind, shape }: InputSpec,
  spec: Spec,
  drawn: Readonly<Record<string, NDArray>>,
): NDArray | undefined {
  for (const other in drawn) {
    const input = spec.inputs[other]!;
    if (kind === input.kind && sharesShape(shape!, other, input.shape!)) return drawn[other];
  }
  return undefined;
}

/** Where elements of an array change branch: its own seams, and those of the hyper-parameters. */
function seamsOf(
  input: InputSpec,
  mate: NDArray | undefined,
  spec: Spec,
  drawn: Inputs,
): readonly number[] {
  const own = Array.isArray(input.seams) ? input.seams : none;
  const { seams: parameters, hasMates } = planOf(spec);
  if (parameters.length === 0 || (mate === undefined && hasMates)) return own;
  const seams = [...own];
  for (const [name, { default: usual }] of parameters) {
    const value = drawn[name] ?? usual;
    if (Number.isFinite(value)) seams.push(Number(value), -Number(value));
  }
  return seams;
}

const none: readonly number[] = [];

// ---- one array --------------------------------------------------------------------------

function drawArray(
  context: ArrayContext,
  mate: NDArray | undefined,
  together: Together,
): Float64Array {
  const { input } = context;
  const data =
    drawAlike(context, mate, together) ??
    (input.structure === undefined ? dense(context, mate) : undefined) ??
    drawStructure(context, mate) ??
    drawKind(context, mate);
  const { max } = input;
  return max === undefined ? data : data.map((element) => Math.min(element, max));
}

function drawKind(context: ArrayContext, mate: NDArray | undefined): Float64Array {
  const { name, input } = context;
  const { draw } = meaningOf(input.kind);
  if (draw === undefined) {
    throw new Error(`generate: ${name} must be a number to fill an array, got a ${input.kind}`);
  }
  return draw(context, mate);
}

function drawStructure(context: ArrayContext, mate: NDArray | undefined): Float64Array | undefined {
  const { structure } = context.input;
  return structure === undefined ? undefined : structures[structure].draw?.(context, mate);
}

/**
 * One element in each of as many even steps as there are elements, in random order; beside a
 * mate, the differences are spread so.
 */
function dense(context: ArrayContext, mate: NDArray | undefined): Float64Array | undefined {
  const { kind } = context.input;
  const range = context.long ? meaningOf(kind).dense : undefined;
  if (range === undefined || (kind === 'unit' && mate !== undefined)) return undefined;
  const { draws } = context.chooser;
  const [low, high] = range;
  const count = sizeOf(context.shape);
  const steps = draws.shuffled(numbersBelow(count));
  return fill(context, (i) => {
    const value = low + ((high - low) * (steps[i]! + 1 - draws.uniform())) / count;
    return kind === 'real' && mate !== undefined ? mate.data[i]! + value : value;
  });
}

function numbersBelow(count: number): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < count; number++) numbers.push(number);
  return numbers;
}
