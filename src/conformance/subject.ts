import type { Precision } from '../kernel/index.js';
import type { Gradient, Inputs, Value } from './spec.js';

/**
 * What can be asked about a formula: its value, its vector–Jacobian product, or a sample of its
 * own, where the formula is one of random draws.
 */
export type Operation = 'value' | 'gradient' | 'sample';

/** One question to a subject. */
export interface Call {
  readonly formula: string;
  readonly operation: Operation;
  readonly inputs: Inputs;
  /** For gradients: the cotangent of the output, of its shape; of several parts, an object. */
  readonly cotangent?: Value;
}

/**
 * What came back. `answer` is a right-shaped message, not a right answer; `threw` is the
 * subject refusing the inputs; `fault` is everything that is not an answer: a time-out, a
 * crash, a message that breaks the protocol.
 */
export type Outcome = (
  | { readonly kind: 'answer'; readonly answer: Value | Gradient }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly message: string }
) & {
  /** Names of the arguments that the call changed. */
  readonly changed?: readonly string[];
};

export type Fault = 'time-out' | 'crash' | 'malformed';

/** What a subject says about itself before it is asked anything. */
export interface SubjectDescription {
  readonly name: string;
  readonly version: string;
  readonly language: string;
  /** The formats it computes in; the first is its own choice. */
  readonly dtypes: readonly Precision[];
  readonly formulas: readonly string[];
  readonly gradients: readonly string[];
  /** The formulas that it draws samples of. */
  readonly samples: readonly string[];
  /** Conventions it declares, by formula. */
  readonly variants: Readonly<Record<string, string>>;
}

/**
 * The implementation under test, wherever it runs. `ask` answers in the order of the calls
 * and never rejects: whatever goes wrong is an outcome.
 */
export interface Subject {
  readonly description: SubjectDescription;
  /** The format that it was opened to compute in; one of those it offers. */
  readonly dtype: Precision;
  ask(calls: readonly Call[]): Promise<readonly Outcome[]>;
  /** Answers at once, for a subject that lives in this thread and never waits. */
  readonly askNow?: (call: Call) => Outcome;
  /** Ends whatever the subject started; nothing is left running. */
  close(): Promise<void>;
  /** Remarks for the report, such as output that was ignored. */
  remarks(): readonly string[];
}

/** The subject could not be started, or does not speak the protocol: nothing can be judged. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
}
