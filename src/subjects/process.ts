import { createRequire } from 'node:module';
import { type Subject, SubjectError } from '../conformance/subject.js';
import type { Precision } from '../kernel/precision.js';
import { type Link, type Listener, openChannel } from './channel.js';
import { chooseDtype } from './choose-dtype.js';
import { splitCommand } from './command-line.js';
import { messageOf } from './describe.js';
import { echoDifference, echoQuestion, readEcho } from './echo.js';
import { type Program, startProgram } from './program.js';
import { PROTOCOL_VERSION, readInitializeResult } from './protocol.js';

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
  const { formulas, gradients, samples } = description;
  if (formulas.length + gradients.length + samples.length === 0) {
    throw new SubjectError(`subject: formulas must offer at least one, got none from ${command}`);
  }
  const dtype = chooseDtype(description, wanted);
  const question = echoQuestion(dtype, encoding);
  const echoed = readEcho(await program.request('echo', limit, question), encoding);
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
