import { formats } from '../kernel/index.js';
import { type Answer, type Estimate, PartMissing, roundings } from './estimate.js';
import { headroomOf, measuredBudget } from './judge/index.js';
import { isElementwise, type Terms, valueQuestion, withDefaults } from './questions.js';
import type { Gradient, Inputs, Value } from './spec.js';
import { arraysIn, type Flat, type FlatPart, flatten, isParts, partOf } from './values.js';

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
  const measured = (): Measured => (question.measured ??= measure(terms, question.inputs));
  const unit = unitOf(terms, question.inputs);
  const inParts = terms.formula.spec.outputs !== undefined && isParts(answer);
  return {
    ...estimateOf(flat, flat.parts, unit, measured),
    part: (name) => {
      const parts = inParts ? flat.parts.filter((part) => partOf(part) === name) : [];
      const isListed = terms.formula.spec.outputs?.[name]?.shape === 'list';
      if (parts.length === 0 && !isListed) throw new PartMissing(`${name} is not given`);
      return estimateOf(flat, parts, unit, measured);
    },
  };
}

/** Some parts of an answer, end to end. */
function estimateOf(
  flat: Flat,
  parts: readonly FlatPart[],
  unit: number,
  measured: () => Measured,
): Estimate {
  const [first] = parts;
  const size = parts.reduce((total, part) => total + part.size, 0);
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
  const found = parts.map((part) => right.find(({ name }) => name === part.name));
  for (const [i, part] of parts.entries()) {
    const size = found[i]?.size ?? 0;
    if (size !== part.size) {
      throw new WrongAnswer(`answers ${part.size} numbers, right is ${size}`);
    }
  }
  const wanted = found as readonly FlatPart[];
  const size = wanted.reduce((total, part) => total + part.size, 0);
  return size === room.length ? room : joined(room, wanted, size);
}

function measure(terms: Terms, inputs: Inputs): Measured {
  const question = valueQuestion(terms, inputs);
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
  let elements = 0;
  for (const name in complete) {
    const argument = complete[name];
    if (typeof argument !== 'object') elements += 1;
    else for (const { data } of arraysIn(argument)) elements += data.length;
  }
  return roundings(precision, elements);
}
