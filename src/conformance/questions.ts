import type { Precision } from '../kernel/index.js';
import type { Formula } from './formula.js';
import { isArraySpec } from './generate/index.js';
import type { Question } from './judge/index.js';
import type { Variant } from './law.js';
import { type Inputs, outputsOf, type Spec, type Value } from './spec.js';

/*
 * What the judge needs to know to judge an answer about a formula.
 */

/** By what a formula of a subject is judged. */
export interface Judged {
  readonly formula: Formula;
  readonly precision: Precision;
  readonly strict: boolean;
  /** The convention that the subject declares. */
  readonly variant: Variant | undefined;
}

/** The same, and what all questions about it have in common. */
export interface Terms extends Judged {
  readonly ofValues: About;
  readonly ofGradients: About;
}

/** What a question says whatever it is asked at. */
type About = Omit<Question, 'reference' | 'inputs' | 'pinned' | 'facts'>;

export function termsOf(judged: Judged): Terms {
  const { formula, precision, strict, variant } = judged;
  const { spec, reference } = formula;
  const common: About = {
    inputSpecs: spec.inputs,
    precision,
    strict,
    elementwise: isElementwise(spec),
    alone: spec.alone === true,
    reduces: spec.output?.shape === 'scalar',
  };
  return {
    ...judged,
    ofValues: {
      ...common,
      outputs: outputsOf(spec),
      scale: spec.scale,
      // A convention makes no promises, and its distance from the reference is no rounding.
      ...(variant === undefined ? {} : { companion: reference, unbounded: true }),
    },
    ofGradients: { ...common, scale: spec.gradientScale, kinks: true },
  };
}

/** The question for a value at these inputs. */
export function valueQuestion(terms: Terms, inputs: Inputs): Question {
  const { formula, variant, ofValues } = terms;
  const reference = variant?.compute ?? formula.reference;
  return questionAbout(ofValues, reference, completed(terms, inputs));
}

/** The question for the gradient at these inputs, for a cotangent. */
export function gradientQuestion(terms: Terms, inputs: Inputs, cotangent: Value): Question {
  const { formula, variant, ofGradients } = terms;
  const compute = variant === undefined ? formula.gradient : variant.gradient;
  if (compute === undefined) throw new Error(`${formula.id}: gradient must exist to be judged`);
  const reference = (moved: Inputs) => compute(moved, cotangent);
  return questionAbout(ofGradients, reference, completed(terms, inputs));
}

/** Written out: for each of a million questions, spreading an object takes longer than judging. */
function questionAbout(about: About, reference: Question['reference'], inputs: Inputs): Question {
  const { companion } = about;
  const question = {
    reference,
    inputs,
    inputSpecs: about.inputSpecs,
    outputs: about.outputs,
    precision: about.precision,
    strict: about.strict,
    scale: about.scale,
    unbounded: about.unbounded === true,
    kinks: about.kinks === true,
    elementwise: about.elementwise === true,
    alone: about.alone === true,
    reduces: about.reduces === true,
  };
  return companion === undefined ? question : { ...question, companion };
}

/** With every default spelled out; a convention may have another. */
function completed({ formula, variant }: Terms, inputs: Inputs): Inputs {
  return variant === undefined ? withDefaults(formula.spec, inputs) : inputs;
}

/** The inputs with every default spelled out, so that the judge can move them too. */
export function withDefaults({ inputs: specs }: Spec, inputs: Inputs): Inputs {
  let complete: Record<string, Inputs[string]> | undefined;
  for (const name in specs) {
    const usual = specs[name]!.default;
    if (usual === undefined || inputs[name] !== undefined) continue;
    complete ??= { ...inputs };
    complete[name] = usual;
  }
  return complete ?? inputs;
}

const known = new WeakMap<Spec, boolean>();

/** True if all arrays have one shape, any shape, and the output has it too. */
export function isElementwise(spec: Spec): boolean {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const elementwise = looksElementwise(spec);
  known.set(spec, elementwise);
  return elementwise;
}

function looksElementwise({ inputs, output }: Spec): boolean {
  const arrays = Object.entries(inputs).filter(([, input]) => isArraySpec(input));
  const [first] = arrays;
  if (first === undefined || first[1].shape !== 'any' || output?.shape !== first[0]) return false;
  // What a function is taken of may be all of its elements.
  if (Object.values(inputs).some(({ kind }) => kind === 'function')) return false;
  return arrays.every(([name, { shape }]) => name === first[0] || shape === first[0]);
}
