import type { Precision } from '../kernel/index.js';
import type { Answer } from './estimate.js';
import type { Formula } from './formula.js';
import { generatorOf, roundInputs } from './generate/index.js';
import { type Question, Yardstick } from './judge/index.js';
import type { Ask, Law, Variant } from './law.js';
import { answerOf, type LawQuestion, WrongAnswer } from './law-answers.js';
import { gradientQuestion, type Terms, termsOf, valueQuestion } from './questions.js';
import type { Gradient, Inputs, Part, Value } from './spec.js';
import type { Call, Operation, Outcome, Subject } from './subject.js';
import { isArray, sameInputs, sameValue } from './values.js';

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

/** What came of a call that did not end in a fault. */
export type Reply = Exclude<Outcome, { readonly kind: 'fault' }>;

/** An answer that was heard, kept for the diagnosis. */
export interface Heard {
  readonly operation: Operation;
  readonly inputs: Inputs;
  readonly cotangent?: Value;
  readonly outcome: Outcome;
  /** What it was measured with, where that is worth keeping. */
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

/** Inputs as the subject sees them, and what its answers there are measured with. */
export interface Asked {
  /** As they were given, in double precision. */
  readonly drawn: Inputs;
  readonly inputs: Inputs;
  readonly yardstick: Yardstick;
  /** What its gradient is measured with, for the last cotangent. */
  slope?: { readonly cotangent: Value; readonly yardstick: Yardstick };
}

/**
 * What was asked before. Sessions that differ in nothing but their subject put the same questions
 * and share it, so that what is right, and by how much one may miss it, is worked out once.
 */
export interface Recent {
  /** The last inputs that a value was asked at. */
  asked?: Asked;
  /** Everything that was asked; absent where it would be too much to keep. */
  readonly all?: WeakMap<Inputs, Asked>;
  /** What the last law asked, in turn: it asks every subject the same. */
  law?: { readonly law: Law; readonly run: number; readonly asked: LawQuestion[] };
}

/** Faults of one operation after which it is not asked again: every time-out costs real time. */
const PATIENCE = 2;

/** One formula of one subject under examination: asking, referring and remembering. */
export class Session {
  readonly heard: Heard[] = [];
  readonly terms: Terms;
  private readonly faults: Readonly<Record<Operation, string[]>> = {
    value: [],
    gradient: [],
    sample: [],
  };
  private queue: { call: Call; settle: (outcome: Outcome | undefined) => void }[] = [];
  /** What was answered at the inputs of a run, which every law asks for. */
  private readonly answers = new Map<Inputs, Answer | Promise<Answer>>();
  /** What was drawn last: in the precision of the subject, and so not to be rounded again. */
  private drawn: Inputs | undefined;

  constructor(
    readonly formula: Formula,
    readonly subject: Subject,
    readonly options: SessionOptions,
    private readonly recent: Recent = {},
  ) {
    const { precision, strict, variant } = options;
    this.terms = termsOf({
      formula,
      precision,
      strict,
      variant: variant === undefined ? undefined : formula.variants[variant],
    });
  }

  /** The variant that the subject is judged by, if it declares one. */
  get variant(): Variant | undefined {
    return this.terms.variant;
  }

  /** The inputs of a run, the same for every check of the formula. */
  inputsOf(run: number, finite: boolean): Inputs {
    const { precision, seed } = this.options;
    this.drawn = generatorOf(this.formula.spec, { precision, finite }).draw(seed, run);
    return this.drawn;
  }

  /** The inputs as the subject sees them. */
  private rounded(inputs: Inputs): Inputs {
    if (inputs === this.drawn) return inputs;
    return roundInputs(this.formula.spec, inputs, this.options.precision);
  }

  /**
   * Asks the subject: at once, if it lives in this thread. Otherwise calls made in one turn of
   * the event loop travel together, so that a process at the end of a pipe is not woken for each.
   */
  ask(operation: Operation, inputs: Inputs, cotangent?: Value): Reply | Promise<Reply> {
    const formula = this.formula.id;
    const call: Call =
      cotangent === undefined
        ? { formula, operation, inputs }
        : { formula, operation, inputs, cotangent };
    const faults = this.faults[operation];
    if (faults.length >= PATIENCE) {
      throw new SubjectFault(`not asked again: ${faults[0]}`, call);
    }
    const { askNow } = this.subject;
    return askNow === undefined ? this.askLater(call) : heardFrom(askNow(call), call);
  }

  private async askLater(call: Call): Promise<Reply> {
    const outcome = await new Promise<Outcome | undefined>((settle) => {
      // Not queueMicrotask, which makes an asynchronous resource of each turn.
      if (this.queue.length === 0) void Promise.resolve().then(() => this.flush());
      this.queue.push({ call, settle });
    });
    return heardFrom(outcome, call);
  }

  /**
   * Keeps an answer for the diagnosis. What it was measured with goes along if the budget took its
   * time, as of wrong answers, or if it is kept anyway; otherwise it would fill the memory.
   */
  hear(heard: Heard, yardstick: Yardstick, isWrong: boolean): void {
    const isKept = isWrong || this.recent.all !== undefined;
    this.heard.push(isKept ? { ...heard, yardstick } : heard);
  }

  get hasFaults(): boolean {
    return Object.values(this.faults).some(({ length }) => length > 0);
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
    const { recent } = this;
    if (recent.asked?.drawn === drawn) return recent.asked;
    const before = recent.all?.get(drawn);
    if (before !== undefined) return before;
    const inputs = this.rounded(drawn);
    const asked = { drawn, inputs, yardstick: new Yardstick(this.valueQuestion(inputs)) };
    recent.asked = asked;
    recent.all?.set(drawn, asked);
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

  valueQuestion(inputs: Inputs): Question {
    return valueQuestion(this.terms, inputs);
  }

  gradientQuestion(inputs: Inputs, cotangent: Value): Question {
    return gradientQuestion(this.terms, inputs, cotangent);
  }

  /** The part of a gradient that was asked for: what a subject gives beyond it is not judged. */
  pickGradient(answer: Value | Gradient): Value | Gradient {
    if (typeof answer === 'number' || isArray(answer)) return answer;
    const picked: Record<string, Part> = {};
    for (const name of this.formula.spec.differentiable!) {
      if (answer[name] !== undefined) picked[name] = answer[name];
    }
    return picked;
  }

  // ---- laws -----------------------------------------------------------------------------

  /**
   * Asks on behalf of a law in a run: whoever asks on behalf of the same asks the same.
   *
   * @param base The inputs of the run. Every law asks there; the subject is asked once.
   */
  asker(law: Law, run: number, base: Inputs): Ask<Inputs> {
    const { recent } = this;
    if (recent.law?.law !== law || recent.law.run !== run) recent.law = { law, run, asked: [] };
    const { asked } = recent.law;
    let turn = 0;
    return (inputs) => {
      const known = inputs === base ? this.answers.get(base) : undefined;
      if (known !== undefined) return known;
      const answer = this.answerAt(inputs, (rounded) => {
        const place = turn++;
        const before = asked[place];
        if (before !== undefined && sameInputs(before.inputs, rounded)) return before;
        const question = { inputs: rounded };
        asked[place] = question;
        return question;
      });
      if (inputs === base) this.answers.set(base, answer);
      return answer;
    };
  }

  private answerAt(
    inputs: Inputs,
    questionAt: (rounded: Inputs) => LawQuestion,
  ): Answer | Promise<Answer> {
    const rounded = this.rounded(inputs);
    const question = questionAt(rounded);
    const read = (reply: Reply): Answer => {
      if (reply.kind === 'threw') throw new WrongAnswer(`throws "${reply.message}"`);
      return answerOf(this.terms, question, reply.answer);
    };
    const reply = this.ask('value', rounded);
    return reply instanceof Promise ? reply.then(read) : read(reply);
  }
}

function heardFrom(outcome: Outcome | undefined, call: Call): Reply {
  if (outcome === undefined) throw new SubjectFault('no answer came', call);
  if (outcome.kind === 'fault') throw new SubjectFault(outcome.message, call);
  return outcome;
}
