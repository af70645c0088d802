import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Call, Subject } from '../conformance/subject.js';
import { matrix, type NDArray, vector } from '../kernel/index.js';
import { openModule } from './module.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}.js`, import.meta.url));

const opened: Subject[] = [];

async function open(
  name: string,
  options: Partial<Parameters<typeof openModule>[1]> = {},
): Promise<Subject> {
  // The limit leaves room for a first call on a busy machine, and little for the tests of loops.
  const subject = await openModule(fixture(name), { timeout: 300, ...options });
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

describe.each(['thread', 'process'] as const)('a module in a %s', (isolate) => {
  test('describes itself', async () => {
    const { description, dtype } = await open('sound', { isolate });
    expect(description).toEqual({
      name: 'sound',
      version: '1.0.0',
      language: 'JavaScript',
      dtypes: ['float64'],
      formulas: ['test/sum-of-squares', 'test/identity'],
      gradients: ['test/sum-of-squares'],
      samples: [],
      variants: {},
    });
    expect(dtype).toBe('float64');
  });

  test('answers in the order of the calls', async () => {
    const subject = await open('sound', { isolate });
    const calls = Array.from({ length: 500 }, (_, i) => ask('test/sum-of-squares', i, 1));
    const outcomes = await subject.ask(calls);
    expect(outcomes).toEqual(calls.map((_, i) => answer(i * i + 1)));
  });

  test('keeps every bit of an array', async () => {
    const subject = await open('sound', { isolate });
    const values = vector(-0, Number.NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE, 0.1);
    const inputs = { values };
    const [vectorBack, matrixBack] = await subject.ask([
      { formula: 'test/identity', operation: 'value', inputs },
      { formula: 'test/identity', operation: 'value', inputs: { values: matrix([1, 2], [3, 4]) } },
    ]);
    expect(vectorBack).toEqual(answer(values));
    expect(matrixBack).toEqual(answer(matrix([1, 2], [3, 4])));
  });

  test('answers gradients', async () => {
    const subject = await open('sound', { isolate });
    const inputs = { values: vector(1, 2), scale: 3 };
    const [outcome] = await subject.ask([
      { formula: 'test/sum-of-squares', operation: 'gradient', inputs, cotangent: 10 },
    ]);
    expect(outcome).toEqual(answer({ values: vector(60, 120) }));
  });

  test.each([
    ['test/loops', 'time-out', /no answer within 300 ms/],
    ['test/never-settles', 'time-out', /no answer within 300 ms/],
    ['test/exits', 'crash', /ended its (thread|process) with exit code 0/],
    ['test/fails-later', 'crash', /too late|exit code/],
    [
      'test/answers-for-its-host',
      'malformed',
      /sent a message of its own: outcomes must be a text/,
    ],
    ['test/answers-in-no-json', 'malformed', /sent a message of its own: .*JSON/],
    ['test/returns-nothing', 'malformed', /must be a number or an array, got undefined/],
    ['test/returns-text', 'malformed', /got the text "0.5"/],
    ['test/returns-ragged', 'malformed', /must all have length 2 at depth 1, got a list of 1/],
    ['test/returns-itself', 'malformed', /nested at most 32 deep/],
  ] as const)(
    '%s: one fault for the culprit, answers for the others',
    async (formula, fault, message) => {
      const subject = await open('faults', { isolate });
      const values = Array.from({ length: 40 }, (_, i) => i);
      const [faulty, sound] = await Promise.all([
        subject.ask(values.map((value) => ask(formula, value))),
        subject.ask(values.map((value) => ask('test/sound', value))),
      ]);
      expect(sound).toEqual(values.map((value) => answer(value)));
      expect(faulty[13]).toMatchObject({
        kind: 'fault',
        fault,
        message: expect.stringMatching(message),
      });
      expect(faulty.filter(({ kind }) => kind === 'answer')).toHaveLength(39);
    },
  );

  test('refusals are not faults', async () => {
    const subject = await open('faults', { isolate });
    expect(await subject.ask([ask('test/throws', 13), ask('test/rejects', 13)])).toEqual([
      { kind: 'threw', message: 'values must be lucky' },
      { kind: 'threw', message: 'an unlucky number' },
    ]);
  });

  test('noise on standard output is counted, and changes nothing', async () => {
    const subject = await open('faults', { isolate });
    const calls = [ask('test/writes', 1), ask('test/complains', 2), ask('test/sound', 3)];
    expect(await subject.ask(calls)).toEqual([answer(1), answer(2), answer(3)]);
    await expect
      .poll(() => subject.remarks())
      .toEqual([
        'wrote 1000 lines to standard output; ignored',
        'wrote 1 line to standard error; ignored',
      ]);
  });

  test('changed arguments are named, also after a throw', async () => {
    const subject = await open('faults', { isolate });
    const outcomes = await subject.ask([
      {
        formula: 'test/changes-arguments',
        operation: 'value',
        inputs: { values: vector(1), scale: 1 },
      },
      ask('test/changes-and-throws', 2, 1),
      {
        formula: 'test/changes-arguments',
        operation: 'gradient',
        inputs: { values: vector(1) },
        cotangent: vector(1),
      },
      ask('test/sound', 1),
    ]);
    expect(outcomes.map(({ changed }) => changed)).toEqual([
      ['values', 'scale'],
      ['values'],
      ['cotangent'],
      undefined,
    ]);
    expect(outcomes[1]).toMatchObject({ kind: 'threw', message: 'after the change' });
  });

  test('a buffer that is used again does not change an earlier answer', async () => {
    const subject = await open('faults', { isolate });
    const calls = [ask('test/reuses-its-buffer', 1, 2), ask('test/reuses-its-buffer', 3, 4)];
    expect(await subject.ask(calls)).toEqual([answer(vector(1, 2)), answer(vector(3, 4))]);
  });

  test('typed arrays have the format of the subject', async () => {
    const single = await open('typed', { isolate });
    const double = await open('typed', { isolate, dtype: 'float64' });
    const inputs = { values: matrix([1, 2, 3]) };
    const call: Call = { formula: 'test/kind', operation: 'value', inputs };
    expect(await single.ask([call])).toEqual([answer(vector(32, 1, 3))]);
    expect(await double.ask([call])).toEqual([answer(vector(64, 1, 3))]);
    const [identity, changed] = await single.ask([
      { ...call, formula: 'test/identity' },
      { ...call, formula: 'test/changes-arguments' },
    ]);
    expect(identity).toEqual(answer(inputs.values as NDArray));
    expect(changed!.changed).toEqual(['values']);
  });
});

test('slow calls are not taken for an endless loop', async () => {
  const subject = await open('faults', { timeout: 300 });
  const calls = Array.from({ length: 32 }, (_, i) => ask('test/answers-late', i));
  expect(await subject.ask(calls)).toEqual(calls.map((_, i) => answer(i)));
});

test('a formula that always faults is given up, and no other', async () => {
  const subject = await open('faults', { timeout: 100 });
  const began = performance.now();
  const calls = Array.from({ length: 200 }, () => ask('test/loops', 13));
  const outcomes = await subject.ask([...calls, ask('test/sound', 1)]);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(outcomes.at(-1)).toEqual(answer(1));
  expect(outcomes.slice(0, -1).every(({ kind }) => kind === 'fault')).toBe(true);
  expect(outcomes[199]).toMatchObject({ message: expect.stringContaining('not asked again') });
});

test('calls that are under way when the subject is closed are not answered', async () => {
  const subject = await open('faults');
  const asked = subject.ask([ask('test/loops', 13)]);
  await subject.close();
  expect(await asked).toMatchObject([{ kind: 'fault', fault: 'crash' }]);
  expect(await subject.ask([ask('test/sound', 1)])).toMatchObject([{ fault: 'crash' }]);
});

test.each([
  ['no-such-file', /module must be a file, got .*no-such-file.js, no such file/],
  ['no-default', /must have a default export, got only formulas/],
  ['nothing-offered', /formulas must offer at least one/],
  ['not-a-function', /formulas of test\/one must be a function, got 1/],
  ['unknown-dtype', /dtype must be float64, .*, got the text "float80"/],
  ['unknown-field', /fields must be among name, .*, got formulae/],
  ['commonjs/exports', /must load, got: .*end its name in .mjs, or set "type": "module"/],
  ['throws-at-once', /must load, got: no graphics card was found/],
  ['exits-at-once', /must load, got: the module ended its thread with exit code 0/],
])('%s is a subject error', async (name, message) => {
  await expect(open(name)).rejects.toThrow(message);
});

test('a module that does not finish loading is a subject error', async () => {
  await expect(open('loops-at-once', { startTimeout: 500 })).rejects.toThrow(
    /must load within 500 ms/,
  );
});

test('a package that is not installed is a subject error', async () => {
  await expect(openModule('no-such-package', { timeout: 100 })).rejects.toThrow(
    /must be a file or an installed package, got no-such-package/,
  );
});

test('a format that the module does not offer is a subject error', async () => {
  await expect(open('sound', { dtype: 'float16' })).rejects.toThrow(
    'subject: dtype must be one that sound offers, float64, got float16',
  );
});
