import { formats } from '../../kernel/index.js';
import { meaningOf } from '../kinds/index.js';
import { scratch } from '../scratch.js';
import type { Argument, InputSpec, Inputs } from '../spec.js';
import { movesTogether } from '../structures/index.js';
import { arraysIn, withArrays } from '../values.js';
import { draws, signedUnit } from './draws.js';
import type { Question } from './question.js';

/*
 * The question moved by a few rounding units: an honest method answers a question near the one
 * that was asked.
 */

/** Groups that the elements of the input are moved in. With fewer, right answers were accused. */
const INPUT_GROUPS = 8;

/** An element that may move. */
export interface Movable {
  readonly name: string;
  /** Which array of the argument; of several under names, in their order. */
  readonly array: number;
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
export function movableGroups(question: Question): {
  readonly groups: readonly (readonly Movable[])[];
  /** Blend weights of exactly 0 or 1. */
  readonly ends: readonly Movable[];
} {
  const draw = draws(0x9e3779b9);
  const groups: Movable[][] = Array.from({ length: INPUT_GROUPS }, () => []);
  const ends: Movable[] = [];
  const ranks = shuffledRanks(longestArray(question.inputs), draw);
  for (const [number, [name, argument]] of Object.entries(question.inputs).entries()) {
    const spec = question.inputSpecs[name];
    if (spec === undefined || !moves(spec)) continue;
    const add = (array: number, index: number, place: number, by: number): void => {
      const group = (ranks[place]! + number) % INPUT_GROUPS;
      groups[group]!.push({ name, array, index, by });
    };
    if (typeof argument === 'number') {
      if (!stays(argument, true)) add(0, -1, 0, signedUnit(draw));
      else if (isBlendWeight(spec)) ends.push({ name, array: 0, index: -1, by: signedUnit(draw) });
      continue;
    }
    for (const [array, { shape, data }] of arraysIn(argument).entries()) {
      const leaders = movesTogether(spec.structure, shape);
      const unit = meaningOf(spec.kind).oneStays === true;
      const moved = new Map<number, number>();
      for (let index = 0; index < data.length; index++) {
        if (stays(data[index]!, unit)) continue;
        const leader = leaders === undefined ? index : leaders[index]!;
        const by = moved.get(leader) ?? signedUnit(draw);
        if (leaders !== undefined) moved.set(leader, by);
        add(array, index, leader, by);
      }
    }
  }
  return { groups: groups.filter((group) => group.length > 0), ends };
}

function longestArray(inputs: Inputs): number {
  let longest = 1;
  for (const name in inputs) {
    for (const { data } of arraysIn(inputs[name])) longest = Math.max(longest, data.length);
  }
  return longest;
}

/** The numbers below n in random order. */
function shuffledRanks(n: number, draw: () => number): Uint32Array {
  const ranks = new Uint32Array(n);
  for (let i = 0; i < n; i++) ranks[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    const rank = ranks[i]!;
    ranks[i] = ranks[j]!;
    ranks[j] = rank;
  }
  return ranks;
}

/**
 * Labels, signs, and numbers that count something to do, are never moved: next to 3 there is no
 * 3.1. Nor is what decides by being compared: a decision is no rounding.
 */
function moves({ kind, shape, compared }: InputSpec): boolean {
  if (compared === true) return false;
  const { moves } = meaningOf(kind);
  return moves === true || (moves === 'in arrays' && shape !== undefined);
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

/** The inputs of a question with one group of elements moved by d, in units of their size. */
export function moveInputs(question: Question, group: readonly Movable[], d: number): Inputs {
  const { inputs, inputSpecs } = question;
  const moved: Record<string, Argument> = { ...inputs };
  for (const { name, array, index, by } of group) {
    const spec = inputSpecs[name]!;
    const end = largestAllowed(spec);
    const argument = inputs[name]!;
    if (typeof argument === 'number') {
      moved[name] = isBlendWeight(spec)
        ? reflectAbove(reflectBelow(argument + by * d, end), 0)
        : reflectBelow(movedInput(argument, by * d, question), end);
      continue;
    }
    if (moved[name] === argument) moved[name] = withOwnData(argument);
    const { data } = arraysIn(moved[name])[array]!;
    const value = arraysIn(argument)[array]!.data[index]!;
    data[index] = reflectBelow(movedInput(value, by * d, question), end);
  }
  return moved;
}

function withOwnData(argument: Argument): Argument {
  return withArrays(argument, ({ shape, data }) => {
    const own = scratch(data.length);
    own.set(data);
    return { shape, data: own };
  });
}

/** An input moved by a fraction of its size; among the subnormals, half of it is left at least. */
function movedInput(value: number, by: number, question: Question): number {
  return movedBy(value, by, question, Math.abs(value) / 2);
}

/**
 * A number moved by a fraction of its size. Among the subnormals of the format a single rounding
 * is a whole spacing, but moves it by `most` at most.
 */
export function movedBy(
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
  return Math.min(meaningOf(kind).most ?? Infinity, max);
}

/** Beyond an end of its range a value is reflected: clamped, it would show no spread there. */
export function reflectBelow(value: number, end: number): number {
  return value > end ? 2 * end - value : value;
}

export function reflectAbove(value: number, end: number): number {
  return value < end ? 2 * end - value : value;
}
