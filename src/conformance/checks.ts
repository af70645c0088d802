import { everyNumber, formats, type Stream, stream, vector } from '../kernel/index.js';
import { PartMissing, type Violation } from './estimate.js';
import { drawOnce, isArraySpec, roundInputs } from './generate/index.js';
import { decodeGradient, decodeInputs, decodeValue, type GoldenCase } from './golden.js';
import { Yardstick } from './judge/index.js';
import type { Law } from './law.js';
import { answerOf, WrongAnswer } from './law-answers.js';
import { isElementwise } from './questions.js';
import { type Refusal, refusalsOf } from './refusals.js';
import { renderValue } from './render.js';
import type { CheckKind } from './report.js';
import { samplingChecks } from './sampling/check.js';
import { type Heard, type Reply, type Session, SubjectFault } from './session.js';
import { slug } from './slug.js';
import { type Gradient, type Inputs, outputsOf, type Part, type Spec, type Value } from './spec.js';
import type { Call, Operation } from './subject.js';
import { allArrays, flatten, isParts, sameInputs, withNumbers } from './values.js';

/** One question put to a subject about one formula. */
export interface Check {
  /** `losses/huber/law/is-never-negative`. Never changes. */
  readonly id: string;
  readonly kind: CheckKind;
  /** The whole sentence: `Huber loss is never negative`. */
  readonly sentence: string;
  /** What is asked of the subject; a subject that does not offer it is not judged by this check. */
  readonly operation: Operation;
  /** Where the inputs come from: drawn for each run, drawn without special values, or pinned. */
  readonly cases: 'generated' | 'finite' | readonly Inputs[];
  /** Judges the subject at one set of inputs. */
  readonly examine: (
    session: Session,
    inputs: Inputs,
    run: number,
  ) => Examination | Promise<Examination>;
}

/** What came of one run of a check. */
export interface Examination {
  readonly failure?: Violation & { readonly call: Call };
  /** The error as a fraction of the budget, where there was one to measure. */
  readonly ratio?: number;
  /** Worth telling, though not a failure. */
  readonly note?: string;
  /** For an answer that only the strict level rejects: its error in strict budgets, once asked for. */
  readonly lostTail?: () => number | undefined;
}

/** Every check of a formula: pinned values first, then agreement, laws, gradient, refusals, hygiene. */
export function checksOf(session: Session): Check[] {
  const { formula } = session;
  const { spec } = formula;
  const checks: Check[] = [];
  for (const golden of formula.goldens.cases) {
    if (golden.strict === true && !session.options.strict) continue;
    if (golden.error !== undefined || overflows(session, golden)) continue;
    if (isRefusedWhenRounded(session, golden)) continue;
    checks.push(...goldenChecks(spec, golden));
  }
  checks.push(agreementCheck(spec));
  checks.push(...sweepCheck(session), ...enduranceCheck(session));
  for (const law of formula.properties) checks.push(lawCheck(spec, law));
  if (spec.differentiable !== undefined) checks.push(gradientCheck(spec));
  checks.push(...samplingChecks(formula));
  for (const refusal of refusalsOf(spec)) checks.push(refusalCheck(spec, refusal));
  checks.push(argumentsCheck(spec), repeatCheck(spec));
  return checks;
}

// ---- pinned values ----------------------------------------------------------------------

function goldenChecks(spec: Spec, golden: GoldenCase): Check[] {
  const inputs = decodeInputs(spec, golden.inputs);
  const checks: Check[] = [
    {
      id: `${spec.id}/golden/${golden.id}`,
      kind: 'golden',
      sentence: `${spec.name} gives the pinned value: ${golden.why}`,
      operation: 'value',
      cases: [inputs],
      examine: (session, pinned) => {
        const right = decodeValue(spec, golden.output!);
        return examineValue(session, pinned, pinnedAt(session, pinned, right));
      },
    },
  ];
  const { gradient, cotangent } = golden;
  if (gradient !== undefined && cotangent !== undefined) {
    checks.push({
      id: `${spec.id}/golden/${golden.id}/gradient`,
      kind: 'golden',
      sentence: `${spec.name} gives the pinned gradient: ${golden.why}`,
      operation: 'gradient',
      cases: [inputs],
      examine: (session, pinned) => {
        const right = decodeGradient(gradient);
        const weights = decodeValue(spec, cotangent);
        return examineGradient(session, pinned, weights, pinnedAt(session, pinned, right));
      },
    });
  }
  return checks;
}

/** True where a format would turn a finite number of the case into an infinity: another question. */
function overflows({ formula: { spec }, options }: Session, golden: GoldenCase): boolean {
  const { largest } = formats[options.precision];
  const isBeyond = (value: unknown): boolean =>
    Number.isFinite(value) && Math.abs(value as number) > largest;
  const inputs = decodeInputs(spec, golden.inputs);
  // Words and truth values are not finite numbers either.
  return (
    Object.values(inputs).some(isBeyond) ||
    allArrays(inputs).some(({ data }) => data.some(isBeyond))
  );
}

/** True where a format rounds the inputs out of the domain: a matrix that only just has its structure. */
function isRefusedWhenRounded({ formula, options }: Session, golden: GoldenCase): boolean {
  const { spec, reference } = formula;
  if (options.precision === 'float64') return false;
  try {
    reference(roundInputs(spec, decodeInputs(spec, golden.inputs), options.precision));
    return false;
  } catch {
    return true;
  }
}

/**
 * The pinned answer, unless the subject is asked something else: inputs that its precision
 * cannot hold, or a convention that it declares.
 */
function pinnedAt<Answer>(session: Session, inputs: Inputs, answer: Answer): Answer | undefined {
  const { precision, variant } = session.options;
  const held = sameInputs(inputs, roundInputs(session.formula.spec, inputs, precision));
  return held && variant === undefined ? answer : undefined;
}

// ---- agreement --------------------------------------------------------------------------

function agreementCheck(spec: Spec): Check {
  return {
    id: `${spec.id}/agreement`,
    kind: 'agreement',
    sentence: `${spec.name} agrees with the reference`,
    operation: 'value',
    cases: 'generated',
    examine: (session, inputs) => examineValue(session, inputs),
  };
}

/** Elements of one call of a sweep. */
const SWEPT = 1024;

/** Elementwise formulas in sixteen bits have so few inputs that the exhaustive level asks them all. */
function sweepCheck({ formula: { spec }, options }: Session): Check[] {
  const { precision, exhaustive } = options;
  if (exhaustive !== true || (precision !== 'float16' && precision !== 'bfloat16')) return [];
  const arrays = Object.entries(spec.inputs).filter(([, input]) => isArraySpec(input));
  if (arrays.length !== 1 || !isElementwise(spec)) return [];
  const [name, { special }] = arrays[0]!;
  const asked = everyNumber(precision).filter(
    (value) => Number.isFinite(value) || special?.includes(value),
  );
  const cases: Inputs[] = [];
  for (let start = 0; start < asked.length; start += SWEPT) {
    cases.push({ [name]: vector(...asked.subarray(start, start + SWEPT)) });
  }
  return [
    {
      id: `${spec.id}/sweep`,
      kind: 'agreement',
      sentence: `${spec.name} agrees with the reference on every ${precision} number`,
      operation: 'value',
      cases,
      examine: (session, inputs) => examineValue(session, inputs),
    },
  ];
}

/** Inputs that endurance is tried on. */
const ENDURED = 3;

/** What goes wrong only in the long run is asked for at the exhaustive level, where time is no matter. */
function enduranceCheck({ formula: { spec }, options }: Session): Check[] {
  const { endurance } = spec;
  if (options.exhaustive !== true || endurance === undefined) return [];
  const lengths = Object.fromEntries(
    Object.entries(endurance).map(([symbol, length]) => [symbol, [length]]),
  );
  const long = { ...spec, lengths: { ...spec.lengths, ...lengths } };
  const { precision } = options;
  const cases = Array.from({ length: ENDURED }, (_, i) =>
    drawOnce(long, stream(`${spec.id}/endurance/${i}`), { precision, finite: true }),
  );
  const words = Object.entries(endurance).map(([symbol, length]) => `${length} ${symbol}`);
  return [
    {
      id: `${spec.id}/endurance`,
      kind: 'agreement',
      sentence: `${spec.name} agrees with the reference over ${words.join(' and ')}`,
      operation: 'value',
      cases,
      examine: (session, inputs) => examineValue(session, inputs),
    },
  ];
}

function examineValue(
  session: Session,
  unrounded: Inputs,
  pinned?: Value,
): Examination | Promise<Examination> {
  const { inputs, yardstick } = session.askedAt(unrounded);
  return andThen(session.ask('value', inputs), (outcome) => {
    const call: Call = { formula: session.formula.id, operation: 'value', inputs };
    const found = examineOutcome(pinnedTo(yardstick, pinned), outcome, call, (answer) => answer);
    session.hear({ operation: 'value', inputs, outcome }, yardstick, found.failure !== undefined);
    return found;
  });
}

/** Goes on at once with what is here already. */
function andThen<Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** The yardstick, around the pinned answer where there is one. */
function pinnedTo(yardstick: Yardstick, pinned: Value | Gradient | undefined): Yardstick {
  if (pinned === undefined) return yardstick;
  return new Yardstick({ ...yardstick.question, pinned });
}

function examineOutcome(
  yardstick: Yardstick,
  outcome: Reply,
  call: Call,
  pick: (answer: Value | Gradient) => Value | Gradient,
): Examination {
  const expected = (): string => renderValue(yardstick.right);
  if (outcome.kind !== 'answer') {
    // A library that raises on missing or infinite data is strict, not wrong.
    if (hasNaN(yardstick.numbers.data) || !allFinite(call.inputs)) return {};
    const got = `an error: ${outcome.message}`;
    return { failure: { message: 'throws inside the domain', expected: expected(), got, call } };
  }
  const answer = pick(outcome.answer);
  const judgement = yardstick.judge(answer);
  if (!judgement.right) {
    return {
      ratio: judgement.ratio,
      failure: {
        message: judgement.message!,
        expected: expected(),
        got: renderValue(answer),
        ratio: judgement.ratio,
        call,
      },
    };
  }
  const { ratio, missing } = judgement;
  const note = missing === undefined ? {} : { note: `leaves out ${missing.join(' and ')}` };
  if (yardstick.question.strict || ratio === 0) return { ratio, ...note };
  return { ratio, ...note, lostTail: () => lostTail(yardstick, answer) };
}

/** A loop: the builtin search of typed arrays is slow. */
function hasNaN(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) return true;
  return false;
}

function allFinite(inputs: Inputs): boolean {
  return allArrays(inputs).every(({ data }) => data.every(Number.isFinite));
}

/** An absolute error that the standard level forgives and the strict one would not. */
function lostTail(yardstick: Yardstick, answer: Value | Gradient): number | undefined {
  const { question, numbers } = yardstick;
  const got = yardstick.beside(answer);
  if (got === undefined) return undefined;
  const { unit } = formats[question.precision];
  const suspicious = numbers.data.some((value, i) => {
    const error = Math.abs(got.data[i]! - value);
    return Number.isFinite(error) && error > 1e3 * unit * Math.abs(value);
  });
  if (!suspicious) return undefined;
  const strictly = new Yardstick({ ...question, strict: true }).judge(answer);
  return strictly.right || strictly.ratio === Infinity ? undefined : strictly.ratio;
}

// ---- laws -------------------------------------------------------------------------------

function lawCheck(spec: Spec, law: Law): Check {
  const id = `${spec.id}/law/${slug(law.sentence)}`;
  return {
    id,
    kind: 'law',
    sentence: `${spec.name} ${law.sentence}`,
    operation: 'value',
    cases: 'finite',
    examine: async (session, inputs, run) => {
      const draws = (): Stream => stream(`${session.options.seed}/${id}/${run}`);
      const ask = session.asker(law, run, inputs);
      const violation = await violationOf(law, ask, inputs, draws()).catch((error) =>
        unreadable(session, law, inputs, draws(), error),
      );
      if (violation === undefined) return {};
      if (await variantDisobeys(session, law, inputs, draws())) return {};
      const call: Call = { formula: spec.id, operation: 'value', inputs };
      return { failure: { ...violation, call }, ratio: violation.ratio ?? Infinity };
    },
  };
}

async function violationOf(
  law: Law,
  ask: Parameters<Law['violation']>[0],
  inputs: Inputs,
  draws: Stream,
): Promise<Violation | undefined> {
  try {
    return await law.violation(ask, inputs, draws);
  } catch (error) {
    if (error instanceof WrongAnswer) return { message: error.message };
    // A law about a part that the subject does not give has nothing to judge.
    if (error instanceof PartMissing) return undefined;
    throw error;
  }
}

/**
 * What becomes of an error on the way through a law. A wrong answer may be of a form that the law
 * cannot read; but what happens to right answers as well is a defect of the law.
 */
async function unreadable(
  { terms, variant, formula }: Session,
  law: Law,
  inputs: Inputs,
  draws: Stream,
  error: unknown,
): Promise<Violation> {
  if (error instanceof SubjectFault) throw error;
  const right = variant?.compute ?? formula.reference;
  const ask = async (asked: Inputs) => answerOf(terms, { inputs: asked }, right(asked));
  await violationOf(law, ask, inputs, draws);
  return { message: 'answers in a form that cannot be read' };
}

/** A law that the declared convention itself breaks is not held against the subject. */
async function variantDisobeys(
  session: Session,
  law: Law,
  inputs: Inputs,
  draws: Stream,
): Promise<boolean> {
  const { variant } = session;
  if (variant === undefined) return false;
  const ask = async (asked: Inputs) =>
    answerOf(session.terms, { inputs: asked }, variant.compute(asked));
  return (await violationOf(law, ask, inputs, draws)) !== undefined;
}

// ---- gradients --------------------------------------------------------------------------

function gradientCheck(spec: Spec): Check {
  const id = `${spec.id}/gradient`;
  return {
    id,
    kind: 'gradient',
    sentence: `${spec.name} has the gradient of the reference`,
    operation: 'gradient',
    cases: 'generated',
    examine: (session, inputs, run) => {
      const draws = stream(`${session.options.seed}/${id}/${run}`);
      const { right } = session.askedAt(inputs).yardstick;
      return examineGradient(session, inputs, cotangentLike(spec, right as Value, draws));
    },
  };
}

const signs = [1, -1];

/**
 * Sixteenths, which every precision holds; 1 for half of the scalar outputs, as users ask it.
 * Never 0, which a slope that overflows turns into NaN.
 */
export function cotangentLike(spec: Spec, value: Value, draws: Stream): Value {
  const weight = (): number => (draws.integer(1, 32) / 16) * draws.pick(signs);
  if (typeof value === 'number') return draws.chance(0.5) ? 1 : weight();
  if (!isParts(value)) return withNumbers(value, weight);
  const outputs = outputsOf(spec);
  const varying = Object.entries(value).filter(([name]) => outputs[name]?.constant !== true);
  return Object.fromEntries(
    varying.map(([name, part]) => [name, withNumbers(part as Value, weight) as Part]),
  );
}

function examineGradient(
  session: Session,
  unrounded: Inputs,
  cotangent: Value,
  pinned?: Gradient,
): Examination | Promise<Examination> {
  if (session.variant !== undefined && session.variant.gradient === undefined) {
    return { note: `the variant ${session.options.variant} has no gradient to compare with` };
  }
  const asked = session.askedAt(unrounded);
  const { inputs, yardstick } = asked;
  // Where there is no value there is no slope, and what stands for it is anyone's choice.
  if (hasNaN(yardstick.numbers.data)) return {};
  const slope = session.slopeAt(asked, cotangent);
  return andThen(session.ask('gradient', inputs, cotangent), (outcome) => {
    const call: Call = { formula: session.formula.id, operation: 'gradient', inputs, cotangent };
    const found = examineOutcome(pinnedTo(slope, pinned), outcome, call, (answer) =>
      session.pickGradient(answer),
    );
    const heard: Heard = { operation: 'gradient', inputs, cotangent, outcome };
    session.hear(heard, slope, found.failure !== undefined);
    return found;
  });
}

// ---- refusals ---------------------------------------------------------------------------

function refusalCheck(spec: Spec, refusal: Refusal): Check {
  const reasons = new Map(refusal.cases.map(({ inputs, why }) => [inputs, why]));
  return {
    id: `${spec.id}/refusal/${refusal.id}`,
    kind: 'refusal',
    sentence: `${spec.name} ${refusal.sentence}`,
    operation: 'value',
    cases: refusal.cases.map(({ inputs }) => inputs),
    examine: async (session, inputs) => {
      const outcome = await session.ask('value', inputs);
      if (outcome.kind !== 'answer') return {};
      const { data } = flatten(outcome.answer);
      // An answer with nothing in it says nothing; a NaN says "no answer".
      if (data.length === 0 || data.some(Number.isNaN)) return {};
      const got = renderValue(outcome.answer);
      const why = reasons.get(inputs)!;
      if (!refusal.always && !session.options.strict) {
        return { note: `accepts ${why}: answers ${got}` };
      }
      const call: Call = { formula: spec.id, operation: 'value', inputs };
      return {
        failure: { message: `accepts ${why}`, expected: 'an error or NaN', got, call },
      };
    },
  };
}

// ---- hygiene ----------------------------------------------------------------------------

function argumentsCheck(spec: Spec): Check {
  return {
    id: `${spec.id}/hygiene/arguments`,
    kind: 'hygiene',
    sentence: `${spec.name} leaves its arguments unchanged`,
    operation: 'value',
    cases: 'generated',
    examine: (session, inputs) =>
      andThen(session.ask('value', inputs), ({ changed = [] }): Examination => {
        if (changed.length === 0) return {};
        const call: Call = { formula: spec.id, operation: 'value', inputs };
        return { failure: { message: `changes its argument ${changed.join(' and ')}`, call } };
      }),
  };
}

function repeatCheck(spec: Spec): Check {
  return {
    id: `${spec.id}/hygiene/repeat`,
    kind: 'hygiene',
    sentence: `${spec.name} gives the same answer twice`,
    operation: 'value',
    cases: 'generated',
    examine: async (session, inputs, run) => {
      const first = await session.ask('value', inputs);
      await session.ask('value', session.inputsOf(run + 1, false));
      const second = await session.ask('value', inputs);
      if (sameOutcome(first, second)) return {};
      const [before, after] = [describe(first), describe(second)];
      const call: Call = { formula: spec.id, operation: 'value', inputs };
      const message = 'answers differently when it is asked again';
      return { failure: { message, expected: before, got: after, call } };
    },
  };
}

function sameOutcome(first: Reply, second: Reply): boolean {
  if (first.kind !== 'answer' || second.kind !== 'answer') return first.kind === second.kind;
  const [before, after] = [flatten(first.answer).data, flatten(second.answer).data];
  return before.length === after.length && before.every((value, i) => Object.is(value, after[i]));
}

function describe(outcome: Reply): string {
  return outcome.kind === 'answer' ? renderValue(outcome.answer) : 'an error';
}
