import { describe, expect, test } from 'vitest';
import { listFormulas, loadFormula } from './catalog.js';
import { subjectAnswering } from './conformance/formulas.fixture.js';
import type { CheckReport, Report } from './conformance/report.js';
import { type Call, type Outcome, type Subject, SubjectError } from './conformance/subject.js';
import { type HuberInputs, huber, huberGradient } from './formulas/losses/huber.js';
import type { NDArray } from './kernel/index.js';
import { run } from './run.js';
import { directSubject } from './subjects/direct.js';
import { referenceSubject } from './subjects/impostors.js';

const id = 'losses/huber';
const smoke = { formulas: [id], level: 'smoke' } as const;

/** Huber loss by another computation, with the gradient of the reference. */
function huberBy(compute: (inputs: HuberInputs) => number, variant?: string): Subject {
  return directSubject({
    name: 'tested',
    formulas: { [id]: compute },
    gradients: { [id]: huberGradient },
    ...(variant === undefined ? {} : { variants: { [id]: variant } }),
  });
}

const checksOf = (report: Report): readonly CheckReport[] => report.formulas[0]!.checks;
const outcomesOf = (report: Report): string[] => [
  ...new Set(checksOf(report).map(({ outcome }) => outcome)),
];
const checkOf = (report: Report, ending: string): CheckReport =>
  checksOf(report).find((check) => check.id.endsWith(ending))!;

/** What a subject answers to the run's own inputs, found by asking the reference. */
const truth = (inputs: unknown): Outcome => {
  try {
    return { kind: 'answer', answer: huber(inputs as HuberInputs) };
  } catch (error) {
    return { kind: 'threw', message: String(error) };
  }
};

describe('outcomes', () => {
  test('the reference passes every check', async () => {
    const report = await run(referenceSubject(await loadFormula(id)), smoke);
    expect(outcomesOf(report)).toEqual(['passed']);
    expect(report).toMatchObject({
      verdict: 'conformant',
      level: 'smoke',
      dtype: 'float64',
      seed: 1,
    });
    expect(report.counts.planned).toBe(checksOf(report).length);
    expect(report.counts.passed).toBe(report.counts.planned);
    const [formula] = report.formulas;
    expect(formula).toMatchObject({ outcome: 'passed', diagnoses: [] });
    expect(formula).not.toHaveProperty('variant');
    expect(checksOf(report).flatMap(({ notes }) => notes)).toEqual([]);
  });

  test('how close an answer came is told where numbers were compared, and there alone', async () => {
    const report = await run(
      huberBy((x) => huber(x) * (1 + 1e-15)),
      smoke,
    );
    const { outcome, runs, worst } = checkOf(report, '/agreement');
    expect({ outcome, runs }).toEqual({ outcome: 'passed', runs: 20 });
    expect(worst).toBeGreaterThan(0.01);
    expect(worst).toBeLessThan(1);
    expect(checkOf(report, '/hygiene/arguments')).not.toHaveProperty('worst');
  });

  test('an accuracy that is lost in the tail alone is told, and passes', async () => {
    const sigmoid = 'activations/sigmoid';
    const subject = directSubject({
      name: 'tested',
      formulas: {
        [sigmoid]: ({ x }: { x: NDArray }) => ({
          shape: x.shape,
          data: x.data.map((v) => 1 - 1 / (1 + Math.exp(v))),
        }),
      },
    });
    const report = await run(subject, { formulas: [sigmoid] });
    const { outcome, notes } = checkOf(report, '/agreement');
    expect(outcome).toBe('passed');
    expect(notes).toEqual([
      expect.stringMatching(
        /^ok; loses relative accuracy in the tail \(\S+ times the strict budget\)$/,
      ),
    ]);
  });

  test('a wrong answer fails, with its smallest input, its replay and its diagnosis', async () => {
    const report = await run(
      huberBy((x) => 2 * huber(x)),
      smoke,
    );
    expect(report.verdict).toBe('not-conformant');
    expect(report.formulas[0]).toMatchObject({ outcome: 'failed' });
    const { failure, worst } = checkOf(report, '/agreement');
    expect(failure?.path).toMatch(/^\d+(:\d+)*$/);
    expect(failure?.call).toContain("formulas['losses/huber']({ prediction: [");
    expect(worst).toBeGreaterThan(1);
    expect(failure).toMatchObject({ expected: expect.any(String), got: expect.any(String) });
    expect(checkOf(report, '/agreement').runs).toBe(Number(failure!.path!.split(':')[0]) + 1);
    // What is pinned is not shrunk.
    const pinned = checksOf(report).filter((c) => c.outcome === 'failed' && c.kind === 'golden');
    expect(pinned.map((check) => check.failure?.path)).toEqual(pinned.map(() => undefined));
    expect(report.formulas[0]!.diagnoses[0]).toMatchObject({ agrees: expect.any(Number) });
  });

  test('a failure is explained by what the runs asked, not by the many calls of the search', async () => {
    const report = await run(
      huberBy((x) => huber(x) + 1),
      smoke,
    );
    const pinned = checksOf(report).filter(
      (check) => check.outcome === 'failed' && /\/golden\/[^/]+$/.test(check.id),
    );
    const [diagnosis] = report.formulas[0]!.diagnoses;
    expect(diagnosis!.of).toBeGreaterThan(pinned.length);
    expect(diagnosis!.of).toBeLessThanOrEqual(20 + pinned.length);
  });

  test('a gradient that is not offered is unsupported, never passed', async () => {
    const subject = directSubject({ name: 'tested', formulas: { [id]: huber } });
    const report = await run(subject, smoke);
    expect(checkOf(report, '/gradient')).toMatchObject({
      outcome: 'unsupported',
      runs: 0,
      notes: [],
    });
    expect(report.counts.unsupported).toBeGreaterThan(0);
    expect(report.verdict).toBe('conformant');
    const two = await run(subject, { ...smoke, formulas: [id, 'activations/tanh'] });
    expect(two.formulas.map(({ outcome }) => outcome)).toEqual(['unsupported', 'passed']);
  });

  test('a fault costs one check, not the run', async () => {
    let asked = 0;
    const subject = subjectAnswering(id, ({ inputs, operation, cotangent }) => {
      if (operation === 'gradient') {
        const answer = huberGradient(inputs as unknown as HuberInputs, cotangent as number);
        return { kind: 'answer', answer };
      }
      return asked++ === 0 ? { kind: 'fault', fault: 'crash', message: 'crashed' } : truth(inputs);
    });
    const report = await run(subject, smoke);
    const errored = checksOf(report).filter(({ outcome }) => outcome === 'errored');
    expect(errored).toHaveLength(1);
    expect(report.formulas[0]).toMatchObject({ outcome: 'errored', diagnoses: [] });
    expect(errored[0]!.error).toMatch(/^crashed, at huber\(prediction=np\.array\(/);
    expect(report.verdict).toBe('not-conformant');
    expect(report.remarks).toEqual(['wrote "hello" to its standard output']);
  });

  test('one failure and one fault do not cancel', async () => {
    let asked = 0;
    const subject = subjectAnswering(id, ({ inputs, operation, cotangent }) => {
      if (operation === 'gradient') {
        const answer = huberGradient(inputs as unknown as HuberInputs, cotangent as number);
        return { kind: 'answer', answer };
      }
      if (asked++ === 0) return { kind: 'fault', fault: 'crash', message: 'crashed' };
      return { ...truth(inputs), changed: ['prediction'] };
    });
    const { counts, verdict } = await run(subject, smoke);
    expect(counts).toMatchObject({ failed: 1, errored: 1 });
    expect(verdict).toBe('not-conformant');
  });

  test('every number of a short format is asked at the exhaustive level alone', async () => {
    const tanh = 'activations/tanh';
    const subject = referenceSubject(await loadFormula(tanh), 'float16');
    const swept = async (level: 'smoke' | 'exhaustive') => {
      const report = await run(subject, { formulas: [tanh], level });
      expect(outcomesOf(report)).toEqual(['passed']);
      return checkOf(report, '/sweep')?.runs;
    };
    expect(await swept('smoke')).toBeUndefined();
    expect(await swept('exhaustive')).toBe(64);
  });

  test('a subject that always hangs is given up after two checks', async () => {
    const subject = subjectAnswering(id, () => ({
      kind: 'fault',
      fault: 'time-out',
      message: 'took longer than 5 s',
    }));
    const report = await run(subject, smoke);
    expect(outcomesOf(report)).toEqual(['errored']);
    const told = checksOf(report).filter(({ error }) => error?.startsWith('not asked again'));
    // Two checks of the value and two of the gradient met the time limit themselves.
    expect(told.length).toBe(checksOf(report).length - 4);
  });

  test('a subject that throws inside the domain fails', async () => {
    const report = await run(
      huberBy(() => {
        throw new Error('not today');
      }),
      smoke,
    );
    expect(checkOf(report, '/agreement').failure).toMatchObject({
      message: 'throws inside the domain',
      got: 'an error: not today',
    });
  });

  test('a subject that changes its arguments fails for that alone', async () => {
    const report = await run(
      huberBy((x) => {
        const loss = huber(x);
        (x.prediction.data as Float64Array).fill(0);
        return loss;
      }),
      smoke,
    );
    const failed = checksOf(report).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map((check) => check.id)).toEqual([`${id}/hygiene/arguments`]);
    const { failure } = failed[0]!;
    expect(failure?.message).toBe('changes its argument prediction');
    expect(failure).not.toHaveProperty('expected');
    expect(failure).not.toHaveProperty('got');
  });

  test('a subject that remembers fails for that', async () => {
    let calls = 0;
    const report = await run(
      huberBy((x) => huber(x) * (1 + (calls++ % 3) * 1e-15)),
      smoke,
    );
    expect(checkOf(report, '/hygiene/repeat').outcome).toBe('failed');
  });

  test('finite answers to forbidden parameters are told, and fail at the strict level', async () => {
    const loose = huberBy(({ delta = 1, ...x }) =>
      huber({ ...x, delta: Number.isFinite(delta) && delta > 0 ? delta : 1 }),
    );
    const report = await run(loose, smoke);
    expect(checkOf(report, '/refusal/domain-delta')).toMatchObject({ outcome: 'passed' });
    expect(checkOf(report, '/refusal/domain-delta').notes[0]).toMatch(
      /^accepts delta = 0: answers /,
    );
    // A few speak for all.
    expect(checkOf(report, '/refusal/domain-delta').notes).toHaveLength(3);
    const strict = await run(loose, { ...smoke, strict: true });
    expect(checkOf(strict, '/refusal/domain-delta').outcome).toBe('failed');
  });
});

describe('errors', () => {
  test('of our own are not swallowed, nor hidden by a fault of the subject', async () => {
    // The first runs of the first check that has many: a crash, then answers that break the suite.
    const crash: Outcome = { kind: 'fault', fault: 'crash', message: 'crashed' };
    const nonsense = { kind: 'answer', answer: null } as never;
    const fake = subjectAnswering(id, () => undefined);
    let batches = 0;
    const subject: Subject = {
      ...fake,
      description: { ...fake.description, gradients: [] },
      ask: async (calls) => {
        if (calls.length === 1) return calls.map(({ inputs }) => truth(inputs));
        batches += 1;
        return calls.map((_, i) => (i > 0 && batches === 1 ? nonsense : crash));
      },
    };
    await expect(run(subject, smoke)).rejects.toThrow(/null/);
  });

  test('of our own are not taken for failures, nor for faults, where the search meets them', async () => {
    let met = 0;
    const subject = subjectAnswering(id, ({ inputs }) => {
      const x = inputs as unknown as HuberInputs;
      const smallest = x.prediction.data.length === 1 && x.delta === undefined;
      // Answered once with nonsense, and rightly wherever else it is met.
      if (smallest && x.prediction.data[0] === 0 && x.target.data[0] === 0 && met++ === 0) {
        return { kind: 'answer', answer: null } as never;
      }
      const right = truth(inputs);
      return right.kind === 'answer' ? { ...right, answer: 1e6 + Number(right.answer) } : right;
    });
    const { description } = subject;
    const offered = { ...subject, description: { ...description, gradients: [] } };
    await expect(run(offered, smoke)).rejects.toThrow(/null/);
  });

  test.each([
    [
      'no formula has that name',
      { formulas: ['losses/nothing', 'losses/neither'] },
      'no formula matches losses/nothing losses/neither; `touchstone list` prints them all',
    ],
    [
      'a path is not for the whole catalogue',
      { path: '3' },
      `--path replays one formula, got ${listFormulas().length}; name the one it is for`,
    ],
    ['a path is not for one formula', { formulas: ['*'], path: '3' }, '--path replays one formula'],
  ])('a usage error when %s', async (_, options, message) => {
    const subject = referenceSubject(await loadFormula(id));
    await expect(run(subject, options)).rejects.toThrow(message);
    await expect(run(subject, options)).rejects.toThrow(SubjectError);
  });

  test('nothing judged is an error, not a pass', async () => {
    const other = referenceSubject(await loadFormula('activations/softmax'));
    const formulas = ['activations/tanh', id];
    await expect(run(other, { ...smoke, formulas })).rejects.toThrow(
      `nothing was judged: ${other.description.name} offers none of ${formulas.join(', ')}`,
    );
    const empty = directSubject({ name: 'empty', formulas: {} });
    await expect(run(empty, smoke)).rejects.toThrow('empty offers no formula');
    await expect(run(empty, smoke)).rejects.toMatchObject({ name: 'SubjectError' });
  });

  test('a variant that nobody knows is an error', async () => {
    await expect(run(huberBy(huber, 'no-such'), smoke)).rejects.toThrow(
      'losses/huber: variant must be one of sum, divided by delta, got no-such',
    );
    const tanh = 'activations/tanh';
    const same = ({ x }: { x: NDArray }) => x;
    const formulas = { [tanh]: same };
    const subject = directSubject({ name: 'tested', formulas, variants: { [tanh]: 'usual' } });
    await expect(run(subject, { formulas: [tanh] })).rejects.toThrow(
      'activations/tanh: variant must be one of none, got usual',
    );
  });
});

describe('variants', () => {
  const sum = (x: HuberInputs): number => huber(x) * x.prediction.data.length;

  test('that are declared are judged by their own computation', async () => {
    const subject = directSubject({
      name: 'summing',
      formulas: { [id]: sum },
      gradients: {
        [id]: (x: HuberInputs, cotangent: number) =>
          huberGradient(x, cotangent * x.prediction.data.length),
      },
      variants: { [id]: 'sum' },
    });
    const report = await run(subject, { formulas: [id] });
    expect(outcomesOf(report)).toEqual(['passed']);
    expect(report.formulas[0]!.variant).toBe('sum');
  });

  test('that are declared and not followed fail', async () => {
    const report = await run(huberBy(huber, 'sum'), smoke);
    expect(checkOf(report, '/agreement').outcome).toBe('failed');
  });

  test('that are followed and not declared fail, and are named', async () => {
    const report = await run(huberBy(sum), smoke);
    expect(report.formulas[0]!.diagnoses[0]).toMatchObject({ kind: 'variant', name: 'sum' });
  });
});

describe('reports', () => {
  const wrong = (): Subject => huberBy((x) => huber({ ...x, delta: 2 * (x.delta ?? 1) }));
  const timeless = ({ milliseconds: _, ...report }: Report): string => JSON.stringify(report);

  test('of one seed are the same, byte for byte, but for the milliseconds', async () => {
    expect(timeless(await run(wrong(), smoke))).toBe(timeless(await run(wrong(), smoke)));
    const other = await run(wrong(), { ...smoke, seed: 2 });
    expect(timeless(other)).not.toBe(timeless(await run(wrong(), smoke)));
  });

  test('tell of each formula as soon as it is judged', async () => {
    const told: string[] = [];
    await run(wrong(), { ...smoke, onFormula: (report) => told.push(report.id) });
    expect(told).toEqual([id]);
  });

  test('name every check once, by formula, kind and words', async () => {
    for (const formula of listFormulas().slice(0, 6)) {
      const subject = referenceSubject(await loadFormula(formula));
      const report = await run(subject, { formulas: [formula], level: 'smoke' });
      const ids = checksOf(report).map((check) => check.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) {
        expect(id).toMatch(/^[a-z0-9/-]+\/(golden|agreement|law|gradient|refusal|hygiene)(\/|$)/);
        expect(id.startsWith(`${formula}/`)).toBe(true);
      }
    }
  });
});

test('reports say who was judged, how, and by what', async () => {
  const subject = huberBy(huber);
  const started = performance.now();
  const report = await run(subject, { formulas: [id] });
  const took = performance.now() - started;
  expect(report).toMatchObject({
    suite: { name: 'touchstone', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
    subject: { name: 'tested', version: 'unversioned', language: 'JavaScript', command: 'tested' },
    level: 'standard',
    strict: false,
    seed: 1,
  });
  expect(checkOf(report, '/agreement').runs).toBe(100);
  expect(report.milliseconds).toBeGreaterThan(0);
  expect(report.milliseconds).toBeLessThanOrEqual(took);
  const named = await run(subject, { ...smoke, command: './huber.js' });
  expect(named.subject.command).toBe('./huber.js');
});

describe('the order of asking', () => {
  test('puts the next check to a subject elsewhere while one is judged, until it has a fault', async () => {
    const mostAtOnce = async (answer: (inputs: unknown) => Outcome): Promise<number> => {
      const fake = subjectAnswering(id, () => undefined);
      let [underway, most] = [0, 0];
      const ask: Subject['ask'] = async (calls) => {
        most = Math.max(most, ++underway);
        // The first answers are those of two checks at once; the third is asked with the second.
        await new Promise((resolve) => setTimeout(resolve, calls.length));
        underway -= 1;
        return calls.map(({ inputs }) => answer(inputs));
      };
      await run({ ...fake, ask }, smoke);
      return most;
    };
    expect(await mostAtOnce(truth)).toBeGreaterThan(1);
    const fault: Outcome = { kind: 'fault', fault: 'crash', message: 'gone' };
    expect(await mostAtOnce(() => fault)).toBe(1);
  });

  test('makes only the checks that were chosen', async () => {
    const subject = referenceSubject(await loadFormula(id));
    const report = await run(subject, { ...smoke, only: (check) => check.endsWith('/agreement') });
    expect(checksOf(report).map((check) => check.id)).toEqual([`${id}/agreement`]);
  });
});

describe('the search for the smallest failing input', () => {
  const isLong = ({ inputs }: Call): boolean => (inputs.prediction as NDArray).data.length > 500;

  test('ends after two thousand calls', async () => {
    let [found, searched, ended] = [false, 0, false];
    const fake = subjectAnswering(id, () => undefined);
    const subject: Subject = {
      ...fake,
      description: { ...fake.description, gradients: [] },
      ask: async (calls) => {
        ended ||= searched > 0 && calls.length > 1;
        return calls.map((call) => {
          const isSearch = found && !ended && calls.length === 1;
          // One step in sixty leads on, so that a long array is simplified for a long time.
          const isWrong = isSearch ? searched++ % 60 === 0 : isLong(call) && !found;
          found ||= isWrong;
          return isWrong ? { kind: 'answer', answer: -1 } : truth(call.inputs);
        });
      },
    };
    const report = await run(subject, { formulas: [id] });
    expect(checkOf(report, '/agreement').outcome).toBe('failed');
    expect(searched).toBe(2000);
  });
});

describe('replays', () => {
  const wrong = (): Subject =>
    huberBy((x) => huber(x) + (x.prediction.data.some((value) => value > 3) ? 1 : 0));

  test('by seed and path meet the same failure, for every check that has a path', async () => {
    const report = await run(wrong(), { formulas: [id], seed: 7 });
    const failed = checksOf(report).filter(({ failure }) => failure?.path !== undefined);
    expect(failed.length).toBeGreaterThan(1);
    for (const { id: check, failure } of failed) {
      const { path } = failure!;
      const replay = await run(wrong(), { formulas: [id], seed: 7, path: path! });
      const again = checkOf(replay, check.slice(id.length));
      expect(again).toMatchObject({ outcome: 'failed', runs: 1, failure });
      expect(again.failure).toEqual(failure);
    }
    const replay = await run(wrong(), {
      formulas: [id],
      seed: 7,
      path: checkOf(report, '/agreement').failure!.path!,
    });
    expect(checkOf(replay, '/agreement').worst).toBeGreaterThan(1);
  });

  test('of a run that is right pass, and leave what is pinned as it is', async () => {
    const report = await run(huberBy(huber), { formulas: [id], path: '3' });
    expect(outcomesOf(report)).toEqual(['passed']);
    expect(checkOf(report, '/agreement')).toMatchObject({ runs: 1, worst: expect.any(Number) });
    expect(checkOf(report, '/hygiene/arguments')).not.toHaveProperty('worst');
  });

  test('shrink until the mistake is plain to see', async () => {
    const report = await run(wrong(), { formulas: [id], seed: 7 });
    const { inputs } = checkOf(report, '/agreement').failure!;
    expect((inputs as { prediction: number[] }).prediction).toHaveLength(1);
    expect(inputs).not.toHaveProperty('delta');
  });

  test('by the path of another check judge the run it names', async () => {
    const report = await run(wrong(), { formulas: [id], path: '3:90:90' });
    for (const check of checksOf(report).filter(({ kind }) => kind === 'law')) {
      expect(check.runs).toBe(1);
    }
  });

  test('a fault while shrinking ends the search, not the check', async () => {
    let faults = 0;
    const subject = subjectAnswering(id, ({ inputs, operation }) => {
      const x = inputs as unknown as HuberInputs;
      if (operation === 'gradient') return { kind: 'answer', answer: huberGradient(x) };
      const simplest = x.prediction.data.length === 1 && x.delta === undefined;
      if (simplest && x.prediction.data[0] === 0 && x.target.data[0]! ** 2 <= 1) {
        faults += 1;
        return { kind: 'fault', fault: 'time-out', message: 'took longer than 5 s' };
      }
      const loss = truth(x);
      return loss.kind === 'answer' ? { kind: 'answer', answer: Number(loss.answer) + 1 } : loss;
    });
    const report = await run(subject, { formulas: [id], seed: 3 });
    const { outcome, failure } = checkOf(report, '/agreement');
    expect(outcome).toBe('failed');
    // Every time-out costs real time: each check that failed met one at the most.
    const failed = checksOf(report).filter(({ outcome }) => outcome === 'failed');
    expect(faults).toBeGreaterThan(0);
    expect(faults).toBeLessThanOrEqual(failed.length);
    const replay = await run(subject, { formulas: [id], seed: 3, path: failure!.path! });
    expect(checkOf(replay, '/agreement').failure).toEqual(failure);
  });
});
