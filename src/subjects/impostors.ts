import type { Formula } from '../conformance/formula.js';
import { decodeInputs } from '../conformance/golden.js';
import type { Alternatives, Mistake, Sample } from '../conformance/law.js';
import {
  type Argument,
  type Arrays,
  type Gradient,
  type Inputs,
  outputsOf,
  type Value,
} from '../conformance/spec.js';
import type { Subject } from '../conformance/subject.js';
import { allArrays, isArray, isArrays, isParts, withNumbers } from '../conformance/values.js';
import { type NDArray, type Precision, roundTo, stream } from '../kernel/index.js';
import { directSubject } from './direct.js';

/*
 * What the suite knows to be right or wrong, as subjects: so that its checks can be tried on
 * the reference, on other right ways to compute a formula, and on its known mistakes.
 */

type Compute = (inputs: Inputs) => Value;
type ComputeGradient = (inputs: Inputs, cotangent: Value) => Gradient;

/** How something right is asked. */
interface Trust {
  /**
   * It is asked only what is allowed, and was seen to leave its arguments alone: no demands are
   * made before it, and nothing is copied.
   */
  readonly trusted?: boolean;
}

/** The reference itself. Whatever rejects it is broken. */
export function referenceSubject(
  formula: Formula,
  dtype: Precision = 'float64',
  { trusted = false }: Trust = {},
): Subject {
  const { reference, gradient, sampling } = formula;
  return subjectOf(
    formula,
    `the reference of ${formula.id}`,
    { value: reference, gradient, sample: sampling?.sample },
    dtype,
    trusted,
  );
}

/** Another right way to compute the value; behind the reference's demands, unless it is trusted. */
export function alternativeSubject(
  formula: Formula,
  name: string,
  compute: Alternatives[string],
  dtype: Precision = 'float64',
  { trusted = false }: Trust = {},
): Subject {
  const value = trusted ? compute : guarded(formula, compute);
  return subjectOf(formula, name, { value }, dtype, trusted);
}

/** Another right way to draw a sample; its value is the reference's. */
export function samplerSubject(formula: Formula, name: string, sample: Sample): Subject {
  return subjectOf(formula, name, { value: formula.reference, sample }, 'float64');
}

/**
 * A known mistake, in the value, the gradient or the draws; the others are the reference's. It stands
 * behind the reference's demands, so that it is caught for what it computes, unless what it
 * gets wrong is the demands.
 */
export function mistakeSubject(formula: Formula, name: string, mistake: Mistake): Subject {
  const { compute, unguarded } = mistake;
  const value = compute === undefined ? formula.reference : compute;
  const functions = {
    value: unguarded === true ? value : guarded(formula, value),
    gradient: mistake.gradient ?? formula.gradient,
    sample: mistake.sample ?? formula.sampling?.sample,
  };
  return subjectOf(formula, name, functions, 'float64');
}

/** Not an option, nor a shape: its words, truth values and lists are no answer at all. */
function isNumeric(argument: Argument): argument is number | NDArray | Arrays {
  return typeof argument === 'number' || isArray(argument) || isArrays(argument);
}

/**
 * Answers that need no knowledge of the formula, and slight spoilings of the right one. The
 * checks of every formula, taken together, reject each; taken one by one, each rejects some.
 */
export function trivialSubjects(formula: Formula): Readonly<Record<string, Subject>> {
  const { spec, reference, gradient, sampling } = formula;
  const answering = (name: string, functions: Partial<Functions>): Subject => {
    const right = { value: reference, gradient, sample: sampling?.sample };
    return subjectOf(formula, name, { ...right, ...functions }, 'float64');
  };
  const value = (name: string, compute: Compute): Subject => answering(name, { value: compute });
  const slope = (name: string, change: (element: number) => number): Subject =>
    answering(name, {
      gradient: (inputs, cotangent) => withNumbers(gradient!(inputs, cotangent), change),
    });
  let asked = 0;
  const subjects: Record<string, Subject> = {
    'always 0': value('always 0', (inputs) => withNumbers(reference(inputs), () => 0)),
    'always 1': value('always 1', (inputs) => withNumbers(reference(inputs), () => 1)),
    'always -1': value('always -1', (inputs) => withNumbers(reference(inputs), () => -1)),
    'always NaN': value('always NaN', (inputs) => withNumbers(reference(inputs), () => Number.NaN)),
    'one part in ten thousand too much': value('one part in ten thousand too much', (inputs) =>
      withNumbers(reference(inputs), (element) => element * (1 + 1e-4)),
    ),
    'writes into its arguments': value('writes into its arguments', (inputs) => {
      const answer = reference(inputs);
      for (const { data } of allArrays(inputs)) data.fill(0.5);
      return answer;
    }),
    'answers differently each time': value('answers differently each time', (inputs) =>
      withNumbers(reference(inputs), (element) => element + ++asked),
    ),
  };
  // The identity is right to give its first argument back.
  if (spec.id !== 'activations/identity-activation') {
    subjects['its first argument'] = value('its first argument', (inputs) => {
      reference(inputs);
      return Object.values(inputs).find(isNumeric) as Value;
    });
  }
  if (Object.keys(spec.errors).length > 0) {
    subjects['never refuses'] = value('never refuses', (inputs) => {
      try {
        return reference(inputs);
      } catch {
        return 0;
      }
    });
  }
  if (answersNothing(formula)) subjects['refuses what is empty'] = refusingNothing(formula);
  if (gradient !== undefined) {
    subjects['gradient always 0'] = slope('gradient always 0', () => 0);
    subjects['gradient of the wrong sign'] = slope(
      'gradient of the wrong sign',
      (element) => -element,
    );
    subjects['gradient off by one'] = slope('gradient off by one', (element) => element + 1);
    subjects['gradient one part in ten thousand too much'] = slope(
      'gradient one part in ten thousand too much',
      (element) => element * (1 + 1e-4),
    );
  }
  if (Object.keys(outputsOf(spec)).length > 1) {
    subjects['its parts exchanged'] = value('its parts exchanged', (inputs) =>
      exchanged(reference(inputs)),
    );
  }
  if (sampling !== undefined) {
    const draw = sampling.sample;
    subjects['draws always 0'] = answering('draws always 0', {
      sample: (inputs, draws) => withNumbers(draw(inputs, draws), () => 0),
    });
    subjects['the same draws at every call'] = answering('the same draws at every call', {
      sample: (inputs) => draw(inputs, stream('the same')),
    });
  }
  return subjects;
}

/** Every part under the name of the next. */
function exchanged(answer: Value): Value {
  if (!isParts(answer)) return answer;
  const names = Object.keys(answer);
  return Object.fromEntries(
    names.map((name, i) => [name, answer[names[(i + 1) % names.length]!]!]),
  );
}

/** The reference, but for arrays without elements. */
function refusingNothing(formula: Formula): Subject {
  const { reference, gradient } = formula;
  const demand = (inputs: Inputs): Inputs => {
    if (allArrays(inputs).some(isEmpty)) throw new Error('there are no elements');
    return inputs;
  };
  const value: Compute = (inputs) => reference(demand(inputs));
  const slope: ComputeGradient = (inputs, cotangent) => gradient!(demand(inputs), cotangent);
  const functions = gradient === undefined ? { value } : { value, gradient: slope };
  return subjectOf(formula, 'refuses what is empty', functions, 'float64');
}

/** True for a formula that pins what it answers where there are no elements. */
function answersNothing({ spec, goldens }: Formula): boolean {
  return goldens.cases.some(
    ({ error, inputs }) =>
      error === undefined && allArrays(decodeInputs(spec, inputs)).some(isEmpty),
  );
}

function isEmpty({ data }: NDArray): boolean {
  return data.length === 0;
}

function guarded(formula: Formula, compute: Compute): Compute {
  return (inputs) => {
    formula.reference(inputs);
    return compute(inputs);
  };
}

/** What a subject of one formula computes. */
interface Functions {
  readonly value: Compute;
  readonly gradient?: ComputeGradient | undefined;
  readonly sample?: Sample | undefined;
}

function subjectOf(
  { id }: Formula,
  name: string,
  { value, gradient, sample }: Functions,
  dtype: Precision,
  trusted = false,
): Subject {
  // One stream for all calls, as a generator goes on from call to call.
  const draws = stream(`${id}/${name}`);
  const only = <Callable>(callable: Callable): Record<string, Callable> => ({ [id]: callable });
  return directSubject({
    name,
    formulas: only((inputs: Inputs) => inPrecision(dtype, value(inputs))),
    ...(gradient === undefined
      ? {}
      : {
          gradients: only((inputs: Inputs, cotangent: Value) =>
            inPrecision(dtype, gradient(inputs, cotangent)),
          ),
        }),
    ...(sample === undefined
      ? {}
      : { samples: only((inputs: Inputs) => inPrecision(dtype, sample(inputs, draws))) }),
    dtype,
    immediate: true,
    trusted,
  });
}

/** An answer as the format holds it: rounded once, at the end. */
function inPrecision<Answer extends Value | Gradient>(dtype: Precision, answer: Answer): Answer {
  if (dtype === 'float64') return answer;
  if (dtype === 'float32') return withNumbers(answer, Math.fround);
  return withNumbers(answer, (element) => roundTo(dtype, element));
}
