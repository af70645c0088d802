import { describe, expect, test } from 'vitest';
import type { Call } from '../conformance/subject.js';
import { vector } from '../kernel/index.js';
import { evaluate, evaluateNow } from './evaluate.js';
import { defineModule } from './module-definition.js';

type Inputs = Readonly<Record<string, never>>;

const module = defineModule(
  {
    formulas: {
      'calculus/quadratic': ({ x }: { x: number[] }) => x.map((value) => value * value),
      'test/at-two': ({ function: f }: { function: (x: number[]) => number[] }) => f([2]),
      'test/written': ({ list }: { list: number[] }) => {
        list[0] = 9;
        return 0;
      },
      'test/late': async () => [1],
      'test/none': () => undefined,
      'test/trap': () => ({
        get shape() {
          throw new Error('look away');
        },
        data: [1],
      }),
      'test/throws': () => {
        throw new Error('not today');
      },
    },
    gradients: {
      'test/scaled': (_: Inputs, cotangent: number[]) => {
        cotangent[0] = 0;
        return { x: cotangent };
      },
    },
  },
  'a module',
);

const call = (formula: string, inputs: Call['inputs'] = {}): Call => ({
  formula,
  operation: 'value',
  inputs,
});

describe.each([
  ['at once', async (asked: Call) => evaluateNow(module, asked, 'float64')],
  ['in time', (asked: Call) => evaluate(module, asked, 'float64')],
])('a question that is answered %s', (_, ask) => {
  test('may hand over a function, which is the formula that the module offers', async () => {
    const answer = { kind: 'answer', answer: vector(4) };
    expect(await ask(call('test/at-two', { function: 'calculus/quadratic' }))).toEqual(answer);
    expect(await ask(call('test/at-two', { function: 'calculus/sine' }))).toEqual({
      kind: 'threw',
      message:
        'unsupported: the argument calculus/sine is a function that the subject does not offer',
    });
  });

  test('tells what was written to', async () => {
    const written = { kind: 'answer', answer: 0, changed: ['list'] };
    expect(await ask(call('test/written', { list: vector(1, 2) }))).toEqual(written);
    const slopes = await ask({
      formula: 'test/scaled',
      operation: 'gradient',
      inputs: { x: vector(1) },
      cotangent: vector(3),
    });
    expect(slopes).toEqual({ kind: 'answer', answer: { x: vector(0) }, changed: ['cotangent'] });
  });

  test('is a fault where nothing is offered, or nothing can be read', async () => {
    const fault = (message: string) => ({ kind: 'fault', fault: 'malformed', message });
    expect(await ask(call('test/nowhere'))).toEqual(
      fault('the subject does not offer the value of test/nowhere'),
    );
    expect(await ask(call('test/none'))).toEqual(
      fault('answer must be a number or an array, got undefined'),
    );
    expect(await ask(call('test/trap'))).toMatchObject(
      fault('answer must be readable, got an object with fields shape, data: look away'),
    );
  });

  test('is thrown at', async () => {
    expect(await ask(call('test/throws'))).toEqual({ kind: 'threw', message: 'not today' });
  });
});

test('a promise is waited for', async () => {
  const answer = { kind: 'answer', answer: vector(1) };
  expect(await evaluate(module, call('test/late'), 'float64')).toEqual(answer);
});
