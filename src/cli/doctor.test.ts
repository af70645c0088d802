import { describe, expect, it } from 'vitest';
import type { Call } from '../conformance/subject.js';
import { vector } from '../kernel/index.js';
import { fakeFormula, runIn } from './fake-world.fixture.js';

const { output: _, ...spec } = fakeFormula.spec;

/** A formula of two parts, one of them without a gradient, that draws. */
const splitFormula = {
  ...fakeFormula,
  reference: () => ({ low: 3, list: { a: vector(4) } }),
  spec: {
    ...spec,
    outputs: {
      low: { kind: 'real', shape: 'scalar' },
      list: { kind: 'real', shape: 'list', constant: true },
    },
    sample: {
      inputs: { shape: { kind: 'lengths' }, target: { kind: 'real', shape: 'shape' } },
    },
  },
} as typeof fakeFormula;

describe('doctor', () => {
  it('finds nothing wrong with a subject that answers', async () => {
    const { code, output, events } = await runIn({}, 'doctor', 'my-package');
    expect(code).toBe(0);
    expect(events).toEqual(['catalogue', 'subjects', 'open', 'close']);
    expect(`\n${output}`).toMatchInlineSnapshot(`
      "
      my-library 1.2.0 (JavaScript) started; it computes in float64

      ✓ losses/huber  value answered a number; no gradient offered

      Not offered (2 of 3): activations/gelu, losses/mean-squared-error

      Next: npx touchstone check my-package
      "
    `);
  });

  it('calls with a pinned case that is no edge, value and gradient', async () => {
    const calls: Call[] = [];
    const answer = (call: Call) => {
      calls.push(call);
      return { kind: 'answer', answer: 1 } as const;
    };
    await runIn({ answer, offers: { gradients: ['losses/huber'] } }, 'doctor', 'my-package');
    const inputs = {
      prediction: { shape: [2], data: Float64Array.of(-0, 0) },
      target: { shape: [2], data: Float64Array.of(0.5, 3) },
    };
    expect(calls).toEqual([
      { formula: 'losses/huber', operation: 'value', inputs },
      { formula: 'losses/huber', operation: 'gradient', inputs, cotangent: 1 },
    ]);
  });

  it('names the parts of an answer, and those that it lacks; calls for a sample too', async () => {
    const [whole, part] = [{ low: 1, list: { a: vector(1), b: vector(2) } }, { low: vector(1, 2) }];
    const calls: Call[] = [];
    const offers = { gradients: ['losses/huber'], samples: ['losses/huber'] };
    const answer = (call: Call) => {
      calls.push(call);
      return { kind: 'answer', answer: call.operation === 'sample' ? part : whole } as const;
    };
    const { code, output } = await runIn(
      { offers, answer, formula: splitFormula },
      'doctor',
      'my-package',
    );
    expect(code).toBe(0);
    expect(`\n${output}`).toMatchInlineSnapshot(`
      "
      my-library 1.2.0 (JavaScript) started; it computes in float64

      ✓ losses/huber  value answered low (a number) and list (a (shape [1]) and b
                      (shape [1])); gradient answered for low and list; sample
                      answered low (shape [2]), without list

      Not offered (2 of 3): activations/gelu, losses/mean-squared-error

      Next: npx touchstone check my-package
      "
    `);
    expect(calls.map(({ operation }) => operation)).toEqual(['value', 'gradient', 'sample']);
    expect(calls[1]!.cotangent).toEqual({ low: 1 });
    expect(calls[2]!.inputs).toEqual({ shape: [2, 3], target: vector(0.5, 3) });
  });

  it('says where a sample is missing, or asked for nothing', async () => {
    const { output } = await runIn({ formula: splitFormula }, 'doctor', 'my-package');
    expect(output).toContain('no sample offered');
    const offers = { samples: ['losses/huber'] };
    const plain = await runIn({ offers }, 'doctor', 'my-package');
    expect(plain.output.replaceAll(/\s+/g, ' ')).toContain(
      'the formula has no sample, the offer is ignored',
    );
  });

  it('names everything that keeps a subject from being judged', async () => {
    const offers = {
      formulas: ['losses/huber', 'losses/hubert'],
      gradients: ['activations/gelu'],
      variants: { 'losses/huber': 'summ' },
    };
    const answer = ({ operation }: Call) =>
      operation === 'value'
        ? ({ kind: 'threw', message: 'TypeError: target is undefined' } as const)
        : ({ kind: 'fault', fault: 'time-out', message: 'no answer within 50 ms' } as const);
    const { code, output } = await runIn({ offers, answer }, 'doctor', 'my-package');
    expect(code).toBe(1);
    expect(`\n${output}`).toMatchInlineSnapshot(`
      "
      my-library 1.2.0 (JavaScript) started; it computes in float64

      ✗ activations/gelu  gradient: time-out: no answer within 50 ms; its value is not
                          offered
      ✗ losses/huber      value threw: TypeError: target is undefined; no gradient
                          offered; variant "summ" is not known, there is sum
      ✗ losses/hubert     not in the catalogue; did you mean losses/huber?

      Not offered (1 of 3): losses/mean-squared-error

      Next: mend what is marked ✗, and ask the doctor again
      "
    `);
  });

  it('ends with 2 where nothing that is offered is known', async () => {
    const { code, output } = await runIn({ offers: { formulas: ['a/b'] } }, 'doctor', 'my-package');
    expect(code).toBe(2);
    expect(output).toMatch(/Next: offer a formula, by an id of npx touchstone list\n$/);
  });

  it.each([
    [['--seed', '1', 'x'], 'doctor: there is no option --seed; see touchstone doctor --help'],
    [
      ['my-package', 'losses/huber'],
      'doctor: one subject at a time; losses/huber is one word too many',
    ],
    [
      ['losses/huber'],
      'doctor: losses/huber names a formula; name the subject first (touchstone doctor ./mine.js)',
    ],
  ])('refuses %j', async (words, sentence) => {
    expect(await runIn({}, 'doctor', ...words)).toMatchObject({
      code: 2,
      complaint: `touchstone ${sentence}\n`,
      output: '',
    });
  });
});
