import { describe, expect, it } from 'vitest';
import type { Call } from '../conformance/subject.js';
import { runIn } from './fake-world.fixture.js';

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
