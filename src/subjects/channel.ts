import {
  type Call,
  type Fault,
  type Outcome,
  type SubjectDescription,
  SubjectError,
} from '../conformance/subject.js';
import { isNDArray } from '../kernel/ndarray.js';
import { messageOf } from './describe.js';
import { createPatience } from './patience.js';
import { watchdog } from './watchdog.js';

/*
 * The conversation with a subject that runs elsewhere: a worker thread, a process, a program in
 * another language. Calls travel many to a message, and several messages are under way at once.
 * Whatever goes wrong, the subject is ended and started again, and the calls that may have
 * caused it are asked again one by one, so that the culprit alone gets the fault.
 */

/** A subject that is running. */
export interface Link {
  readonly description: SubjectDescription;
  /** Asks a batch, which may be empty; the listener hears the outcomes under the same id. */
  send(id: number, calls: readonly Call[]): void;
  /** Lets the subject finish, and ends it if it does not. */
  close(): Promise<void>;
  /** Ends the subject at once, with everything it started. */
  kill(): Promise<void>;
}

/** What a link reports. */
export interface Listener {
  answered(id: number, outcomes: readonly Outcome[]): void;
  /** The subject died, or broke the protocol: nothing more can be learnt from it. */
  broke(fault: Fault, message: string): void;
}

/** Starts a subject. Rejects with a SubjectError if it cannot be started. */
export type Connect = (listener: Listener) => Promise<Link>;

export interface Channel {
  readonly description: SubjectDescription;
  ask(calls: readonly Call[]): Promise<readonly Outcome[]>;
  close(): Promise<void>;
  /** What went wrong while nothing was asked, and so belongs to no call. */
  remarks(): readonly string[];
}

/** 32 calls a message: the cost of a message is spread thin, and little is asked again after a fault. */
const MESSAGE = 32;
/** Long arrays travel alone: a message is to be answered within the time of one call. */
const MESSAGE_ELEMENTS = 2 ** 15;
/** Enough messages under way that neither side waits for the other. */
const WINDOW = 4;
/** Failed attempts to start the subject again, after which it is given up. */
const STARTS = 2;

interface Job {
  readonly call: Call;
  readonly settle: (outcome: Outcome) => void;
}

interface Message {
  readonly id: number;
  /** Empty for a message that only confirms the one before it. */
  readonly jobs: readonly Job[];
  outcomes?: readonly Outcome[];
}

/** Starts a subject and opens the conversation with it; each call may take `timeout` milliseconds. */
export async function openChannel(connect: Connect, timeout: number): Promise<Channel> {
  const queue: Job[] = [];
  /** Calls that may have broken the subject: asked alone, before anything else. */
  const suspects: Job[] = [];
  /** Messages under way, the oldest first. */
  const sent: Message[] = [];
  const patience = createPatience();
  const remarks: string[] = [];
  const endings = new Set<Promise<void>>();

  let link: Link | undefined;
  let starting = false;
  let closed = false;
  let nextId = 1;
  let messageSize = MESSAGE;
  /** What is being looked for among the suspects, and how many faults there were before. */
  let hunt:
    | { readonly fault: Fault; readonly message: string; readonly faults: number }
    | undefined;
  /** Why the subject cannot be asked any more. */
  let lost: Outcome | undefined;
  const deadline = watchdog(timeout, () =>
    broke('time-out', `no answer within ${timeout} ms; the subject was ended`),
  );

  /** Starts the subject; from then on what it says is heard, until it is ended. */
  async function start(): Promise<Link> {
    let running: Link | undefined;
    let early: string | undefined;
    const isCurrent = (): boolean => running !== undefined && link === running;
    running = await connect({
      answered: (id, outcomes) => {
        if (isCurrent()) answered(id, outcomes);
      },
      broke: (fault, message) => {
        if (isCurrent()) broke(fault, message);
        else early ??= message;
      },
    });
    if (early !== undefined) {
      end(running.kill());
      throw new SubjectError(`subject: must start, got: ${early}`);
    }
    if (closed) end(running.kill());
    else link = running;
    return running;
  }

  async function restart(): Promise<void> {
    starting = true;
    for (let attempt = 1; attempt <= STARTS && link === undefined && !closed; attempt++) {
      try {
        await start();
      } catch (error) {
        const message = `could not be started again: ${messageOf(error)}`;
        if (attempt === STARTS) lost = { kind: 'fault', fault: 'crash', message };
      }
    }
    starting = false;
    pump();
  }

  /** Sends what can be sent. Called after everything that happens. */
  function pump(): void {
    if (closed) lost ??= { kind: 'fault', fault: 'crash', message: 'the subject was closed' };
    if (lost !== undefined) {
      giveUp(lost);
      return;
    }
    if (sent.length + suspects.length + queue.length === 0) {
      endHunt();
      return;
    }
    if (link === undefined) {
      if (!starting) void restart();
      return;
    }
    if (sent.length === 0) askSuspect();
    if (sent.length === 0) endHunt();
    if (suspects.length > 0 || hunt !== undefined) {
      confirm();
      return;
    }
    while (sent.length < WINDOW && queue.length > 0) {
      const jobs = take();
      if (jobs.length > 0) post(jobs);
    }
    if (queue.length === 0) confirm();
    if (sent.length === 0) askSuspect();
  }

  /** All suspects have been asked alone. If none was the culprit, it was what they did together. */
  function endHunt(): void {
    if (hunt !== undefined && hunt.faults === patience.faults) {
      // No endless loop, then: the calls are slow, and shorter messages are in time.
      if (hunt.fault === 'time-out') messageSize = Math.max(1, messageSize >> 1);
      else remarks.push(`once, and not when each call was asked alone: ${hunt.message}`);
    }
    hunt = undefined;
  }

  /** Jobs for one message. Those of a formula that has had a fault before are set aside to be asked alone. */
  function take(): readonly Job[] {
    const jobs: Job[] = [];
    let elements = 0;
    while (queue.length > 0 && jobs.length < messageSize && elements < MESSAGE_ELEMENTS) {
      const job = queue.shift()!;
      elements += elementsOf(job.call);
      if (patience.isTried(job.call)) suspects.push(job);
      else jobs.push(job);
    }
    return jobs;
  }

  function askSuspect(): void {
    for (let job = suspects.shift(); job !== undefined; job = suspects.shift()) {
      const lostPatience = patience.lost(job.call);
      if (lostPatience !== undefined) {
        job.settle(lostPatience);
        continue;
      }
      post([job]);
      return;
    }
  }

  function post(jobs: readonly Job[]): void {
    const message: Message = { id: nextId++, jobs };
    sent.push(message);
    deadline.watch(oldestUnanswered());
    link!.send(
      message.id,
      jobs.map(({ call }) => call),
    );
  }

  /**
   * An answer counts once a later message is answered too: whatever the subject says or does in
   * between belongs to it. Behind the last answer, when it is here, goes an empty message.
   */
  function confirm(): void {
    const last = sent.at(-1);
    if (last?.outcomes !== undefined && last.jobs.length > 0) post([]);
  }

  function oldestUnanswered(): Message | undefined {
    return sent.find((message) => message.outcomes === undefined);
  }

  function answered(id: number, outcomes: readonly Outcome[]): void {
    const message = sent.find((candidate) => candidate.id === id);
    if (message === undefined || message.outcomes !== undefined) {
      broke('malformed', `an answer to a question never asked (message ${id})`);
      return;
    }
    if (outcomes.length !== message.jobs.length) {
      const [asked, got] = [message.jobs.length, outcomes.length];
      broke('malformed', `${asked} calls must have as many outcomes, got ${got}`);
      return;
    }
    message.outcomes = outcomes;
    deadline.watch(oldestUnanswered());
    while (isConfirmed()) settle(sent.shift()!);
    pump();
  }

  function isConfirmed(): boolean {
    const [first, second] = sent;
    if (first?.outcomes === undefined) return false;
    return first.jobs.length === 0 || second?.outcomes !== undefined;
  }

  function settle({ jobs, outcomes }: Message): void {
    for (let i = 0; i < jobs.length; i++) {
      patience.answered(jobs[i]!.call);
      jobs[i]!.settle(outcomes![i]!);
    }
  }

  function broke(fault: Fault, message: string): void {
    if (link !== undefined) end(link.kill());
    link = undefined;
    deadline.watch(undefined);
    // Suspected: what is not yet confirmed, up to the message that was being answered.
    const unanswered = sent.findIndex(({ outcomes }) => outcomes === undefined);
    const under = unanswered === -1 ? sent.length : unanswered + 1;
    const [suspected, innocent] = [sent.slice(0, under), sent.slice(under)].map((messages) =>
      messages.flatMap(({ jobs }) => jobs),
    ) as [Job[], Job[]];
    sent.length = 0;
    queue.unshift(...innocent);
    if (suspected.length === 0) remarks.push(`while nothing was asked: ${message}`);
    else if (suspected.length === 1) {
      const [culprit] = suspected as [Job];
      patience.faulted(culprit.call, { kind: 'fault', fault, message });
      culprit.settle({ kind: 'fault', fault, message });
    } else {
      suspects.unshift(...suspected);
      hunt = { fault, message, faults: patience.faults };
    }
    pump();
  }

  function giveUp(outcome: Outcome): void {
    const left = [...sent.flatMap(({ jobs }) => jobs), ...suspects, ...queue];
    sent.length = suspects.length = queue.length = 0;
    for (const job of left) job.settle(outcome);
  }

  function end(ending: Promise<void>): void {
    endings.add(ending);
    void ending.finally(() => endings.delete(ending));
  }

  const { description } = await start();
  return {
    description,
    ask: (calls) =>
      new Promise((resolve) => {
        const outcomes: Outcome[] = [];
        let left = calls.length;
        if (left === 0) resolve(outcomes);
        for (const [i, call] of calls.entries()) {
          const settle = (outcome: Outcome): void => {
            outcomes[i] = outcome;
            if (--left === 0) resolve(outcomes);
          };
          queue.push({ call, settle });
        }
        pump();
      }),
    close: async () => {
      closed = true;
      deadline.watch(undefined);
      const last = link;
      link = undefined;
      pump();
      await Promise.all([last?.close(), ...endings]);
    },
    remarks: () => remarks,
  };
}

function elementsOf({ inputs }: Call): number {
  let elements = 0;
  for (const name in inputs) {
    const argument = inputs[name]!;
    if (isNDArray(argument)) elements += argument.data.length;
  }
  return elements;
}
