import { expect, test } from 'vitest';
import { type Call, type Outcome, SubjectError } from '../conformance/subject.js';
import { type Connect, type Listener, openChannel } from './channel.js';

const description = {
  name: 'fake',
  version: '1',
  language: 'none',
  dtypes: ['float64'],
  formulas: ['test/one'],
  gradients: [],
  samples: [],
  variants: {},
} as const;

type Answering = (listener: Listener, id: number, calls: readonly Call[]) => void;

const outcome: Outcome = { kind: 'answer', answer: 1 };

/** What a sound subject does. */
const answer: Answering = (listener, id, calls) =>
  listener.answered(
    id,
    calls.map(() => outcome),
  );

/** A subject that answers message by message as it is told, each time it is started. */
function fake(...lives: readonly (Answering | Error)[]): Connect & { messages: number[] } {
  let life = 0;
  const messages: number[] = [];
  const connect: Connect = async (listener) => {
    const answering = lives[Math.min(life++, lives.length - 1)]!;
    if (answering instanceof Error) throw answering;
    return {
      description,
      send: (id, calls) => {
        messages.push(calls.length);
        setImmediate(() => answering(listener, id, calls));
      },
      close: async () => {},
      kill: async () => {},
    };
  };
  return Object.assign(connect, { messages });
}

const calls = (count: number): readonly Call[] =>
  Array.from({ length: count }, () => ({ formula: 'test/one', operation: 'value', inputs: {} }));

test('calls travel 32 to a message, and the last message is confirmed by an empty one', async () => {
  const connect = fake(answer);
  const channel = await openChannel(connect, 1_000);
  expect(await channel.ask(calls(70))).toHaveLength(70);
  expect(connect.messages).toEqual([32, 32, 6, 0]);
  await channel.close();
});

test('no calls need no message', async () => {
  const connect = fake(answer);
  const channel = await openChannel(connect, 1_000);
  expect(await channel.ask([])).toEqual([]);
  expect(connect.messages).toEqual([]);
});

test('a subject that cannot be started is an error', async () => {
  await expect(openChannel(fake(new SubjectError('no')), 1_000)).rejects.toThrow('no');
});

test('a subject that cannot be started again is given up', async () => {
  const die: Answering = (listener) => listener.broke('crash', 'died');
  const channel = await openChannel(fake(die, new SubjectError('out of memory')), 1_000);
  const outcomes = await channel.ask(calls(3));
  expect(outcomes).toEqual(
    calls(3).map(() => ({
      kind: 'fault',
      fault: 'crash',
      message: 'could not be started again: out of memory',
    })),
  );
  expect(await channel.ask(calls(1))).toMatchObject([{ fault: 'crash' }]);
});

test('a crash that no call causes alone is told, and costs no answer', async () => {
  const die: Answering = (listener) => listener.broke('crash', 'died');
  const channel = await openChannel(fake(die, answer), 1_000);
  expect(await channel.ask(calls(3))).toEqual(calls(3).map(() => outcome));
  expect(channel.remarks()).toEqual(['once, and not when each call was asked alone: died']);
  await channel.close();
});

test('a fault while nothing is asked is told', async () => {
  let listener: Listener | undefined;
  const remember: Answering = (given, id, asked) => {
    listener = given;
    answer(given, id, asked);
  };
  const channel = await openChannel(fake(remember, answer), 1_000);
  await channel.ask(calls(1));
  listener!.broke('malformed', 'noise');
  expect(channel.remarks()).toEqual(['while nothing was asked: noise']);
  expect(await channel.ask(calls(1))).toEqual([outcome]);
  await channel.close();
});

test('slow calls travel in shorter messages', async () => {
  const slow: Answering = (listener, id, asked) => {
    setTimeout(() => answer(listener, id, asked), 3 * asked.length);
  };
  const connect = fake(slow);
  const channel = await openChannel(connect, 60);
  const outcomes = await channel.ask(calls(64));
  expect(outcomes).toEqual(calls(64).map(() => outcome));
  expect(Math.min(...connect.messages.filter((size) => size > 1))).toBeLessThan(32);
  await channel.close();
});
