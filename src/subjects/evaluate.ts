import type { Gradient, Inputs, Value } from '../conformance/spec.js';
import type { Call, Operation, Outcome } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import { describe, messageOf } from './describe.js';
import { isFunctionId, unsupported } from './functions.js';
import type { Callable, ModuleDefinition } from './module-definition.js';
import {
  AnswerError,
  gradientFromModule,
  isUnchanged,
  toModule,
  valueFromModule,
} from './module-values.js';

/** Functions of this thread that can be asked. */
export type Functions = Omit<ModuleDefinition, 'description'>;

/** A question as the code under test is asked it. */
interface Question {
  readonly compute: Callable;
  readonly given: Readonly<Record<string, unknown>>;
  readonly cotangent: unknown;
}

/** Asks functions of this thread one question, and says what came of it. Never rejects. */
export async function evaluate(module: Functions, call: Call, dtype: Precision): Promise<Outcome> {
  const question = prepare(module, call, dtype);
  if ('kind' in question) return question;
  let outcome: Outcome;
  try {
    let answer = put(question, call.operation);
    // A number needs no waiting, and waiting costs more than most formulas do.
    if (typeof answer === 'object') answer = await answer;
    outcome = read(answer, call.operation);
  } catch (thrown) {
    outcome = { kind: 'threw', message: messageOf(thrown) };
  }
  return withChanges(outcome, module, call, question, dtype);
}

/** The same for functions that never wait: no promise is made. */
export function evaluateNow(module: Functions, call: Call, dtype: Precision): Outcome {
  const question = prepare(module, call, dtype);
  if ('kind' in question) return question;
  let outcome: Outcome;
  try {
    outcome = read(put(question, call.operation), call.operation);
  } catch (thrown) {
    outcome = { kind: 'threw', message: messageOf(thrown) };
  }
  return withChanges(outcome, module, call, question, dtype);
}

/**
 * The same for functions that are known to leave their arguments alone, and to answer in NDArrays:
 * nothing is copied, and nothing compared.
 */
export function evaluateTrusted(module: Functions, call: Call): Outcome {
  const { formula, operation, inputs, cotangent } = call;
  const compute = module[tables[operation]]?.[formula];
  if (compute === undefined) return notOffered(call);
  try {
    return { kind: 'answer', answer: compute(inputs, cotangent) as Value | Gradient };
  } catch (thrown) {
    return { kind: 'threw', message: messageOf(thrown) };
  }
}

const tables = { value: 'formulas', gradient: 'gradients', sample: 'samples' } as const satisfies {
  readonly [Name in Operation]: keyof Functions;
};

/** Copies what is asked; or says why it cannot be asked. */
function prepare(module: Functions, call: Call, dtype: Precision): Question | Outcome {
  const { formula, operation, inputs, cotangent } = call;
  const functions = module[tables[operation]];
  if (!Object.hasOwn(functions, formula)) {
    return notOffered(call);
  }
  const given: Record<string, unknown> = {};
  for (const name in inputs) {
    const argument = inputs[name]!;
    if (isFunctionId(argument) && module.functions === 'callable') {
      if (!Object.hasOwn(module.formulas, argument)) {
        return { kind: 'threw', message: unsupported(argument) };
      }
      given[name] = callable(module.formulas[argument]!);
    } else {
      given[name] = toModule(argument, module.arrays, dtype);
    }
  }
  return {
    compute: functions[formula]!,
    given,
    cotangent: cotangent === undefined ? undefined : toModule(cotangent, module.arrays, dtype),
  };
}

/** An array in, an array out, in the form that the module wants: its own formula of `x`. */
function callable(formula: Callable): (x: unknown) => unknown {
  return (x) => formula({ x });
}

function put({ compute, given, cotangent }: Question, operation: Operation): unknown {
  return operation === 'gradient' ? compute(given, cotangent) : compute(given);
}

function read(answer: unknown, operation: Operation): Outcome {
  try {
    const value = operation === 'gradient' ? gradientFromModule(answer) : valueFromModule(answer);
    return { kind: 'answer', answer: value };
  } catch (error) {
    if (error instanceof AnswerError) return malformed(error.message);
    return malformed(`answer must be readable, got ${describe(answer)}: ${messageOf(error)}`);
  }
}

/** An outcome, and the names of the arguments that are no longer, bit by bit, what they were. */
function withChanges(
  outcome: Outcome,
  { arrays }: Functions,
  { inputs, cotangent }: Call,
  question: Question,
  dtype: Precision,
): Outcome {
  const { given } = question;
  const changed = changedNames(given, inputs, arrays, dtype);
  if (cotangent !== undefined && !isUnchanged(question.cotangent, cotangent, arrays, dtype)) {
    changed.push('cotangent');
  }
  return changed.length === 0 ? outcome : { ...outcome, changed };
}

function changedNames(
  given: Readonly<Record<string, unknown>>,
  inputs: Inputs,
  form: ModuleDefinition['arrays'],
  dtype: Precision,
): string[] {
  const changed: string[] = [];
  for (const name in inputs) {
    const argument = inputs[name]!;
    const same =
      typeof given[name] === 'function'
        ? isFunctionId(argument)
        : isUnchanged(given[name], argument, form, dtype);
    if (!same) changed.push(name);
  }
  return changed;
}

function notOffered({ formula, operation }: Call): Outcome {
  return malformed(`the subject does not offer the ${operation} of ${formula}`);
}

function malformed(message: string): Outcome {
  return { kind: 'fault', fault: 'malformed', message };
}
