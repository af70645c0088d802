import { z } from 'zod';

/*
 * The messages of the protocol: JSON-RPC 2.0, one message a line. The suite asks on the
 * program's standard input, the program answers on its standard output, in order. The JSON
 * schema of these definitions is published in `schema/protocol.schema.json`.
 *
 * The elements of arrays are not looked at here but in `wire.ts`, by a loop that is many times
 * faster and knows NaN.
 */

/** Changes whenever a program written for the protocol would have to change. */
export const PROTOCOL_VERSION = 1;

const dtype = z
  .enum(['float64', 'float32', 'float16', 'bfloat16'])
  .meta({ description: 'A floating-point format of IEEE 754-2019, or bfloat16' });

const wireNumber = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])])
  .meta({ id: 'number', description: 'A number; what JSON cannot write is a word' });

const wireArray = z
  .strictObject({
    dtype,
    shape: z.array(z.int().min(0)),
    data: z.union([z.string(), z.array(z.unknown())]).meta({
      description:
        'Base64 (RFC 4648) of the elements in row-major order, little-endian; or a list of numbers, flat or nested',
    }),
  })
  .meta({ id: 'array', description: 'An array' });

const byName = { description: 'Arrays of any shapes, by name; a number is one of rank 0' };

const wireArrays = z
  .record(z.string(), z.union([wireNumber, wireArray]))
  .meta({ id: 'arrays', ...byName });

const part = z.union([wireNumber, wireArray, wireArrays]).meta({ id: 'part' });

const value = z
  .union([wireNumber, wireArray, z.record(z.string(), part)])
  .meta({ id: 'value', description: 'A number, an array, or parts by name' });

const lengths = z
  .array(z.int().min(0))
  .meta({ id: 'lengths', description: 'The shape of an array that is asked for' });

const argument = z
  .union([wireNumber, z.string(), z.boolean(), wireArray, wireArrays, lengths])
  .meta({
    id: 'argument',
    description:
      'A hyper-parameter, a word, a truth value, an array (a mask too, of 0 and 1), several arrays, or a shape. A function is the id of a formula: "calculus/sine"',
  });

/* The packed form, for helpers: `packed.ts` writes and reads it. */

const place = z.array(z.int().min(0)).min(1).meta({
  id: 'place',
  description: 'Where an array lies in the elements of data: its offset, then its shape',
});

const places = z.record(z.string(), z.union([wireNumber, place])).meta({ id: 'places', ...byName });

const packedValue = z
  .union([wireNumber, place, z.record(z.string(), z.union([wireNumber, place, places]))])
  .meta({ id: 'packed-value', description: 'A number, an array, or parts by name' });

const packedArgument = z.union([
  wireNumber,
  z.string(),
  z.boolean(),
  place,
  places,
  z
    .tuple([lengths])
    .meta({ description: 'A shape is a list in a list, not to be taken for a place' }),
]);

const packedData = {
  dtype,
  data: z.string().meta({
    description:
      'Base64 (RFC 4648) of the elements of all arrays of the message, little-endian; gaps mean nothing',
  }),
};

const operation = z.enum(['value', 'gradient', 'sample']).meta({
  description: 'A sample is drawn by the program itself, and travels back as a value',
});

const call = z
  .strictObject({
    formula: z.string().meta({ examples: ['losses/huber'] }),
    operation,
    inputs: z
      .record(z.string(), argument)
      .meta({ description: 'By name; an argument that is left out has no entry' }),
    cotangent: value
      .optional()
      .meta({ description: 'For a gradient: what the vector–Jacobian product is taken with' }),
  })
  .meta({ id: 'call' });

const packedCall = call
  .extend({ inputs: z.record(z.string(), packedArgument), cotangent: packedValue.optional() })
  .meta({ id: 'packed-call' });

const initializeParams = z.object({
  protocolVersion: z.int(),
  suite: z.object({ name: z.string(), version: z.string() }),
});

const initializeResult = z.object({
  protocolVersion: z.int(),
  name: z.string().min(1),
  version: z.string(),
  language: z.string(),
  dtypes: z
    .array(dtype)
    .min(1)
    .meta({ description: 'What it computes in; the first is its own choice' }),
  formulas: z.array(z.string()),
  gradients: z.array(z.string()).default([]),
  samples: z
    .array(z.string())
    .default([])
    .meta({ description: 'The formulas that it draws samples of' }),
  variants: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Conventions it follows, by formula' }),
  encoding: z.enum(['base64', 'list', 'packed']).default('list').meta({
    description: 'How it wants arrays: each as bytes, as a list, or the bytes of all in one piece',
  }),
});

const echoParams = z.strictObject({
  array: wireArray,
  numbers: z.array(wireNumber),
});

const packedEcho = z.strictObject({
  ...packedData,
  array: place,
  numbers: z.array(z.union([wireNumber, place])),
});

const calls = { description: 'May be empty: then so are the outcomes' };

const evaluateParams = z.strictObject({ calls: z.array(call).meta(calls) });

const packedEvaluateParams = z.strictObject({
  ...packedData,
  calls: z.array(packedCall).meta(calls),
});

const outcome = z
  .strictObject({
    value: value.optional(),
    gradient: wireArrays.optional(),
    error: z.string().optional().meta({ description: 'Why the inputs were refused' }),
    changed: z
      .array(z.string())
      .optional()
      .meta({ description: 'Names of the arguments that the call changed' }),
  })
  .meta({ id: 'outcome', description: 'Exactly one of value, gradient and error' });

const packedOutcome = outcome
  .extend({
    value: packedValue.optional(),
    gradient: places.optional(),
    malformed: z.string().optional().meta({ description: 'What came in place of an answer' }),
  })
  .meta({
    id: 'packed-outcome',
    description: 'Exactly one of value, gradient, error and malformed',
  });

/** What is in a value or gradient is looked at by `wire.ts`, whose messages say what it was. */
const outcomeEnvelope = outcome
  .extend({ value: z.unknown().optional(), gradient: z.unknown().optional() })
  .refine(
    ({ value: one, gradient, error }) =>
      [one, gradient, error].filter((given) => given !== undefined).length === 1,
    { error: 'must have exactly one of value, gradient and error' },
  );

/** A helper answers in the format that holds all its answers: not always the one it was asked in. */
const packedEvaluateResult = z.strictObject({ ...packedData, outcomes: z.array(z.unknown()) });

/** The outcomes are validated one by one, so that one of them spoils no other. */
const evaluateResult = z.strictObject({ outcomes: z.array(z.unknown()) });

const id = z.int();
const version = z.literal('2.0');

function request<Method extends string, Params extends z.ZodType>(method: Method, params: Params) {
  return z.strictObject({ jsonrpc: version, id, method: z.literal(method), params });
}

const requests = {
  initialize: request('initialize', initializeParams),
  echo: request('echo', z.union([echoParams, packedEcho])),
  evaluate: request('evaluate', z.union([evaluateParams, packedEvaluateParams])),
  shutdown: request('shutdown', z.strictObject({})),
} as const;

const answers = {
  echo: z.union([echoParams, packedEcho]),
  evaluate: z.union([
    z.strictObject({ outcomes: z.array(outcome) }),
    packedEvaluateResult.extend({ outcomes: z.array(packedOutcome) }),
  ]),
} as const;

const response = z.union([
  z.strictObject({ jsonrpc: version, id, result: z.unknown() }),
  z.strictObject({
    jsonrpc: version,
    id: id.nullable(),
    error: z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() }),
  }),
]);

export type Request = z.infer<(typeof requests)[keyof typeof requests]>;
export type Response = z.infer<typeof response>;
export type InitializeResult = z.infer<typeof initializeResult>;
export type EchoParams = z.infer<typeof echoParams>;
export type PackedEcho = z.infer<typeof packedEcho>;
export type WireCall = z.infer<typeof call>;
export type WireOutcome = z.infer<typeof outcomeEnvelope>;

/** What arrived, or was about to be sent, does not follow the protocol. */
class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** The line of a request, validated on the way out: a message that breaks the protocol is our bug. */
export function writeRequest(message: Request): string {
  parse(requests[message.method], message, message.method);
  return `${JSON.stringify(message)}\n`;
}

/** The response that a line spells out. */
export function readResponse(line: string): Response {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    const shown = JSON.stringify(line.length <= 80 ? line : `${line.slice(0, 80)}…`);
    throw new ProtocolError(`a line of standard output is not JSON: ${shown}`);
  }
  return isPlainResult(message) ? message : parse(response, message, 'response');
}

/** Nearly every response, told without the schema, which takes as long as a call. */
function isPlainResult(message: unknown): message is Response {
  if (typeof message !== 'object' || message === null) return false;
  const { jsonrpc, id: number, result } = message as Readonly<Record<string, unknown>>;
  const fields = Object.keys(message).length;
  return jsonrpc === '2.0' && Number.isSafeInteger(number) && result !== undefined && fields === 3;
}

export function readInitializeResult(result: unknown): InitializeResult {
  return parse(initializeResult, result, 'answer to initialize');
}

export function readEchoResult(result: unknown): EchoParams {
  return parse(echoParams, result, 'answer to echo');
}

export function readPackedEcho(result: unknown): PackedEcho {
  return parse(packedEcho, result, 'answer to echo');
}

/** The outcomes of a batch, each still to be read by {@link readOutcome}. */
export function readEvaluateResult(result: unknown): readonly unknown[] {
  return parse(evaluateResult, result, 'answer to evaluate').outcomes;
}

export type PackedResult = z.infer<typeof packedEvaluateResult>;

/** The same of a packed batch, whose outcomes `packed.ts` reads. */
export function readPackedResult(result: unknown): PackedResult {
  return parse(packedEvaluateResult, result, 'answer to evaluate');
}

export function readOutcome(value: unknown): WireOutcome {
  return parse(outcomeEnvelope, value, 'outcome');
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new ProtocolError(`${subject} breaks the protocol: ${issues.join('; ')}`);
}

/** True if an answer to `evaluate` follows the published schema to its last element. */
export function isEvaluateAnswer(result: unknown): boolean {
  return answers.evaluate.safeParse(result).success;
}

/** The published JSON schema: every message of both sides. */
export function protocolSchema(): object {
  const messages = z.union([
    requests.initialize.meta({ id: 'initialize' }),
    requests.echo.meta({ id: 'echo' }),
    requests.evaluate.meta({ id: 'evaluate' }),
    requests.shutdown.meta({ id: 'shutdown' }),
    answer('initialize', initializeResult),
    answer('echo', answers.echo),
    answer('evaluate', answers.evaluate),
    answer('shutdown', z.null()),
    response.options[1].meta({ id: 'failure' }),
  ]);
  return {
    title: `Touchstone protocol, version ${PROTOCOL_VERSION}`,
    description:
      'JSON-RPC 2.0, one message a line: requests on standard input, answers on standard output, in order.',
    ...z.toJSONSchema(messages, { io: 'input' }),
  };
}

function answer(method: string, result: z.ZodType): z.ZodType {
  return z.strictObject({ jsonrpc: version, id, result }).meta({ id: `answer-to-${method}` });
}
