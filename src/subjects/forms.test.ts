import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inputs } from '../conformance/spec.js';
import type { Call, Subject } from '../conformance/subject.js';
import { matrix, ndarray, vector } from '../kernel/index.js';
import { openModule } from './module.js';
import { defineModule } from './module-definition.js';
import { openProcess } from './process.js';

/*
 * Arguments and answers of every form, by every way that they travel: parts, lists, shapes, what
 * is left out, functions, samples.
 */

const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

const python = [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
  (candidate) =>
    candidate !== undefined && spawnSync(candidate, ['-c', 'import numpy']).status === 0,
);

const timeout = 5_000;
const program = (encoding: string): Promise<Subject> =>
  openProcess(`'${process.execPath}' '${fixture('forms-program.js')}' ${encoding}`, { timeout });

const ways: Readonly<Record<string, () => Promise<Subject>>> = {
  'nested, in a thread': () => openModule(fixture('forms.js'), { timeout }),
  'typed, in a thread': () => openModule(fixture('forms-typed.js'), { timeout }),
  'nested, in a process': () => openModule(fixture('forms.js'), { timeout, isolate: 'process' }),
  'by hand, as lists': () => program('list'),
  'by hand, as base64': () => program('base64'),
  'by hand, packed': () => program('packed'),
  ...(python === undefined
    ? {}
    : {
        'through the Python helper': () =>
          openProcess(`'${python}' '${fixture('forms.py')}'`, { timeout }),
      }),
};

const weights = {
  first: matrix([1, -0], [Number.NaN, Infinity]),
  second: vector(0.1),
  empty: ndarray([2, 0], []),
  // Names that mean something else elsewhere.
  shape: vector(),
  dtype: ndarray([], [5e-324]),
};

const inputs: Inputs = {
  values: vector(1 / 3, 2),
  mask: vector(1, 0),
  weights,
  shape: [16, 128],
  word: 'mean',
  flag: true,
  factor: 2,
};

const { mask: _, ...unmasked } = inputs;

describe.each(Object.entries(ways))('%s', (way, open) => {
  let subject: Subject;

  beforeAll(async () => {
    subject = await open();
  });

  afterAll(() => subject.close());

  const ask = async (call: Pick<Call, 'formula'> & Partial<Call>) => {
    const [outcome] = await subject.ask([{ operation: 'value', inputs: {}, ...call }]);
    return outcome;
  };
  const malformed = (message: RegExp) => ({
    kind: 'fault',
    fault: 'malformed',
    message: expect.stringMatching(message),
  });
  const byHand = way.startsWith('by hand');

  test('takes and gives numbers, words, arrays, lists and shapes, and parts of them', async () => {
    const answer = { values: vector(1 / 3, 2), weights, masked: 1, elements: 4096, words: 1 };
    expect(await ask({ formula: 'test/give-back', inputs })).toEqual({ kind: 'answer', answer });
  });

  test('leaves out what is left out', async () => {
    expect(await ask({ formula: 'test/give-back', inputs: unmasked })).toMatchObject({
      answer: { masked: -1 },
    });
  });

  test('takes and gives a list of no arrays', async () => {
    const given = { ...inputs, weights: {} };
    expect(await ask({ formula: 'test/give-back', inputs: given })).toMatchObject({
      answer: { weights: {} },
    });
  });

  test('takes a cotangent of parts', async () => {
    const cotangent = { values: vector(3, 4), weights: { first: vector(5) }, elements: 1 };
    expect(
      await ask({ formula: 'test/give-back', operation: 'gradient', inputs, cotangent }),
    ).toEqual({ kind: 'answer', answer: { values: vector(3, 4) } });
  });

  test('draws a sample of the shape that is asked for', async () => {
    expect(subject.description.samples).toEqual(['test/draws']);
    expect(
      await ask({ formula: 'test/draws', operation: 'sample', inputs: { shape: [2, 3] } }),
    ).toEqual({ kind: 'answer', answer: byHand ? 6 : matrix([0, 1, 2], [3, 4, 5]) });
  });

  test('calls a function of its own', async () => {
    const given = { function: 'calculus/double', x: vector(1, -2) };
    expect(await ask({ formula: 'test/apply', inputs: given })).toEqual({
      kind: 'answer',
      answer: byHand ? vector(1, -2) : vector(2, -4),
    });
  });

  test('refuses a function that it does not offer, by its name', async () => {
    const given = { function: 'calculus/cosine', x: vector(1) };
    expect(await ask({ formula: 'test/apply', inputs: given })).toEqual({
      kind: 'threw',
      message: expect.stringMatching(/^unsupported: .*calculus\/cosine/),
    });
  });

  test('names the part that is no answer', async () => {
    expect(await ask({ formula: 'test/bad-part' })).toMatchObject(
      malformed(/part wrong: .*(must be .* got|one half)/),
    );
    expect(await ask({ formula: 'test/too-deep' })).toMatchObject(
      malformed(/part outer: array inner: .*must be/),
    );
  });

  test('names a list or a cotangent that was changed', async () => {
    const answered = { kind: 'answer', changed: ['weights'] };
    expect(await ask({ formula: 'test/spoils', inputs: { weights } })).toMatchObject(answered);
    const cotangent = { weights: { first: vector(1) } };
    expect(
      await ask({ formula: 'test/spoils', operation: 'gradient', inputs: { weights }, cotangent }),
    ).toMatchObject({ kind: 'answer', changed: ['cotangent'] });
  });
});

test('a module may not change a shape either, nor drop an array from a list', async () => {
  const subject = await ways['nested, in a thread']!();
  const outcomes = await subject.ask([
    { formula: 'test/spoils-shape', operation: 'value', inputs: { shape: [2, 3] } },
    { formula: 'test/drops-an-array', operation: 'value', inputs: { weights } },
  ]);
  await subject.close();
  expect(outcomes).toMatchObject([{ changed: ['shape'] }, { changed: ['weights'] }]);
});

test('a module may look functions up by their ids', async () => {
  const subject = await openModule(fixture('forms-by-id.js'), { timeout });
  const call: Call = { formula: 'test/apply', operation: 'value', inputs: {} };
  const outcomes = await subject.ask([
    { ...call, inputs: { function: 'calculus/double' } },
    { ...call, inputs: { function: 'calculus/cosine' } },
  ]);
  await subject.close();
  expect(outcomes).toMatchObject([{ answer: { known: 1 } }, { answer: { known: 0 } }]);
  expect(() => defineModule({ functions: 'name', formulas: {} }, 'mine')).toThrow(
    "subject: functions must be 'callable' or 'id', got the text \"name\"",
  );
});

test('a module may offer samples alone', () => {
  const { description } = defineModule({ samples: { 'test/draws': () => 0 } }, 'mine');
  expect(description).toMatchObject({ formulas: [], samples: ['test/draws'] });
});
