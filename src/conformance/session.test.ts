import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { PartMissing } from './estimate.js';
import {
  type Changes,
  scaledSum,
  scaledSumOf,
  sessionOf,
  subjectAnswering,
  subjectWith,
} from './formulas.fixture.js';
import { always, type Law } from './law.js';
import { estimateOf, WrongAnswer } from './law-answers.js';
import { Session, SubjectFault } from './session.js';
import type { OutputSpec, Spec } from './spec.js';
import type { Call, Outcome } from './subject.js';

const inputs = { x: vector(1, 2) };
const law: Law = always('is asked for', async () => undefined);
const answer: Outcome = { kind: 'answer', answer: 6 };

describe('asking', () => {
  test('calls of one turn travel together, and answers come back in order', async () => {
    const subject = subjectAnswering('test/scaled-sum', (_, count) => ({
      kind: 'answer',
      answer: count,
    }));
    const session = sessionOf(scaledSum(), subject);
    const outcomes = await Promise.all([1, 2, 3].map(() => session.ask('value', inputs)));
    expect(outcomes.map((outcome) => outcome.kind === 'answer' && outcome.answer)).toEqual([
      0, 1, 2,
    ]);
    await session.ask('gradient', inputs, 1);
    expect(subject.batches).toEqual([3, 1]);
    // Only the checks know what is worth remembering.
    expect(session.heard).toEqual([]);
  });

  test('a call of a value has no cotangent, not even an undefined one', async () => {
    const calls: Call[] = [];
    const subject = subjectAnswering('test/scaled-sum', (call) => {
      calls.push(call);
      return answer;
    });
    await sessionOf(scaledSum(), subject).ask('value', inputs);
    expect(calls).toStrictEqual([{ formula: 'test/scaled-sum', operation: 'value', inputs }]);
  });

  test('a fault is an error, with the call that met it', async () => {
    const fault: Outcome = { kind: 'fault', fault: 'crash', message: 'crashed' };
    const session = sessionOf(
      scaledSum(),
      subjectAnswering('test/scaled-sum', () => fault),
    );
    const asking = Promise.resolve(session.ask('gradient', inputs, 3));
    const error = await asking.catch((error) => error);
    expect(error).toBeInstanceOf(SubjectFault);
    expect(String(error)).toBe('SubjectFault: crashed');
    expect(error.call).toEqual({
      formula: 'test/scaled-sum',
      operation: 'gradient',
      inputs,
      cotangent: 3,
    });
  });

  test('an answer that does not come is a fault, not a wait', async () => {
    const session = sessionOf(
      scaledSum(),
      subjectAnswering('test/scaled-sum', () => undefined),
    );
    await expect(session.ask('value', inputs)).rejects.toThrow('no answer came');
  });

  test('after two checks that ended in a fault an operation is not asked again', async () => {
    const subject = subjectAnswering('test/scaled-sum', () => answer);
    const session = sessionOf(scaledSum(), subject);
    const call = { formula: 'test/scaled-sum', operation: 'value', inputs } as const;
    session.noteFault(new SubjectFault('took longer than 5 s', call));
    expect(await session.ask('value', inputs)).toEqual(answer);
    session.noteFault(new SubjectFault('crashed', call));
    expect(() => session.ask('value', inputs)).toThrow('not asked again: took longer than 5 s');
    session.noteFault(new SubjectFault('crashed', { ...call, operation: 'gradient' }));
    expect(await session.ask('gradient', inputs)).toEqual(answer);
    expect(subject.batches).toEqual([1, 1]);
  });
});

describe('questions', () => {
  test('spell out the defaults, so that they move too', () => {
    const session = sessionOf(scaledSum(), subjectWith());
    expect(session.valueQuestion(inputs).inputs).toEqual({ ...inputs, factor: 2 });
    expect(session.valueQuestion({ ...inputs, factor: 0 }).inputs.factor).toBe(0);
    expect(session.valueQuestion(inputs)).toMatchObject({ reduces: true, elementwise: false });
    expect(session.gradientQuestion(inputs, 1)).toMatchObject({ reduces: true });
  });

  test('make up no input that is required', () => {
    const session = sessionOf(scaledSum(), subjectWith());
    expect(session.valueQuestion({}).inputs).toStrictEqual({ factor: 2 });
  });

  test('say how the session judges', () => {
    const formula = scaledSum({ variants: { same: { compute: scaledSumOf } } });
    const asked = (options: Parameters<typeof sessionOf>[2]) =>
      sessionOf(formula, subjectWith(), options).valueQuestion(inputs);
    const usual = asked({});
    expect(asked({ precision: 'float32' })).toMatchObject({ precision: 'float32' });
    expect(asked({ strict: true })).toMatchObject({ strict: true });
    expect(asked({ variant: 'same' })).toHaveProperty('companion');
    expect(usual).toMatchObject({ precision: 'float64', strict: false });
    expect(usual).not.toHaveProperty('companion');
  });

  test('at the inputs that were asked last are measured with the same yardstick', () => {
    const recent = {};
    const options = { precision: 'float32', strict: false, seed: 1 } as const;
    const [one, other] = [0, 1].map(
      () => new Session(scaledSum(), subjectWith(), options, recent),
    ) as [Session, Session];
    const drawn = { x: vector(0.1, 2) };
    const asked = one.askedAt(drawn);
    expect(asked.inputs).toEqual({ x: vector(Math.fround(0.1), 2) });
    expect(asked.yardstick.question).toMatchObject({ inputs: { ...asked.inputs, factor: 2 } });
    expect(other.askedAt(drawn)).toBe(asked);
    expect(other.askedAt({ ...drawn })).not.toBe(asked);
    expect(sessionOf(scaledSum(), subjectWith()).askedAt(drawn).inputs).toBe(drawn);
  });

  test.each<[string, boolean, Spec['inputs'], OutputSpec['shape']]>([
    ['one array', true, { x: { kind: 'real', shape: 'any' } }, 'x'],
    [
      'a number and an array',
      true,
      { n: { kind: 'real' }, x: { kind: 'real', shape: 'any' } },
      'x',
    ],
    [
      'arrays of one shape',
      true,
      { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: 'x' } },
      'x',
    ],
    [
      'arrays of two shapes',
      false,
      { x: { kind: 'real', shape: 'any' }, y: { kind: 'real', shape: ['n'] } },
      'x',
    ],
    ['rows', false, { x: { kind: 'real', shape: ['...', 'c'] } }, 'x'],
    ['a row for each', false, { x: { kind: 'real', shape: 'any' } }, ['n']],
    ['numbers', false, { n: { kind: 'real' } }, 'scalar'],
  ])('know whether %s are taken element by element: %s', (_, elementwise, inputs, shape) => {
    const spec: Partial<Spec> = { inputs, output: { kind: 'real', shape } };
    const session = sessionOf(scaledSum({ spec }), subjectWith());
    const expected = { elementwise, reduces: shape === 'scalar' };
    expect(session.valueQuestion({})).toMatchObject(expected);
    expect(session.gradientQuestion({}, 1)).toMatchObject(expected);
  });

  test('of a value promise its range; of a gradient they forgive kinks', () => {
    const formula = scaledSum({
      spec: { output: { kind: 'real', shape: 'scalar', min: -1, max: 9 } },
    });
    const session = sessionOf(formula, subjectWith());
    expect(session.valueQuestion(inputs).outputs).toEqual({ output: formula.spec.output });
    const gradient = session.gradientQuestion(inputs, 3);
    expect(gradient).toMatchObject({ kinks: true });
    expect(gradient.outputs).toBeUndefined();
    expect(gradient.reference(gradient.inputs)).toEqual({ x: vector(6, 6) });
  });

  test('of a declared variant are about its own computation, and its range is not promised', () => {
    const negative = { compute: (x: typeof inputs) => -scaledSumOf(x) };
    const formula = scaledSum({
      spec: { output: { kind: 'real', shape: 'scalar', min: 0 } },
      variants: { negative: negative as never },
    });
    const session = sessionOf(formula, subjectWith(), { variant: 'negative' });
    const question = session.valueQuestion(inputs);
    expect(question.reference(question.inputs)).toBe(-6);
    expect(question.unbounded).toBe(true);
    // The reference beside it, whose rounding excuses the subject too; not its defaults.
    expect(question.companion).toBe(scaledSumOf);
    expect(question.inputs).toBe(inputs);
    expect(() => session.gradientQuestion(inputs, 1)).toThrow('gradient must exist to be judged');
  });

  test('pick the gradient that was asked for', () => {
    const session = sessionOf(scaledSum(), subjectWith());
    expect(session.pickGradient({ x: vector(1), factor: vector(2) })).toEqual({ x: vector(1) });
    expect(session.pickGradient({})).toStrictEqual({});
    for (const value of [7, vector(7)]) expect(session.pickGradient(value)).toBe(value);
  });
});

describe('inputs', () => {
  test('of a run are the same object for every check', () => {
    const session = sessionOf(scaledSum(), subjectWith());
    expect(session.inputsOf(3, false)).toBe(session.inputsOf(3, false));
    expect(sessionOf(scaledSum(), subjectWith()).inputsOf(3, false)).toEqual(
      session.inputsOf(3, false),
    );
    const finite = Array.from({ length: 60 }, (_, run) => session.inputsOf(run, true));
    expect(finite.every(({ x }) => (x as NDArray).data.every(Number.isFinite))).toBe(true);
  });
});

describe('estimates', () => {
  test('are what the subject answers, within what an honest one may answer', async () => {
    const session = sessionOf(
      scaledSum(),
      subjectWith(() => 7),
    );
    const { values, shape, budget, unit } = await session.asker(law, 0, inputs)(inputs);
    expect([...values]).toEqual([7]);
    expect(shape).toEqual([]);
    expect(budget()[0]).toBeGreaterThanOrEqual(6 * unit);
    expect(budget()[0]).toBeLessThan(6 * unit * 4);
  });

  test('has the parts that the contract names, and no others', async () => {
    const part = { kind: 'real', shape: 'scalar' } as const;
    const formula = scaledSum({ spec: { outputs: { total: part, rest: part } } as object });
    const answering = subjectWith(() => ({ total: 7 }));
    const answer = await sessionOf(formula, answering).asker(law, 0, inputs)(inputs);
    expect([...answer.part('total').values]).toEqual([7]);
    // The subject leaves one out; the law asks for one that there is not.
    expect(() => answer.part('rest')).toThrow(PartMissing);
    const slip = new RangeError('part: name must be one of total, rest, got totals');
    expect(() => answer.part('totals')).toThrow(slip);
  });

  test('of a subject that throws are a wrong answer', async () => {
    const broken = subjectWith(() => {
      throw new Error('broken');
    });
    const refused = Promise.resolve(sessionOf(scaledSum(), broken).asker(law, 0, inputs)(inputs));
    await expect(refused).rejects.toThrow(new WrongAnswer('throws "broken"'));
    await expect(refused.catch(String)).resolves.toBe('WrongAnswer: throws "broken"');
  });

  test('of another size are a wrong answer', async () => {
    const session = sessionOf(
      scaledSum(),
      subjectWith(() => vector(1, 2)),
    );
    const { budget, shape } = await session.asker(law, 0, inputs)(inputs);
    expect(shape).toEqual([2]);
    expect(budget).toThrow(new WrongAnswer('answers 2 numbers, right is 1'));
  });

  test('of an answer without any array are a wrong answer', async () => {
    const nothing = subjectAnswering('test/scaled-sum', () => ({ kind: 'answer', answer: {} }));
    const { budget, shape } = await sessionOf(scaledSum(), nothing).asker(law, 0, inputs)(inputs);
    expect(shape).toEqual([0]);
    expect(budget).toThrow(new WrongAnswer('answers 0 numbers, right is 1'));
  });

  test('say nothing of what the format cannot hold, or may not', () => {
    const session = sessionOf(scaledSum(), subjectWith(), { precision: 'float32' });
    const estimate = (value: number) =>
      estimateOf(session.valueQuestion({ x: vector(value) }), Float64Array.of(0), []).budget()[0];
    expect(estimate(1e39)).toBe(Infinity);
    expect(estimate(Number.NaN)).toBe(Infinity);
    expect(estimate(3.4028234e38 / 2)).toBe(Infinity);
    // Two elements, and two roundings of each, may overflow on the way to their sum.
    expect(estimate(3.4028234e38 / 17)).toBeLessThan(Infinity);
    expect(estimate(1)).toBeLessThan(1e-4);
  });

  test('say nothing of what rounding may tip over', () => {
    const budgetOf = (changes: Changes, strict = false): number => {
      const session = sessionOf(scaledSum(changes), subjectWith(), {
        precision: 'float32',
        strict,
      });
      const question = session.valueQuestion({ x: vector(1) });
      return estimateOf(question, Float64Array.of(0), []).budget()[0]!;
    };
    // A root on the edge of its domain.
    expect(budgetOf({ reference: ({ x }) => Math.sqrt((x as NDArray).data[0]! - 1) })).toBe(
      Infinity,
    );
    // Thirty-two units of single precision are 2⁻¹⁹.
    const largest = 2 ** 128 * (1 - 2 ** -24);
    const constant = (value: number): Changes => ({ reference: () => value });
    expect(budgetOf(constant(largest * (1 - 2 ** -20)), true)).toBe(Infinity);
    expect(budgetOf(constant(largest / (1 + 2 ** -19)), true)).toBeLessThan(Infinity);
  });

  test('see the inputs as the subject does: rounded to its precision', async () => {
    const seen: number[] = [];
    const subject = subjectAnswering('test/scaled-sum', (call) => {
      seen.push((call.inputs.x as NDArray).data[0]!);
      return answer;
    });
    const drawn = { x: vector(0.1) };
    await sessionOf(scaledSum(), subject, { precision: 'float32' }).asker(law, 0, drawn)(drawn);
    expect(seen).toEqual([Math.fround(0.1)]);
  });
});
