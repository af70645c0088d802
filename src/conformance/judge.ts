import {
  type Format,
  formats,
  type NDArray,
  type Precision,
  shapesEqual,
} from '../kernel/index.js';
import { type Mover, withMover } from '../kernel/moves.js';
import { roundings } from './estimate.js';
import type { DeclaredScale, Gradient, InputSpec, Inputs, Value } from './spec.js';

/*
 * An answer is right when it is the exact answer to a question within a few roundings of the
 * one that was asked, computed by a method whose intermediate results were themselves rounded
 * a few times (mixed forward–backward error, Higham 2002, §1.5). So the budget of an answer is
 * the spread of the reference itself, when its inputs and the results of its own kernel
 * operations are moved by a few rounding units.
 */

/** Groups that the elements of the input are moved in. With fewer, right answers were accused. */
const INPUT_GROUPS = 8;
/** Groups that the results of kernel operations are moved in. */
const RESULT_GROUPS = 6;
/** Below this fraction of the cheap budget the spread is not measured: it could only grow. */
const CLEARLY_RIGHT = 0.25;

/** Everything the judge needs to know to judge answers to one question. */
export interface Question {
  readonly reference: (inputs: Inputs) => Value | Gradient;
  readonly inputs: Inputs;
  /** The right answer, where an oracle has computed it with more digits than the reference. */
  readonly pinned?: Value | Gradient;
  readonly inputSpecs: Readonly<Record<string, InputSpec>>;
  readonly precision: Precision;
  /** Demand relative accuracy in tails: no absolute moves, no declared scale. */
  readonly strict: boolean;
  readonly scale?: DeclaredScale | undefined;
  /** Another computation whose moved results widen the budget: the reference, beside a variant of it. */
  readonly companion?: (inputs: Inputs) => Value | Gradient;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Accept, at a kink, whatever lies between the answers on either side: for gradients. */
  readonly kinks?: boolean;
  /** Each output element comes from one element of each input, however many there are. */
  readonly elementwise?: boolean;
  /** All data make one number, which missing data may leave missing, even where it has no weight. */
  readonly reduces?: boolean;
}

/** One walk over the inputs answers all that the budgets ask of them. */
interface Facts {
  readonly elements: number;
  readonly largest: number;
  readonly hasNaN: boolean;
  readonly hasInfinity: boolean;
}

const facts = new WeakMap<Inputs, Facts>();

function factsOf(question: Question): Facts {
  const known = facts.get(question.inputs);
  if (known !== undefined) return known;
  let elements = 0;
  let largest = 0;
  let nan = false;
  let infinite = false;
  for (const name in question.inputs) {
    const argument = question.inputs[name]!;
    if (typeof argument !== 'object') {
      elements += 1;
      const size = Math.abs(Number(argument));
      if (size > largest && size < Infinity) largest = size;
      continue;
    }
    const { data } = argument;
    elements += data.length;
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(data[i]!);
      if (size < Infinity) {
        if (size > largest) largest = size;
      } else if (size === Infinity) infinite = true;
      else nan = true;
    }
  }
  const found = { elements, largest, hasNaN: nan, hasInfinity: infinite && !nan };
  facts.set(question.inputs, found);
  return found;
}

export interface Judgement {
  readonly right: boolean;
  /** The largest error as a fraction of the budget; Infinity for answers of the wrong class. */
  readonly ratio: number;
  /** What is wrong, in words; absent when right. */
  readonly message?: string;
  readonly worst?: {
    readonly where: string;
    readonly got: number;
    readonly right: number;
    readonly allowed: number;
  };
}

/** A value or gradient as one list of numbers, with the layout that tells two apart. */
export interface Flat {
  readonly parts: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly data: Float64Array;
}

/** Lays a value or a gradient out flat. */
export function flatten(answer: Value | Gradient): Flat {
  if (typeof answer === 'number') {
    return { parts: [{ name: 'output', shape: [] }], data: Float64Array.of(answer) };
  }
  if ((answer as NDArray).data instanceof Float64Array) {
    const { shape, data } = answer as NDArray;
    return { parts: [{ name: 'output', shape }], data };
  }
  const entries = Object.entries(answer as Gradient).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = entries.map(([name, { shape }]) => ({ name, shape }));
  const data = new Float64Array(entries.reduce((size, [, array]) => size + array.data.length, 0));
  let start = 0;
  for (const [, array] of entries) {
    data.set(array.data, start);
    start += array.data.length;
  }
  return { parts, data };
}

/** Judges one answer by the rule of the module comment. */
export function judge(question: Question, answer: Value | Gradient): Judgement {
  return new Yardstick(question).judge(answer);
}

/**
 * What the answers to one question are measured with: the right answer and the budgets around it.
 * Each is worked out when it is first needed, and kept for whoever answers next.
 */
export class Yardstick {
  private answer: Value | Gradient | undefined;
  private flat: Flat | undefined;
  private cheap: Budget | undefined;
  private full: Budget | undefined;
  private partly: { readonly measured: Uint8Array; readonly budget: Budget } | undefined;
  /** What the reference itself answers, and the budget measured around that. */
  private own: { readonly data: Float64Array; readonly budget: Budget } | undefined;

  constructor(readonly question: Question) {}

  /** What the question is answered with by an exact computation, as far as we know. */
  get right(): Value | Gradient {
    const { pinned, reference, inputs } = this.question;
    this.answer ??= pinned ?? reference(inputs);
    return this.answer;
  }

  /** The same, laid out flat. */
  get numbers(): Flat {
    this.flat ??= flatten(this.right);
    return this.flat;
  }

  judge(answer: Value | Gradient): Judgement {
    const { question, numbers: right } = this;
    const got = flatten(answer);
    const misshapen = layoutMismatch(right, got);
    if (misshapen !== undefined) return { right: false, ratio: Infinity, message: misshapen };

    const outside = outsidePromise(question, right, got);
    if (outside !== undefined) return outside;

    this.cheap ??= cheapBudget(question, right.data);
    const cheap = verdictWithin(question, right, got, this.cheap);
    if (cheap.ratio <= CLEARLY_RIGHT) return cheap;
    if (this.full === undefined && this.isByElement()) {
      return verdictWithin(question, right, got, this.budgetWhereDoubtful(got.data));
    }
    this.full ??= this.fullBudget();
    return verdictWithin(question, right, got, this.full);
  }

  /** True if the budget of each element can be measured without the others. */
  private isByElement(): boolean {
    const { elementwise, pinned, companion, kinks } = this.question;
    return (
      elementwise === true &&
      pinned === undefined &&
      companion === undefined &&
      kinks !== true &&
      this.numbers.data.length > 1
    );
  }

  /** Measures the budgets of the elements that are not clearly right, and of no others. */
  private budgetWhereDoubtful(got: Float64Array): Budget {
    const { question, numbers } = this;
    const right = numbers.data;
    const cheap = this.cheap!;
    this.partly ??= {
      measured: new Uint8Array(right.length),
      budget: {
        allowed: cheap.allowed.slice(),
        low: right,
        high: right,
        classes: new Uint8Array(right.length),
        escapes: new Map(),
      },
    };
    const { measured, budget } = this.partly;
    const latitude = latitudeOf(question);
    const doubtful: number[] = [];
    for (let i = 0; i < right.length; i++) {
      if (measured[i] !== 0 || got[i] === right[i]) continue;
      if (errorRatio(right[i]!, got[i]!, cheap, i, latitude) > CLEARLY_RIGHT) doubtful.push(i);
    }
    if (doubtful.length === 0) return budget;
    const pick = (data: Float64Array): Float64Array => {
      const picked = new Float64Array(doubtful.length);
      for (let k = 0; k < picked.length; k++) picked[k] = data[doubtful[k]!]!;
      return picked;
    };
    const inputs: Record<string, Inputs[string]> = {};
    for (const name in question.inputs) {
      const argument = question.inputs[name]!;
      inputs[name] =
        typeof argument === 'object'
          ? { shape: [doubtful.length], data: pick(argument.data) }
          : argument;
    }
    facts.set(inputs, factsOf(question));
    const part = measuredBudget({ ...question, inputs }, pick(right));
    const allowed = budget.allowed;
    for (let k = 0; k < doubtful.length; k++) {
      const i = doubtful[k]!;
      measured[i] = 1;
      allowed[i] = Math.max(allowed[i]!, part.allowed[k]!);
      budget.classes[i] = part.classes[k]!;
      const escapes = part.escapes.get(k);
      if (escapes !== undefined) (budget.escapes as Map<number, readonly number[]>).set(i, escapes);
    }
    return budget;
  }

  /** The error of each element as a fraction of its budget; undefined for another layout. */
  errors(answer: Value | Gradient): readonly number[] | undefined {
    const { question, numbers: right } = this;
    const got = flatten(answer);
    if (layoutMismatch(right, got) !== undefined) return undefined;
    this.full ??= this.fullBudget();
    const [budget, latitude] = [this.full, latitudeOf(question)];
    return Array.from(right.data, (value, i) =>
      errorRatio(value, got.data[i]!, budget, i, latitude),
    );
  }

  /** Tells whether two answers are the same within the budget of the question. */
  same(expected: Value | Gradient, answer: Value | Gradient): boolean {
    const { question } = this;
    const right = flatten(expected);
    const got = flatten(answer);
    if (layoutMismatch(right, got) !== undefined) return false;
    const cheap = verdictWithin(question, right, got, cheapBudget(question, right.data));
    if (cheap.ratio <= CLEARLY_RIGHT) return true;
    const { data: own, budget } = this.measured();
    if (own.length !== right.data.length) return false;
    return verdictWithin(question, right, got, around(question, budget, own, right.data)).right;
  }

  /**
   * The measured budget around the right answer. The spread is that of the reference around
   * itself: around a pinned answer, an error of the reference would be room for the same error.
   */
  private fullBudget(): Budget {
    const { data: own, budget } = this.measured();
    if (this.question.pinned === undefined) return budget;
    return around(this.question, budget, own, this.numbers.data);
  }

  private measured(): { readonly data: Float64Array; readonly budget: Budget } {
    if (this.own === undefined) {
      const { question } = this;
      const { data } =
        question.pinned === undefined ? this.numbers : flatten(question.reference(question.inputs));
      this.own = { data, budget: measuredBudget(question, data) };
    }
    return this.own;
  }
}

/** A budget measured around one answer, moved to another, which keeps what is its own. */
function around(
  question: Question,
  budget: Budget,
  own: Float64Array,
  right: Float64Array,
): Budget {
  // Where our own answer is no number, nothing has been measured around it.
  const measured = (i: number): boolean => Number.isFinite(own[i]!);
  const move = (end: Float64Array): Float64Array =>
    right.map((value, i) => (measured(i) ? value + (end[i]! - own[i]!) : value));
  const allowed = cheapBudget(question, right).allowed.map((room, i) =>
    measured(i) ? Math.max(room, budget.allowed[i]!) : room,
  );
  // Where our own answer is of another class than the right one, what it moves to excuses nobody.
  const classes = budget.classes.map((bits, i) =>
    classBit(own[i]!) === classBit(right[i]!) ? bits : 0,
  );
  const escapes = new Map(
    [...budget.escapes].filter(([i]) => classBit(own[i]!) === classBit(right[i]!)),
  );
  return { allowed, low: move(budget.low), high: move(budget.high), classes, escapes };
}

/** The rounding units that an honest answer to the question may add up to. */
export function roundingsOf(question: Question): number {
  const { precision, elementwise } = question;
  return roundings(precision, elementwise === true ? 1 : factsOf(question).elements);
}

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

/** Rounding of the result itself, and the scale that the spec declares. */
export function cheapBudget(question: Question, right: Float64Array): Budget {
  const { precision, inputs, scale, strict } = question;
  const format = formats[precision];
  const d = roundingsOf(question);
  const floor = 4 * format.smallestNormal * Math.max(1, factsOf(question).largest);
  const scaled = scale !== undefined && (!strict || scale.always === true) ? scale : undefined;
  const allowed = new Float64Array(right.length);
  for (let i = 0; i < right.length; i++) {
    const size = Math.abs(right[i]!);
    const extra = scaled === undefined ? 0 : Math.abs(scaled.of(inputs, right, i, format));
    allowed[i] = d * (Number.isFinite(size) ? size : 0) + floor + d * finiteOrZero(extra);
  }
  const classes = new Uint8Array(right.length);
  return { allowed, low: right, high: right, classes, escapes: noEscapes };
}

const noEscapes: Budget['escapes'] = new Map();

/** The cheap budget and the spread of the reference when inputs and kernel results move. */
export function measuredBudget(question: Question, right: Float64Array): Budget {
  const budget = cheapBudget(question, right);
  const d = roundingsOf(question);
  const spread = new Float64Array(right.length);
  const escapes = new Map<number, number[]>();
  let unmoved = right;
  const widen = (compute: (sign: 1 | -1) => Value | Gradient, infinitiesCount = true): void => {
    spread.fill(0);
    for (const sign of [1, -1] as const) {
      let moved: Float64Array;
      try {
        moved = flatten(compute(sign)).data;
      } catch {
        continue; // Moved out of the domain: such a question has no answer to learn from.
      }
      for (let i = 0; i < right.length; i++) {
        const difference = Math.abs(moved[i]! - unmoved[i]!);
        if (Number.isFinite(difference)) spread[i] = Math.max(spread[i]!, difference);
        else if (infinitiesCount) {
          budget.classes[i]! |= classBit(moved[i]!);
          if (Number.isFinite(moved[i])) escapes.set(i, [...(escapes.get(i) ?? []), moved[i]!]);
        }
      }
    }
    for (let i = 0; i < right.length; i++) budget.allowed[i]! += spread[i]!;
  };

  const { groups, ends } = movableGroups(question);
  const move = (group: readonly Movable[]) => (sign: 1 | -1) =>
    withMover(still, () => question.reference(moveInputs(question, group, sign * d)));
  for (const group of groups) widen(move(group));
  // A weight moved off its end may let an infinity in, which the weight itself keeps out.
  if (ends.length > 0) widen(move(ends), false);
  const widenByResults = (compute: Question['reference']): void => {
    for (let group = 0; group < RESULT_GROUPS; group++) {
      let moves = 0;
      widen((sign) => {
        const mover = resultMover(group, sign * d, question);
        try {
          return withMover(mover, () => compute(question.inputs));
        } finally {
          moves = Math.max(moves, mover.calls());
        }
      });
      if (moves <= group) break;
    }
  };
  widenByResults(question.reference);
  const { companion } = question;
  if (companion !== undefined) {
    // Its own distance from the variant is no rounding: only how far its moves take it counts.
    unmoved = flatten(companion(question.inputs)).data;
    if (unmoved.length === right.length) widenByResults(companion);
  }
  const measured = { ...budget, escapes };
  return question.kinks === true ? withKinks(question, measured, d) : measured;
}

/** Far below every other number of the question, far above where products of two of them vanish. */
const NUDGE = 2 ** -500;
/** What a number that is not 0 is nudged by, of its size: past the kink it lies on, and no farther. */
const RELATIVE_NUDGE = 2 ** -40;
const NUDGES = 8;

/** Widens the budget by what the reference gives when the data is nudged to either side of a kink. */
function withKinks(question: Question, budget: Budget, d: number): Budget {
  const [low, high] = [budget.low.slice(), budget.high.slice()];
  for (let nudge = 0; nudge < NUDGES; nudge++) {
    // Every nudge has its opposite; and several, because of elements that tie each wins in one.
    const draw = draws(0xc2b2ae35 + (nudge >> 1));
    const side = nudge % 2 === 0 ? 1 : -1;
    const nudged: Record<string, Inputs[string]> = { ...question.inputs };
    for (const [name, argument] of Object.entries(question.inputs)) {
      const kind = question.inputSpecs[name]?.kind;
      if (typeof argument !== 'object' || !(kind === 'real' || kind === 'non-negative')) continue;
      const data = argument.data.map((value) => {
        const by = side * signedUnit(draw);
        if (value !== 0) return value * (1 + by * RELATIVE_NUDGE);
        return NUDGE * (kind === 'real' ? by : Math.abs(by));
      });
      nudged[name] = { shape: argument.shape, data };
    }
    let data: Float64Array;
    try {
      data = flatten(question.reference(nudged)).data;
    } catch {
      continue; // Out of the domain on this side, which leaves the other.
    }
    for (let i = 0; i < low.length; i++) {
      if (!Number.isFinite(data[i]!)) continue;
      low[i] = Math.min(low[i]!, data[i]!);
      high[i] = Math.max(high[i]!, data[i]!);
    }
  }
  // The ends of the interval are rounded like every other number.
  const allowed = budget.allowed.map(
    (room, i) => room + d * Math.max(Math.abs(low[i]!), Math.abs(high[i]!)),
  );
  return { ...budget, allowed, low, high };
}

// ---- moving the inputs ------------------------------------------------------------------

interface Movable {
  readonly name: string;
  /** Position in the array; −1 for a number. */
  readonly index: number;
  /** By how many rounding units of the group, sign included: ±[0.5, 1.5). */
  readonly by: number;
}

/**
 * The elements that may move, in groups that are moved one at a time. A group takes positions at
 * random, and for each argument other ones: two elements that are subtracted from one another
 * must not move together, or their moves may cancel and leave the budget empty.
 */
function movableGroups(question: Question): {
  readonly groups: readonly Movable[][];
  /** Blend weights of exactly 0 or 1. */
  readonly ends: readonly Movable[];
} {
  const draw = draws(0x9e3779b9);
  const groups: Movable[][] = Array.from({ length: INPUT_GROUPS }, () => []);
  const ends: Movable[] = [];
  const ranks = shuffledRanks(longestArgument(question.inputs), draw);
  for (const [number, [name, argument]] of Object.entries(question.inputs).entries()) {
    const spec = question.inputSpecs[name];
    if (spec === undefined || !moves(spec)) continue;
    const add = (index: number): void => {
      const group = (ranks[Math.max(0, index)]! + number) % INPUT_GROUPS;
      groups[group]!.push({ name, index, by: signedUnit(draw) });
    };
    if (typeof argument === 'number') {
      if (!stays(argument, true)) add(-1);
      else if (isBlendWeight(spec)) ends.push({ name, index: -1, by: signedUnit(draw) });
    } else if (typeof argument === 'object') {
      const unit = spec.kind === 'unit' || spec.kind === 'distribution';
      for (let index = 0; index < argument.data.length; index++) {
        if (!stays(argument.data[index]!, unit)) add(index);
      }
    }
  }
  return { groups: groups.filter((group) => group.length > 0), ends };
}

function longestArgument(inputs: Inputs): number {
  let longest = 1;
  for (const argument of Object.values(inputs)) {
    if (typeof argument === 'object') longest = Math.max(longest, argument.data.length);
  }
  return longest;
}

/** The numbers below n in random order. */
function shuffledRanks(n: number, draw: () => number): Uint32Array {
  const ranks = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [ranks[i], ranks[j]] = [ranks[j]!, ranks[i]!];
  }
  return ranks;
}

/** Labels, signs, and numbers that count something to do, are never moved: next to 3 there is no 3.1. */
function moves({ kind, shape }: InputSpec): boolean {
  return (
    (kind === 'count' && shape !== undefined) ||
    kind === 'real' ||
    kind === 'positive' ||
    kind === 'non-negative' ||
    kind === 'unit' ||
    kind === 'distribution' ||
    kind === 'log-probability'
  );
}

/**
 * A hyper-parameter between 0 and 1 weighs one thing against another. A weight of exactly 0 or 1
 * hides the error of the other branch, so these move by an amount, and the ends do not stay.
 */
function isBlendWeight({ kind, shape }: InputSpec): boolean {
  return kind === 'unit' && shape === undefined;
}

/** Exact zeros stay, and so do exact ones where 1 is an end: moving them would ask another question. */
function stays(value: number, oneIsExact: boolean): boolean {
  return value === 0 || !Number.isFinite(value) || (oneIsExact && value === 1);
}

function moveInputs(question: Question, group: readonly Movable[], d: number): Inputs {
  const { inputs, inputSpecs } = question;
  const moved: Record<string, Inputs[string]> = { ...inputs };
  for (const { name, index, by } of group) {
    const spec = inputSpecs[name]!;
    const end = largestAllowed(spec);
    const argument = inputs[name]!;
    if (typeof argument === 'number') {
      moved[name] = isBlendWeight(spec)
        ? reflectAbove(reflectBelow(argument + by * d, end), 0)
        : reflectBelow(movedInput(argument, by * d, question), end);
    } else if (typeof argument === 'object') {
      if (moved[name] === argument) {
        moved[name] = { shape: argument.shape, data: argument.data.slice() };
      }
      const { data } = moved[name] as NDArray;
      data[index] = reflectBelow(movedInput(argument.data[index]!, by * d, question), end);
    }
  }
  return moved;
}

/** An input moved by a fraction of its size; among the subnormals, half of it is left at least. */
function movedInput(value: number, by: number, question: Question): number {
  return movedBy(value, by, question, Math.abs(value) / 2);
}

/**
 * A number moved by a fraction of its size. Among the subnormals of the format a single rounding
 * is a whole spacing, but moves it by `most` at most.
 */
function movedBy(
  value: number,
  by: number,
  { precision, strict }: Question,
  most = Math.abs(value),
): number {
  const { smallestNormal, unit } = formats[precision];
  const size = Math.abs(value);
  if (strict || size >= smallestNormal) return value * (1 + by);
  const spacing = Math.min(2 * unit * smallestNormal, most);
  return value + Math.sign(value * by) * Math.max(Math.abs(value * by), spacing);
}

function largestAllowed({ kind, max = Infinity }: InputSpec): number {
  return kind === 'unit' || kind === 'distribution' ? Math.min(1, max) : max;
}

// ---- moving the results of kernel operations --------------------------------------------

/** In force while inputs move: nothing else does, and the demands know that they are measured. */
const still: Mover = { result: (value) => value, transcendental: (value) => value };

function resultMover(group: number, d: number, question: Question): Mover & { calls(): number } {
  const draw = draws(0x85ebca6b);
  let call = 0;
  const by = (): number => {
    const unit = signedUnit(draw);
    return call++ % RESULT_GROUPS === group ? unit * d : 0;
  };
  return {
    calls: () => call,
    // Where it underflows, nothing may be left of a result: unlike an input, it was never held.
    result: (value) => movedBy(value, by(), question),
    transcendental: (value, low, high) => {
      const move = by();
      if (move === 0 || !Number.isFinite(value)) return value;
      const size = question.strict ? Math.abs(value) : Math.max(1, Math.abs(value));
      return reflectAbove(reflectBelow(value + move * size, high), low);
    },
  };
}

/** Beyond an end of its range a value is reflected: clamped, it would show no spread there. */
function reflectBelow(value: number, end: number): number {
  return value > end ? 2 * end - value : value;
}

function reflectAbove(value: number, end: number): number {
  return value < end ? 2 * end - value : value;
}

// ---- comparing --------------------------------------------------------------------------

function verdictWithin(question: Question, right: Flat, got: Flat, budget: Budget): Judgement {
  const latitude = latitudeOf(question);
  let ratio = 0;
  let worst = 0;
  const { largest } = latitude.format;
  for (let i = 0; i < right.data.length; i++) {
    const expected = right.data[i]!;
    const given = got.data[i]!;
    // Equal and finite: no error to divide. Nearly all that is asked ends here.
    if (given === expected && Math.abs(expected) <= largest) continue;
    const error = errorRatio(expected, given, budget, i, latitude);
    if (error > ratio) {
      ratio = error;
      worst = i;
    }
  }
  if (ratio === 0) return perfect;
  if (ratio <= 1) return { right: true, ratio };
  const found = {
    where: nameElement(right, worst),
    got: got.data[worst]!,
    right: right.data[worst]!,
    allowed: budget.allowed[worst]!,
  };
  return {
    right: false,
    ratio,
    worst: found,
    message:
      ratio === Infinity
        ? `${found.where} is ${print(found.got)}, right is ${print(found.right)}`
        : `error ${ratio.toPrecision(2)} times the budget (worst at ${found.where}: got ${print(found.got)}, right ${print(found.right)}, allowed ± ${found.allowed.toPrecision(2)})`,
  };
}

const perfect: Judgement = { right: true, ratio: 0 };

/** What comparing needs to know beyond the numbers themselves. */
interface Latitude {
  readonly format: Format;
  readonly roundings: number;
  /** How far below the largest number an honest method may overflow: its sums do before its means. */
  readonly headroom: number;
  /** A gradient at ±Infinity that is NaN for us has no value that others must give. */
  readonly undefinedIsFree: boolean;
  /** NaN is an answer: data is missing. */
  readonly missingIsFree: boolean;
}

function latitudeOf(question: Question): Latitude {
  const { precision, kinks } = question;
  const { hasInfinity, hasNaN } = factsOf(question);
  return {
    format: formats[precision],
    roundings: roundingsOf(question),
    headroom: headroomOf(question),
    undefinedIsFree: kinks === true && hasInfinity,
    missingIsFree: !question.strict && question.reduces === true && hasNaN,
  };
}

/** The least cotangent that is drawn, by which a slope is multiplied that may have overflowed. */
const LEAST_COTANGENT = 1 / 16;

/** How far below the largest number of the format the answer to a question may overflow. */
export function headroomOf(question: Question): number {
  const { strict, kinks } = question;
  if (strict) return 1;
  return (4 * factsOf(question).elements) / (kinks === true ? LEAST_COTANGENT : 1);
}

/** The error as a fraction of the budget: 0 for the same class of non-finite, Infinity for another. */
function errorRatio(
  right: number,
  got: number,
  budget: Budget,
  i: number,
  { format, roundings, headroom, undefinedIsFree, missingIsFree }: Latitude,
): number {
  if (missingIsFree && Number.isNaN(got)) return 0;
  const allowed = budget.allowed[i]!;
  if (Number.isNaN(right)) {
    return Number.isNaN(got) || undefinedIsFree ? 0 : accepted(got, budget.classes[i]!);
  }
  if (Math.abs(right) > format.largest) {
    if (got === Math.sign(right) * Infinity) return 0;
    // Near the overflow threshold a finite answer may be as honest as an infinite one.
    const nearest = Math.sign(right) * format.largest;
    if (Number.isFinite(got) && Math.abs(right) - allowed <= format.largest) {
      return fraction(Math.abs(got - nearest), allowed);
    }
    if (!Number.isFinite(got)) return accepted(got, budget.classes[i]!);
    const escapes = budget.escapes.get(i) ?? [];
    return Math.min(
      ...escapes.map((finite) =>
        fraction(Math.abs(got - finite), allowed + roundings * Math.abs(finite)),
      ),
    );
  }
  if (!Number.isFinite(got)) {
    const mayOverflow = (Math.abs(right) + allowed) * headroom > format.largest;
    if (mayOverflow && Math.sign(got) === Math.sign(right)) return 0;
    return accepted(got, budget.classes[i]!);
  }
  return fraction(Math.max(0, budget.low[i]! - got, got - budget.high[i]!), allowed);
}

/** An error that overflows is beyond every budget, even one that overflows too. */
function fraction(error: number, allowed: number): number {
  return error === Infinity ? Infinity : error / allowed;
}

function accepted(got: number, classes: number): number {
  return !Number.isFinite(got) && (classes & classBit(got)) !== 0 ? 0 : Infinity;
}

function classBit(value: number): number {
  if (Number.isNaN(value)) return 1;
  if (value === Infinity) return 2;
  return value === -Infinity ? 4 : 8;
}

function layoutMismatch(right: Flat, got: Flat): string | undefined {
  const same =
    right.parts.length === got.parts.length &&
    right.parts.every(({ name, shape }, i) => {
      const other = got.parts[i]!;
      return name === other.name && shapesEqual(shape, other.shape);
    });
  if (same) return undefined;
  const layout = ({ parts }: Flat): string =>
    parts.map(({ name, shape }) => `${name} of shape [${shape.join(', ')}]`).join(' and ');
  return `the answer has ${layout(got) || 'nothing'}, right is ${layout(right)}`;
}

/** An answer outside the promised range is wrong, however little. */
function outsidePromise(
  { min = -Infinity, max = Infinity }: Question,
  right: Flat,
  got: Flat,
): Judgement | undefined {
  for (let i = 0; i < got.data.length; i++) {
    const value = got.data[i]!;
    if (!(value < min) && !(value > max)) continue;
    const where = nameElement(right, i);
    const bound = value < min ? `at least ${min}` : `at most ${max}`;
    return {
      right: false,
      ratio: Infinity,
      message: `${where} is ${print(value)}, and is promised to be ${bound}`,
      worst: { where, got: value, right: right.data[i]!, allowed: 0 },
    };
  }
  return undefined;
}

/** Names an element of a flat answer: `output`, `output[2]`, `prediction[1, 0]`. */
function nameElement({ parts }: Flat, index: number): string {
  let start = 0;
  for (const { name, shape } of parts) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (index < start + size) {
      if (shape.length === 0) return name;
      let rest = index - start;
      const position: number[] = [];
      for (const length of [...shape].reverse()) {
        position.unshift(rest % length);
        rest = Math.floor(rest / length);
      }
      return `${name}[${position.join(', ')}]`;
    }
    start += size;
  }
  return 'output';
}

/** A number as code would write it, −0 and all. */
export function print(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

// ---- small things -----------------------------------------------------------------------

/** The number of input elements, arrays and hyper-parameters together. */
export function elementsOf(inputs: Inputs): number {
  let elements = 0;
  for (const argument of Object.values(inputs)) {
    elements += typeof argument === 'object' ? argument.data.length : 1;
  }
  return elements;
}

function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function signedUnit(draw: () => number): number {
  const unit = draw() - 0.5;
  return unit < 0 ? unit - 0.5 : unit + 0.5;
}

/**
 * Mulberry32: the judge's own draws, the same for every judgement, so that a verdict depends
 * on the question and the answer alone.
 */
function draws(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
