import type { Gradient, Value } from '../conformance/spec.js';
import type { Call, Outcome, Subject } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import { evaluate, evaluateNow, evaluateTrusted, type Functions } from './evaluate.js';
import type { Callable } from './module-definition.js';

/** A formula or a gradient as this project writes them, with NDArrays in and out. */
type DirectFormula = (inputs: never) => Value | Promise<Value>;
type DirectGradient = (inputs: never, cotangent: never) => Gradient | Promise<Gradient>;

export interface DirectOptions {
  readonly name: string;
  readonly version?: string;
  readonly formulas: Readonly<Record<string, DirectFormula>>;
  readonly gradients?: Readonly<Record<string, DirectGradient>>;
  readonly samples?: Readonly<Record<string, DirectFormula>>;
  readonly variants?: Readonly<Record<string, string>>;
  readonly dtype?: Precision;
  /** None of the functions returns a promise. */
  readonly immediate?: boolean;
  /** They are also known to leave their arguments alone: these are neither copied nor compared. */
  readonly trusted?: boolean;
}

/**
 * Functions of this process as a subject: the reference, a known mistake, another right way to
 * compute a formula. Nothing can be ended here, so there are no time limits.
 */
export function directSubject(options: DirectOptions): Subject {
  const { name, version = 'unversioned', formulas, variants = {} } = options;
  const { gradients = {}, samples = {} } = options;
  const dtype = options.dtype ?? 'float64';
  const module: Functions = {
    // An NDArray is the typed form in double precision.
    arrays: 'typed',
    // Ours look functions up by their ids.
    functions: 'id',
    formulas: formulas as Readonly<Record<string, Callable>>,
    gradients: gradients as Readonly<Record<string, Callable>>,
    samples: samples as Readonly<Record<string, Callable>>,
  };
  const askNow = (call: Call): Outcome => evaluateNow(module, call, 'float64');
  const askTrusted = (call: Call): Outcome => evaluateTrusted(module, call);
  return {
    description: {
      name,
      version,
      language: 'JavaScript',
      dtypes: [dtype],
      formulas: Object.keys(formulas),
      gradients: Object.keys(gradients),
      samples: Object.keys(samples),
      variants,
    },
    dtype,
    ask: async (calls) => {
      const outcomes: Outcome[] = [];
      for (const call of calls) outcomes.push(await evaluate(module, call, 'float64'));
      return outcomes;
    },
    ...(options.immediate === true
      ? { askNow: options.trusted === true ? askTrusted : askNow }
      : {}),
    close: async () => {},
    remarks: () => [],
  };
}
