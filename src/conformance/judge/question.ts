import type { Precision } from '../../kernel/index.js';
import { roundings } from '../estimate.js';
import type { DeclaredScale, Gradient, InputSpec, Inputs, OutputSpec, Value } from '../spec.js';
import { arraysIn, type FlatPart, partOf } from '../values.js';

/** Everything the judge needs to know to judge answers to one question. */
export interface Question {
  readonly reference: (inputs: Inputs) => Value | Gradient;
  readonly inputs: Inputs;
  /** The right answer, where an oracle has computed it with more digits than the reference. */
  readonly pinned?: Value | Gradient;
  readonly inputSpecs: Readonly<Record<string, InputSpec>>;
  /** What the contract says of each part of the answer. A gradient has no such parts. */
  readonly outputs?: Readonly<Record<string, OutputSpec>> | undefined;
  readonly precision: Precision;
  /** Demand relative accuracy in tails: no absolute moves, no declared scale. */
  readonly strict: boolean;
  readonly scale?: DeclaredScale | undefined;
  /** Another computation whose moved results widen the budget: the reference, beside a variant of it. */
  readonly companion?: (inputs: Inputs) => Value | Gradient;
  /** Do not hold the answer to promised bounds: it may follow another convention. */
  readonly unbounded?: boolean;
  /** Accept, at a kink, whatever lies between the answers on either side: for gradients. */
  readonly kinks?: boolean;
  /** Each output element comes from one element of each input, however many there are. */
  readonly elementwise?: boolean;
  /** Each output element comes from the elements at its own place, along whatever history. */
  readonly alone?: boolean;
  /** All data make one number, which missing data may leave missing, even where it has no weight. */
  readonly reduces?: boolean;
  /** For a question about some elements of another: the facts of the whole. */
  readonly facts?: Facts;
}

/** What the contract says of the part of an answer that some numbers belong to. */
export function ruleOf(
  { outputs }: Pick<Question, 'outputs'>,
  part: FlatPart,
): OutputSpec | undefined {
  return outputs?.[partOf(part)];
}

/** What one walk over the inputs tells. */
export interface Facts {
  /** Elements of arrays, and hyper-parameters. */
  readonly elements: number;
  /** The size of the largest finite number. */
  readonly largest: number;
  readonly hasNaN: boolean;
  /** Some element is infinite, and none is missing. */
  readonly hasInfinity: boolean;
}

/** Those of the last inputs: while an answer is judged, they are asked for again and again. */
let last: { readonly inputs: Inputs; readonly facts: Facts } | undefined;

/** The facts of a question's inputs. */
export function factsOf({ inputs, facts }: Question): Facts {
  if (facts !== undefined) return facts;
  if (last?.inputs !== inputs) last = { inputs, facts: walk(inputs) };
  return last.facts;
}

function walk(inputs: Inputs): Facts {
  let elements = 0;
  let largest = 0;
  let hasNaN = false;
  let hasInfinity = false;
  for (const name in inputs) {
    const argument = inputs[name]!;
    if (typeof argument !== 'object') {
      elements += 1;
      const size = Math.abs(Number(argument));
      if (size > largest && size < Infinity) largest = size;
      continue;
    }
    for (const { data } of arraysIn(argument)) {
      elements += data.length;
      for (let i = 0; i < data.length; i++) {
        const size = Math.abs(data[i]!);
        if (size < Infinity) {
          if (size > largest) largest = size;
        } else if (size === Infinity) hasInfinity = true;
        else hasNaN = true;
      }
    }
  }
  return { elements, largest, hasNaN, hasInfinity: hasInfinity && !hasNaN };
}

/** The number of input elements, arrays and hyper-parameters together. */
export function elementsOf(inputs: Inputs): number {
  let elements = 0;
  for (const name in inputs) {
    const argument = inputs[name];
    if (typeof argument !== 'object') elements += 1;
    else for (const { data } of arraysIn(argument)) elements += data.length;
  }
  return elements;
}

/** The rounding units that an honest answer to the question may add up to. */
export function roundingsOf(question: Question): number {
  const { precision, elementwise, alone } = question;
  const one = elementwise === true || alone === true;
  return roundings(precision, one ? 1 : factsOf(question).elements);
}

/** The least cotangent that is drawn, by which a slope is multiplied that may have overflowed. */
const LEAST_COTANGENT = 1 / 16;

/** How far below the largest number of the format the answer to a question may overflow. */
export function headroomOf(question: Question): number {
  const { strict, kinks } = question;
  if (strict) return 1;
  return (4 * factsOf(question).elements) / (kinks === true ? LEAST_COTANGENT : 1);
}
