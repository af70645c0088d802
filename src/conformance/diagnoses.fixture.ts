import { expect } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { checksOf } from './checks.js';
import { diagnose } from './diagnose.js';
import {
  type Changes,
  scaledSum,
  scaledSumOf,
  sessionOf,
  subjectWith,
} from './formulas.fixture.js';
import type { Diagnosis } from './report.js';
import type { Session } from './session.js';
import type { Gradient, Inputs, Value } from './spec.js';
import type { Subject } from './subject.js';

/*
 * Subjects and answers whose mistakes are to be explained.
 */

export const xOf = (inputs: Inputs): number[] => [...(inputs.x as NDArray).data];
export const wrongWhere =
  (holds: (x: number[], inputs: Inputs) => boolean) =>
  (inputs: Inputs): number =>
    scaledSumOf(inputs) * (holds(xOf(inputs), inputs) ? Math.E : 1) +
    (holds(xOf(inputs), inputs) ? 1 : 0);

/** What is said of a subject after its goldens and a hundred runs. */
export async function diagnosed(
  subject: Subject,
  changes: Changes = {},
  variant?: string,
): Promise<{ diagnoses: Diagnosis[]; session: Session }> {
  const session = sessionOf(scaledSum(changes), subject, { variant });
  for (const check of checksOf(session)) {
    if (!['golden', 'agreement', 'gradient'].includes(check.kind)) continue;
    const runs = typeof check.cases === 'string' ? 100 : 1;
    for (let run = 0; run < runs; run++) {
      const inputs =
        typeof check.cases === 'string' ? session.inputsOf(run, false) : check.cases[0]!;
      await check.examine(session, inputs, run);
    }
  }
  return { diagnoses: diagnose(session), session };
}

/** What is said of a session that heard these answers and no others; none is a throw. */
export function explained(
  answers: readonly (readonly [Inputs, (Value | Gradient)?])[],
  { operation = 'value' as 'value' | 'gradient', variant = undefined as string | undefined } = {},
  changes: Changes = {},
): Diagnosis[] {
  const session = sessionOf(scaledSum(changes), subjectWith(), { variant });
  for (const [inputs, answer] of answers) {
    session.heard.push({
      operation,
      inputs,
      outcome: answer === undefined ? { kind: 'threw', message: 'no' } : { kind: 'answer', answer },
    });
  }
  return diagnose(session);
}

/** One to `count`, each as inputs of its own. */
export const counting = (count: number): Inputs[] =>
  Array.from({ length: count }, (_, i) => ({ x: vector(i + 1) }));
export const numberOf = (inputs: Inputs): number => xOf(inputs)[0]!;
export const mistakeOf = (
  compute: (inputs: Inputs) => number,
): { source: string; compute: typeof compute } => ({
  source: 'classic',
  compute,
});
export const refuse = (): never => {
  throw new Error('refused');
};

/** The first thing that is said of a subject. */
export const sentenceFor = async (compute: (inputs: Inputs) => number): Promise<string> => {
  const { diagnoses } = await diagnosed(subjectWith(compute));
  expect(diagnoses[0]).toMatchObject({ kind: 'trait', operation: 'value' });
  return diagnoses[0]!.name;
};
