/**
 * The judge asks how far an honest computation of a formula may stray. It finds out by
 * computing the reference again with the results of its kernel operations moved by a few
 * rounding units (see `conformance/judge.ts`). Every operation of this kernel that rounds
 * passes its result through here.
 */
export interface Mover {
  /** Moves a sum, product, root or power, relative to its size. */
  result(value: number): number;
  /** Moves the value of a transcendental function whose range is [low, high]. */
  transcendental(value: number, low: number, high: number): number;
  /** Told that a trajectory takes its next step, which runs through the same operations again. */
  step?(): void;
}

/** The mover in force; undefined, and so free of cost, except while the judge is measuring. */
export let mover: Mover | undefined;

/** Runs `body` with every kernel result passing through `by`. */
export function withMover<Result>(by: Mover, body: () => Result): Result {
  const outer = mover;
  mover = by;
  try {
    return body();
  } finally {
    mover = outer;
  }
}

/** Marks a result that a formula computed by plain arithmetic as one that may move. */
export function rounded(value: number): number {
  return mover === undefined ? value : mover.result(value);
}

/**
 * Marks where a trajectory takes its next step. An error that repeats at every step adds up along
 * it, where errors of random signs cancel; a mover that knows the steps can move a result in the
 * same direction at each of them.
 */
export function nextStep(): void {
  mover?.step?.();
}
