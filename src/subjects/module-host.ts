import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import type { Outcome } from '../conformance/subject.js';
import { messageOf } from './describe.js';
import { evaluate } from './evaluate.js';
import { defineModule, type ModuleDefinition } from './module-definition.js';
import type { HostOptions, HostReply, HostRequest } from './module-messages.js';
import { packOutcomes, unpackCalls } from './packed.js';

/*
 * Runs a module where it can be ended: this file is the entry of a worker thread, or of a
 * process. It loads the module, then answers questions in the order they come.
 */

let module: ModuleDefinition | undefined;
let last: Promise<void> = Promise.resolve();

/** A thread hands its buffers over; what goes to another process is copied in any case. */
function reply(message: HostReply): void {
  if (parentPort === null) process.send?.(message);
  else if (message.kind !== 'answered') parentPort.postMessage(message);
  else parentPort.postMessage(message, [message.outcomes.data.buffer as ArrayBuffer]);
}

function receive(request: HostRequest): void {
  last = last.then(() => handle(request));
}

async function handle(request: HostRequest): Promise<void> {
  if (request.kind === 'load') return load(request.options);
  const calls = unpackCalls(request.calls);
  const outcomes: Outcome[] = [];
  for (const call of calls) outcomes.push(await evaluate(module!, call, request.dtype));
  // What the calls left for later has its chance to fail while they are still under way.
  await new Promise((resolve) => setImmediate(resolve));
  reply({ kind: 'answered', id: request.id, outcomes: packOutcomes(outcomes, calls) });
}

async function load(options: HostOptions): Promise<void> {
  try {
    const namespace = await importFrom(options);
    if (!('default' in namespace)) {
      const names = Object.keys(namespace).join(', ');
      throw new Error(
        `subject: the module must have a default export, got ${names === '' ? 'no exports' : `only ${names}`}`,
      );
    }
    module = defineModule(namespace.default, options.specifier);
  } catch (error) {
    return reply({ kind: 'refused', message: messageOf(error) });
  }
  reply({ kind: 'ready', description: module.description });
}

type Namespace = Readonly<Record<string, unknown>>;

/**
 * A file is imported as it is. A package is looked up from the user's folder, not from ours: a
 * script that pretends to lie there asks for it, by the rules of `import`, which knows
 * packages that `require.resolve` does not.
 */
async function importFrom({ location, directory }: HostOptions): Promise<Namespace> {
  if (location.startsWith('file:')) return import(location);
  const script = new Script(`import(${JSON.stringify(location)})`, {
    filename: join(directory, 'touchstone.js'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as Promise<Namespace>;
}

if (parentPort !== null) {
  parentPort.on('message', receive);
} else {
  process.on('message', receive);
  // The suite is gone.
  process.on('disconnect', () => process.exit());
}
