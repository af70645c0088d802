import type { Formula } from '../catalog.js';
import { formats, type Precision, shapesEqual } from '../kernel/index.js';
import { type Estimate, roundings } from './estimate.js';
import { generatorOf, isArraySpec, roundInputs } from './generate.js';
import {
  flatten,
  headroomOf,
  measuredBudget,
  type Question,
  roundingsOf,
  Yardstick,
} from './judge.js';
import type { Variant } from './law.js';
import type { Gradient, Inputs, Value } from './spec.js';
import { type Call, isArray, type Operation, type Outcome, type Subject } from './subject.js';

/** The subject did not answer: it hung, crashed or broke the protocol. Ends the check, not the run. */
export class SubjectFault extends Error {
  override readonly name = 'SubjectFault';

  constructor(
    message: string,
    readonly call: Call,
  ) {
    super(message);
  }
}

/** The subject answered, and no comparison is needed to see that the answer is wrong. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/** What came of a call that did not end in a fault. */
export type Reply = Exclude<Outcome, { readonly kind: 'fault' }>;

/** An answer that was heard, kept for the diagnosis. */
export interface Heard {
  readonly operation: Operation;
  readonly inputs: Inputs;
  readonly cotangent?: Value;
  readonly outcome: Outcome;
  readonly yardstick?: Yardstick;
}

/** How a formula of a subject is judged. */
export interface SessionOptions {
  readonly precision: Precision;
  readonly strict: boolean;
  readonly seed: number;
  /** Ask every number of a sixteen-bit format. */
  readonly exhaustive?: boolean;
  /** The variant that the subject declares, by name. */
  readonly variant?: string | undefined;
}

/** Inputs as the subject sees them, and what its value there is measured with. */
export interface Asked {
  /** As they were given, in double precision. */
  readonly drawn: Inputs;
  readonly inputs: Inputs;
  readonly yardstick: Yardstick;
  /** What its gradient is measured with, for the last cotangent. */
  slope?: { readonly cotangent: Value; readonly yardstick: Yardstick };
}

/**
 * The last inputs that a value was asked at: sessions that put the same questions to several
 * subjects, one after another, share it.
 */
export interface Recent {
  asked?: Asked;
  /** For sessions that differ in nothing but their subject: everything that was asked. */
  readonly all?: WeakMap<Inputs, Asked>;
  /** What the last law asked, question by question: it asks every subject the same. */
  law?: { readonly key: string; readonly asked: { inputs: Inputs; room?: Float64Array }[] };
}

/** Faults of one operation after which it is not asked again: every time-out costs real time. */
const PATIENCE = 2;

/** One formula of one subject under examination: asking, referring and remembering. */
export class Session {
  readonly heard: Heard[] = [];
  private readonly faults: Readonly<Record<Operation, string[]>> = { value: [], gradient: [] };
  private queue: { call: Call; settle: (outcome: Outcome | undefined) => void }[] = [];

  constructor(
    readonly formula: Formula,
    readonly subject: Subject,
    readonly options: SessionOptions,
    private readonly recent: Recent = {},
  ) {}

  /** The variant that the subject is judged by, if it declares one. */
  get variant(): Variant | undefined {
    const { variant } = this.options;
    return variant === undefined ? undefined : this.formula.variants[variant];
  }

  /** The inputs of a run, the same for every check of the formula. */
  inputsOf(run: number, finite: boolean): Inputs {
    const { precision, seed } = this.options;
    return generatorOf(this.formula.spec, { precision, finite }).draw(seed, run);
  }

  /**
   * Asks the subject. Calls made in one turn of the event loop travel together, so that a
   * process at the end of a pipe is not woken for each.
   */
  ask(operation: Operation, inputs: Inputs, cotangent?: Value): Reply | Promise<Reply> {
    const call: Call = {
      formula: this.formula.id,
      operation,
      inputs,
      ...(cotangent === undefined ? {} : { cotangent }),
    };
    const faults = this.faults[operation];
    if (faults.length >= PATIENCE) {
      throw new SubjectFault(`not asked again: ${faults[0]}`, call);
    }
    const { askNow } = this.subject;
    if (askNow !== undefined) return heardFrom(askNow(call), call);
    return this.askLater(call);
  }

  private async askLater(call: Call): Promise<Reply> {
    const outcome = await new Promise<Outcome | undefined>((settle) => {
      // Not queueMicrotask, which makes an asynchronous resource of each turn.
      if (this.queue.length === 0) void Promise.resolve().then(() => this.flush());
      this.queue.push({ call, settle });
    });
    return heardFrom(outcome, call);
  }

  /** Remembers that a check ended in a fault of the subject. */
  noteFault({ call, message }: SubjectFault): void {
    this.faults[call.operation].push(message);
  }

  private async flush(): Promise<void> {
    const asked = this.queue;
    this.queue = [];
    const outcomes = await this.subject.ask(asked.map(({ call }) => call));
    asked.forEach(({ settle }, i) => {
      settle(outcomes[i]);
    });
  }

  /** What is asked at these inputs, and what the answer is measured with. */
  askedAt(drawn: Inputs): Asked {
    const known = this.recent.asked;
    if (known?.drawn === drawn) return known;
    const before = this.recent.all?.get(drawn);
    if (before !== undefined) return before;
    const inputs = roundInputs(this.formula.spec, drawn, this.options.precision);
    const asked = { drawn, inputs, yardstick: new Yardstick(this.valueQuestion(inputs)) };
    this.recent.asked = asked;
    this.recent.all?.set(drawn, asked);
    return asked;
  }

  /** What a gradient at what was asked is measured with. */
  slopeAt(asked: Asked, cotangent: Value): Yardstick {
    const { slope } = asked;
    if (slope !== undefined && sameValue(slope.cotangent, cotangent)) return slope.yardstick;
    const yardstick = new Yardstick(this.gradientQuestion(asked.inputs, cotangent));
    asked.slope = { cotangent, yardstick };
    return yardstick;
  }

  /** What the judge needs to know to judge a value at these inputs. */
  valueQuestion(inputs: Inputs): Question {
    const { spec, reference } = this.formula;
    const { variant } = this;
    return {
      reference: variant?.compute ?? reference,
      inputs: this.complete(inputs),
      inputSpecs: spec.inputs,
      precision: this.options.precision,
      strict: this.options.strict,
      scale: spec.scale,
      elementwise: isElementwiseCached(spec),
      reduces: spec.output.shape === 'scalar',
      ...(variant === undefined
        ? { min: spec.output.min, max: spec.output.max }
        : { companion: reference }),
    };
  }

  /** What the judge needs to know to judge a gradient at these inputs. */
  gradientQuestion(inputs: Inputs, cotangent: Value): Question {
    const { spec, gradient } = this.formula;
    const { variant } = this;
    const compute = variant === undefined ? gradient : variant.gradient;
    if (compute === undefined) throw new Error(`${spec.id}: gradient must exist to be judged`);
    return {
      reference: (moved) => compute(moved, cotangent),
      inputs: this.complete(inputs),
      inputSpecs: spec.inputs,
      precision: this.options.precision,
      strict: this.options.strict,
      scale: spec.gradientScale,
      kinks: true,
      elementwise: isElementwiseCached(spec),
      reduces: spec.output.shape === 'scalar',
    };
  }

  /**
   * The inputs with every default spelled out, so that the judge can move them too; not for a
   * variant, whose convention may be another default.
   */
  private complete(inputs: Inputs): Inputs {
    return this.variant === undefined ? withDefaults(this.formula.spec.inputs, inputs) : inputs;
  }

  /** The part of a gradient that was asked for: what a subject gives beyond it is not judged. */
  pickGradient(answer: Value | Gradient): Value | Gradient {
    if (typeof answer === 'number' || isArray(answer)) return answer;
    const names = this.formula.spec.differentiable!;
    return Object.fromEntries(
      names.flatMap((name) => (answer[name] === undefined ? [] : [[name, answer[name]]])),
    );
  }

  private next = 0;
  private readonly estimates = new WeakMap<Inputs, Estimate | Promise<Estimate>>();
  private readonly bases = new WeakSet<Inputs>();

  private isBase(inputs: Inputs): boolean {
    return this.bases.has(inputs);
  }

  /** From here on, the questions are those of one law at one set of inputs. */
  beginLaw(key: string, inputs: Inputs): void {
    this.bases.add(inputs);
    if (this.recent.law?.key !== key) this.recent.law = { key, asked: [] };
    this.next = 0;
  }

  /** Asks for a value and wraps it as a law sees it: numbers known to within their budget. */
  estimate(inputs: Inputs): Estimate | Promise<Estimate> {
    // Every law asks for the value at the inputs of the run: it is asked once.
    const before = this.estimates.get(inputs);
    if (before !== undefined) return before;
    const rounded = roundInputs(this.formula.spec, inputs, this.options.precision);
    const reply = this.ask('value', rounded);
    if (this.isBase(inputs)) {
      const estimate =
        reply instanceof Promise
          ? reply.then((outcome) => this.estimateFrom(outcome, rounded))
          : this.estimateFrom(reply, rounded);
      this.estimates.set(inputs, estimate);
      return estimate;
    }
    return reply instanceof Promise
      ? reply.then((outcome) => this.estimateFrom(outcome, rounded))
      : this.estimateFrom(reply, rounded);
  }

  private estimateFrom(outcome: Reply, rounded: Inputs): Estimate {
    if (outcome.kind === 'threw') throw new WrongAnswer(`throws "${outcome.message}"`);
    const got = flatten(outcome.answer);
    const shape = got.parts[0]?.shape ?? [];
    const { law } = this.recent;
    if (law === undefined) return estimateOf(this.valueQuestion(rounded), got.data, shape);
    const place = this.next++;
    const known = law.asked[place];
    const asked =
      known !== undefined && sameInputs(known.inputs, rounded)
        ? known
        : ({ inputs: rounded } as { inputs: Inputs; room?: Float64Array });
    law.asked[place] = asked;
    let question: Question | undefined;
    const ask = (): Question => (question ??= this.valueQuestion(rounded));
    return {
      values: got.data,
      shape,
      unit: this.unitOf(rounded),
      budget: () => {
        if (asked.room === undefined || asked.room.length !== got.data.length) {
          asked.room = estimateOf(ask(), got.data, shape).budget();
        }
        return asked.room;
      },
    };
  }

  private unitOf(inputs: Inputs): number {
    const { spec } = this.formula;
    if (isElementwiseCached(spec)) return roundings(this.options.precision, 1);
    let elements = 0;
    for (const name in inputs) {
      const argument = inputs[name]!;
      elements += typeof argument === 'object' ? argument.data.length : 1;
    }
    if (this.variant === undefined) {
      for (const name in spec.inputs) {
        if (inputs[name] === undefined && spec.inputs[name]!.default !== undefined) elements += 1;
      }
    }
    return roundings(this.options.precision, elements);
  }
}

function sameInputs(left: Inputs, right: Inputs): boolean {
  for (const name in left) {
    const [one, other] = [left[name]!, right[name]];
    if (one === other) continue;
    if (typeof one !== 'object' || typeof other !== 'object') {
      if (!Object.is(one, other)) return false;
      continue;
    }
    if (one.data.length !== other.data.length || !shapesEqual(one.shape, other.shape)) return false;
    for (let i = 0; i < one.data.length; i++) {
      if (!Object.is(one.data[i], other.data[i])) return false;
    }
  }
  return true;
}

function sameValue(left: Value, right: Value): boolean {
  if (typeof left === 'number' || typeof right === 'number') return left === right;
  if (left.data.length !== right.data.length) return false;
  for (let i = 0; i < left.data.length; i++) if (left.data[i] !== right.data[i]) return false;
  return true;
}

function heardFrom(outcome: Outcome | undefined, call: Call): Reply {
  if (outcome === undefined) throw new SubjectFault('no answer came', call);
  if (outcome.kind === 'fault') throw new SubjectFault(outcome.message, call);
  return outcome;
}

/** Numbers that an honest computation of the question may give, as an estimate around `values`. */
export function estimateOf(
  question: Question,
  values: Float64Array,
  shape: readonly number[],
): Estimate {
  const budget = (): Float64Array => {
    const right = flatten(question.reference(question.inputs)).data;
    if (right.length !== values.length) {
      throw new WrongAnswer(`answers ${values.length} numbers, right is ${right.length}`);
    }
    const { allowed, classes } = measuredBudget(question, right);
    const most = formats[question.precision].largest / headroomOf(question);
    // What the format cannot hold, or rounding may tip over, says nothing about a law.
    return allowed.map((room, i) =>
      classes[i] !== 0 || !(Math.abs(right[i]!) + room <= most) ? Infinity : room,
    );
  };
  const unit = roundingsOf(question);
  return { values, shape, budget, unit };
}

function withDefaults(specs: Formula['spec']['inputs'], inputs: Inputs): Inputs {
  let complete: Record<string, Inputs[string]> | undefined;
  for (const name in specs) {
    const usual = specs[name]!.default;
    if (usual === undefined || inputs[name] !== undefined) continue;
    complete ??= { ...inputs };
    complete[name] = usual;
  }
  return complete ?? inputs;
}

const elementwise = new WeakMap<Formula['spec'], boolean>();

function isElementwiseCached(spec: Formula['spec']): boolean {
  let known = elementwise.get(spec);
  if (known === undefined) elementwise.set(spec, (known = isElementwise(spec)));
  return known;
}

/** True if all arrays have one shape, any shape, and the output has it too. */
export function isElementwise({ inputs, output }: Formula['spec']): boolean {
  const arrays = Object.entries(inputs).filter(([, input]) => isArraySpec(input));
  const [first] = arrays;
  if (first === undefined || first[1].shape !== 'any' || output.shape !== first[0]) return false;
  return arrays.every(([name, { shape }]) => name === first[0] || shape === first[0]);
}
