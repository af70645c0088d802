import { formats } from '../kernel/index.js';
import { type Answer, type Estimate, exactly, PartMissing, roundings } from './estimate.js';
import {
  elementsOf,
  headroomOf,
  measuredBudget,
  type Question,
  roundingsOf,
} from './judge/index.js';
import { isElementwise, type Terms, valueQuestion, withDefaults } from './questions.js';
import type { Gradient, Inputs, Value } from './spec.js';
import { type Flat, type FlatPart, flatten, isParts, partOf } from './values.js';

/*
 * Answers as laws see them: numbers known to within the budget of the question.
 */

/** The subject answered, and no comparison is needed to see that the answer is wrong. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** What a law asked, and what was measured there: by every subject that answers it, once. */
export interface LawQuestion {
  readonly inputs: Inputs;
  measured?: Measured;
}

/** The room of every number of the right answer, and where its parts stand. */
interface Measured {
  readonly parts: readonly FlatPart[];
  readonly room: Float64Array;
}

/** What a subject answered to a law's question. */
export function answerOf(terms: Terms, question: LawQuestion, answer: Value | Gradient): Answer {
  const flat = flatten(answer);
  const measured = (): Measured =>
    (question.measured ??= measure(valueQuestion(terms, question.inputs)));
  const unit = unitOf(terms, question.inputs);
  const { outputs } = terms.formula.spec;
  const inParts = outputs !== undefined && isParts(answer);
  const { values, shape, budget } = estimateOfParts(flat, flat.parts, unit, measured);
  return {
    values,
    shape,
    unit,
    budget,
    part: (name) => {
      // A slip of the law, which no subject could answer: it must not pass for a missing part.
      if (outputs !== undefined && !Object.hasOwn(outputs, name)) {
        const known = Object.keys(outputs).join(', ');
        throw new RangeError(`part: name must be one of ${known}, got ${name}`);
      }
      const parts = inParts ? flat.parts.filter((part) => partOf(part) === name) : [];
      if (!inParts || !Object.hasOwn(answer, name)) throw new PartMissing(`${name} is not given`);
      // A list without arrays.
      if (parts.length === 0) return exactly([]);
      return estimateOfParts(flat, parts, unit, measured);
    },
  };
}

/** Some parts of an answer, end to end. */
function estimateOfParts(
  flat: Flat,
  parts: readonly FlatPart[],
  unit: number,
  measured: () => Measured,
): Estimate {
  const [first] = parts;
  const size = sizeOfAll(parts);
  const values = size === flat.data.length ? flat.data : joined(flat.data, parts, size);
  return {
    values,
    shape: parts.length === 1 ? first!.shape : [size],
    unit,
    budget: () => roomOf(measured(), parts),
  };
}

function joined(data: Float64Array, parts: readonly FlatPart[], size: number): Float64Array {
  const elements = new Float64Array(size);
  let next = 0;
  for (const part of parts) {
    elements.set(data.subarray(part.start, part.start + part.size), next);
    next += part.size;
  }
  return elements;
}

/** The room of some parts, found by their names: a subject may leave others out. */
function roomOf({ parts: right, room }: Measured, parts: readonly FlatPart[]): Float64Array {
  // What is asked of an answer without a name is all of it.
  const wanted =
    parts.length === 0
      ? right
      : right.filter(({ name }) => parts.some((part) => part.name === name));
  const [size, given] = [sizeOfAll(wanted), sizeOfAll(parts)];
  if (size !== given) throw new WrongAnswer(`answers ${given} numbers, right is ${size}`);
  return size === room.length ? room : joined(room, wanted, size);
}

function sizeOfAll(parts: readonly FlatPart[]): number {
  let total = 0;
  for (const { size } of parts) total += size;
  return total;
}

/** Numbers that an honest computation of the question may give, as an estimate around `values`. */
export function estimateOf(
  question: Question,
  values: Float64Array,
  shape: readonly number[],
): Estimate {
  const budget = (): Float64Array => {
    const { room } = measure(question);
    if (room.length === values.length) return room;
    throw new WrongAnswer(`answers ${values.length} numbers, right is ${room.length}`);
  };
  return { values, shape, budget, unit: roundingsOf(question) };
}

function measure(question: Question): Measured {
  const right = flatten(question.reference(question.inputs));
  const { allowed, classes } = measuredBudget(question, right);
  const most = formats[question.precision].largest / headroomOf(question);
  // What the format cannot hold, or rounding may tip over, says nothing about a law.
  const room = allowed.map((by, i) =>
    classes[i] !== 0 || !(Math.abs(right.data[i]!) + by <= most) ? Infinity : by,
  );
  return { parts: right.parts, room };
}

/** The rounding units of an answer, from the lengths of the inputs alone: no question is made. */
function unitOf({ formula: { spec }, precision, variant }: Terms, inputs: Inputs): number {
  if (spec.alone === true || isElementwise(spec)) return roundings(precision, 1);
  const complete = variant === undefined ? withDefaults(spec, inputs) : inputs;
  return roundings(precision, elementsOf(complete));
}
