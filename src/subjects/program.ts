import { type ChildProcess, spawn } from 'node:child_process';
import {
  type Call,
  type Outcome,
  type SubjectDescription,
  SubjectError,
} from '../conformance/subject.js';
import type { Precision } from '../kernel/precision.js';
import type { Link, Listener } from './channel.js';
import { excerpt, messageOf } from './describe.js';
import { endWithUs, hasEnded, killGroup } from './lifetime.js';
import { packRequest, unpackResult } from './packed.js';
import {
  type Request,
  readEvaluateResult,
  readPackedResult,
  readResponse,
  writeRequest,
} from './protocol.js';
import type { Encoding } from './wire.js';
import { readCallOutcome, writeCall } from './wire-calls.js';

/** Milliseconds for a program to end by itself after `shutdown`. */
const FAREWELL = 1_000;
/** No message is longer; a program that never ends its line is stopped here. */
const LONGEST_LINE = 2 ** 28;
/** What is kept of standard error, to explain a crash with. */
const KEPT_STDERR = 2_000;

type Handshake = Extract<Request, { method: 'initialize' | 'echo' }>;

/** A program that was started and is being spoken to. */
export interface Program {
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

/** Starts a program of its own process group, and reads what it says. */
export function startProgram(
  [program, ...rest]: readonly [string, ...string[]],
  listener: Listener,
): Program {
  const child = spawn(program, rest, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  endWithUs(child);
  // Writing to a program that has just died is reported by its exit.
  child.stdin.on('error', () => {});
  /** Calls under way, by message: an answer is read by what was asked. */
  const asked = new Map<number, readonly Call[]>();
  let read = readText;
  const whileTalking: Handlers = {
    answered: (id, result) => {
      const calls = asked.get(id);
      asked.delete(id);
      if (calls === undefined) return listener.answered(id, []);
      listener.answered(id, read(result, calls));
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
            if (answeredId !== id) {
              fail(`an answer to a question never asked (message ${answeredId})`);
              return;
            }
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
        if (encoding === 'packed') {
          read = (result, asked) => unpackResult(readPackedResult(result), asked);
          child.stdin.write(packRequest(id, calls, dtype), 'latin1');
          return;
        }
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

/** The outcomes of a batch whose arrays travelled one by one. */
function readText(result: unknown, calls: readonly Call[]): readonly Outcome[] {
  return readEvaluateResult(result).map((outcome, i) => readCallOutcome(outcome, calls[i]));
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
