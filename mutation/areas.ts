/** What is mutated together, and the tests that its mutants are tried on. */
export interface Area {
  readonly mutate: readonly string[];
  readonly tests: string;
  /** The least share of mutants, in percent, that the tests must notice. */
  readonly score: number;
}

export const areas: Readonly<Record<string, Area>> = {
  formulas: {
    mutate: ['src/formulas/*/*.ts', '!src/formulas/*/index.ts'],
    tests: 'properties/references.test.ts',
    score: 95,
  },
  kernel: {
    mutate: ['src/kernel/*.ts', '!src/kernel/*.test.ts', '!src/kernel/index.ts'],
    tests: 'src/kernel/*.test.ts',
    score: 95,
  },
  conformance: {
    mutate: ['src/conformance/*.ts', '!src/conformance/*.{test,fixture}.ts'],
    tests: 'src/conformance/*.test.ts',
    score: 90,
  },
};

/** The files that CI mutates: one of each kind, in a minute. */
export const quick: readonly string[] = [
  'src/formulas/losses/huber.ts',
  'src/formulas/activations/softmax.ts',
  'src/kernel/sums.ts',
  'src/conformance/estimate.ts',
];

/** The area of a name or a file. */
export function areaOf(word: string): string | undefined {
  return Object.keys(areas).find((name) => word === name || word.startsWith(`src/${name}/`));
}
