import { formats } from '../../kernel/index.js';
import { withMover } from '../../kernel/moves.js';
import { scratch, scratchBytes } from '../scratch.js';
import type { DeclaredScale, Gradient, OutputSpec, Value } from '../spec.js';
import { type Flat, flatten } from '../values.js';
import { nearestForm } from './free.js';
import { withKinks } from './kinks.js';
import { type Movable, movableGroups, moveInputs } from './moved-inputs.js';
import {
  driftingMover,
  RESULT_GROUPS,
  type ResultMover,
  randomMover,
  still,
} from './moved-results.js';
import { factsOf, type Question, roundingsOf, ruleOf } from './question.js';

/** How far each element of an answer may lie from the reference, and which classes else it may be. */
export interface Budget {
  readonly allowed: Float64Array;
  /** At a kink, the least and the greatest answer of the two sides; elsewhere, the reference. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Per element, the non-finite values that a moved reference gave: bits of {@link classBit}. */
  readonly classes: Uint8Array;
  /** For elements that are infinite or NaN, the finite values that a moved reference gave. */
  readonly escapes: ReadonlyMap<number, readonly number[]>;
}

/** The class of a number, as one bit: NaN, an infinity, or finite. */
export function classBit(value: number): number {
  if (Number.isNaN(value)) return 1;
  if (value === Infinity) return 2;
  return value === -Infinity ? 4 : 8;
}

const noEscapes: Budget['escapes'] = new Map();

// ---- the budget that is free --------------------------------------------------------------

/** Rounding of the result itself, and the scale that the spec declares. */
export function cheapBudget(question: Question, right: Flat): Budget {
  const { smallestNormal } = formats[question.precision];
  const d = roundingsOf(question);
  const floor = 4 * smallestNormal * Math.max(1, factsOf(question).largest);
  const { data } = right;
  const allowed = scratch(data.length);
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]!);
    allowed[i] = d * (Number.isFinite(size) ? size : 0) + floor;
  }
  const classes = scratchBytes(data.length);
  addScales(question, right, { allowed, classes }, d);
  return { allowed, low: data, high: data, classes, escapes: noEscapes };
}

/** All that is not finite. */
const NOT_FINITE = classBit(Number.NaN) | classBit(Infinity) | classBit(-Infinity);

type Room = Pick<Budget, 'allowed' | 'classes'>;

function addScales(question: Question, right: Flat, { allowed, classes }: Room, d: number): void {
  const { scale, inputs, strict, precision, outputs } = question;
  const add = (declared: DeclaredScale, result: Float64Array, start: number): void => {
    if (strict && declared.always !== true) return;
    for (let i = 0; i < result.length; i++) {
      const extra = Math.abs(declared.of(inputs, result, i, formats[precision]));
      // Infinity leaves a number open; an infinite answer is not to be had from a finite one.
      if (Number.isFinite(extra) || (extra === Infinity && Number.isFinite(result[i]))) {
        allowed[start + i]! += d * extra;
      }
      if (extra === Infinity && declared.overflows === true) classes[start + i]! |= NOT_FINITE;
    }
  };
  if (scale !== undefined) add(scale, right.data, 0);
  if (outputs === undefined) return;
  for (const part of right.parts) {
    const declared = ruleOf(question, part)?.scale as DeclaredScale | undefined;
    if (declared === undefined) continue;
    add(declared, right.data.subarray(part.start, part.start + part.size), part.start);
  }
}

// ---- the budget that is measured ----------------------------------------------------------

/** The cheap budget and the spread of the reference when inputs and kernel results move. */
export function measuredBudget(question: Question, right: Flat): Budget {
  const spread = new Spread(question, right);
  const d = roundingsOf(question);
  const { groups, ends } = movableGroups(question);
  const move = (group: readonly Movable[]) => (sign: 1 | -1) =>
    withMover(still, () => question.reference(moveInputs(question, group, sign * d)));
  for (const group of groups) spread.widen(move(group));
  // A weight moved off its end may let an infinity in, which the weight itself keeps out.
  if (ends.length > 0) spread.widen(move(ends), { infinitiesCount: false });
  widenByResults(spread, question, question.reference, d);
  const { companion } = question;
  if (companion !== undefined) {
    // Its own distance from the variant is no rounding: only how far its moves take it counts.
    if (spread.startFrom(companion(question.inputs))) {
      widenByResults(spread, question, companion, d);
    }
  }
  const measured = spread.budget;
  return question.kinks === true ? withKinks(question, measured, d) : measured;
}

function widenByResults(
  spread: Spread,
  question: Question,
  compute: Question['reference'],
  d: number,
): void {
  const run = (mover: ResultMover) => withMover(mover, () => compute(question.inputs));
  const steps = widenByMovers(spread, run, (group, sign) => randomMover(group, sign * d, question));
  if (steps <= 1) return;
  widenByMovers(spread, run, (group, sign) => driftingMover(group, sign * d, question));
}

/** Moves the results group by group; tells how many steps the computation takes. */
function widenByMovers(
  spread: Spread,
  run: (mover: ResultMover) => Value | Gradient,
  moverOf: (group: number, sign: 1 | -1) => ResultMover,
): number {
  let results = 0;
  let steps = 0;
  for (let group = 0; group < RESULT_GROUPS; group++) {
    spread.widen((sign) => {
      const mover = moverOf(group, sign);
      try {
        return run(mover);
      } finally {
        results = Math.max(results, mover.results());
        steps = Math.max(steps, mover.steps());
      }
    });
    if (results <= group) break;
  }
  return steps;
}

/** How far the reference moves, added up over the groups that are moved one at a time. */
class Spread {
  readonly budget: Budget;
  private readonly escapes = new Map<number, number[]>();
  private readonly moved: Float64Array;
  private readonly right: Float64Array;
  private readonly isShared: boolean;
  private unmoved: Float64Array;

  constructor(
    private readonly question: Question,
    private readonly flat: Flat,
  ) {
    this.budget = { ...cheapBudget(question, flat), escapes: this.escapes };
    this.right = flat.data;
    this.unmoved = flat.data;
    this.moved = scratch(flat.data.length);
    this.isShared = flat.parts.some((part) => ruleOf(question, part)?.shared !== undefined);
  }

  /** Measures from another answer from now on; false if it is none of this layout. */
  startFrom(answer: Value | Gradient): boolean {
    const { data } = this.inForm(answer);
    if (data.length !== this.right.length) return false;
    this.unmoved = data;
    return true;
  }

  private inForm(answer: Value | Gradient): Flat {
    return nearestForm(this.question, this.flat, flatten(answer));
  }

  /** Adds the greater of the two distances that a group moves the answer by. */
  widen(
    compute: (sign: 1 | -1) => Value | Gradient,
    { infinitiesCount = true }: { readonly infinitiesCount?: boolean } = {},
  ): void {
    const { moved: spread, unmoved } = this;
    spread.fill(0);
    for (const sign of [1, -1] as const) {
      let data: Float64Array;
      try {
        ({ data } = this.inForm(compute(sign)));
      } catch {
        continue; // Moved out of the domain: such a question has no answer to learn from.
      }
      for (let i = 0; i < spread.length; i++) {
        const difference = Math.abs(data[i]! - unmoved[i]!);
        if (Number.isFinite(difference)) {
          if (difference > spread[i]!) spread[i] = difference;
        } else if (infinitiesCount) this.note(i, data[i]!);
      }
    }
    if (this.isShared) shareSpread(this.question, this.flat, spread);
    const { allowed } = this.budget;
    for (let i = 0; i < spread.length; i++) allowed[i]! += spread[i]!;
  }

  private note(i: number, value: number): void {
    this.budget.classes[i]! |= classBit(value);
    if (Number.isFinite(value)) this.escapes.set(i, [...(this.escapes.get(i) ?? []), value]);
  }
}

// ---- spreads that a part shares -----------------------------------------------------------

/** Gives every element of a part the spread of the element that moved farthest among its fellows. */
function shareSpread(question: Question, { parts }: Flat, spread: Float64Array): void {
  for (const part of parts) {
    const shared = ruleOf(question, part)?.shared;
    if (shared === undefined) continue;
    const own = spread.subarray(part.start, part.start + part.size);
    const columns = part.shape.at(-1) ?? 1;
    const most = new Map<number, number>();
    for (let i = 0; i < own.length; i++) {
      const fellows = fellowsOf(shared, i, columns);
      most.set(fellows, Math.max(most.get(fellows) ?? 0, own[i]!));
    }
    for (let i = 0; i < own.length; i++) own[i] = most.get(fellowsOf(shared, i, columns))!;
  }
}

function fellowsOf(shared: OutputSpec['shared'] & {}, index: number, columns: number): number {
  if (shared === 'whole') return 0;
  return shared === 'columns' ? index % columns : Math.floor(index / columns);
}

// ---- around another answer ----------------------------------------------------------------

/** A budget measured around one answer, moved to another, which keeps what is its own. */
export function around(question: Question, budget: Budget, own: Float64Array, right: Flat): Budget {
  // Where our own answer is no number, nothing has been measured around it.
  const measured = (i: number): boolean => Number.isFinite(own[i]!);
  const move = (end: Float64Array): Float64Array =>
    right.data.map((value, i) => (measured(i) ? value + (end[i]! - own[i]!) : value));
  const allowed = cheapBudget(question, right).allowed.map((room, i) =>
    measured(i) ? Math.max(room, budget.allowed[i]!) : room,
  );
  // Where our own answer is of another class than the right one, what it moves to excuses nobody.
  const sameClass = (i: number): boolean => classBit(own[i]!) === classBit(right.data[i]!);
  const classes = budget.classes.map((bits, i) => (sameClass(i) ? bits : 0));
  const escapes = new Map([...budget.escapes].filter(([i]) => sameClass(i)));
  return { allowed, low: move(budget.low), high: move(budget.high), classes, escapes };
}
