import type { NDArray, Precision } from '../kernel/index.js';
import type { Exchange } from './exchanges.js';
import { isArraySpec } from './generate/index.js';
import { judge } from './judge/index.js';
import { isElementwise } from './questions.js';
import { relationOf } from './relations.js';
import type { Session } from './session.js';
import type { Argument, Inputs } from './spec.js';
import { allArrays, arraysIn, flatten, isArray, partOf } from './values.js';

/*
 * What the wrong answers of a subject have in common, when nobody knows its mistake: what they
 * are of the right ones, where they come, and by how much they miss.
 */

/** The traits of some exchanges, of which one is wrong at least; the most telling first. */
export function traitsOf(session: Session, exchanges: readonly Exchange[]): readonly string[] {
  const wrong = exchanges.filter(({ right }) => !right);
  const relation = relationOf(session, exchanges, wrong);
  if (relation !== undefined) return [relation];
  const part = wrongParts(wrong);
  const where = whereWrong(session, exchanges, wrong);
  const how = howWrong(exchanges, wrong);
  return [part, where, how].filter((trait) => trait !== undefined);
}

/** The parts of an answer that hold all that is wrong, where others are right. */
function wrongParts(wrong: readonly Exchange[]): string | undefined {
  const all = new Set<string>();
  const found = new Set<string>();
  for (const { yardstick, answer } of wrong) {
    const errors = answer === undefined ? undefined : yardstick.errors(answer);
    if (errors === undefined) return undefined;
    for (const part of yardstick.numbers.parts) {
      const own = errors.slice(part.start, part.start + part.size);
      all.add(partOf(part));
      if (own.some((error) => error > 1)) found.add(partOf(part));
    }
  }
  if (found.size === 0 || found.size === all.size) return undefined;
  return `wrong only in ${[...found].join(' and ')}`;
}

// ---- where --------------------------------------------------------------------------------

/** Something that is true of all that is wrong. */
interface Claim {
  readonly sentence: string;
  /** What it is about: inputs, or elements of the output. */
  readonly of: 'inputs' | 'elements';
  readonly wrong: number;
  readonly right: number;
  /** How many of the right ones it is true of as well. */
  readonly shared: number;
}

/**
 * A claim tells all if it is true of few right ones: one for five wrong ones may be right by
 * chance, but no more than half of all that are right.
 */
function tellsAll({ wrong, right, shared }: Claim): boolean {
  return shared <= 0.2 * wrong && shared <= 0.5 * right;
}

/** A claim tells a part if it would hardly be true of every wrong one by chance. */
function tellsPart({ wrong, right, shared }: Claim): boolean {
  return shared <= 0.5 * right && (shared / right) ** wrong < 0.001;
}

function whereWrong(
  session: Session,
  exchanges: readonly Exchange[],
  wrong: readonly Exchange[],
): string {
  if (isFirstCallOnly(exchanges)) return 'wrong only the first time that it is asked';
  const always = wrong.length === exchanges.length;
  const ofInputs = always ? [] : claimsOnInputs(session, exchanges, wrong);
  const claims = [...ofInputs, ...claimsOnElements(session, exchanges)];
  const whole = claims.find(tellsAll);
  if (whole !== undefined) return whole.sentence;
  const share = ({ shared, right }: Claim): number => shared / right;
  const [part] = claims.filter(tellsPart).sort((one, other) => share(one) - share(other));
  if (part !== undefined) {
    const { sentence, of, shared } = part;
    return `${sentence}, for ${part.wrong} of ${part.wrong + shared} such ${of}`;
  }
  return always
    ? 'every answer is wrong'
    : `wrong for ${wrong.length} of ${exchanges.length} inputs`;
}

/** Only the very first answer is wrong, and nothing about its inputs was special. */
function isFirstCallOnly([first, ...later]: readonly Exchange[]): boolean {
  if (later.length < 5) return false;
  const ordinary = allArrays(first!.heard.inputs).every(({ data }) => data.every(Number.isFinite));
  return ordinary && later.every(({ right }) => right);
}

/** Something that can be said of inputs, and may be all that the wrong answers share. */
interface Feature {
  readonly sentence: string;
  readonly holds: (inputs: Inputs) => boolean;
}

function claimsOnInputs(
  session: Session,
  exchanges: readonly Exchange[],
  wrong: readonly Exchange[],
): Claim[] {
  const right = exchanges.filter((exchange) => exchange.right);
  return features(session, wrong)
    .filter(({ holds }) => wrong.every(({ heard }) => holds(heard.inputs)))
    .map(({ sentence, holds }) => ({
      sentence,
      of: 'inputs',
      wrong: wrong.length,
      right: right.length,
      shared: right.filter(({ heard }) => holds(heard.inputs)).length,
    }));
}

function features({ formula }: Session, wrong: readonly Exchange[]): Feature[] {
  const found: Feature[] = [];
  const { inputs: specs } = formula.spec;
  for (const [name, input] of Object.entries(specs)) {
    if (input.optional === true) found.push(...presence(name));
    if (isArraySpec(input)) {
      const elements = (inputs: Inputs): Float64Array => elementsIn(inputs[name]);
      const some = (sentence: string, holds: (element: number) => boolean): void => {
        found.push({
          sentence: `wrong only where ${name} ${sentence}`,
          holds: (inputs) => elements(inputs).some(holds),
        });
      };
      some('holds NaN', Number.isNaN);
      some('holds an infinity', (element) => Math.abs(element) === Infinity);
      some('holds a zero', (element) => element === 0);
      some('holds a negative element', (element) => element < 0);
      some('holds a positive element', (element) => element > 0);
      found.push({
        sentence: `wrong only where elements of ${name} are tied`,
        holds: (inputs) => new Set(elements(inputs)).size < elements(inputs).length,
      });
      found.push(...thresholds(name, elements, wrong));
    } else {
      found.push(presence(name)[0]!);
      found.push({
        sentence: `wrong only where ${name} is not its default`,
        holds: (inputs) => inputs[name] !== undefined && inputs[name] !== input.default,
      });
      const value = wrong[0]!.heard.inputs[name];
      found.push({
        sentence: `wrong only where ${name} is ${String(value)}`,
        holds: (inputs) => inputs[name] === value,
      });
    }
  }
  found.push(...equalArguments(Object.keys(specs).filter((name) => isArraySpec(specs[name]!))));
  return found;
}

/** Wrong where an argument is left out, or where it is given. */
function presence(name: string): Feature[] {
  return [
    {
      sentence: `wrong only where ${name} is left out`,
      holds: (inputs) => inputs[name] === undefined,
    },
    {
      sentence: `wrong only where ${name} is given`,
      holds: (inputs) => inputs[name] !== undefined,
    },
  ];
}

/** The elements of an argument: of several arrays end to end, and none where it is left out. */
function elementsIn(argument: Argument | undefined): Float64Array {
  if (isArray(argument)) return argument.data;
  return Float64Array.from(arraysIn(argument).flatMap(({ data }) => [...data]));
}

/** Wrong above some size of the elements, or of the array. */
function thresholds(
  name: string,
  elements: (inputs: Inputs) => Float64Array,
  wrong: readonly Exchange[],
): Feature[] {
  const found: Feature[] = [];
  const measures: readonly [(bound: string) => string, (inputs: Inputs) => number][] = [
    [(bound) => `has ${bound} elements`, (inputs) => elements(inputs).length],
    [(bound) => `reaches a size of ${bound}`, (inputs) => largestOf(elements(inputs))],
  ];
  for (const [sentence, measure] of measures) {
    // What is left out has no size.
    const of = (inputs: Inputs): number =>
      inputs[name] === undefined ? Number.NaN : measure(inputs);
    const sizes = wrong.map(({ heard }) => of(heard.inputs));
    const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
    // That something is infinite is told in words.
    if (Number.isFinite(low)) {
      found.push({
        sentence: `wrong only where ${name} ${sentence(`at least ${shortened(low, -1)}`)}`,
        holds: (inputs) => of(inputs) >= low,
      });
    }
    if (Number.isFinite(high)) {
      found.push({
        sentence: `wrong only where ${name} ${sentence(`at most ${shortened(high, 1)}`)}`,
        holds: (inputs) => of(inputs) <= high,
      });
    }
  }
  return found;
}

/** The largest size of the elements; NaN beside NaN, which no threshold explains. */
function largestOf(elements: Float64Array): number {
  return elements.reduce((largest, element) => Math.max(largest, Math.abs(element)), 0);
}

/** Three digits of a bound, rounded to the side on which the sentence stays true. */
function shortened(value: number, side: 1 | -1): string {
  const scale = 10 ** (2 - Math.floor(Math.log10(Math.abs(value))));
  const digits = side * Math.ceil(side * value * scale);
  // Of 0, of infinities and of subnormals there is no scale.
  const short = Number.isNaN(digits / scale) ? value : digits / scale;
  return String(Number(short.toPrecision(3)));
}

function equalArguments(names: readonly string[]): Feature[] {
  const found: Feature[] = [];
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      found.push({
        sentence: `wrong only where ${one} and ${other} are equal somewhere`,
        holds: (inputs) => {
          const [left, right] = [elementsIn(inputs[one]), elementsIn(inputs[other])];
          return left.some((element, k) => element === right[k]);
        },
      });
    }
  }
  return found;
}

// ---- which elements -----------------------------------------------------------------------

/** An element of the output of an elementwise formula, and the inputs that it comes from. */
interface Element {
  readonly inputs: Inputs;
  readonly index: number;
  readonly got: number;
  readonly right: number;
  readonly isRight: boolean;
}

/** The elements of some answers; undefined if one of them is missing, or of another layout. */
function elementsOf(exchanges: readonly Exchange[]): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (const { yardstick, heard, answer } of exchanges) {
    const errors = answer === undefined ? undefined : yardstick.errors(answer);
    if (errors === undefined) return undefined;
    const got = flatten(answer!).data;
    for (const [index, error] of errors.entries()) {
      elements.push({
        inputs: heard.inputs,
        index,
        got: got[index]!,
        right: yardstick.numbers.data[index]!,
        isRight: error <= 1,
      });
    }
  }
  return elements;
}

/** Elements, right or wrong, that a range must be seen on. */
const ELEMENTS = 5;

/** For an elementwise formula, the ranges outside of which every element is right. */
function claimsOnElements(session: Session, exchanges: readonly Exchange[]): Claim[] {
  const { spec } = session.formula;
  const elements = isElementwise(spec) ? elementsOf(exchanges) : undefined;
  if (elements === undefined) return [];
  const claims: (Claim | undefined)[] = [];
  for (const [name, input] of Object.entries(spec.inputs)) {
    if (!isArraySpec(input)) continue;
    const elementOf = ({ inputs, index }: Element): number =>
      (inputs[name] as NDArray).data[index]!;
    const sizeOf = (element: Element): number => Math.abs(elementOf(element));
    claims.push(rangeOf(elements, elementOf, (range) => `of ${name} ${range}`));
    claims.push(rangeOf(elements, sizeOf, (range) => `of ${name} ${range} in size`));
  }
  const places = rangeOf(
    elements,
    ({ index }) => index + 1,
    (range) => `at places ${range}`,
  );
  // Long arrays are drawn differently, so that a part of the places is soon free of errors.
  if (places !== undefined && tellsAll(places)) claims.push(places);
  return claims.filter((claim) => claim !== undefined);
}

/** The range of the wrong elements, if right ones lie outside of it. */
function rangeOf(
  elements: readonly Element[],
  of: (element: Element) => number,
  words: (range: string) => string,
): Claim | undefined {
  const wrong = elements.filter(({ isRight }) => !isRight).map(of);
  const right = elements
    .filter(({ isRight }) => isRight)
    .map(of)
    .filter((value) => !Number.isNaN(value));
  const [low, high] = [least(wrong), -least(wrong.map((value) => -value))];
  const below = right.filter((value) => value < low).length;
  const above = right.filter((value) => value > high).length;
  if (wrong.length < ELEMENTS || below + above < ELEMENTS || Number.isNaN(low)) return undefined;
  const [from, to] = [shortened(low, -1), shortened(high, 1)];
  let range = `from ${from} to ${to}`;
  let outside = below + above;
  if (low === high) {
    range = `of ${from}`;
  } else if (above < ELEMENTS) {
    range = `of at least ${from}`;
    outside = below;
  } else if (below < ELEMENTS) {
    range = `of at most ${to}`;
    outside = above;
  }
  return {
    sentence: `wrong only for elements ${words(range)}`,
    of: 'elements',
    wrong: wrong.length,
    right: right.length,
    shared: right.length - outside,
  };
}

/** The least of some numbers; NaN if one is. */
function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

// ---- how ----------------------------------------------------------------------------------

function howWrong(exchanges: readonly Exchange[], wrong: readonly Exchange[]): string | undefined {
  if (wrong.every(({ heard }) => heard.outcome.kind === 'threw')) {
    return 'throws wherever it is wrong';
  }
  if (wrong.every(isMisshapen)) return 'of another shape wherever it is wrong';
  const misses = elementsOf(wrong)?.filter(({ isRight }) => !isRight);
  if (misses === undefined || misses.length < ELEMENTS) return undefined;
  const { precision } = wrong[0]!.yardstick.question;
  const shorter = shorterFormats[precision].find((format) => areRightIn(format, exchanges));
  if (shorter !== undefined) return `as exact as ${shorter} would be`;
  if (misses.every(({ got }) => Number.isNaN(got))) return 'NaN wherever it is wrong';
  const farthest = misses.reduce(
    (most, { got, right }) => Math.max(most, Math.abs(got / right - 1)),
    0,
  );
  if (farthest < 0.01) return `right to ${Math.floor(-Math.log10(farthest))} digits at least`;
  if (misses.every(({ got, right }) => got > right)) return 'too large wherever it is wrong';
  if (misses.every(({ got, right }) => got < right)) return 'too small wherever it is wrong';
  return undefined;
}

/** True for an answer of another shape, or with other gradients, than is right. */
function isMisshapen({ yardstick, answer }: Exchange): boolean {
  return answer !== undefined && yardstick.errors(answer) === undefined;
}

/** What a computation in each format may slip into. */
const shorterFormats: Readonly<Record<Precision, readonly Precision[]>> = {
  float64: ['float32'],
  float32: ['float16', 'bfloat16'],
  float16: [],
  bfloat16: [],
};

/** True if every answer would be right in another format. */
function areRightIn(precision: Precision, exchanges: readonly Exchange[]): boolean {
  return exchanges.every(
    ({ yardstick: { question }, answer }) => judge({ ...question, precision }, answer!).right,
  );
}
