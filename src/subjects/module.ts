import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Call, type Subject, SubjectError } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import { type Link, type Listener, openChannel } from './channel.js';
import { chooseDtype } from './choose-dtype.js';
import { describe, messageOf } from './describe.js';
import { endWithUs, killGroup } from './lifetime.js';
import type { HostOptions, HostReply, HostRequest } from './module-messages.js';
import { packCalls, unpackOutcomes } from './packed.js';

/** Where a module runs: a thread is quick to start; a process also survives native crashes. */
export type Isolation = 'thread' | 'process';

export interface ModuleOptions {
  /** What it is to compute in; by default, what it prefers. */
  readonly dtype?: Precision | undefined;
  /** Milliseconds that a call may take. */
  readonly timeout: number;
  readonly isolate?: Isolation | undefined;
  /** Milliseconds that loading the module may take. */
  readonly startTimeout?: number | undefined;
}

/** Libraries of hundreds of files take seconds to load. */
const START_TIMEOUT = 30_000;

/**
 * Opens a JavaScript module: a file, or an installed package, whose default export says what it
 * offers (`SubjectModule`).
 *
 * @throws SubjectError if there is no such module, or it offers nothing that can be judged.
 */
export async function openModule(specifier: string, options: ModuleOptions): Promise<Subject> {
  const host: HostOptions = { specifier, location: locate(specifier), directory: process.cwd() };
  const noise = { 'standard output': 0, 'standard error': 0 };
  let dtype: Precision = 'float64';

  const connect = (listener: Listener): Promise<Link> => {
    const running = options.isolate === 'process' ? startProcess() : startWorker();
    count(running.stdout, (lines) => (noise['standard output'] += lines));
    count(running.stderr, (lines) => (noise['standard error'] += lines));
    return load(running, host, options.startTimeout ?? START_TIMEOUT, listener, () => dtype);
  };
  const channel = await openChannel(connect, options.timeout);
  try {
    dtype = chooseDtype(channel.description, options.dtype);
  } catch (error) {
    await channel.close();
    throw error;
  }
  return {
    description: channel.description,
    dtype,
    ask: channel.ask,
    close: channel.close,
    remarks: () => [
      ...Object.entries(noise)
        .filter(([, lines]) => lines > 0)
        .map(
          ([name, lines]) => `wrote ${lines} ${lines === 1 ? 'line' : 'lines'} to ${name}; ignored`,
        ),
      ...channel.remarks(),
    ],
  };
}

/** The URL of a file, or the name of a package as it is. */
function locate(specifier: string): string {
  if (specifier.startsWith('file:')) return specifier;
  const path = resolve(specifier);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return pathToFileURL(path).href;
  if (/^\.{0,2}\//.test(specifier) || specifier.startsWith('.') || isAbsolute(specifier)) {
    const got = found === undefined ? 'no such file' : 'a folder';
    throw new SubjectError(`subject: module must be a file, got ${specifier}, ${got}`);
  }
  return specifier;
}

/** A thread or a process that hosts a module: the two differ in nothing else. */
interface Host {
  readonly stdout: Readable;
  readonly stderr: Readable;
  post(request: HostRequest): void;
  kill(): Promise<void>;
  on(heard: (reply: HostReply) => void, died: (message: string) => void): void;
}

/** From sources, in development, the host is TypeScript too, and has to be translated. */
const fromSources = import.meta.url.endsWith('.ts');
const hostUrl = new URL(`./module-host.${fromSources ? 'ts' : 'js'}`, import.meta.url);
const threadUrl = fromSources ? new URL('./module-host-from-sources.js', import.meta.url) : hostUrl;

function startWorker(): Host {
  const worker = new Worker(threadUrl, { execArgv: [], stdout: true, stderr: true });
  return {
    stdout: worker.stdout,
    stderr: worker.stderr,
    // The buffer is handed over: a thread needs no copy of it.
    post: (request) =>
      worker.postMessage(
        request,
        request.kind === 'ask' ? [request.calls.data.buffer as ArrayBuffer] : [],
      ),
    kill: async () => {
      await worker.terminate();
    },
    on: (heard, died) => {
      worker.on('message', heard);
      worker.on('messageerror', (error) => died(`sent what cannot be read: ${messageOf(error)}`));
      worker.on('error', (error) => died(`the module died: ${messageOf(error)}`));
      worker.on('exit', (code) => died(`the module ended its thread with exit code ${code}`));
    },
  };
}

function startProcess(): Host {
  const child = fork(fileURLToPath(hostUrl), [], {
    execArgv: fromSources ? ['--import', translator()] : [],
    serialization: 'advanced',
    silent: true,
    detached: true,
  });
  endWithUs(child);
  return {
    stdout: child.stdout!,
    stderr: child.stderr!,
    post: (request) => {
      // A child that has just died is reported by its exit, not by the failure to reach it.
      if (child.connected) child.send(request, () => {});
    },
    kill: () => killGroup(child),
    on: (heard, died) => {
      child.on('message', (reply) => heard(reply as HostReply));
      child.on('error', (error) => died(`the process of the module failed: ${messageOf(error)}`));
      child.on('exit', (code, signal) =>
        died(
          signal === null
            ? `the module ended its process with exit code ${code}`
            : `the process of the module was ended by ${signal}`,
        ),
      );
    },
  };
}

function translator(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

/** Adds up the lines of a stream, which are dropped. */
function count(stream: Readable, add: (lines: number) => void): void {
  stream.on('data', (chunk: Buffer) => {
    let lines = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
    add(lines);
  });
}

/** Bytes of an element on the way to a module: rounding to its format is done there. */
const DOUBLE = 8;

/** Has a host load its module; from then on it is a link. */
function load(
  host: Host,
  options: HostOptions,
  limit: number,
  listener: Listener,
  dtype: () => Precision,
): Promise<Link> {
  /** Calls under way, by message: an answer is read by what was asked. */
  const asked = new Map<number, readonly Call[]>();
  return new Promise((ready, refused) => {
    let loading = true;
    const fail = (message: string): void => {
      if (!loading) return;
      loading = false;
      clearTimeout(timer);
      void host.kill();
      refused(new SubjectError(message));
    };
    const timer = setTimeout(
      () => fail(`subject: ${options.specifier} must load within ${limit} ms, got no answer`),
      limit,
    );
    /** A module shares the thread of its host, and can send in its place whatever it likes. */
    const answered = (id: number, outcomes: unknown): void => {
      const calls = asked.get(id) ?? [];
      asked.delete(id);
      try {
        listener.answered(id, unpackOutcomes(outcomes, calls));
      } catch (error) {
        listener.broke('malformed', `the module sent a message of its own: ${messageOf(error)}`);
      }
    };
    const heard = (reply: HostReply): void => {
      if (reply?.kind === 'refused') {
        fail(explain(reply.message, options));
      } else if (reply?.kind === 'answered') {
        answered(reply.id, reply.outcomes);
      } else if (reply?.kind === 'ready' && loading) {
        loading = false;
        clearTimeout(timer);
        ready({
          description: reply.description,
          send: (id, calls) => {
            asked.set(id, calls);
            host.post({ kind: 'ask', id, calls: packCalls(calls, DOUBLE), dtype: dtype() });
          },
          close: host.kill,
          kill: host.kill,
        });
      } else {
        listener.broke('malformed', `the module sent a message of its own: ${describe(reply)}`);
      }
    };
    host.on(heard, (message) => {
      fail(`subject: ${options.specifier} must load, got: ${message}`);
      listener.broke('crash', message);
    });
    host.post({ kind: 'load', options });
  });
}

/** Node's words for a missing package name our files; the user's word for it is clearer. */
function explain(message: string, { specifier, directory }: HostOptions): string {
  if (message.startsWith('subject: ')) return message;
  if (message.startsWith(`Cannot find package '${specifier}'`)) {
    return `subject: module must be a file or an installed package, got ${specifier}, and ${directory} has neither`;
  }
  if (COMMONJS.test(message)) {
    return `subject: ${specifier} must load, got: ${message}; its package.json says it is CommonJS: end its name in .mjs, or set "type": "module"`;
  }
  return `subject: ${specifier} must load, got: ${message}`;
}

/** What Node says to a module whose package is declared CommonJS, as `npm init` declares it. */
const COMMONJS = /Cannot use import statement outside a module|Unexpected token 'export'/;
