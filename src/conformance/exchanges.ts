import { type Question, Yardstick } from './judge/index.js';
import type { Heard, Session } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Operation } from './subject.js';

/** A question that was asked, what came back, and whether that was right. */
export interface Exchange {
  readonly yardstick: Yardstick;
  readonly heard: Heard;
  readonly answer: Value | Gradient | undefined;
  readonly right: boolean;
}

/** What a session asked and heard about the value of a formula, or about its gradient. */
export function exchangesOf(session: Session, operation: Operation): readonly Exchange[] {
  return session.heard
    .filter((heard) => heard.operation === operation)
    .map((heard) => exchangeOf(session, heard));
}

function exchangeOf(session: Session, heard: Heard): Exchange {
  const { inputs, operation, outcome } = heard;
  const yardstick = heard.yardstick ?? new Yardstick(questionOf(session, heard, inputs));
  if (outcome.kind !== 'answer') return { yardstick, heard, answer: undefined, right: false };
  // Of a value in parts, all are kept: they are not slopes.
  const answer = operation === 'gradient' ? session.pickGradient(outcome.answer) : outcome.answer;
  return { yardstick, heard, answer, right: yardstick.judge(answer).right };
}

/** The question that was asked, at these inputs instead of its own. */
export function questionOf(
  session: Session,
  { operation, cotangent }: Heard,
  inputs: Inputs,
): Question {
  return operation === 'value'
    ? session.valueQuestion(inputs)
    : session.gradientQuestion(inputs, cotangent ?? 1);
}

/** What a computation gives, or undefined where it refuses. */
export function attempt<Result>(body: () => Result): Result | undefined {
  try {
    return body();
  } catch {
    return undefined;
  }
}
