import type { Argument, Gradient, Value } from '../spec.js';
import { type Flat, flatten, isArray } from '../values.js';
import { around, type Budget, cheapBudget, measuredBudget } from './budget.js';
import {
  errorRatio,
  type Judgement,
  latitudeOf,
  layBeside,
  outsidePromise,
  verdictWithin,
} from './compare.js';
import { nearestForm } from './free.js';
import { factsOf, type Question } from './question.js';

/** Below this fraction of the cheap budget the spread is not measured: it could only grow. */
const CLEARLY_RIGHT = 0.25;

/** Judges one answer by the rule that `index.ts` states. */
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
  private partial: PartialBudget | undefined;
  /** What the reference itself answers, and the budget measured around that. */
  private own: { readonly flat: Flat; readonly budget: Budget } | undefined;

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

  /** An answer laid beside the right one, in the form nearest to it; undefined for another layout. */
  beside(answer: Value | Gradient): Flat | undefined {
    const { question, numbers: right } = this;
    const laid = layBeside(question, right, flatten(answer));
    return 'mismatch' in laid ? undefined : nearestForm(question, right, laid.got);
  }

  judge(answer: Value | Gradient): Judgement {
    const { question, numbers: right } = this;
    const laid = layBeside(question, right, flatten(answer));
    if ('mismatch' in laid) return { right: false, ratio: Infinity, message: laid.mismatch };
    const judgement = this.judgeLaid(nearestForm(question, right, laid.got));
    return laid.missing.length === 0 ? judgement : { ...judgement, missing: laid.missing };
  }

  private judgeLaid(got: Flat): Judgement {
    const { question, numbers: right } = this;
    const outside = outsidePromise(question, right, got);
    if (outside !== undefined) return outside;
    this.cheap ??= cheapBudget(question, right);
    const cheap = verdictWithin(question, right, got, this.cheap);
    if (cheap.ratio <= CLEARLY_RIGHT) return cheap;
    if (this.full === undefined && isByElement(question) && right.data.length > 1) {
      this.partial ??= new PartialBudget(question, right, this.cheap);
      return verdictWithin(question, right, got, this.partial.around(got.data));
    }
    this.full ??= this.fullBudget();
    return verdictWithin(question, right, got, this.full);
  }

  /** The error of each element as a fraction of its budget; undefined for another layout. */
  errors(answer: Value | Gradient): readonly number[] | undefined {
    const { question, numbers: right } = this;
    const got = this.beside(answer);
    if (got === undefined) return undefined;
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
    const laid = layBeside(question, right, flatten(answer));
    if ('mismatch' in laid) return false;
    const got = nearestForm(question, right, laid.got);
    const cheap = verdictWithin(question, right, got, cheapBudget(question, right));
    if (cheap.ratio <= CLEARLY_RIGHT) return true;
    const { flat: own, budget } = this.measured();
    if (own.data.length !== right.data.length) return false;
    return verdictWithin(question, right, got, around(question, budget, own.data, right)).right;
  }

  /**
   * The measured budget around the right answer. The spread is that of the reference around
   * itself: around a pinned answer, an error of the reference would be room for the same error.
   */
  private fullBudget(): Budget {
    const { flat: own, budget } = this.measured();
    if (this.question.pinned === undefined) return budget;
    return around(this.question, budget, own.data, this.numbers);
  }

  private measured(): { readonly flat: Flat; readonly budget: Budget } {
    if (this.own === undefined) {
      const { question } = this;
      const flat =
        question.pinned === undefined ? this.numbers : flatten(question.reference(question.inputs));
      this.own = { flat, budget: measuredBudget(question, flat) };
    }
    return this.own;
  }
}

/** True if the budget of each element can be measured without the others. */
function isByElement({ elementwise, pinned, companion, kinks }: Question): boolean {
  return elementwise === true && pinned === undefined && companion === undefined && kinks !== true;
}

/**
 * The budget of an elementwise formula, measured at the elements that somebody got doubtful and
 * at no others: nearly all of a long array is clearly right.
 */
class PartialBudget {
  private readonly measured: Uint8Array;
  private readonly budget: Budget & { readonly escapes: Map<number, readonly number[]> };

  constructor(
    private readonly question: Question,
    private readonly right: Flat,
    private readonly cheap: Budget,
  ) {
    this.measured = new Uint8Array(right.data.length);
    this.budget = {
      ...cheap,
      allowed: cheap.allowed.slice(),
      classes: cheap.classes.slice(),
      escapes: new Map(),
    };
  }

  /** The budget, measured wherever these elements are not clearly right. */
  around(got: Float64Array): Budget {
    const doubtful = this.doubtful(got);
    if (doubtful.length > 0) this.measure(doubtful);
    return this.budget;
  }

  private doubtful(got: Float64Array): number[] {
    const { data } = this.right;
    const latitude = latitudeOf(this.question);
    const found: number[] = [];
    for (let i = 0; i < data.length; i++) {
      if (this.measured[i] !== 0 || got[i] === data[i]) continue;
      if (errorRatio(data[i]!, got[i]!, this.cheap, i, latitude) > CLEARLY_RIGHT) found.push(i);
    }
    return found;
  }

  private measure(places: readonly number[]): void {
    const { question } = this;
    const part = measuredBudget(
      // The budget is that of the whole question: its floor hangs on the largest of all inputs.
      { ...question, inputs: this.inputsAt(places), facts: factsOf(question) },
      flatten({ shape: [places.length], data: picked(this.right.data, places) }),
    );
    const { allowed, classes, escapes } = this.budget;
    for (const [k, i] of places.entries()) {
      this.measured[i] = 1;
      allowed[i] = Math.max(allowed[i]!, part.allowed[k]!);
      classes[i] = part.classes[k]!;
      const finite = part.escapes.get(k);
      if (finite !== undefined) escapes.set(i, finite);
    }
  }

  private inputsAt(places: readonly number[]): Question['inputs'] {
    const inputs: Record<string, Argument> = {};
    for (const [name, argument] of Object.entries(this.question.inputs)) {
      inputs[name] = isArray(argument)
        ? { shape: [places.length], data: picked(argument.data, places) }
        : argument;
    }
    return inputs;
  }
}

function picked(data: Float64Array, places: readonly number[]): Float64Array {
  const elements = new Float64Array(places.length);
  for (let k = 0; k < elements.length; k++) elements[k] = data[places[k]!]!;
  return elements;
}
