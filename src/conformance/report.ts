import type { Precision } from '../kernel/index.js';

/** How many runs a generated check makes. */
export const levels = { smoke: 20, standard: 100, exhaustive: 1000 } as const;
export type Level = keyof typeof levels;

export type CheckKind =
  | 'golden'
  | 'agreement'
  | 'law'
  | 'gradient'
  | 'sample'
  | 'refusal'
  | 'hygiene';

/**
 * `excepted` failed and is in the baseline; `stale` is in the baseline and passed;
 * `errored` could not be judged, because the subject crashed, hung or broke the protocol.
 */
export type CheckOutcome = 'passed' | 'failed' | 'errored' | 'unsupported' | 'excepted' | 'stale';

/** One failing call and what came of it, as text that a person can paste. */
export interface Failure {
  /** The sentence of what went wrong: `error 3.2e+5 of budget at output[2]`. */
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
  /** The arguments of the smallest failing call, arrays nested, special values as words. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The failing call as a line in the subject's own language. */
  readonly call: string;
  /** What replays it: `--seed 7 --path 12:0:3`. Absent for pinned cases, which need none. */
  readonly path?: string;
}

export interface CheckReport {
  readonly id: string;
  readonly kind: CheckKind;
  /** The check as a sentence: `Huber loss is never negative`. */
  readonly sentence: string;
  readonly outcome: CheckOutcome;
  /** How many calls or cases were judged. */
  readonly runs: number;
  /** The worst error seen as a fraction of the budget; absent where nothing was measured. */
  readonly worst?: number;
  /** Findings that are not failures: accepted finite answers to forbidden inputs, lost tails. */
  readonly notes: readonly string[];
  readonly failure?: Failure;
  /** For an errored check: why. */
  readonly error?: string;
}

/** What a failing subject was found to be computing. */
export interface Diagnosis {
  readonly kind: 'variant' | 'mistake' | 'trait';
  readonly operation: 'value' | 'gradient' | 'sample';
  /** The name of the variant or mistake; for a trait, the sentence. */
  readonly name: string;
  readonly source?: string;
  /** On how many of the inputs that tell them apart the subject agrees with it. */
  readonly agrees: number;
  readonly of: number;
}

export interface FormulaReport {
  readonly id: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'errored' | 'unsupported';
  /** The variant that the subject declares, and is judged by. */
  readonly variant?: string;
  readonly checks: readonly CheckReport[];
  readonly diagnoses: readonly Diagnosis[];
}

export type Verdict = 'conformant' | 'conformant-with-exceptions' | 'not-conformant';

/** The JSON report: the source of truth from which the others are written. */
export interface Report {
  readonly suite: { readonly name: 'touchstone'; readonly version: string };
  readonly subject: {
    readonly name: string;
    readonly version: string;
    readonly language: string;
    /** How it was named on the command line, to be named again in a replay. */
    readonly command: string;
  };
  readonly level: Level;
  readonly strict: boolean;
  readonly dtype: Precision;
  readonly seed: number;
  readonly counts: {
    readonly planned: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
    readonly unsupported: number;
    readonly excepted: number;
    readonly stale: number;
  };
  readonly verdict: Verdict;
  readonly formulas: readonly FormulaReport[];
  /** Remarks about the subject that touch no single check. */
  readonly remarks: readonly string[];
  /** Wall-clock milliseconds; the only part that differs between runs of one seed. */
  readonly milliseconds: number;
}
