import type { Call, Outcome, Subject, SubjectDescription } from '../conformance/subject.js';
import { SubjectError } from '../conformance/subject.js';
import { sampleReport } from '../reporters/sample-report.fixture.js';
import type { OpenOptions } from '../subjects/index.js';
import { main } from './main.js';
import type { Catalogue, Engine, World } from './world.js';

type Formula = Awaited<ReturnType<Catalogue['loadFormula']>>;

const ids = ['activations/gelu', 'losses/huber', 'losses/mean-squared-error'];

/** A formula with something on every shelf. */
export const fakeFormula: Formula = {
  id: 'losses/huber',
  spec: {
    id: 'losses/huber',
    name: 'Huber loss',
    latex: String.raw`
      L = \frac{1}{n} \sum_i \begin{cases}
        \frac{1}{2} e_i^2 & |e_i| \le \delta \\
        \delta (|e_i| - \frac{1}{2} \delta) & |e_i| > \delta
      \end{cases}
    `,
    inputs: {
      prediction: { kind: 'real', shape: 'any', special: [-0, Number.NaN, 'delta'] },
      target: { kind: 'real', shape: 'prediction' },
      delta: { kind: 'positive', default: 1, max: 10 },
      reduction: { kind: 'choice', choices: ['mean', 'none'], default: 'mean' },
    },
    output: { kind: 'real', shape: 'scalar', min: 0 },
    differentiable: ['prediction'],
    errors: { shape: 'prediction and target differ in shape', domain: 'delta is not positive' },
    variants: { sum: { meaning: 'the sum instead of the mean', usedBy: ['A library', 'another'] } },
    sources: ['Huber 1964'],
    errata: { 'E000-01': 'the document forgets the half' },
  },
  reference: () => 1,
  properties: [{ sentence: 'is never negative', violation: async () => undefined }],
  mistakes: { 'no half delta off the line': { source: 'classic' } },
  alternatives: {},
  variants: {},
  goldens: {
    formula: 'losses/huber',
    provenance: {},
    cases: [
      { id: 'none', why: 'refused', inputs: { prediction: [], target: [] }, error: 'empty' },
      {
        id: 'edge',
        why: 'edge',
        flags: ['edge'],
        inputs: { prediction: ['NaN'], target: [0] },
        output: 'NaN',
      },
      {
        id: 'plain',
        why: 'plain',
        inputs: { prediction: ['-0', 0], target: [0.5, 3] },
        output: 1.3125,
      },
    ],
  },
};

const catalogue: Catalogue = {
  listFormulas: () => ids,
  matchFormulas: (globs) =>
    ids.filter((id) =>
      globs.some((glob) => new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(id)),
    ),
  loadFormula: async () => fakeFormula,
  suiteVersion: () => '0.1.0',
};

/** What a test changes about the world. */
export interface Circumstances {
  readonly offers?: Partial<SubjectDescription>;
  readonly answer?: (call: Call) => Outcome;
  readonly formula?: Formula;
  readonly startFails?: string;
  readonly run?: Engine['run'];
}

/** What a command did to the world. */
export interface Effects {
  readonly code: number;
  readonly output: string;
  /** What was shown while it was under way. */
  readonly shown: readonly string[];
  readonly complaint: string;
  /** What was asked of the world, in order: `catalogue`, `subjects`, `engine`, `open`, `close`. */
  readonly events: readonly string[];
  readonly opened: readonly OpenOptions[];
}

/** Runs a command line in a world without processes, files of its own, or an engine. */
export async function runIn(
  circumstances: Circumstances,
  ...words: readonly string[]
): Promise<Effects> {
  let output = '';
  let complaint = '';
  const events: string[] = [];
  const opened: OpenOptions[] = [];
  const shown: string[] = [];
  const remember = async <Value>(event: string, value: Value): Promise<Value> => {
    events.push(event);
    return value;
  };
  const world: World = {
    print: (text) => {
      output += text;
    },
    show: (line) => {
      shown.push(line);
    },
    complain: (text) => {
      complaint += text;
    },
    terminal: { color: false, width: 80 },
    whenInterrupted: () => undefined,
    catalogue: () =>
      remember('catalogue', {
        ...catalogue,
        loadFormula: async () => circumstances.formula ?? fakeFormula,
      }),
    subjects: () => remember('subjects', { openSubject }),
    rehearsal: async () => ({ rehearse: async () => {} }),
    engine: () => remember('engine', { run: circumstances.run ?? (async () => sampleReport) }),
  };

  async function openSubject(options: OpenOptions): Promise<Subject> {
    events.push('open');
    opened.push(options);
    if (circumstances.startFails !== undefined) throw new SubjectError(circumstances.startFails);
    const answer = circumstances.answer ?? ((): Outcome => ({ kind: 'answer', answer: 1 }));
    return {
      description: {
        name: 'my-library',
        version: '1.2.0',
        language: 'JavaScript',
        dtypes: ['float64'],
        formulas: ['losses/huber'],
        gradients: [],
        samples: [],
        variants: {},
        ...circumstances.offers,
      },
      dtype: 'float64',
      ask: async (calls) => calls.map(answer),
      close: async () => {
        events.push('close');
      },
      remarks: () => [],
    };
  }

  const code = await main(words, world);
  return { code, output, shown, complaint, events, opened };
}
