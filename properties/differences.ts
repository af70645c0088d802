import { cotangentLike } from '../src/conformance/checks.js';
import { meaningOf } from '../src/conformance/kinds/index.js';
import { estimateOf } from '../src/conformance/law-answers.js';
import { isElementwise } from '../src/conformance/questions.js';
import type { Session } from '../src/conformance/session.js';
import type { Gradient, InputSpec, Inputs, Spec, Value } from '../src/conformance/spec.js';
import { allArrays, type Flat, flatten, isArray } from '../src/conformance/values.js';
import { FormulaError, type NDArray, type Stream } from '../src/kernel/index.js';

/*
 * A gradient, compared with differences of the value. The rule says how far differences may be
 * off, so that it accuses no right gradient: a difference over a step loses what the value is off
 * at both of its ends, and errs by what the slope changes along the step.
 */

/** An element of an argument, and a weight for each number of the answer. */
export interface Direction {
  readonly input: string;
  readonly index: number;
  /** The element across the diagonal of a symmetric matrix, which moves with it. */
  readonly twin?: number;
  readonly cotangent: Value;
}

/** What the differences over one step, and over half of it, say of a slope. */
interface Step {
  readonly length: number;
  /** The least and the greatest of the four, two to either side. */
  readonly low: number;
  readonly high: number;
  /** What the two of one side differ by. */
  readonly disagreement: number;
}

/** How far the value at either end of a step may be off, and how far the slope that is judged. */
interface Errors {
  readonly value: number;
  readonly slope: number;
}

/** What differences say of the slope in one direction. */
export interface Differences {
  readonly steps: readonly Step[];
  /** A lower bound of the errors, which is free. */
  readonly least: Errors;
  /** The errors as the judge measures them. */
  readonly measured: () => Errors;
}

/**
 * Steps, as a part of the element: one of each size, because none will do for all. Long steps
 * lose few digits where the slope is even, short ones err little where it is not.
 */
const STEPS = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7];

/** An element of an argument that the formula is differentiable in, and weights, all at random. */
export function drawDirection(
  spec: Spec,
  inputs: Inputs,
  value: Value,
  draws: Stream,
): Direction | undefined {
  const arrays = spec.differentiable!.filter((name) => isArray(inputs[name]));
  if (arrays.length === 0) return undefined;
  const input = draws.pick(arrays);
  const array = inputs[input] as NDArray;
  const index = draws.integer(0, array.data.length - 1);
  const twin = twinOf(spec.inputs[input]!, array, index);
  const cotangent = cotangentLike(spec, value, draws);
  return { input, index, cotangent, ...(twin === undefined ? {} : { twin }) };
}

function twinOf({ structure }: InputSpec, { shape }: NDArray, index: number): number | undefined {
  if (structure !== 'symmetric' && structure !== 'positive-definite') return undefined;
  const size = shape.at(-1)!;
  const [row, column] = [Math.floor(index / size) % size, index % size];
  return row === column ? undefined : index + (column - row) * (size - 1);
}

/** What a gradient says of a direction. */
export function slopeOf(gradient: Gradient, { input, index, twin }: Direction): number {
  const { data } = gradient[input]!;
  return data[index]! + (twin === undefined ? 0 : data[twin]!);
}

/** Takes the differences of the reference in one direction. */
export function differencesAt(session: Session, inputs: Inputs, direction: Direction): Differences {
  const { spec, reference, gradient } = session.formula;
  const from = flatten(reference(inputs));
  const weight = weightsOf(spec, from, direction);
  const value = estimateOf(session.valueQuestion(inputs), from.data, []);

  const slopes = gradient!(inputs, direction.cotangent);
  const question = session.gradientQuestion(inputs, direction.cotangent);
  const flat = flatten(slopes);
  const slope = estimateOf(question, flat.data, []);

  return {
    steps: stepsOf(session, inputs, direction, from, weight),
    least: {
      value: value.unit * weighed(weight, from.data),
      slope: slope.unit * Math.abs(slopeOf(slopes, direction)),
    },
    measured: () => ({
      value: weighed(weight, value.budget()),
      slope: slopeOf(inParts(flat, slope.budget()), direction),
    }),
  };
}

/** Budgets in the layout of the gradient that they belong to. */
function inParts({ parts }: Flat, budget: Float64Array): Gradient {
  const arrays = parts.map(({ name, shape, start, size }) => {
    const data = budget.subarray(start, start + size);
    return [name, { shape, data }] as const;
  });
  return Object.fromEntries(arrays);
}

/**
 * How far a slope lies beyond the differences, as a fraction of the room that they leave: at most
 * 1 for a right one. The step decides that leaves the least, and 0 is said where none tells.
 */
export function excessOf({ steps, least, measured }: Differences, slope: number): number {
  // More room would only be kinder, and measuring it costs more than everything else.
  if (steps.every((step) => beyond(step, slope) <= roomOf(step, least))) return 0;
  const errors = measured();
  const width = (step: Step): number => step.high - step.low + 2 * roomOf(step, errors);
  const narrowest = steps.reduce((best, step) => (width(step) < width(best) ? step : best));
  const room = roomOf(narrowest, errors);
  // Where the format ends, or a slope is no number by right, nothing is known of either.
  if (!Number.isFinite(room)) return 0;
  const excess = beyond(narrowest, slope);
  return excess === 0 ? 0 : excess / room;
}

/** How far a slope lies beyond all four differences. */
function beyond({ low, high }: Step, slope: number): number {
  if (Number.isNaN(slope)) return Infinity;
  return Math.max(0, low - slope, slope - high);
}

/**
 * The slope is as far beyond the half step as that is beyond the whole one, and a little more or
 * less: twice that is room enough.
 */
function roomOf({ length, disagreement }: Step, { value, slope }: Errors): number {
  return (4 * value) / length + 2 * disagreement + slope;
}

// ---- steps --------------------------------------------------------------------------------

function stepsOf(
  { formula: { spec, reference } }: Session,
  inputs: Inputs,
  { input, index, twin }: Direction,
  from: Flat,
  weight: Float64Array,
): readonly Step[] {
  const { shape, data } = inputs[input] as NDArray;
  const element = data[index]!;
  const over = (change: number): number => {
    const moved = data.slice();
    moved[index] = element + change;
    if (twin !== undefined) moved[twin] = element + change;
    const to = valueOrNothing(() => reference({ ...inputs, [input]: { shape, data: moved } }));
    if (to === undefined) return Number.NaN;
    let gain = 0;
    for (let i = 0; i < weight.length; i++) {
      if (weight[i] !== 0) gain += weight[i]! * (to.data[i]! - from.data[i]!);
    }
    return gain / (moved[index]! - element);
  };
  const reach = reachOf(element, spec.inputs[input]!, inputs);
  const steps = reach === 0 ? [] : STEPS.map((step) => stepOver(step * reach, over));
  return steps.filter(({ disagreement }) => Number.isFinite(disagreement));
}

/** Nothing where a step leads out of the domain: a matrix is no longer positive definite. */
function valueOrNothing(value: () => Value): Flat | undefined {
  try {
    return flatten(value());
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}

function stepOver(length: number, over: (change: number) => number): Step {
  const [right, left] = [over(length), over(-length)];
  const [halfRight, halfLeft] = [over(length / 2), over(-length / 2)];
  return {
    length,
    low: Math.min(right, left, halfRight, halfLeft),
    high: Math.max(right, left, halfRight, halfLeft),
    disagreement: Math.max(Math.abs(right - halfRight), Math.abs(left - halfLeft)),
  };
}

/**
 * What steps are measured by: the element, at most 1, and no more than what lies between it and
 * the end of its domain; for 0, the least of all others, which tells how small is small here.
 * At an end of the domain it is 0: one side has no slope there, and conventions differ.
 */
function reachOf(element: number, input: InputSpec, inputs: Inputs): number {
  const [lowest, highest] = endsOf(input);
  let reach = Math.min(1, element - lowest, highest - element);
  if (element !== 0) return Math.min(reach, Math.abs(element));
  for (const { data } of allArrays(inputs)) {
    for (const other of data) if (other !== 0) reach = Math.min(reach, Math.abs(other));
  }
  return reach;
}

function endsOf({ kind, max = Infinity }: InputSpec): readonly [lowest: number, highest: number] {
  const { contains, most = contains(0.5) ? Infinity : 0 } = meaningOf(kind);
  return [contains(-0.5) ? -Infinity : 0, Math.min(max, most)];
}

// ---- weights ------------------------------------------------------------------------------

/** The weight of each number of an answer; 0 for those that do not hang on the element. */
function weightsOf(spec: Spec, answer: Flat, { index, cotangent }: Direction): Float64Array {
  const given = flatten(cotangent);
  const weight = new Float64Array(answer.data.length);
  for (const { name, start } of answer.parts) {
    const part = given.parts.find((other) => other.name === name);
    if (part === undefined) continue;
    weight.set(given.data.subarray(part.start, part.start + part.size), start);
  }
  return isElementwise(spec) ? weight.map((each, i) => (i === index ? each : 0)) : weight;
}

/** The sum of sizes, each times the size of its weight. */
function weighed(weight: Float64Array, sizes: Float64Array): number {
  let total = 0;
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] !== 0) total += Math.abs(weight[i]! * sizes[i]!);
  }
  return total;
}
