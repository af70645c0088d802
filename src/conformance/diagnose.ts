import type { NDArray } from '../kernel/index.js';
import { isArraySpec } from './generate.js';
import { flatten, judge, type Question, Yardstick } from './judge.js';
import type { Diagnosis } from './report.js';
import type { Heard, Session } from './session.js';
import type { Argument, Gradient, Inputs, Value } from './spec.js';
import { isArray, type Operation } from './subject.js';

/*
 * Why a subject is wrong: which named convention or known mistake it agrees with, on the
 * inputs that tell that one apart from the reference; failing that, what its wrong answers
 * have in common.
 */

/** Agreement that names a culprit. Below it, a resemblance is chance. */
const CONVINCING = 0.95;

/** A question that was asked, what came back, and whether that was right. */
interface Exchange {
  readonly yardstick: Yardstick;
  readonly heard: Heard;
  readonly answer: Value | Gradient | undefined;
  readonly right: boolean;
}

/** Explains the wrong answers that a session heard, the likeliest explanation first. */
export function diagnose(session: Session): Diagnosis[] {
  return [...explain(session, 'value'), ...explain(session, 'gradient')];
}

function explain(session: Session, operation: Operation): Diagnosis[] {
  const exchanges = session.heard
    .filter((heard) => heard.operation === operation)
    .map((heard) => exchangeOf(session, heard));
  if (exchanges.every(({ right }) => right)) return [];

  const named = suspects(session, operation)
    .map((suspect) => compare(exchanges, suspect))
    .filter(({ agrees, of }) => of > 0 && agrees >= CONVINCING * of)
    .sort((a, b) => b.agrees / b.of - a.agrees / a.of || b.of - a.of);
  if (named.length > 0) return named.slice(0, 2);
  return traitsOf(session, exchanges, operation);
}

function questionOf(session: Session, { operation, cotangent }: Heard, inputs: Inputs): Question {
  return operation === 'value'
    ? session.valueQuestion(inputs)
    : session.gradientQuestion(inputs, cotangent ?? 1);
}

function exchangeOf(session: Session, heard: Heard): Exchange {
  const { inputs, outcome } = heard;
  const yardstick = new Yardstick(questionOf(session, heard, inputs));
  if (outcome.kind !== 'answer') return { yardstick, heard, answer: undefined, right: false };
  const { answer } = outcome;
  const picked =
    heard.operation === 'gradient' && typeof answer === 'object' && !isArray(answer)
      ? session.pickGradient(answer)
      : answer;
  return { yardstick, heard, answer: picked, right: yardstick.judge(picked).right };
}

// ---- named conventions and known mistakes -----------------------------------------------

interface Suspect {
  readonly kind: 'variant' | 'mistake';
  readonly operation: Operation;
  readonly name: string;
  readonly source?: string;
  readonly compute: (inputs: Inputs, cotangent: Value) => Value | Gradient;
}

function suspects({ formula, options }: Session, operation: Operation): Suspect[] {
  const found: Suspect[] = [];
  for (const [name, variant] of Object.entries(formula.variants)) {
    const compute = operation === 'value' ? variant.compute : variant.gradient;
    if (compute === undefined || name === options.variant) continue;
    found.push({ kind: 'variant', operation, name, compute });
  }
  for (const [name, mistake] of Object.entries(formula.mistakes)) {
    const compute = operation === 'value' ? mistake.compute : mistake.gradient;
    if (compute === undefined) continue;
    found.push({ kind: 'mistake', operation, name, source: mistake.source, compute });
  }
  return found;
}

/** On how many of the inputs that tell the suspect from the reference does the subject side with it? */
function compare(exchanges: readonly Exchange[], suspect: Suspect): Diagnosis {
  let agrees = 0;
  let of = 0;
  for (const { yardstick, heard, answer, right } of exchanges) {
    // As they were asked, defaults left out: a suspect may have defaults of its own.
    const theirs = attempt(() => suspect.compute(copyOf(heard.inputs), heard.cotangent ?? 1));
    if (theirs === undefined) {
      // The mistake throws here; so must whoever makes it.
      of += 1;
      if (answer === undefined) agrees += 1;
      continue;
    }
    const telling = !right || !yardstick.same(yardstick.right, theirs);
    if (!telling) continue;
    of += 1;
    if (answer !== undefined && yardstick.same(theirs, answer)) agrees += 1;
    if (of - agrees > (1 - CONVINCING) * exchanges.length) break;
  }
  const { kind, operation, name, source } = suspect;
  return { kind, operation, name, ...(source === undefined ? {} : { source }), agrees, of };
}

function attempt<Result>(body: () => Result): Result | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}

function copyOf(inputs: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, argument]): [string, Argument] =>
      typeof argument === 'object'
        ? [name, { shape: argument.shape, data: argument.data.slice() }]
        : [name, argument],
    ),
  );
}

// ---- traits of mistakes that nobody knows -----------------------------------------------

/** Something that can be said of inputs, and may be all that the wrong answers share. */
interface Feature {
  readonly sentence: string;
  readonly holds: (inputs: Inputs) => boolean;
}

function traitsOf(
  session: Session,
  exchanges: readonly Exchange[],
  operation: Operation,
): Diagnosis[] {
  const wrong = exchanges.filter(({ right }) => !right);
  const trait = (name: string): Diagnosis => ({
    kind: 'trait',
    operation,
    name,
    agrees: wrong.length,
    of: wrong.length,
  });
  const relation = constantRelation(exchanges) ?? neglect(session, wrong);
  if (relation !== undefined) return [trait(relation)];
  if (wrong.length === exchanges.length) return [trait('every answer is wrong')];
  const right = exchanges.filter((exchange) => exchange.right);
  if (isFirstCallOnly(exchanges)) return [trait('wrong only the first time that it is asked')];
  for (const { sentence, holds } of features(session, wrong)) {
    const shared = wrong.every(({ heard }) => holds(heard.inputs));
    const elsewhere = right.filter(({ heard }) => holds(heard.inputs)).length;
    // Some inputs with the feature may be answered rightly by chance, but not most of them.
    if (shared && elsewhere <= 0.2 * wrong.length) return [trait(sentence)];
  }
  return [trait(`wrong for ${wrong.length} of ${exchanges.length} inputs`)];
}

/** Only the very first answer is wrong, and nothing about its inputs was special. */
function isFirstCallOnly([first, ...later]: readonly Exchange[]): boolean {
  if (later.length < 5) return false;
  const arrays = Object.values(first!.heard.inputs).filter(
    (argument) => typeof argument === 'object',
  );
  const ordinary = arrays.every(({ data }) => data.every(Number.isFinite));
  return ordinary && later.every(({ right }) => right);
}

/** A hyper-parameter that is not looked at, or whose zero is: `delta || 1`. */
function neglect(session: Session, wrong: readonly Exchange[]): string | undefined {
  for (const [name, { default: usual }] of Object.entries(session.formula.spec.inputs)) {
    if (usual === undefined) continue;
    const asByDefault = wrong.every(({ heard, answer }) => {
      const { [name]: given, ...rest } = heard.inputs;
      if (given === undefined || answer === undefined) return false;
      const { min: _min, max: _max, ...question } = questionOf(session, heard, rest);
      // By default other labels may be ignored, and those of these inputs refused.
      return attempt(() => judge(question, answer).right) === true;
    });
    if (!asByDefault) continue;
    const zeros = wrong.every(({ heard }) => heard.inputs[name] === 0);
    return zeros
      ? `takes an explicit 0 of ${name} for its default, ${usual}`
      : `computes with the default of ${name}, ${usual}, whatever is given`;
  }
  return undefined;
}

/** One factor, one offset or one sign that turns every wrong answer into a right one. */
function constantRelation(exchanges: readonly Exchange[]): string | undefined {
  const factors: number[] = [];
  const offsets: number[] = [];
  for (const { yardstick, answer } of exchanges) {
    if (answer === undefined) return undefined;
    const got = flatten(answer).data;
    for (const [i, right] of yardstick.numbers.data.entries()) {
      if (!Number.isFinite(right) || !Number.isFinite(got[i])) continue;
      if (right !== 0) factors.push(got[i]! / right);
      offsets.push(got[i]! - right);
    }
  }
  const factor = constantOf(factors, (candidate) =>
    explainsAll(exchanges, (right) => right * candidate),
  );
  if (factor === -1) return 'every answer has the wrong sign';
  if (factor !== undefined) return `every answer is ${rounded(factor)} times the right one`;
  const offset = constantOf(offsets, (candidate) =>
    explainsAll(exchanges, (right) => right + candidate),
  );
  return offset === undefined ? undefined : `every answer is off by ${rounded(offset)}`;
}

/** True if every answer, those that are right included, is what `change` makes of the right one. */
function explainsAll(exchanges: readonly Exchange[], change: (right: number) => number): boolean {
  return exchanges.every(({ yardstick, answer }) => {
    const { min: _min, max: _max, ...unbounded } = yardstick.question;
    const reference = (inputs: Inputs) => changed(unbounded.reference(inputs), change);
    return judge({ ...unbounded, reference }, answer!).right;
  });
}

function changed(answer: Value | Gradient, change: (element: number) => number): Value | Gradient {
  if (typeof answer === 'number') return change(answer);
  if (isArray(answer)) return { shape: answer.shape, data: answer.data.map(change) };
  return Object.fromEntries(
    Object.entries(answer).map(([name, { shape, data }]) => [
      name,
      { shape, data: data.map(change) },
    ]),
  );
}

/** The middle of a list, as a short number or in full, whichever explains the answers. */
function constantOf(
  values: readonly number[],
  explains: (candidate: number) => boolean,
): number | undefined {
  if (values.length < 5) return undefined;
  const middle = [...values].sort((a, b) => a - b)[values.length >> 1]!;
  return [rounded(middle), middle].find(explains);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function features({ formula }: Session, wrong: readonly Exchange[]): Feature[] {
  const found: Feature[] = [];
  const { inputs: specs } = formula.spec;
  for (const [name, input] of Object.entries(specs)) {
    if (isArraySpec(input)) {
      const elements = (inputs: Inputs): Float64Array => (inputs[name] as NDArray).data;
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
      found.push({
        sentence: `wrong only where ${name} is left out`,
        holds: (inputs) => inputs[name] === undefined,
      });
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

/** Wrong above some size of the elements, or of the array. */
function thresholds(
  name: string,
  elements: (inputs: Inputs) => Float64Array,
  wrong: readonly Exchange[],
): Feature[] {
  const found: Feature[] = [];
  const measures: readonly [string, (inputs: Inputs) => number][] = [
    ['has elements', (inputs) => elements(inputs).length],
    ['reaches a size', (inputs) => largestOf(elements(inputs))],
  ];
  for (const [measure, of] of measures) {
    const sizes = wrong.map(({ heard }) => of(heard.inputs));
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    found.push(
      {
        sentence: `wrong only where ${name} ${measure} of at least ${shortened(least, -1)}`,
        holds: (inputs) => of(inputs) >= least,
      },
      {
        sentence: `wrong only where ${name} ${measure} of at most ${shortened(most, 1)}`,
        holds: (inputs) => of(inputs) <= most,
      },
    );
  }
  return found;
}

/** The largest size of the elements; NaN beside NaN, which no threshold explains. */
function largestOf(elements: Float64Array): number {
  return elements.reduce((largest, element) => Math.max(largest, Math.abs(element)), 0);
}

/** Three digits of a bound, rounded to the side on which the sentence stays true. */
function shortened(value: number, side: 1 | -1): string {
  if (value === 0) return '0';
  const scale = 10 ** (2 - Math.floor(Math.log10(Math.abs(value))));
  const digits = side * Math.ceil(side * value * scale);
  return String(Number((digits / scale).toPrecision(3)));
}

function equalArguments(names: readonly string[]): Feature[] {
  const found: Feature[] = [];
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      found.push({
        sentence: `wrong only where ${one} and ${other} are equal somewhere`,
        holds: (inputs) => {
          const [left, right] = [inputs[one] as NDArray, inputs[other] as NDArray];
          return left.data.some((element, k) => element === right.data[k]);
        },
      });
    }
  }
  return found;
}
