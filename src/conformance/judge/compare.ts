import { type Format, formats, shapesEqual } from '../../kernel/index.js';
import { type Flat, type FlatPart, partOf } from '../values.js';
import { type Budget, classBit } from './budget.js';
import { factsOf, headroomOf, type Question, roundingsOf, ruleOf } from './question.js';

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
  /** Parts of the answer that were not given, and so not judged. */
  readonly missing?: readonly string[];
}

const perfect: Judgement = { right: true, ratio: 0 };

/** The verdict on an answer, from the error of its worst element. */
export function verdictWithin(
  question: Question,
  right: Flat,
  got: Flat,
  budget: Budget,
): Judgement {
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
  return { right: false, ratio, worst: found, message: messageFor(found, ratio) };
}

function messageFor(found: Judgement['worst'] & {}, ratio: number): string {
  const { where, got, right, allowed } = found;
  if (ratio === Infinity) return `${where} is ${print(got)}, right is ${print(right)}`;
  return (
    `error ${ratio.toPrecision(2)} times the budget (worst at ${where}: ` +
    `got ${print(got)}, right ${print(right)}, allowed ± ${allowed.toPrecision(2)})`
  );
}

// ---- one element --------------------------------------------------------------------------

/** What comparing needs to know beyond the numbers themselves. */
export interface Latitude {
  readonly format: Format;
  readonly roundings: number;
  /** How far below the largest number an honest method may overflow: its sums do before its means. */
  readonly headroom: number;
  /** A gradient at ±Infinity that is NaN for us has no value that others must give. */
  readonly undefinedIsFree: boolean;
  /** NaN is an answer: data is missing. */
  readonly missingIsFree: boolean;
}

export function latitudeOf(question: Question): Latitude {
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

/** The error as a fraction of the budget: 0 for the same class of non-finite, Infinity for another. */
export function errorRatio(
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

// ---- layouts ------------------------------------------------------------------------------

/** An answer laid beside the right one, or why that cannot be. */
export type Laid =
  | { readonly got: Flat; readonly missing: readonly string[] }
  | { readonly mismatch: string };

/**
 * Lays an answer beside the right one, part by part. Of an answer in several parts some may be
 * left out, though not all: what is missing is filled from the right one, and so is never wrong.
 */
export function layBeside(question: Question, right: Flat, got: Flat): Laid {
  if (sameParts(right.parts, got.parts)) return { got, missing: [] };
  const known = new Set(right.parts.map(partOf));
  const given = got.parts.filter((part) => known.has(partOf(part)));
  const names = new Set(given.map(partOf));
  const wanted = right.parts.filter((part) => names.has(partOf(part)));
  const inParts = question.outputs !== undefined && question.outputs.output === undefined;
  if (!inParts || given.length === 0 || !sameParts(wanted, given)) {
    const compared = inParts && given.length > 0 ? { ...right, parts: wanted } : right;
    const shown = inParts && given.length > 0 ? { ...got, parts: given } : got;
    return {
      mismatch: `the answer has ${layout(shown) || 'nothing'}, right is ${layout(compared)}`,
    };
  }
  const data = right.data.slice();
  wanted.forEach((part, i) => {
    const { start, size } = given[i]!;
    data.set(got.data.subarray(start, start + size), part.start);
  });
  const missing = [...known].filter((name) => !names.has(name));
  return { got: { parts: right.parts, data }, missing };
}

function sameParts(right: readonly FlatPart[], got: readonly FlatPart[]): boolean {
  if (right.length !== got.length) return false;
  for (let i = 0; i < right.length; i++) {
    const [one, other] = [right[i]!, got[i]!];
    if (one.name !== other.name || !shapesEqual(one.shape, other.shape)) return false;
  }
  return true;
}

function layout({ parts }: Flat): string {
  return parts.map(({ name, shape }) => `${name} of shape [${shape.join(', ')}]`).join(' and ');
}

// ---- promises -----------------------------------------------------------------------------

/** An answer outside the promised range is wrong, however little. */
export function outsidePromise(question: Question, right: Flat, got: Flat): Judgement | undefined {
  if (question.unbounded === true) return undefined;
  for (const part of right.parts) {
    const { min = -Infinity, max = Infinity } = ruleOf(question, part) ?? {};
    if (min === -Infinity && max === Infinity) continue;
    for (let i = part.start; i < part.start + part.size; i++) {
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
  }
  return undefined;
}

// ---- words --------------------------------------------------------------------------------

/** Names an element of a flat answer: `output`, `output[2]`, `prediction[1, 0]`. */
function nameElement({ parts }: Flat, index: number): string {
  const part = parts.find(({ start, size }) => index < start + size);
  if (part === undefined) return 'output';
  const { name, shape, start } = part;
  if (shape.length === 0) return name;
  let rest = index - start;
  const position: number[] = [];
  for (const length of [...shape].reverse()) {
    position.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return `${name}[${position.join(', ')}]`;
}

/** A number as code would write it, −0 and all. */
function print(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
