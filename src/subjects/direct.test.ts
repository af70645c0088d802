import { expect, test } from 'vitest';
import type { Call } from '../conformance/subject.js';
import { FormulaError, matrix, type NDArray, sameShape, vector } from '../kernel/index.js';
import { directSubject } from './direct.js';

interface Values {
  readonly values: NDArray;
}

const subject = directSubject({
  name: 'direct',
  formulas: {
    'test/double': ({ values }: Values) =>
      sameShape(
        values,
        values.data.map((value) => 2 * value),
      ),
    'test/identity': ({ values }: Values) => values,
    'test/throws': () => {
      throw new FormulaError('domain', 'test: values must be lucky, got 13');
    },
    'test/changes': ({ values }: Values) => {
      values.data[0] = 7;
      return 0;
    },
    'test/returns-nothing': () => undefined as never,
  },
  gradients: {
    'test/double': (_: Values, cotangent: NDArray) => ({ values: cotangent }),
  },
});

const ask = (formula: string): Call => ({
  formula,
  operation: 'value',
  inputs: { values: matrix([1, -0], [3, 4]) },
});

test('answers values and gradients', async () => {
  const cotangent = matrix([1, 2], [3, 4]);
  expect(
    await subject.ask([
      ask('test/double'),
      { ...ask('test/double'), operation: 'gradient', cotangent },
    ]),
  ).toEqual([
    { kind: 'answer', answer: matrix([2, -0], [6, 8]) },
    { kind: 'answer', answer: { values: cotangent } },
  ]);
});

test('an answer is a copy', async () => {
  const call = ask('test/identity');
  const [outcome] = await subject.ask([call]);
  expect(outcome).toEqual({ kind: 'answer', answer: call.inputs.values });
  expect((outcome as { answer: NDArray }).answer.data).not.toBe(
    (call.inputs.values as NDArray).data,
  );
});

test('tells refusals, changed arguments and faults apart', async () => {
  const call = ask('test/changes');
  expect(
    await subject.ask([ask('test/throws'), call, ask('test/returns-nothing'), ask('test/unknown')]),
  ).toEqual([
    { kind: 'threw', message: 'test: values must be lucky, got 13' },
    { kind: 'answer', answer: 0, changed: ['values'] },
    {
      kind: 'fault',
      fault: 'malformed',
      message: 'answer must be a number or an array, got undefined',
    },
    {
      kind: 'fault',
      fault: 'malformed',
      message: 'the subject does not offer the value of test/unknown',
    },
  ]);
  expect(call.inputs.values).toEqual(matrix([1, -0], [3, 4]));
});

test('a vector is a vector', async () => {
  const inputs = { values: vector(1) };
  const [outcome] = await subject.ask([{ ...ask('test/double'), inputs }]);
  expect(outcome).toEqual({ kind: 'answer', answer: vector(2) });
});
