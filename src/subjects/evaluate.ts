import type { Argument, Inputs } from '../conformance/spec.js';
import type { Call, Outcome } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import { describe, messageOf } from './describe.js';
import type { Callable, ModuleDefinition } from './module-definition.js';
import {
  AnswerError,
  type ArrayForm,
  changedNames,
  gradientFromModule,
  isUnchanged,
  toModule,
  valueFromModule,
} from './module-values.js';

/** Asks functions of this thread one question, and says what came of it. Never rejects. */
export async function evaluate(
  module: Pick<ModuleDefinition, 'arrays' | 'formulas' | 'gradients'>,
  call: Call,
  dtype: Precision,
): Promise<Outcome> {
  const { formula, operation } = call;
  const functions = operation === 'value' ? module.formulas : module.gradients;
  if (!Object.hasOwn(functions, formula)) {
    return malformed(`the subject does not offer the ${operation} of ${formula}`);
  }
  const compute = functions[formula]!;
  const given = copyOf(call.inputs, module.arrays, dtype);
  const cotangent =
    call.cotangent === undefined ? undefined : toModule(call.cotangent, module.arrays, dtype);
  const outcome = await outcomeOf(compute, given, cotangent, operation);
  const changed = changes(call, given, cotangent, module.arrays, dtype);
  return changed.length === 0 ? outcome : { ...outcome, changed };
}

/** The same for functions that never wait: no promise is made. */
export function evaluateNow(
  module: Pick<ModuleDefinition, 'arrays' | 'formulas' | 'gradients'>,
  call: Call,
  dtype: Precision,
): Outcome {
  const { formula, operation } = call;
  const functions = operation === 'value' ? module.formulas : module.gradients;
  if (!Object.hasOwn(functions, formula)) {
    return malformed(`the subject does not offer the ${operation} of ${formula}`);
  }
  const compute = functions[formula]!;
  const given = copyOf(call.inputs, module.arrays, dtype);
  const cotangent =
    call.cotangent === undefined ? undefined : toModule(call.cotangent, module.arrays, dtype);
  let outcome: Outcome;
  try {
    const answer = operation === 'value' ? compute(given) : compute(given, cotangent);
    outcome = read(answer, operation);
  } catch (thrown) {
    outcome = { kind: 'threw', message: messageOf(thrown) };
  }
  const changed = changes(call, given, cotangent, module.arrays, dtype);
  return changed.length === 0 ? outcome : { ...outcome, changed };
}

function read(answer: unknown, operation: Call['operation']): Outcome {
  try {
    const value = operation === 'value' ? valueFromModule(answer) : gradientFromModule(answer);
    return { kind: 'answer', answer: value };
  } catch (error) {
    if (error instanceof AnswerError) return malformed(error.message);
    return malformed(`answer must be readable, got ${describe(answer)}: ${messageOf(error)}`);
  }
}

async function outcomeOf(
  compute: Callable,
  given: Readonly<Record<string, unknown>>,
  cotangent: unknown,
  operation: Call['operation'],
): Promise<Outcome> {
  let answer: unknown;
  try {
    answer = operation === 'value' ? compute(given) : compute(given, cotangent);
    // A number needs no waiting, and waiting costs more than most formulas do.
    if (typeof answer === 'object') answer = await answer;
  } catch (thrown) {
    return { kind: 'threw', message: messageOf(thrown) };
  }
  return read(answer, operation);
}

function copyOf(inputs: Inputs, form: ArrayForm, dtype: Precision): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const name in inputs) copy[name] = toModule(inputs[name]!, form, dtype);
  return copy;
}

function changes(
  call: Call,
  given: Readonly<Record<string, unknown>>,
  cotangent: unknown,
  form: ArrayForm,
  dtype: Precision,
): readonly string[] {
  const changed = changedNames(given, call.inputs, form, dtype);
  const intact =
    call.cotangent === undefined || isUnchanged(cotangent, call.cotangent as Argument, form, dtype);
  return intact ? changed : [...changed, 'cotangent'];
}

function malformed(message: string): Outcome {
  return { kind: 'fault', fault: 'malformed', message };
}
