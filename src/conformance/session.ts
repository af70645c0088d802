import type { Formula } from '../catalog.js';
import { formats, type Precision } from '../kernel/index.js';
import type { Estimate } from './estimate.js';
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
}

/**
 * The last inputs that a value was asked at: sessions that put the same questions to several
 * subjects, one after another, share it.
 */
export interface Recent {
  asked?: Asked;
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
  async ask(operation: Operation, inputs: Inputs, cotangent?: Value): Promise<Reply> {
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
    const outcome = await new Promise<Outcome | undefined>((settle) => {
      // Not queueMicrotask, which makes an asynchronous resource of each turn.
      if (this.queue.length === 0) void Promise.resolve().then(() => this.flush());
      this.queue.push({ call, settle });
    });
    if (outcome === undefined) throw new SubjectFault('no answer came', call);
    if (outcome.kind === 'fault') throw new SubjectFault(outcome.message, call);
    return outcome;
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
    const inputs = roundInputs(this.formula.spec, drawn, this.options.precision);
    const asked = { drawn, inputs, yardstick: new Yardstick(this.valueQuestion(inputs)) };
    this.recent.asked = asked;
    return asked;
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
      elementwise: isElementwise(spec),
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
      elementwise: isElementwise(spec),
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

  /** Asks for a value and wraps it as a law sees it: numbers known to within their budget. */
  async estimate(inputs: Inputs): Promise<Estimate> {
    const rounded = roundInputs(this.formula.spec, inputs, this.options.precision);
    const outcome = await this.ask('value', rounded);
    if (outcome.kind === 'threw') throw new WrongAnswer(`throws "${outcome.message}"`);
    const got = flatten(outcome.answer);
    const shape = got.parts[0]?.shape ?? [];
    return estimateOf(this.valueQuestion(rounded), got.data, shape);
  }
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
  const complete: Record<string, Inputs[string]> = { ...inputs };
  for (const [name, { default: usual }] of Object.entries(specs)) {
    if (complete[name] === undefined && usual !== undefined) complete[name] = usual;
  }
  return complete;
}

/** True if all arrays have one shape, any shape, and the output has it too. */
export function isElementwise({ inputs, output }: Formula['spec']): boolean {
  const arrays = Object.entries(inputs).filter(([, input]) => isArraySpec(input));
  const [first] = arrays;
  if (first === undefined || first[1].shape !== 'any' || output.shape !== first[0]) return false;
  return arrays.every(([name, { shape }]) => name === first[0] || shape === first[0]);
}
