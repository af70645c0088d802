import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Call, Subject } from '../conformance/subject.js';
import { vector } from '../kernel/index.js';
import { openProcess } from './process.js';
import { protocolSchema } from './protocol.js';

const program = fileURLToPath(new URL('./fixtures/program.js', import.meta.url));

const opened: Subject[] = [];

async function open(fault: string, timeout = 300): Promise<Subject> {
  const command = `'${process.execPath}' '${program}' ${fault}`;
  const subject = await openProcess(command, { timeout, startTimeout: 5_000 });
  opened.push(subject);
  return subject;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((subject) => subject.close()));
});

const ask = (formula: string, ...values: number[]): Call => ({
  formula,
  operation: 'value',
  inputs: { values: vector(...values) },
});

const answer = (value: unknown) => ({ kind: 'answer', answer: value });

test('a program describes itself', async () => {
  const { description, dtype } = await open('none');
  expect(description).toEqual({
    name: 'program',
    version: '1.0.0',
    language: 'JavaScript',
    dtypes: ['float64'],
    formulas: ['test/first', 'test/second'],
    gradients: ['test/first'],
    samples: [],
    variants: {},
  });
  expect(dtype).toBe('float64');
});

test('a program answers in the order of the calls, awkward numbers included', async () => {
  const subject = await open('none');
  const values = [-0, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 0.1];
  const calls = Array.from({ length: 300 }, (_, i) => ask('test/first', values[i % 7]!, 1));
  expect(await subject.ask(calls)).toEqual(calls.map((_, i) => answer(values[i % 7])));
});

test('a program answers gradients', async () => {
  const subject = await open('none');
  const call: Call = { ...ask('test/first', 1, -0), operation: 'gradient', cotangent: 1 };
  expect(await subject.ask([call])).toEqual([answer({ values: vector(1, -0) })]);
});

describe('one fault for the culprit, answers for the others', () => {
  test.each([
    ['loops', 'time-out', /no answer within 300 ms/],
    ['is-silent', 'time-out', /no answer within 300 ms/],
    ['exits', 'crash', /ended with exit code 3/],
    ['crashes', 'crash', /was ended by SIGSEGV; its last words: about to crash/],
    ['writes-noise', 'malformed', /a line of standard output is not JSON: "Computing the loss"/],
    ['writes-noise-behind', 'malformed', /not JSON: "Done"/],
    ['answers-twice', 'malformed', /must have as many outcomes|never asked/],
    ['answers-another', 'malformed', /an answer to a question never asked \(message 4711\)/],
    ['fails', 'malformed', /error -32603: no idea/],
    ['omits-an-outcome', 'malformed', /1 calls must have as many outcomes, got 0/],
    ['sends-text', 'malformed', /response breaks the protocol/],
    ['value-is-text', 'malformed', /number must be .*, got the text "one half"/],
    ['value-is-misshapen', 'malformed', /must have 3 elements for shape \[3\], got 2/],
    ['two-answers', 'malformed', /exactly one of value, gradient and error/],
  ])('%s', async (fault, kind, message) => {
    const subject = await open(fault);
    const values = Array.from({ length: 80 }, (_, i) => i);
    const [faulty, sound] = await Promise.all([
      subject.ask(values.map((value) => ask('test/first', value))),
      subject.ask(values.map((value) => ask('test/second', -value))),
    ]);
    expect(sound).toEqual(values.map((value) => answer(-value)));
    expect(faulty.map((outcome) => outcome.kind === 'answer')).toEqual(
      values.map((value) => value !== 13),
    );
    expect(faulty[13]).toMatchObject({
      kind: 'fault',
      fault: kind,
      message: expect.stringMatching(message),
    });
  });

  test('a line that is not JSON behind the very last answer', async () => {
    const subject = await open('writes-noise-late');
    expect(await subject.ask([ask('test/first', 13)])).toMatchObject([{ fault: 'malformed' }]);
    expect(subject.remarks()).toEqual([]);
  });
});

test('refusals and changed arguments are passed on', async () => {
  const [refusing, changing] = await Promise.all([open('refuses'), open('changes')]);
  expect(await refusing.ask([ask('test/first', 13)])).toEqual([
    { kind: 'threw', message: 'values must be lucky' },
  ]);
  expect(await changing.ask([ask('test/first', 13)])).toEqual([
    { kind: 'answer', answer: 13, changed: ['values'] },
  ]);
});

test('a program that dies at every call is given up', async () => {
  const subject = await open('exits');
  const calls = Array.from({ length: 300 }, () => ask('test/first', 13));
  const outcomes = await subject.ask([...calls, ask('test/second', 1)]);
  const notAskedAgain = { message: expect.stringContaining('not asked again') };
  expect(outcomes[2]).not.toMatchObject(notAskedAgain);
  expect(outcomes.slice(3, 300)).toMatchObject(Array(297).fill(notAskedAgain));
  expect(outcomes[300]).toEqual(answer(1));
});

test.each([
  ['bends-the-wire', /echo must give back what it was sent, got: the number -0 came back as 0/],
  ['prints-a-banner', /not JSON: "Welcome!"/],
  ['ends-at-once', /must answer initialize, got: .* ended with exit code 1/],
  ['speaks-another-version', /must speak protocol version 1, got 2/],
])('%s is a subject error', async (fault, message) => {
  await expect(open(fault)).rejects.toThrow(message);
});

test('a program that does not exist is a subject error', async () => {
  await expect(openProcess('no-such-program --now', { timeout: 100 })).rejects.toThrow(
    /must answer initialize, got: .*ENOENT/,
  );
});

test('a program that does not start to speak is a subject error', async () => {
  const command = `'${process.execPath}' -e 'setInterval(() => {}, 1000)'`;
  await expect(openProcess(command, { timeout: 100, startTimeout: 300 })).rejects.toThrow(
    /must answer initialize, got: nothing within 300 ms/,
  );
});

test('the published schema is that of the validators', async () => {
  await expect(`${JSON.stringify(protocolSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../schema/protocol.schema.json',
  );
});
