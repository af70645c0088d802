import type { Mover } from '../../kernel/moves.js';
import { draws, signedUnit } from './draws.js';
import { movedBy, reflectAbove, reflectBelow } from './moved-inputs.js';
import type { Question } from './question.js';

/*
 * The results of kernel operations moved by a few rounding units: an honest method rounds what
 * it computes on the way.
 */

/** Groups that the results of kernel operations are moved in. */
export const RESULT_GROUPS = 6;

/** In force while inputs move: nothing else does, and the demands know that they are measured. */
export const still: Mover = { result: (value) => value, transcendental: (value) => value };

/** A mover that knows how much it was asked to move. */
export interface ResultMover extends Mover {
  /** Results so far; of an iteration, those of its longest step. */
  results(): number;
  steps(): number;
}

/** Moves the results of one group, each by a draw of its own. */
export function randomMover(group: number, d: number, question: Question): ResultMover {
  return resultMover(group, d, question, {
    moved: (value, by) => movedBy(value, by, question),
    // Each step draws anew: roundings of one step are not those of the next.
    restarts: false,
  });
}

/**
 * Moves the results of one group by the same amount in every step, and always towards the same
 * side. Random moves along a trajectory add up to a random walk, and where it crosses zero they
 * would leave no room for a method that errs in one direction.
 */
export function driftingMover(group: number, d: number, question: Question): ResultMover {
  return resultMover(group, d, question, {
    moved: (value, by) =>
      value < 0 ? -movedBy(-value, -by, question) : movedBy(value, by, question),
    restarts: true,
  });
}

interface Manner {
  readonly moved: (value: number, by: number) => number;
  /** Draw the same in every step. */
  readonly restarts: boolean;
}

function resultMover(
  group: number,
  d: number,
  question: Question,
  { moved, restarts }: Manner,
): ResultMover {
  let draw = draws(0x85ebca6b);
  // Results are told apart by their place in the step, not in the run: six a step, or five, must
  // not line up with the groups, or mix them.
  let call = 0;
  let most = 0;
  let steps = 0;
  const by = (): number => {
    const unit = signedUnit(draw);
    const place = call++;
    if (call > most) most = call;
    return place % RESULT_GROUPS === group ? unit * d : 0;
  };
  return {
    results: () => most,
    steps: () => steps,
    step: () => {
      steps += 1;
      call = 0;
      if (restarts) draw = draws(0x85ebca6b);
    },
    // Where it underflows, nothing may be left of a result: unlike an input, it was never held.
    result: (value) => moved(value, by()),
    transcendental: (value, low, high) => {
      const move = by();
      if (move === 0 || !Number.isFinite(value)) return value;
      const size = question.strict ? Math.abs(value) : Math.max(1, Math.abs(value));
      return reflectAbove(reflectBelow(value + move * size, high), low);
    },
  };
}
