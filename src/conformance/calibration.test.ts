import { describe, expect, test } from 'vitest';
import { type NDArray, vector } from '../kernel/index.js';
import { type TrialOptions, tryChecks, tryTogether } from './calibration.js';
import type { Check } from './checks.js';
import { scaledSum, scaledSumOf, subjectAnswering, subjectWith } from './formulas.fixture.js';
import { always } from './law.js';
import { levels } from './report.js';
import type { Inputs } from './spec.js';

/** A trial of only those checks whose id ends as told. */
const only = (ending: string): Pick<TrialOptions, 'only'> => ({
  only: ({ id }) => id.endsWith(ending),
});
const doubled = subjectWith((x) => 2 * scaledSumOf(x));

describe('a trial', () => {
  test('of the reference rejects nothing, by however little', async () => {
    const { rejections, session, worst } = await tryChecks(scaledSum(), subjectWith(), { seed: 3 });
    expect(rejections).toEqual(new Map());
    expect(worst).toBe(0);
    expect(session.options).toEqual({ precision: 'float64', strict: false, seed: 3 });
  });

  test('is held in the precision and at the level that it is told', async () => {
    const options = { seed: 1, runs: 1, precision: 'float32', strict: true } as const;
    const { session } = await tryChecks(scaledSum(), subjectWith(), options);
    expect(session.options).toEqual({ precision: 'float32', strict: true, seed: 1 });
  });

  test('names every check that rejects, with its first message', async () => {
    const { rejections } = await tryChecks(scaledSum(), doubled, { seed: 1 });
    expect([...rejections.keys()]).toEqual([
      'test/scaled-sum/golden/plain',
      'test/scaled-sum/agreement',
    ]);
    expect(rejections.get('test/scaled-sum/golden/plain')).toMatch(/got 14, right 7/);
  });

  test('measures the worst error that it accepts, and no other', async () => {
    const options = { seed: 1, ...only('/agreement'), runs: 20 };
    const rounding = subjectWith((x) => scaledSumOf(x) * (1 + 2 ** -50));
    const accepted = await tryChecks(scaledSum(), rounding, options);
    expect(accepted.rejections.size).toBe(0);
    expect(accepted.worst).toBeGreaterThan(0.1);
    expect(accepted.worst).toBeLessThan(1);
    const rejected = await tryChecks(scaledSum(), doubled, { ...options, whole: () => true });
    expect(rejected.rejections.size).toBe(1);
    expect(rejected.worst).toBeLessThan(1);
  });

  test('makes the runs of the standard level, or as many as it is told', async () => {
    const heard = async (runs: Partial<TrialOptions>): Promise<number> => {
      const options = { seed: 1, ...only('/agreement'), ...runs };
      return (await tryChecks(scaledSum(), subjectWith(), options)).session.heard.length;
    };
    expect(await heard({})).toBe(levels.standard);
    expect(await heard({ runs: 7 })).toBe(7);
  });

  test('keeps what it heard for the diagnosis, unless it is told to forget', async () => {
    for (const forgetful of [false, true]) {
      const options = { seed: 1, runs: 3, forgetful };
      const { session, rejections } = await tryChecks(scaledSum(), doubled, options);
      expect(session.heard.length > 0).toBe(!forgetful);
      expect(rejections.size).toBe(2);
    }
  });

  test('asks a pinned question once, at its own inputs', async () => {
    const options = { seed: 1, ...only('/golden/plain') };
    const { session } = await tryChecks(scaledSum(), subjectWith(), options);
    expect(session.heard.map(({ inputs }) => inputs)).toEqual([{ x: vector(1, 2.5) }]);
  });

  test('ends a check at its first rejection, unless the diagnosis wants them all', async () => {
    const options = { seed: 1, runs: 9, ...only('/agreement') };
    // Right the first three times.
    const late = subjectAnswering('test/scaled-sum', ({ inputs }, count) => ({
      kind: 'answer',
      answer: count < 3 ? scaledSumOf(inputs) : 1e300 + count * 1e298,
    }));
    const brief = await tryChecks(scaledSum(), late, options);
    expect(brief.session.heard).toHaveLength(4);
    const whole = await tryChecks(scaledSum(), doubled, { ...options, whole: () => true });
    expect(whole.session.heard).toHaveLength(9);
    const first = await tryChecks(scaledSum(), doubled, options);
    expect(whole.rejections).toEqual(first.rejections);
  });

  test('ends at the first check that rejects, if that is enough', async () => {
    const { rejections } = await tryChecks(scaledSum(), doubled, { seed: 1, first: true });
    expect([...rejections.keys()]).toEqual(['test/scaled-sum/golden/plain']);
    const slopes = subjectWith(scaledSumOf, () => ({}));
    const late = await tryChecks(scaledSum(), slopes, { seed: 1, first: true });
    expect([...late.rejections.keys()]).toEqual(['test/scaled-sum/golden/plain/gradient']);
  });

  test('leaves out the gradient of a subject that offers none', async () => {
    const { description, ...rest } = subjectWith(scaledSumOf, () => ({}));
    const without = { ...rest, description: { ...description, gradients: [] } };
    const { rejections, session } = await tryChecks(scaledSum(), without, { seed: 1, runs: 2 });
    expect(rejections.size).toBe(0);
    expect(new Set(session.heard.map(({ operation }) => operation))).toEqual(new Set(['value']));
  });

  test('shows laws finite numbers, and agreement whatever the contract allows', async () => {
    const seen: Inputs[] = [];
    const looks = always<Inputs>('looks', async (_, inputs) => {
      seen.push(inputs);
      return undefined;
    });
    const formula = scaledSum({ properties: [looks] });
    const { session } = await tryChecks(formula, subjectWith(), { seed: 1 });
    const holdsNumbers = ({ x }: Inputs): boolean => (x as NDArray).data.every(Number.isFinite);
    expect(seen).toHaveLength(levels.standard);
    expect(seen.every(holdsNumbers)).toBe(true);
    expect(session.heard.every(({ inputs }) => holdsNumbers(inputs))).toBe(false);
  });

  test('asks in the order that it is told, and everything all the same', async () => {
    const rank = ({ kind }: Check): number => (kind === 'agreement' ? 0 : 1);
    const { rejections } = await tryChecks(scaledSum(), doubled, { seed: 1, rank, first: true });
    expect([...rejections.keys()]).toEqual(['test/scaled-sum/agreement']);
    const all = await tryChecks(scaledSum(), doubled, { seed: 1, rank });
    const usual = await tryChecks(scaledSum(), doubled, { seed: 1 });
    expect(all.session.heard).toHaveLength(usual.session.heard.length);
    expect([...all.rejections.keys()]).toEqual([
      'test/scaled-sum/agreement',
      'test/scaled-sum/golden/plain',
    ]);
  });
});

describe('trials together', () => {
  test('of no subject are no trials', async () => {
    expect(await tryTogether(scaledSum(), [], { seed: 1 })).toEqual([]);
  });

  const slopes = subjectWith(scaledSumOf, () => ({}));

  test('find for each subject what it is found when alone', async () => {
    const subjects = [subjectWith(), doubled, slopes];
    for (const options of [{ seed: 1 }, { seed: 2, first: true }]) {
      const together = await tryTogether(scaledSum(), subjects, options);
      for (const [i, { rejections, worst, session }] of together.entries()) {
        const alone = await tryChecks(scaledSum(), subjects[i]!, options);
        expect({ rejections, worst }).toEqual({ rejections: alone.rejections, worst: alone.worst });
        expect(session.heard).toHaveLength(alone.session.heard.length);
      }
    }
  });

  test('work out once for all of them what is right', async () => {
    let asked = 0;
    const counting = scaledSum({ reference: (x) => scaledSumOf(x) + 0 * asked++ });
    const costs: number[] = [];
    for (const subjects of [[doubled], [doubled, doubled, subjectWith()]]) {
      asked = 0;
      const options = { seed: 1, runs: 9, whole: () => true, ...only('/agreement') };
      await tryTogether(counting, subjects, options);
      costs.push(asked);
    }
    expect(costs[1]).toBe(costs[0]);
  });
});
