import type { Formula } from '../../src/catalog.js';
import { roundings } from '../../src/conformance/estimate.js';
import { nearestForm } from '../../src/conformance/judge/free.js';
import {
  cheapBudget,
  elementsOf,
  judge,
  measuredBudget,
  type Question,
} from '../../src/conformance/judge/index.js';
import {
  type Argument,
  type Gradient,
  type Inputs,
  outputsOf,
  type Value,
} from '../../src/conformance/spec.js';
import {
  allArrays,
  arraysIn,
  type Flat,
  flatten,
  isParts,
  withNumbers,
} from '../../src/conformance/values.js';
import { formats, type NDArray } from '../../src/kernel/index.js';
import type { Exact, ExactAnswer, OracleQuestion } from './oracle.js';
import type { Point } from './points.js';

/*
 * How far a reference is from the exact answer, as the judge would see it.
 */

/** The worst of some errors, and where it was met. */
export interface Worst {
  readonly error: number;
  readonly at: string;
}

/** The accuracy of a value or of a gradient. */
export interface Accuracy {
  readonly points: number;
  /** In gaps between doubles, where the condition of the question is fine. */
  readonly ulps: Worst;
  /** As a fraction of the judge's budget for float64, at the standard level. */
  readonly budget: Worst;
  /** The same at the strict level. */
  readonly strictBudget: Worst;
  /** How often an infinity or NaN stands for a number, or the reverse, unforgiven by the judge. */
  readonly lost: Worst;
}

/**
 * Beyond this condition an answer has lost more than three digits to rounded inputs and
 * intermediate results, and its last place says little. The tail of the normal distribution,
 * whose condition is x² < 38.6², is within.
 */
const FINE_CONDITION = 2 ** 11;

/** One operation of a formula at one point. */
interface Case {
  readonly name: string;
  readonly asked: OracleQuestion;
  /** For the judge: standard or strict. */
  readonly question: (strict: boolean) => Question;
}

/** Values asked of a formula. */
export function valueCases({ id, spec, reference }: Formula, points: readonly Point[]): Case[] {
  return points.map(({ name, inputs }) => ({
    name,
    asked: { formula: id, inputs },
    question: (strict) => ({
      reference,
      inputs: withDefaults(spec, inputs),
      inputSpecs: spec.inputs,
      outputs: outputsOf(spec),
      precision: 'float64',
      strict,
      scale: spec.scale,
    }),
  }));
}

/** Gradients asked of a formula, where its inputs are finite, and not nothing: a derivative needs two sides. */
export function gradientCases(
  { id, spec, reference, gradient }: Formula,
  points: readonly Point[],
): Case[] {
  const names = spec.differentiable ?? [];
  if (gradient === undefined || names.length === 0) return [];
  const compute = (inputs: Inputs, cotangent: Value): Gradient => {
    const all = gradient(inputs, cotangent);
    return Object.fromEntries(names.map((name) => [name, all[name]!]));
  };
  return points.filter(isFinitePoint).map(({ name, inputs }) => {
    const cotangent = cotangentFor(spec, reference(inputs));
    return {
      name,
      asked: { formula: id, inputs, cotangent },
      question: (strict) => ({
        reference: (moved) => compute(moved, cotangent),
        inputs: withDefaults(spec, inputs),
        inputSpecs: spec.inputs,
        precision: 'float64',
        strict,
        scale: spec.gradientScale,
      }),
    };
  });
}

function isFinitePoint({ inputs }: Point): boolean {
  return allArrays(inputs).every(({ data }) => data.length > 0 && data.every(Number.isFinite));
}

function withDefaults({ inputs: specs }: Formula['spec'], inputs: Inputs): Inputs {
  const complete: Record<string, Argument> = { ...inputs };
  for (const [name, { default: usual }] of Object.entries(specs)) {
    if (complete[name] === undefined && usual !== undefined) complete[name] = usual;
  }
  return complete;
}

/**
 * 1 for a scalar; weights that differ for what has several numbers, whose plain sum may be
 * constant. A part that no gradient is taken through gets none.
 */
function cotangentFor(spec: Formula['spec'], value: Value): Value {
  const weights = [1, -2, 0.5, 3, -1];
  let next = 0;
  const weighed = (part: Value): Value =>
    withNumbers(part, () => weights[next++ % weights.length]!);
  if (!isParts(value)) return weighed(value);
  const outputs = outputsOf(spec);
  const parts = Object.entries(value).filter(([name]) => outputs[name]?.constant !== true);
  return weighed(Object.fromEntries(parts));
}

/** The accuracy of a reference over some cases. */
export function accuracyOf(cases: readonly Case[], answers: readonly ExactAnswer[]): Accuracy {
  let [ulps, budget, strictBudget, lost] = [nothing, nothing, nothing, nothing];
  let points = 0;
  cases.forEach(({ name, question }, i) => {
    const standard = question(false);
    const strict = question(true);
    const given = flatten(standard.reference(standard.inputs));
    const exact = laidOut(name, given, answers[i]!).map((number, k) =>
      isInside(standard, given, k) ? number : null,
    );
    const right = inFormOf(exact, standard, given);
    if (losesClass(standard, right, exact)) lost = { error: lost.error + 1, at: name };

    const error = new Errors(name, right, exact);
    points += error.count;
    budget = error.worstWithin(standard, budget);
    strictBudget = error.worstWithin(strict, strictBudget);
    ulps = error.worstUlps(strict, ulps);
  });
  return { points, ulps, budget, strictBudget, lost };
}

const nothing: Worst = { error: 0, at: '' };

/** What is free in the answer of the reference, in the form nearest to the exact one. */
function inFormOf(exact: readonly (Exact | null)[], question: Question, given: Flat): Flat {
  const data = given.data.map((value, i) => exact[i]?.nearest ?? value);
  return nearestForm(question, { parts: given.parts, data }, given);
}

/** The exact numbers in the order of the reference's; none for a part of which others are as right. */
function laidOut(name: string, { parts, data }: Flat, answer: ExactAnswer): (Exact | null)[] {
  const isOpen = Object.keys(answer.numbers).length > 0;
  const exact = parts.flatMap(
    (part) => answer.numbers[part.name] ?? (isOpen ? Array<null>(part.size).fill(null) : []),
  );
  if (exact.length !== data.length) {
    throw new Error(
      `accuracy: oracle must give ${data.length} numbers at ${name}, got ${answer.refused ?? exact.length}`,
    );
  }
  return exact;
}

/** False for the slope at an element that ends its domain: a derivative needs two sides. */
function isInside({ inputs, inputSpecs }: Question, { parts }: Flat, index: number): boolean {
  const { name, start } = parts.findLast((part) => part.start <= index)!;
  const [array] = arraysIn(inputs[name]);
  if (array === undefined || name === 'output' || inputSpecs[name]?.kind === 'real') return true;
  const element = array.data[index - start];
  return element !== 0 && element !== 1;
}

/** True where one of the two is a number and the other is not, and the judge minds. */
function losesClass(question: Question, right: Flat, exact: readonly (Exact | null)[]): boolean {
  const { data } = right;
  const sure = data.map((value, i) => exact[i]?.nearest ?? value);
  if (sure.every((value, i) => Number.isFinite(value) === Number.isFinite(data[i]))) return false;
  return judge(question, answerOf(right, sure)).ratio === Infinity;
}

/** The numbers of a flat list as an answer of that layout. */
function answerOf({ parts }: Flat, data: Float64Array): Value | Gradient {
  const answer: Record<string, Part | Record<string, Part>> = {};
  for (const { name, shape, start, size } of parts) {
    const numbers = data.slice(start, start + size);
    const part = shape.length === 0 ? numbers[0]! : { shape, data: numbers };
    const [whole, inner] = name.split('.') as [string, string?];
    if (inner === undefined) answer[whole] = part;
    else answer[whole] = { ...(answer[whole] as Record<string, Part>), [inner]: part };
  }
  return parts[0]?.name === 'output' && parts.length === 1
    ? (answer.output as Value)
    : (answer as Value);
}

type Part = number | NDArray;

/** The errors of one answer, element by element. */
class Errors {
  readonly count: number;
  private readonly ulps: Float64Array;
  private readonly sizes: Float64Array;

  constructor(
    private readonly name: string,
    private readonly right: Flat,
    exact: readonly (Exact | null)[],
  ) {
    this.ulps = right.data.map((got, i) => ulpsBetween(got, exact[i]!));
    this.sizes = this.ulps.map((ulps, i) => {
      const nearest = exact[i]?.nearest ?? 0;
      // Beside an exact 0 there are more gaps than doubles can count.
      return ulps === Infinity ? Math.abs(right.data[i]! - nearest) : ulps * gapAt(nearest);
    });
    this.count = exact.filter((number) => number !== null).length;
  }

  /** The worse of the known and of the errors here, as fractions of the budget. */
  worstWithin(question: Question, known: Worst): Worst {
    const exceeds = (allowed: Float64Array): number =>
      this.sizes.reduce(
        (worst, size, i) => (size === 0 ? worst : Math.max(worst, size / allowed[i]!)),
        known.error,
      );
    // Measured, a budget only grows.
    if (exceeds(cheapBudget(question, this.right).allowed) === known.error) return known;
    const error = exceeds(measuredBudget(question, this.right).allowed);
    return error === known.error ? known : { error, at: this.name };
  }

  /** The worse of the known and of the errors here, in units of the last place. */
  worstUlps(question: Question, known: Worst): Worst {
    if (!this.ulps.some((ulps) => ulps > known.error)) return known;
    const conditions = conditionsOf(question, this.right);
    let error = known.error;
    this.ulps.forEach((ulps, i) => {
      if (ulps > error && conditions[i]! <= FINE_CONDITION) error = ulps;
    });
    return error === known.error ? known : { error, at: this.name };
  }
}

/** The error of a number, in gaps between doubles; 0 where there is nothing to compare. */
function ulpsBetween(got: number, exact: Exact | null): number {
  if (exact === null || !Number.isFinite(exact.nearest) || !Number.isFinite(got)) return 0;
  return Math.abs((got - exact.nearest) / gapAt(exact.nearest) - exact.rest);
}

const bits = new DataView(new ArrayBuffer(8));

/** The distance from a double to the next one of larger size. */
function gapAt(value: number): number {
  bits.setFloat64(0, Math.abs(value));
  const exponent = Math.max((bits.getUint32(0) >>> 20) - 1075, -1074);
  return 2 ** exponent;
}

/**
 * How much more an answer moves than its inputs and intermediate results were moved, relative to
 * its size: 1 for a rounding of the answer alone.
 */
function conditionsOf(question: Question, right: Flat): Float64Array {
  const cheap = cheapBudget(question, right).allowed;
  const measured = measuredBudget(question, right).allowed;
  const moved = roundings(question.precision, elementsOf(question.inputs));
  return right.data.map((value, i) => {
    const size = moved * Math.abs(value) + formats.float64.smallestNormal;
    return 1 + (measured[i]! - cheap[i]!) / size;
  });
}
