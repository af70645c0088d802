import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Argument, Gradient } from '../conformance/spec.js';
import {
  type Call,
  type Outcome,
  type Subject,
  type SubjectDescription,
  SubjectError,
} from '../conformance/subject.js';
import { isNDArray, type NDArray } from '../kernel/ndarray.js';
import type { Precision } from '../kernel/precision.js';
import { type Link, type Listener, openChannel } from './channel.js';
import { chooseDtype } from './choose-dtype.js';
import { splitCommand } from './command-line.js';
import { describe, excerpt, messageOf } from './describe.js';
import { echoDifference, echoQuestion } from './echo.js';
import { endWithUs, hasEnded, killGroup } from './lifetime.js';
import {
  PROTOCOL_VERSION,
  type Request,
  readEchoResult,
  readEvaluateResult,
  readInitializeResult,
  readOutcome,
  readResponse,
  type WireCall,
  type WireOutcome,
  writeRequest,
} from './protocol.js';
import { decodeArray, decodeNumber, type Encoding, encodeArray, encodeNumber } from './wire.js';

export interface ProcessOptions {
  /** What it is to compute in; by default, what it prefers. */
  readonly dtype?: Precision | undefined;
  /** Milliseconds that a call may take. */
  readonly timeout: number;
  /** Milliseconds that the program may take to answer `initialize`. */
  readonly startTimeout?: number | undefined;
}

/** A Python that imports a large library takes seconds. */
const START_TIMEOUT = 30_000;
/** Milliseconds for a program to end by itself after `shutdown`. */
const FAREWELL = 1_000;
/** No message is longer; a program that never ends its line is stopped here. */
const LONGEST_LINE = 2 ** 28;
/** What is kept of standard error, to explain a crash with. */
const KEPT_STDERR = 2_000;

/**
 * Opens a program in any language that speaks the protocol over its standard input and output.
 *
 * @throws SubjectError if it cannot be started, does not speak the protocol or bends numbers.
 */
export async function openProcess(command: string, options: ProcessOptions): Promise<Subject> {
  const words = splitCommand(command);
  const limit = options.startTimeout ?? START_TIMEOUT;
  let chosen: Precision | undefined;

  const connect = async (listener: Listener): Promise<Link> => {
    const program = startProgram(words, listener);
    try {
      const link = await shakeHands(program, command, limit, options.dtype);
      chosen = link.dtype;
      return link;
    } catch (error) {
      await program.kill();
      throw error instanceof SubjectError
        ? error
        : new SubjectError(`subject: ${command} must speak the protocol: ${messageOf(error)}`);
    }
  };
  const channel = await openChannel(connect, options.timeout);
  return {
    description: channel.description,
    dtype: chosen!,
    ask: channel.ask,
    close: channel.close,
    remarks: channel.remarks,
  };
}

/** Introduces the two sides, and has the program echo awkward numbers. */
async function shakeHands(
  program: Program,
  command: string,
  limit: number,
  wanted: Precision | undefined,
): Promise<Link & { readonly dtype: Precision }> {
  const answer = readInitializeResult(
    await program.request('initialize', limit, {
      protocolVersion: PROTOCOL_VERSION,
      suite: { name: 'touchstone', version: suiteVersion() },
    }),
  );
  if (answer.protocolVersion !== PROTOCOL_VERSION) {
    throw new SubjectError(
      `subject: ${command} must speak protocol version ${PROTOCOL_VERSION}, got ${answer.protocolVersion}`,
    );
  }
  const { protocolVersion: _, encoding, ...description } = answer;
  if (description.formulas.length + description.gradients.length === 0) {
    throw new SubjectError(`subject: formulas must offer at least one, got none from ${command}`);
  }
  const dtype = chooseDtype(description, wanted);
  const echoed = readEchoResult(
    await program.request('echo', limit, echoQuestion(dtype, encoding)),
  );
  const difference = echoDifference(dtype, echoed);
  if (difference !== undefined) {
    throw new SubjectError(`subject: echo must give back what it was sent, got: ${difference}`);
  }
  return { ...program.link(description, dtype, encoding), dtype };
}

function suiteVersion(): string {
  const require = createRequire(import.meta.url);
  return (require('touchstone/package.json') as { version: string }).version;
}

type Handshake = Extract<Request, { method: 'initialize' | 'echo' }>;

/** A program that was started and is being spoken to. */
interface Program {
  /** Asks one question and waits for the answer. Only before the link is made. */
  request<Method extends Handshake['method']>(
    method: Method,
    limit: number,
    params: Extract<Handshake, { method: Method }>['params'],
  ): Promise<unknown>;
  link(description: SubjectDescription, dtype: Precision, encoding: Encoding): Link;
  kill(): Promise<void>;
}

interface Handlers {
  readonly answered: (id: number, result: unknown) => void;
  readonly failed: (message: string) => void;
  readonly died: (message: string) => void;
}

function startProgram(
  [program, ...rest]: readonly [string, ...string[]],
  listener: Listener,
): Program {
  const child = spawn(program, rest, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  endWithUs(child);
  // Writing to a program that has just died is reported by its exit.
  child.stdin.on('error', () => {});
  /** Calls under way, by message: an answer is read by what was asked. */
  const asked = new Map<number, readonly Call[]>();
  const whileTalking: Handlers = {
    answered: (id, result) => {
      const calls = asked.get(id);
      asked.delete(id);
      if (calls === undefined) return listener.answered(id, []);
      const outcomes = readEvaluateResult(result);
      listener.answered(
        id,
        outcomes.map((outcome, i) => readCallOutcome(outcome, calls[i])),
      );
    },
    failed: (message) => listener.broke('malformed', message),
    died: (message) => listener.broke('crash', message),
  };
  let handlers = whileTalking;
  listen(child, program, {
    answered: (id, result) => handlers.answered(id, result),
    failed: (message) => handlers.failed(message),
    died: (message) => handlers.died(message),
  });
  const send = (message: Request): void => {
    child.stdin.write(writeRequest(message));
  };
  const kill = (): Promise<void> => killGroup(child);
  let handshakes = 0;

  return {
    request: (method, limit, params) =>
      new Promise((resolve, reject) => {
        const id = -++handshakes;
        const fail = (message: string): void => {
          clearTimeout(timer);
          reject(new SubjectError(`subject: ${program} must answer ${method}, got: ${message}`));
        };
        const timer = setTimeout(() => fail(`nothing within ${limit} ms`), limit);
        handlers = {
          answered: (answeredId, result) => {
            if (answeredId !== id)
              return fail(`an answer to a question never asked (message ${answeredId})`);
            clearTimeout(timer);
            handlers = whileTalking;
            resolve(result);
          },
          failed: fail,
          died: fail,
        };
        send({ jsonrpc: '2.0', id, method, params } as Handshake);
      }),
    link: (description, dtype, encoding) => ({
      description,
      send: (id, calls) => {
        asked.set(id, calls);
        const params = { calls: calls.map((call) => writeCall(call, dtype, encoding)) };
        send({ jsonrpc: '2.0', id, method: 'evaluate', params });
      },
      close: async () => {
        send({ jsonrpc: '2.0', id: 0, method: 'shutdown', params: {} });
        child.stdin.end();
        await ended(child, FAREWELL);
        await kill();
      },
      kill,
    }),
    kill,
  };
}

/** Resolves when a child has ended, or after a while. */
function ended(child: ChildProcess, limit: number): Promise<void> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    const timer = setTimeout(resolve, limit);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Reads what a program says, line by line, until it dies. */
function listen(child: ChildProcess, program: string, handlers: Handlers): void {
  let stderr = '';
  const partial: string[] = [];
  let length = 0;
  let broken = false;
  const fail = (message: string): void => {
    broken = true;
    partial.length = 0;
    handlers.failed(message);
  };
  const read = (line: string): void => {
    try {
      const response = readResponse(line);
      if ('error' in response) {
        const { code, message } = response.error;
        fail(`error ${code}: ${excerpt(message, 200)}`);
      } else {
        handlers.answered(response.id, response.result);
      }
    } catch (error) {
      fail(messageOf(error));
    }
  };
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1 && !broken; end = chunk.indexOf('\n', start)) {
      const line = partial.join('') + chunk.slice(start, end);
      partial.length = length = 0;
      start = end + 1;
      read(line);
    }
    if (broken) return;
    // Long lines come in thousands of pieces: they are joined once, at their end.
    partial.push(chunk.slice(start));
    length += chunk.length - start;
    if (length > LONGEST_LINE) fail('a line of standard output does not end');
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-KEPT_STDERR);
  });
  child.once('error', (error) => handlers.died(messageOf(error)));
  child.once('exit', (code, signal) => {
    const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    // What it said last may still be on its way, unless somebody else holds the pipe open.
    const report = (): void => {
      clearTimeout(timer);
      child.off('close', report);
      handlers.died(`${program} ${how}${lastWords(stderr)}`);
    };
    const timer = setTimeout(report, 200);
    child.once('close', report);
  });
}

function lastWords(stderr: string): string {
  const lines = stderr.trim().split('\n').slice(-3);
  return lines[0] === '' ? '' : `; its last words: ${lines.map((line) => line.trim()).join(' | ')}`;
}

function writeCall(call: Call, dtype: Precision, encoding: Encoding): WireCall {
  const write = (argument: Argument): WireCall['inputs'][string] => {
    if (typeof argument === 'number') return encodeNumber(argument);
    if (!isNDArray(argument)) return argument;
    return encodeArray(argument, dtype, encoding) as WireCall['inputs'][string];
  };
  const inputs: Record<string, WireCall['inputs'][string]> = {};
  for (const name in call.inputs) inputs[name] = write(call.inputs[name]!);
  const { formula, operation, cotangent } = call;
  return cotangent === undefined
    ? { formula, operation, inputs }
    : { formula, operation, inputs, cotangent: write(cotangent) as WireCall['cotangent'] };
}

/** Each outcome stands for itself: one that is malformed spoils no other of its message. */
function readCallOutcome(wire: unknown, call: Call | undefined): Outcome {
  try {
    return interpret(readOutcome(wire), call);
  } catch (error) {
    return { kind: 'fault', fault: 'malformed', message: messageOf(error) };
  }
}

function interpret(outcome: WireOutcome, call: Call | undefined): Outcome {
  const changed =
    outcome.changed === undefined || outcome.changed.length === 0
      ? {}
      : { changed: outcome.changed };
  if (outcome.error !== undefined) return { kind: 'threw', message: outcome.error, ...changed };
  const answer =
    call?.operation === 'gradient' ? readGradient(outcome) : readValue(outcome.value, 'value');
  return { kind: 'answer', answer, ...changed };
}

/** A number, or an array of rank 1 or more. */
function readValue(value: unknown, name: string): number | NDArray {
  if (value === undefined) throw new Error(`outcome must have a ${name}, got none`);
  if (typeof value !== 'object' || value === null) return decodeNumber(value);
  const array = decodeArray(value);
  return array.shape.length === 0 ? array.data[0]! : array;
}

function readGradient({ gradient }: WireOutcome): Gradient {
  if (typeof gradient !== 'object' || gradient === null || Array.isArray(gradient)) {
    throw new Error(
      `gradient must be an object of arrays by input name, got ${describe(gradient)}`,
    );
  }
  const arrays: Record<string, NDArray> = {};
  for (const [name, entry] of Object.entries(gradient)) {
    const value = readValue(entry, name);
    arrays[name] = typeof value === 'number' ? { shape: [], data: Float64Array.of(value) } : value;
  }
  return arrays;
}
