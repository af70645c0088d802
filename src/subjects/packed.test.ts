import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Inputs, Value } from '../conformance/spec.js';
import type { Call, Outcome } from '../conformance/subject.js';
import { flatten } from '../conformance/values.js';
import {
  formats,
  matrix,
  ndarray,
  type Precision,
  roundTo,
  sizeOf,
  vector,
} from '../kernel/index.js';
import {
  packCalls,
  packOutcomes,
  packRequest,
  unpackCalls,
  unpackOutcomes,
  unpackResult,
} from './packed.js';
import { openProcess } from './process.js';
import { isEvaluateAnswer, type Request, readPackedResult, writeRequest } from './protocol.js';
import { decodeElements, encodeElements } from './wire.js';

const precisions = Object.keys(formats) as readonly Precision[];

// ---- arbitrary calls and answers --------------------------------------------------------

const number = fc.double();
const array = fc
  .array(fc.nat(3), { maxLength: 3 })
  .chain((shape) =>
    fc
      .array(number, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map((elements) => ndarray(shape, elements)),
  );
/** A number has no rank where an array may stand as well. */
const ranked = array.filter(({ shape }) => shape.length > 0);
const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const arrays = fc.dictionary(name, array, { maxKeys: 3 });
const part = fc.oneof(number, ranked, arrays);
const value: fc.Arbitrary<Value> = fc.oneof(
  number,
  ranked,
  fc.dictionary(name, part, { maxKeys: 3 }),
);
const inputs: fc.Arbitrary<Inputs> = fc.dictionary(
  name,
  fc.oneof(
    part,
    fc.boolean(),
    fc.constantFrom('mean', 'calculus/sine'),
    fc.array(fc.nat(256), { maxLength: 3 }),
  ),
  { maxKeys: 4 },
);
const call: fc.Arbitrary<Call> = fc.record(
  {
    formula: fc.constant('losses/huber'),
    operation: fc.constantFrom('value', 'gradient', 'sample'),
    inputs,
    cotangent: value,
  },
  { requiredKeys: ['formula', 'operation', 'inputs'] },
);
const calls = fc.array(call, { maxLength: 4 });

const changed = { changed: ['x'] };
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  value.map((answer) => ({ kind: 'answer', answer }) as const),
  value.map((answer) => ({ kind: 'answer', answer, ...changed }) as const),
  fc.string().map((message) => ({ kind: 'threw', message }) as const),
  fc.string().map((message) => ({ kind: 'fault', fault: 'malformed', message }) as const),
);

const valueCall: Call = { formula: 'losses/huber', operation: 'value', inputs: {} };

// ---- there and back ---------------------------------------------------------------------

test('calls come back as they were', () => {
  fc.assert(
    fc.property(calls, (sent) => {
      expect(unpackCalls(packCalls(sent, 8))).toEqual(sent);
    }),
    { seed: 1 },
  );
});

test('outcomes come back as they were', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 4 }), (sent) => {
      const asked = sent.map(() => valueCall);
      expect(unpackOutcomes(packOutcomes(sent, asked), asked)).toEqual(sent);
    }),
    { seed: 1 },
  );
});

test('what was packed stays as it is when the next is packed', () => {
  const callOf = (x: number): Call => ({ ...valueCall, inputs: { x: vector(x) } });
  const first = packCalls([callOf(1)], 8);
  packCalls([callOf(2)], 8);
  packRequest(1, [callOf(3)], 'float64');
  expect(unpackCalls(first)).toEqual([callOf(1)]);
});

test('a request is ASCII, whatever its words', () => {
  const inputs = { größe: 'ß€😀\u2028' };
  const line = packRequest(1, [{ ...valueCall, inputs }], 'float64');
  expect(line).toMatch(/^[ -~]*\n$/);
  expect(JSON.parse(line).params.calls[0].inputs).toEqual(inputs);
});

test('gradients come back as they were, numbers as arrays of rank 0', () => {
  const asked = [{ ...valueCall, operation: 'gradient' as const }];
  const answer = { x: matrix([1, -0], [2, 3]), delta: ndarray([], [5]) };
  const sent: Outcome[] = [{ kind: 'answer', answer }];
  expect(unpackOutcomes(packOutcomes(sent, asked), asked)).toEqual(sent);
  const bare = { text: '[{"gradient":{"delta":5}}]', data: new Float64Array(0) };
  expect(unpackOutcomes(bare, asked)).toEqual([
    { kind: 'answer', answer: { delta: answer.delta } },
  ]);
});

test('arrays begin at whole multiples of 16 bytes, in every format', () => {
  for (const width of [8, 4, 2]) {
    const odd = { a: vector(1), b: vector(1, 2, 3), c: vector(4) };
    const { text } = packCalls([{ ...valueCall, inputs: odd }], width);
    const [{ inputs: places }] = JSON.parse(text) as [{ inputs: Record<string, number[]> }];
    for (const [offset] of Object.values(places)) expect((offset! * width) % 16).toBe(0);
  }
});

describe.each(precisions)('in %s', (dtype) => {
  test('a request follows the schema, and gives what the format holds', () => {
    fc.assert(
      fc.property(calls, (sent) => {
        const line = packRequest(7, sent, dtype);
        const message = JSON.parse(line) as Extract<Request, { method: 'evaluate' }>;
        expect(writeRequest(message)).toBe(line);
        const { params } = message as unknown as { params: { calls: unknown; data: string } };
        const data = decodeElements(params.data, dtype);
        const got = unpackCalls({ text: JSON.stringify(params.calls), data });
        const rounded = unpackCalls(packCalls(sent, 8)).map(({ inputs }) => flat(inputs, dtype));
        expect(got.map(({ inputs }) => flat(inputs, 'float64'))).toEqual(rounded);
      }),
      { seed: 1 },
    );
  });

  test('a reply may be in it, whatever was asked in', () => {
    const elements = Float64Array.of(roundTo(dtype, 0.1), -0, Number.NaN);
    const reply = {
      dtype,
      outcomes: [{ value: [0, 3] }],
      data: encodeElements(elements, dtype),
    };
    expect(unpackResult(readPackedResult(reply), [valueCall])).toEqual([
      { kind: 'answer', answer: { shape: [3], data: elements } },
    ]);
  });
});

/** The elements of all arrays of some inputs, each rounded. */
function flat(given: Inputs, dtype: Precision): readonly number[] {
  const numeric = Object.entries(given).filter(
    ([, argument]) => typeof argument === 'object' && !Array.isArray(argument),
  );
  const { data } = flatten(Object.fromEntries(numeric) as Value);
  return Array.from(data, (element) => roundTo(dtype, element));
}

test('the example in the README says what it says', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const { calls, dtype, data } = JSON.parse(/```json\n([^`]*)```/.exec(readme)![1]!);
  const elements = decodeElements(data, dtype);
  expect(unpackCalls({ text: JSON.stringify(calls), data: elements })).toEqual([
    { ...valueCall, inputs: { prediction: vector(1, 2), target: vector(3, 4), delta: 1.5 } },
  ]);
  const params = { dtype, data, calls };
  expect(() => writeRequest({ jsonrpc: '2.0', id: 1, method: 'evaluate', params })).not.toThrow();
});

// ---- what is malformed ------------------------------------------------------------------

const good = { dtype: 'float64', data: encodeElements(Float64Array.of(1, 2, 3, 4), 'float64') };

test.each([
  ['one half', /outcome must be an object, got the text "one half"/],
  [{}, /exactly one of value, gradient, error and malformed, got an object without fields/],
  [{ value: 1, error: 'and no' }, /exactly one of .*, got an object with fields value, error/],
  [{ value: 1, comment: '' }, /outcome must have no field "comment"/],
  [{ gradient: {} }, /outcome must have a value, got none/],
  [{ value: null }, /number must be .*, got null/],
  [{ value: 'NoneType None' }, /number must be .*, got the text "NoneType None"/],
  [{ value: [] }, /an array must be its offset and its shape, .*, got \[\]/],
  [{ value: [0, -1] }, /an array must be its offset and its shape, .*, got \[0,-1\]/],
  [{ value: [0.5, 1] }, /an array must be its offset and its shape/],
  [{ value: [[0], 1] }, /an array must be its offset and its shape/],
  [{ value: [1, 4] }, /must lie within the 4 elements of data, got shape \[4\] at 1/],
  [{ value: [0, 2 ** 30, 2 ** 30] }, /must lie within the 4 elements/],
  [{ value: [4] }, /must lie within the 4 elements of data, got shape \[\] at 4/],
  [{ value: { right: 1, wrong: [9, 1] } }, /part wrong: an array must lie within/],
  [{ value: { outer: { inner: {} } } }, /part outer: array inner: wire: number must be/],
  [{ value: { outer: { inner: 'one' } } }, /part outer: array inner: wire: number must be/],
  [JSON.parse('{ "value": { "__proto__": 1 } }'), /part __proto__: must have another name/],
  [{ error: 1 }, /error must be a text, got 1/],
  [{ malformed: 'of another kind' }, /^of another kind$/],
  [{ value: 1, changed: 'x' }, /changed must be a list of names, got the text "x"/],
  [{ value: 1, changed: [1] }, /changed must be a list of names/],
])('the outcome %j is malformed, and spoils no other', (wrong, message) => {
  const outcomes = unpackResult(
    readPackedResult({ ...good, outcomes: [{ value: [0, 2] }, wrong, { value: 7 }] }),
    [valueCall, valueCall, valueCall],
  );
  const fault = { kind: 'fault', fault: 'malformed', message: expect.stringMatching(message) };
  expect(outcomes).toEqual([
    { kind: 'answer', answer: vector(1, 2) },
    fault,
    { kind: 'answer', answer: 7 },
  ]);
});

test.each([
  [{ value: 1 }, /outcome must have a gradient, got none/],
  [{ gradient: 'none' }, /gradient must be an object of arrays by input name, got the text "none"/],
  [{ gradient: [0, 2] }, /gradient must be an object of arrays by input name, got a list of 2/],
  [{ gradient: { x: [0, 9] } }, /gradient of x: an array must lie within/],
  [{ gradient: { x: { y: [0, 1] } } }, /gradient of x: wire: number must be/],
])('the gradient %j is malformed', (wrong, message) => {
  const asked: Call = { ...valueCall, operation: 'gradient' };
  expect(unpackResult(readPackedResult({ ...good, outcomes: [wrong] }), [asked])).toMatchObject([
    { fault: 'malformed', message: expect.stringMatching(message) },
  ]);
});

test.each([
  [{ ...good, outcomes: 'none' }, /answer to evaluate breaks the protocol: outcomes/],
  [{ outcomes: [], dtype: 'float64' }, /answer to evaluate breaks the protocol: data/],
  [{ ...good, outcomes: [], dtype: 'int8' }, /answer to evaluate breaks the protocol: dtype/],
  [{ ...good, outcomes: [], data: 'not base64!!' }, /data must be base64, got the text/],
  [{ ...good, outcomes: [], data: '_-_-' }, /data must be base64, got the text/],
  [{ ...good, outcomes: [], data: 'AA=A' }, /data must be base64, got the text/],
  [{ ...good, outcomes: [], data: 'AAAAA' }, /data must be base64, got the text/],
  [{ ...good, outcomes: [], data: 'AAAA' }, /must be whole elements of float64, got 3 bytes/],
  [null, /answer to evaluate breaks the protocol/],
])('the reply %j is refused as a whole', (reply, message) => {
  expect(() => unpackResult(readPackedResult(reply), [])).toThrow(message);
});

/** Replies that were right until something in them was exchanged for something else. */
const spoilt = fc
  .tuple(
    fc.array(outcome, { minLength: 1, maxLength: 3 }),
    fc.infiniteStream(fc.nat()),
    fc.jsonValue(),
  )
  .map(([outcomes, draws, junk]) => {
    const packed = packOutcomes(
      outcomes,
      outcomes.map(() => valueCall),
    );
    const data = encodeElements(packed.data, 'float64');
    const reply: unknown = { dtype: 'float64', outcomes: JSON.parse(packed.text), data };
    return exchanged(reply, () => draws.next().value as number, junk);
  });

function exchanged(node: unknown, draw: () => number, junk: unknown): unknown {
  if (typeof node !== 'object' || node === null || draw() % 5 === 0) return junk;
  const entries = Object.entries(node);
  if (entries.length === 0) return junk;
  const [key, child] = entries[draw() % entries.length]!;
  const other = draw() % 7 === 0 ? undefined : exchanged(child, draw, junk);
  const copy = Array.isArray(node) ? [...node] : { ...node, [key]: other };
  if (Array.isArray(copy)) copy.splice(Number(key), 1, ...(other === undefined ? [] : [other]));
  return copy;
}

test('a malformed reply never passes, and what passes is whole', () => {
  let malformed = 0;
  fc.assert(
    fc.property(spoilt, (reply) => {
      const whole = isEvaluateAnswer(reply);
      if (!whole) malformed++;
      let outcomes: readonly Outcome[];
      try {
        outcomes = unpackResult(readPackedResult(reply), [valueCall, valueCall, valueCall]);
      } catch (error) {
        expect((error as Error).name).toMatch(/^(Protocol|Wire)Error$/);
        return;
      }
      if (!whole) expect(outcomes.some(({ kind }) => kind === 'fault')).toBe(true);
      for (const each of outcomes) if (each.kind === 'answer') expectWhole(each.answer as Value);
    }),
    { seed: 1, numRuns: 5_000 },
  );
  expect(malformed).toBeGreaterThan(2_000);
});

function expectWhole(answer: Value): void {
  const { parts, data } = flatten(answer);
  const size = parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  expect(data).toHaveLength(size);
}

test('what no host packed is refused', () => {
  for (const junk of [
    undefined,
    null,
    1,
    {},
    { text: '[]' },
    { text: '[', data: new Float64Array(0) },
  ]) {
    expect(() => unpackOutcomes(junk, [])).toThrow(/outcomes must be|JSON/);
  }
  expect(() => unpackOutcomes({ text: '{}', data: new Float64Array(0) }, [])).toThrow(
    /outcomes must be a list, got an object without fields/,
  );
});

// ---- a whole program --------------------------------------------------------------------

const program = fileURLToPath(new URL('./fixtures/forms-program.js', import.meta.url));

const open = (method: string, fields: object) =>
  openProcess(`'${process.execPath}' '${program}' packed ${method} '${JSON.stringify(fields)}'`, {
    timeout: 2_000,
  });

test.each([
  [{ numbers: [] }, /15 numbers came back as 0/],
  [{ array: [0, 15] }, /an array of shape \[3, 5\] came back with shape \[15\]/],
  [{ array: [0, 99] }, /an array must lie within the 15 elements/],
  [{ numbers: Array(15).fill([0, 1]) }, /the number 0 came back as an object/],
  [{ dtype: 'float32' }, /an array of float64 came back as|in an array of/],
  [
    { data: encodeElements(new Float64Array(15), 'float64') },
    /-0 in an array of float64 came back as 0/,
  ],
])('a program that bends the echo to %j is a subject error', async (fields, message) => {
  await expect(open('echo', fields)).rejects.toThrow(message);
});

test.each([
  [{ data: '!' }, /data must be base64/],
  [{ dtype: 'float16', data: 'AAA=' }, /must lie within the 1 elements/],
  [{ outcomes: [] }, /1 calls must have as many outcomes, got 0/],
  [{ outcomes: {} }, /breaks the protocol/],
  [{ elements: [] }, /breaks the protocol/],
])('a program that answers with %j has a fault', async (fields, message) => {
  const subject = await open('evaluate', fields);
  const given = { function: 'calculus/double', x: vector(1, 2) };
  const asked: Call = { formula: 'test/apply', operation: 'value', inputs: given };
  expect(await subject.ask([asked])).toMatchObject([
    { kind: 'fault', fault: 'malformed', message: expect.stringMatching(message) },
  ]);
  await subject.close();
});
