import type { Stream } from '../kernel/index.js';
import type { Answer, Violation } from './estimate.js';
import type { Gradient, Inputs, Value } from './spec.js';

/** The formula under test, as a law sees it: ask for its value, get an estimate of it. */
export type Ask<In> = (inputs: In) => Answer | Promise<Answer>;

/** A property of a formula, checked on generated inputs. */
export interface Law<In = Inputs> {
  /** Finishes the sentence "Huber loss …", in the present tense. */
  readonly sentence: string;
  /** Looks for a violation at one generated input; the draws are for what the law adds itself. */
  readonly violation: (
    formula: Ask<In>,
    inputs: In,
    draws: Stream,
  ) => Promise<Violation | undefined>;
}

export type Properties<In = Inputs> = readonly Law<In>[];

/** A way of drawing what a formula of random draws gives, from a stream of random numbers. */
export type Sample = (inputs: Inputs, draws: Stream) => Value;

/** A wrong implementation met in the wild: its value, its gradient, its draws or all of them. */
export interface Mistake<In = Inputs> {
  /** Where it was met: `repository#number`, or `classic`. */
  readonly source: string;
  readonly compute?: (inputs: In) => Value;
  readonly gradient?: (inputs: In, cotangent: Value) => Gradient;
  /** How it draws, where it is asked for a sample of its own. */
  readonly sample?: Sample;
  /** Set for mistakes of checking: the reference's own demands are not made before it is asked. */
  readonly unguarded?: true;
  /** Set for mistakes that only lose relative accuracy in tails, which the strict level rejects. */
  readonly strict?: true;
}

export type Mistakes<In = Inputs> = Readonly<Record<string, Mistake<In>>>;

/** Other right ways to compute a formula. */
export type Alternatives<In = Inputs> = Readonly<Record<string, (inputs: In) => Value>>;

/** The computation of a convention that the spec names. */
export interface Variant<In = Inputs> {
  readonly compute: (inputs: In) => Value;
  readonly gradient?: (inputs: In, cotangent: Value) => Gradient;
  /** How it draws, where that is not how the formula draws. */
  readonly sample?: Sample;
}

export type Variants<In = Inputs> = Readonly<Record<string, Variant<In>>>;

/** A law, from its sentence and the search for a violation. */
export function always<In>(sentence: string, violation: Law<In>['violation']): Law<In> {
  return { sentence, violation };
}
