import { type NDArray, sizeOf } from '../kernel/index.js';
import { attempt, type Exchange, questionOf } from './exchanges.js';
import { judge, type Question } from './judge/index.js';
import type { Session } from './session.js';
import type { Gradient, Inputs, Part, Parts, Spec, Value } from './spec.js';
import { flatten, isArray, withNumbers } from './values.js';

/*
 * One sentence that turns every answer of a subject into a right one: a constant factor, the
 * number of elements that a sum was not divided by, two arguments exchanged, a wrong axis. Each
 * is tried by the judge itself on all that was asked, and claimed only if it explains all.
 */

/** Numbers, or wrong answers, that a relation must hold for before it is told. */
const ENOUGH = 5;

/** What every answer is of the right one; undefined where no relation explains them all. */
export function relationOf(
  session: Session,
  exchanges: readonly Exchange[],
  wrong: readonly Exchange[],
): string | undefined {
  // Nothing is the relation of an answer that is missing.
  const complete = exchanges.every(({ answer }) => answer !== undefined);
  const known = (complete ? constantRelation(exchanges) : undefined) ?? neglect(session, wrong);
  // The others hold for a few answers only too easily.
  if (known !== undefined || !complete || wrong.length < ENOUGH) return known;
  return (
    lengthRelation(session, exchanges) ??
    functionRelation(exchanges) ??
    exchangedParts(exchanges) ??
    exchangedArguments(session, exchanges) ??
    wrongAxis(session, exchanges) ??
    neglectedCotangent(session, exchanges)
  );
}

// ---- constants --------------------------------------------------------------------------

/** One factor, one offset or one sign that turns every wrong answer into a right one. */
function constantRelation(exchanges: readonly Exchange[]): string | undefined {
  const factors: number[] = [];
  const offsets: number[] = [];
  for (const { yardstick, answer } of exchanges) {
    const got = flatten(answer!).data;
    for (const [i, right] of yardstick.numbers.data.entries()) {
      if (!Number.isFinite(right) || !Number.isFinite(got[i])) continue;
      if (right !== 0) factors.push(got[i]! / right);
      offsets.push(got[i]! - right);
    }
  }
  const factor = constantOf(factors, (candidate) =>
    explainsAll(exchanges, (right) => right * candidate),
  );
  if (factor === -1) return 'every answer has the wrong sign';
  if (factor !== undefined) return `every answer is ${rounded(factor)} times the right one`;
  const offset = constantOf(offsets, (candidate) =>
    explainsAll(exchanges, (right) => right + candidate),
  );
  return offset === undefined ? undefined : `every answer is off by ${rounded(offset)}`;
}

/** The middle of a list, as a short number or in full, whichever explains the answers. */
function constantOf(
  values: readonly number[],
  explains: (candidate: number) => boolean,
): number | undefined {
  if (values.length < ENOUGH) return undefined;
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1]!;
  return [rounded(middle), middle].find(explains);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

// ---- functions of the right answer, and of the lengths of the arguments -------------------

/** Sums that were not divided, means that were divided twice, and Bessel's correction. */
function lengthRelation(
  { formula: { spec } }: Session,
  exchanges: readonly Exchange[],
): string | undefined {
  for (const [count, of] of lengthsOf(spec)) {
    const holds = (change: (right: number, n: number) => number, least: number): boolean => {
      const long = exchanges.filter(({ heard }) => of(heard.inputs) >= least);
      return (
        long.length >= ENOUGH && explainsAll(long, (right, inputs) => change(right, of(inputs)))
      );
    };
    if (holds((right, n) => right * n, 0)) return `every answer is the right one times ${count}`;
    if (holds((right, n) => right / n, 0)) return `every answer is the right one over ${count}`;
    const less = `is divided by ${count} less 1`;
    if (holds((right, n) => right * (n / (n - 1)), 2)) return `every answer ${less}`;
    if (holds((right, n) => right * ((n - 1) / n), 2)) {
      return `every answer is divided by ${count}, where 1 less is right`;
    }
  }
  return undefined;
}

/** What can be counted of the arguments, in words. */
function lengthsOf({ inputs }: Spec): (readonly [string, (inputs: Inputs) => number])[] {
  const lengths: (readonly [string, (inputs: Inputs) => number])[] = [];
  for (const [name, { shape, optional }] of Object.entries(inputs)) {
    if (optional === true) continue;
    const shapeOf = (given: Inputs): readonly number[] => (given[name] as NDArray).shape;
    if (shape !== 'any' && !Array.isArray(shape)) continue;
    lengths.push(
      [`the number of elements of ${name}`, (x) => sizeOf(shapeOf(x))],
      [`the length of the last axis of ${name}`, (x) => shapeOf(x).at(-1)!],
      [`the number of rows of ${name}`, (x) => sizeOf(shapeOf(x).slice(0, -1))],
    );
  }
  return lengths;
}

const functions: Readonly<Record<string, (right: number) => number>> = {
  'the square of the right one': (right) => right * right,
  'the square root of the right one': Math.sqrt,
  'the reciprocal of the right one': (right) => 1 / right,
  '1 less the right one': (right) => 1 - right,
  'the exponential of the right one': Math.exp,
  'the logarithm of the right one': Math.log,
};

function functionRelation(exchanges: readonly Exchange[]): string | undefined {
  for (const [name, change] of Object.entries(functions)) {
    if (explainsAll(exchanges, change)) return `every answer is ${name}`;
  }
  return undefined;
}

/** True if every answer, those that are right included, is what `change` makes of the right one. */
function explainsAll(
  exchanges: readonly Exchange[],
  change: (right: number, inputs: Inputs) => number,
): boolean {
  return isRightFor(exchanges, ({ reference }, inputs) =>
    withNumbers(reference(inputs), (right) => change(right, inputs)),
  );
}

/** True if every answer is right beside another computation than the reference alone. */
function isRightFor(
  exchanges: readonly Exchange[],
  compute: (question: Question, inputs: Inputs) => Value | Gradient,
): boolean {
  return exchanges.every(({ yardstick: { question }, answer }) => {
    const reference = (inputs: Inputs) => compute(question, inputs);
    // What exchanging arguments makes of them may be refused.
    return (
      attempt(() => judge({ ...question, unbounded: true, reference }, answer!).right) === true
    );
  });
}

/** An answer with each of its arrays replaced by another. */
function eachArray(
  answer: Value | Gradient,
  change: (array: NDArray) => NDArray,
): Value | Gradient {
  if (typeof answer === 'number') return answer;
  if (isArray(answer)) return change(answer);
  return Object.fromEntries(
    Object.entries(answer).map(([name, part]) => [name, eachArray(part as Value, change) as Part]),
  );
}

// ---- arguments that are taken for others --------------------------------------------------

/** A hyper-parameter that is not looked at, or whose zero is: `delta || 1`. */
function neglect(session: Session, wrong: readonly Exchange[]): string | undefined {
  for (const [name, { default: usual }] of Object.entries(session.formula.spec.inputs)) {
    if (usual === undefined) continue;
    const asByDefault = wrong.every(({ heard, answer }) => {
      const { [name]: given, ...rest } = heard.inputs;
      if (given === undefined || answer === undefined) return false;
      const question = { ...questionOf(session, heard, rest), unbounded: true };
      // By default other labels may be ignored, and those of these inputs refused.
      return attempt(() => judge(question, answer).right) === true;
    });
    if (!asByDefault) continue;
    const zeros = wrong.every(({ heard }) => heard.inputs[name] === 0);
    return zeros
      ? `takes an explicit 0 of ${name} for its default, ${usual}`
      : `computes with the default of ${name}, ${usual}, whatever is given`;
  }
  return undefined;
}

/** A gradient that is not multiplied by the slope of what comes after the formula. */
function neglectedCotangent(session: Session, exchanges: readonly Exchange[]): string | undefined {
  const isNeglected = exchanges.every(({ heard, answer }) => {
    if (heard.cotangent === undefined) return false;
    const ones = withNumbers(heard.cotangent, () => 1);
    const question = questionOf(session, { ...heard, cotangent: ones }, heard.inputs);
    return judge(question, answer!).right;
  });
  return isNeglected ? 'leaves the cotangent out' : undefined;
}

/** Two parts of the answer that are given for one another. */
function exchangedParts(exchanges: readonly Exchange[]): string | undefined {
  const [first] = exchanges;
  const names = Object.keys(first!.yardstick.question.outputs ?? {});
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      const isExchanged = exchanges.every(({ yardstick: { question }, answer }) => {
        const { [one]: left, [other]: right } = answer as Parts;
        if (left === undefined || right === undefined) return false;
        const exchanged = { ...(answer as Parts), [one]: right, [other]: left };
        return judge({ ...question, unbounded: true }, exchanged).right;
      });
      if (isExchanged) return `gives ${one} for ${other}, and ${other} for ${one}`;
    }
  }
  return undefined;
}

/** Two arrays of one shape, or two parameters, that are taken for one another. */
function exchangedArguments(
  { formula: { spec } }: Session,
  exchanges: readonly Exchange[],
): string | undefined {
  const all = Object.entries(spec.inputs).filter(([, { optional }]) => optional !== true);
  for (const [i, [one, { shape }]] of all.entries()) {
    for (const [other, input] of all.slice(i + 1)) {
      if (input.shape !== one && (input.shape === 'any' || String(input.shape) !== String(shape))) {
        continue;
      }
      const exchanged = (x: Inputs): Inputs => ({ ...x, [one]: x[other]!, [other]: x[one]! });
      if (isRightFor(exchanges, ({ reference }, x) => reference(exchanged(x)))) {
        return `takes ${one} for ${other}, and ${other} for ${one}`;
      }
    }
  }
  return undefined;
}

/** An axis that is taken for the last one, or all axes that are. */
function wrongAxis(
  { formula: { spec } }: Session,
  exchanges: readonly Exchange[],
): string | undefined {
  const rows = Object.keys(spec.inputs).filter((name) => {
    const { shape, optional } = spec.inputs[name]!;
    return optional !== true && Array.isArray(shape) && shape.length === 2;
  });
  if (rows.length === 0) return undefined;
  const relaid = (inputs: Inputs, relay: (array: NDArray) => NDArray): Inputs => ({
    ...inputs,
    ...Object.fromEntries(rows.map((name) => [name, relay(inputs[name] as NDArray)])),
  });
  for (const axis of [0, 1]) {
    const wrong = ({ reference }: Question, inputs: Inputs): Value | Gradient => {
      const { shape } = inputs[rows[0]!] as NDArray;
      const place = Math.min(axis, shape.length - 1);
      const answer = reference(relaid(inputs, (array) => moveAxis(array, place, -1)));
      // What is left of the rows after a reduction is in its place already.
      return eachArray(answer, (array) =>
        array.shape.length === shape.length ? moveAxis(array, shape.length - 1, place) : array,
      );
    };
    if (isRightFor(exchanges, wrong)) {
      return `takes the ${axis === 0 ? 'first' : 'second'} axis of ${rows[0]} for the last`;
    }
  }
  const flat = ({ reference }: Question, inputs: Inputs): Value | Gradient => {
    const { shape } = inputs[rows[0]!] as NDArray;
    const answer = reference(relaid(inputs, ({ data }) => ({ shape: [data.length], data })));
    return eachArray(answer, ({ data }) => ({ shape, data }));
  };
  return isRightFor(exchanges, flat) ? `takes all axes of ${rows[0]} together for one` : undefined;
}

/** An array with one axis in another place; −1 is the last. */
function moveAxis({ shape, data }: NDArray, from: number, to: number): NDArray {
  const place = to < 0 ? to + shape.length : to;
  const order = shape.map((_, axis) => axis).filter((axis) => axis !== from);
  order.splice(place, 0, from);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const moved = order.map((axis) => shape[axis]!);
  const result = new Float64Array(data.length);
  const position = moved.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[order.reduce((sum, axis, k) => sum + strides[axis]! * position[k]!, 0)]!;
    for (let k = moved.length - 1; k >= 0 && ++position[k]! === moved[k]; k--) position[k] = 0;
  }
  return { shape: moved, data: result };
}
