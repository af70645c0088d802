import { FormulaError, type NDArray } from '../kernel/index.js';
import { directSubject } from '../subjects/direct.js';
import { equal } from './estimate.js';
import type { Formula } from './formula.js';
import { always } from './law.js';
import { Session, type SessionOptions } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Call, Outcome, Subject } from './subject.js';

/** What a test changes about {@link scaledSum}. */
export type Changes = Partial<Omit<Formula, 'spec'>> & { readonly spec?: Partial<Formula['spec']> };

const dataOf = (inputs: Inputs): Float64Array => (inputs.x as NDArray).data;

/** The sum of x, times a factor that is 2 when left out. */
export function scaledSumOf(inputs: Inputs): number {
  const data = dataOf(inputs);
  if (data.length === 0) throw new FormulaError('empty', 'scaledSum: x must not be empty');
  return data.reduce((sum, value) => sum + value, 0) * Number(inputs.factor ?? 2);
}

export function scaledSumGradient(inputs: Inputs, cotangent: Value = 1): Gradient {
  const { shape, data } = inputs.x as NDArray;
  const slope = Number(cotangent) * Number(inputs.factor ?? 2);
  return { x: { shape, data: data.map(() => slope) } };
}

/** A formula with something on every shelf that is not in the catalogue. */
export function scaledSum(changes: Changes = {}): Formula {
  const { spec, ...rest } = changes;
  return {
    id: 'test/scaled-sum',
    spec: {
      id: 'test/scaled-sum',
      name: 'Scaled sum',
      latex: '',
      inputs: {
        x: { kind: 'real', shape: 'any', special: [Number.NaN] },
        factor: { kind: 'real', default: 2 },
      },
      output: { kind: 'real', shape: 'scalar' },
      differentiable: ['x'],
      errors: { empty: 'there are no elements' },
      sources: [],
      ...spec,
    },
    reference: scaledSumOf,
    gradient: scaledSumGradient,
    properties: [
      always('is the same at the same inputs', async (formula, x) =>
        equal(await formula(x), await formula({ ...x })),
      ),
    ],
    mistakes: {},
    alternatives: {},
    variants: {},
    goldens: {
      formula: 'test/scaled-sum',
      provenance: {},
      cases: [
        {
          id: 'plain',
          why: 'two plain numbers',
          inputs: { x: [1, 2.5] },
          output: 7,
          cotangent: 3,
          gradient: { x: [6, 6] },
        },
        { id: 'empty', why: 'nothing', inputs: { x: [] }, error: 'empty' },
      ],
    },
    ...rest,
  };
}

/** A subject with another computation of the scaled sum. */
export function subjectWith(
  compute: (inputs: Inputs) => Value = scaledSumOf,
  gradient: (inputs: Inputs, cotangent: Value) => Gradient = scaledSumGradient,
  variant?: string,
): Subject {
  return directSubject({
    name: 'tested',
    formulas: { 'test/scaled-sum': compute },
    gradients: { 'test/scaled-sum': gradient },
    ...(variant === undefined ? {} : { variants: { 'test/scaled-sum': variant } }),
  });
}

/** A subject whose every outcome is up to the test. */
export function subjectAnswering(
  formula: string,
  answer: (call: Call, count: number) => Outcome | undefined,
): Subject & { readonly batches: number[] } {
  const batches: number[] = [];
  let count = 0;
  return {
    batches,
    description: {
      name: 'fake',
      version: '1',
      language: 'Python',
      dtypes: ['float64'],
      formulas: [formula],
      gradients: [formula],
      samples: [],
      variants: {},
    },
    dtype: 'float64',
    ask: async (calls) => {
      batches.push(calls.length);
      return calls.flatMap((call) => answer(call, count++) ?? []);
    },
    close: async () => {},
    remarks: () => ['wrote "hello" to its standard output'],
  };
}

/** A session of a formula and a subject, in double precision unless told otherwise. */
export function sessionOf(
  formula: Formula,
  subject: Subject,
  options: Partial<SessionOptions> = {},
): Session {
  return new Session(formula, subject, {
    precision: 'float64',
    strict: false,
    seed: 1,
    ...options,
  });
}
