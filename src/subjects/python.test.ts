import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Call, Subject } from '../conformance/subject.js';
import { matrix, type NDArray, type Precision, roundTo, vector } from '../kernel/index.js';
import { openProcess } from './process.js';

const library = fileURLToPath(new URL('./fixtures/library.py', import.meta.url));

const python = [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
  (candidate) =>
    candidate !== undefined && spawnSync(candidate, ['-c', 'import numpy']).status === 0,
);

const opened: Subject[] = [];

async function open(dtype?: Precision): Promise<Subject> {
  const subject = await openProcess(`'${python}' '${library}'`, { dtype, timeout: 5_000 });
  opened.push(subject);
  return subject;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((subject) => subject.close()));
});

const ask = (formula: string, values: NDArray): Call => ({
  formula,
  operation: 'value',
  inputs: { values },
});

if (python === undefined) {
  test('no Python with NumPy is here: the helper is not tested', () => {});
}

if (python !== undefined) {
  describe('the Python helper', () => {
    test('describes the library', async () => {
      const { description } = await open();
      expect(description).toMatchObject({
        name: 'library',
        version: '1.0',
        language: 'Python',
        gradients: ['losses/huber', 'test/returns-nothing'],
        samples: [],
        variants: { 'losses/huber': 'none' },
      });
      expect(description.formulas).toContain('losses/huber');
    });

    test('takes and gives numbers, arrays and gradients', async () => {
      const subject = await open();
      const inputs = { prediction: vector(0, 0), target: vector(0.5, 3), delta: 1 };
      const outcomes = await subject.ask([
        { formula: 'losses/huber', operation: 'value', inputs },
        { formula: 'losses/huber', operation: 'gradient', inputs, cotangent: 2 },
        ask('test/labels', vector(-1, 1)),
      ]);
      expect(outcomes).toEqual([
        { kind: 'answer', answer: 1.3125 },
        { kind: 'answer', answer: { prediction: vector(-0.5, -1) } },
        { kind: 'answer', answer: vector(0, 1) },
      ]);
    });

    test.each([
      ['float64', 64],
      ['float32', 32],
      ['float16', 16],
      ['bfloat16', 32],
    ] as const)('%s keeps every bit, in arrays of %i bits', async (dtype, bits) => {
      const subject = await open(dtype);
      const [a, b, c] = [0.1, -1 / 3, 1e-7].map((value) => roundTo(dtype, value));
      const values = matrix([a!, b!, c!], [-0, Infinity, Number.NaN]);
      const outcomes = await subject.ask([
        ask('test/identity', values),
        ask('test/format', values),
      ]);
      expect(outcomes).toEqual([
        { kind: 'answer', answer: values },
        { kind: 'answer', answer: bits },
      ]);
    });

    test('answers keep their own format, whatever that of the arguments', async () => {
      const subject = await open('float32');
      const third = vector(Math.fround(1 / 3));
      const outcomes = await subject.ask([
        ask('test/identity', third),
        ask('test/double-precision', third),
        ask('test/half-precision', third),
      ]);
      expect(outcomes).toEqual([
        { kind: 'answer', answer: third },
        { kind: 'answer', answer: vector(1 / 3) },
        { kind: 'answer', answer: vector(roundTo('float16', 1 / 3)) },
      ]);
    });

    test('memory that is used again keeps no earlier answer from arriving', async () => {
      const subject = await open();
      const calls = [1, 2, 3].map((value) => ask('test/reuses-memory', vector(value)));
      const answers = [1, 2, 3].map((value) => ({ kind: 'answer', answer: vector(value) }));
      expect(await subject.ask(calls)).toEqual(answers);
    });

    test('numbers beyond 64-bit integers arrive as floats', async () => {
      const subject = await open();
      const inputs = { values: vector(2), factor: 1e20 };
      expect(await subject.ask([{ formula: 'test/scaled', operation: 'value', inputs }])).toEqual([
        { kind: 'answer', answer: vector(2e20) },
      ]);
    });

    test('exceptions refuse; what is no array is malformed; both leave the others alone', async () => {
      const subject = await open();
      const values = vector(1, 2);
      const nothing = 'test/returns-nothing';
      const outcomes = await subject.ask([
        ask('test/throws', values),
        ask(nothing, values),
        { ...ask(nothing, values), operation: 'gradient', cotangent: 1 },
        ask('test/returns-ragged', values),
        ask('test/identity', values),
      ]);
      const malformed = { kind: 'fault', fault: 'malformed' };
      expect(outcomes).toMatchObject([
        { kind: 'threw', message: 'ValueError: values must be lucky' },
        { ...malformed, message: expect.stringContaining('NoneType None') },
        { ...malformed, message: expect.stringContaining('NoneType None') },
        malformed,
        { kind: 'answer', answer: values },
      ]);
    });

    test('names the arguments that a call changed', async () => {
      const subject = await open();
      expect(await subject.ask([ask('test/changes', vector(1, 2))])).toEqual([
        { kind: 'answer', answer: 0, changed: ['values'] },
      ]);
    });

    test('what is printed does not disturb the protocol', async () => {
      const subject = await open();
      expect(await subject.ask([ask('test/prints', vector(1, 2))])).toEqual([
        { kind: 'answer', answer: 3 },
      ]);
    });

    test('a crash is a fault of its call alone', async () => {
      const subject = await open();
      const values = vector(1);
      const outcomes = await subject.ask([
        ask('test/identity', values),
        ask('test/exits', values),
        ask('test/identity', values),
      ]);
      expect(outcomes).toMatchObject([
        { kind: 'answer' },
        { kind: 'fault', fault: 'crash', message: expect.stringContaining('exit code 4') },
        { kind: 'answer' },
      ]);
    });
  });
}
