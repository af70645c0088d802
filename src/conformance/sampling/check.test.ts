import { describe, expect, it } from 'vitest';
import { type NDArray, type Precision, stream } from '../../kernel/index.js';
import type { Session } from '../session.js';
import type { Inputs, Spec } from '../spec.js';
import { samplingChecks } from './check.js';
import { uniformsFrom } from './draw.js';
import { maskSampling } from './mask.js';
import { uniformSampling } from './uniform.js';

const spec: Spec = {
  id: 'initialisers/even',
  name: 'Even weights',
  latex: '',
  inputs: { uniforms: { kind: 'uniform', shape: 'any', random: true } },
  output: { kind: 'real', shape: 'uniforms' },
  sample: { inputs: { shape: { kind: 'lengths' } } },
  errors: {},
  sources: [],
};

const sampling = uniformSampling({
  limit: () => 1,
  law: 'uniform on [−1, 1)',
  sample: ({ shape }, draws) => {
    const { data } = uniformsFrom(draws, shape as number[]);
    return { shape: shape as number[], data: data.map((u) => 2 * u - 1) };
  },
  alternatives: {},
});

type Answer = (inputs: Inputs) => unknown;

/** A session of which no more is needed than that it asks. */
function sessionOf(answer: Answer, precision: Precision = 'float64') {
  const asked: Inputs[] = [];
  const session = {
    options: { precision },
    ask: (operation: string, inputs: Inputs) => {
      expect(operation).toBe('sample');
      asked.push(inputs);
      const got = answer(inputs);
      return got instanceof Error
        ? { kind: 'threw', message: got.message }
        : Promise.resolve({ kind: 'answer', answer: got });
    },
  } as unknown as Session;
  return { session, asked };
}

async function failures(answer: Answer, checks = samplingChecks({ spec, sampling })) {
  const { session } = sessionOf(answer);
  const found: Record<string, string> = {};
  for (const check of checks) {
    const { failure } = await check.examine(session, {}, 0);
    if (failure !== undefined) found[check.id] = failure.message;
  }
  return found;
}

const draws = stream('check');
const honest: Answer = (inputs) => sampling.sample(inputs, draws);

describe('the checks of draws', () => {
  it('are one for each test, and none where nothing is drawn', () => {
    const checks = samplingChecks({ spec, sampling });
    expect(checks.map(({ id }) => id)).toEqual([
      'initialisers/even/sample/draws-nothing-beyond-its-limits',
      'initialisers/even/sample/draws-each-number-on-its-own',
      'initialisers/even/sample/draws-anew-at-every-call',
      'initialisers/even/sample/draws-all-the-way-to-its-limits',
      'initialisers/even/sample/draws-numbers-whose-mean-is-0',
      'initialisers/even/sample/draws-numbers-of-the-right-variance',
      'initialisers/even/sample/draws-uniformly-between-its-limits',
      'initialisers/even/sample/draws-from-more-than-a-coarse-grid',
    ]);
    expect(checks[0]).toMatchObject({
      kind: 'sample',
      operation: 'sample',
      sentence: 'Even weights draws nothing beyond its limits',
      cases: [{ shape: [16, 128] }],
    });
    expect(samplingChecks({ spec })).toEqual([]);
  });

  it('ask a subject once, whichever comes first', async () => {
    const { session, asked } = sessionOf(honest);
    for (const check of samplingChecks({ spec, sampling })) {
      expect(await check.examine(session, {}, 0)).toEqual({});
    }
    expect(asked.map(({ shape }) => shape)).toEqual([
      [16, 128],
      [128, 16],
      [3, 3, 6, 38],
      [16, 128],
    ]);
  });

  it('say what is wrong, how unlikely that is, and at which call', async () => {
    const { session } = sessionOf((inputs) => {
      const { shape, data } = honest(inputs) as NDArray;
      return { shape, data: data.map((w) => (shape.length === 4 ? w / 3 : w)) };
    });
    const check = samplingChecks({ spec, sampling }).find(({ id }) => id.endsWith('variance'))!;
    expect(await check.examine(session, {}, 0)).toEqual({
      failure: {
        message: expect.stringMatching(
          /^the variance of 2,052 draws of shape \[3, 3, 6, 38\] is 0\.11\d? times the right one; an honest sampler does this less than once in 10\^300$/,
        ),
        expected: 'a third of the limit squared: uniform on [−1, 1)',
        got: expect.stringMatching(/^0\.03\d+ times the limit squared$/),
        call: {
          formula: 'initialisers/even',
          operation: 'sample',
          inputs: { shape: [3, 3, 6, 38] },
        },
      },
    });
  });

  it('say where no chance is involved', async () => {
    const found = await failures((inputs) => {
      const { shape, data } = honest(inputs) as NDArray;
      return { shape, data: data.map((w, i) => (i === 3 ? 1.5 : w)) };
    });
    expect(found).toEqual({
      'initialisers/even/sample/draws-nothing-beyond-its-limits':
        '1 of 2,048 draws of shape [16, 128] lie beyond the limits, up to 1.5 times as far out; no honest sampler does this',
    });
  });

  it.each<[string, Answer, string]>([
    ['throws', () => new Error('no'), 'throws "no" instead of drawing'],
    ['gives a number', () => 0.5, 'gives something else than an array of draws'],
    [
      'gives another shape',
      () => ({ shape: [2048], data: new Float64Array(2048) }),
      'gives draws of shape [2048] when asked for [16, 128]',
    ],
  ])('all reject what %s', async (_, answer, message) => {
    const found = await failures(answer);
    expect(Object.keys(found).length).toBe(8);
    expect(new Set(Object.values(found))).toEqual(new Set([message]));
  });

  it('judge draws by the format of the subject, and ask in it', async () => {
    const masks = maskSampling({ law: '', alternatives: {}, sample: () => 0 });
    const dropout: Spec = {
      ...spec,
      sample: {
        inputs: {
          x: { kind: 'real', shape: 'any' },
          rate: { kind: 'unit' },
          training: { kind: 'choice', choices: [true, false] },
        },
      },
    } as Spec;
    const { session, asked } = sessionOf(({ x }) => x, 'bfloat16');
    const [check] = samplingChecks({ spec: dropout, sampling: masks });
    expect(await check!.examine(session, {}, 0)).toEqual({});
    expect(new Set(asked.map(({ rate }) => rate))).toEqual(
      new Set([0.10009765625, 0.5, 0.8984375, 0, 1]),
    );
  });
});
