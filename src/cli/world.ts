/** What a command is given of the world around it, so that a test can give it another one. */
export interface World {
  /** Writes to standard output. */
  readonly print: (text: string) => void;
  /**
   * Shows on a terminal what is under way, in place of what was shown before, until something is
   * printed; nothing in a file, a pipe or CI. An empty line takes it away.
   */
  readonly show: (line: string) => void;
  /** Writes to standard error. */
  readonly complain: (text: string) => void;
  /** How wide standard output is, and whether it takes colours. */
  readonly terminal: { readonly color: boolean; readonly width: number };
  /** Has something done before the process ends early. */
  readonly whenInterrupted: (cleanUp: () => Promise<void>) => void;
  /** The catalogue and the engine load when they are asked for, and not before. */
  readonly catalogue: () => Promise<Catalogue>;
  readonly subjects: () => Promise<Subjects>;
  readonly engine: () => Promise<Engine>;
  /** Warms the engine up. */
  readonly rehearsal: () => Promise<Rehearsal>;
}

/** The catalogue, as far as the commands use it. */
export type Catalogue = Pick<
  typeof import('../catalog.js'),
  'listFormulas' | 'matchFormulas' | 'loadFormula' | 'suiteVersion'
>;

type Subjects = Pick<typeof import('../subjects/index.js'), 'openSubject'>;

export type Rehearsal = Pick<typeof import('./rehearsal.js'), 'rehearse'>;

export type Engine = Pick<typeof import('../run.js'), 'run'>;
