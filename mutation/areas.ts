import { existsSync, readdirSync } from 'node:fs';

/** What is mutated, and the tests that its mutants are tried on. */
export interface Area {
  readonly folder: string;
  readonly testsOf: (file: string) => string;
  /** The least share of mutants, in percent, that the tests must notice. */
  readonly score: number;
}

/** Modules that are tested together, by the folder that they stand in. */
const testsOfFolders: Readonly<Record<string, string>> = {
  generate: 'src/conformance/generate/*.test.ts',
  judge: 'src/conformance/judge/*.test.ts',
  kinds: 'src/conformance/{generate/*,shrink}.test.ts',
  smaller: 'src/conformance/{shrink,inputs-arbitrary}.test.ts',
  structures: 'src/conformance/{generate/*,shrink}.test.ts',
};

export const areas: Readonly<Record<string, Area>> = {
  formulas: {
    folder: 'src/formulas',
    testsOf: () => 'properties/references.test.ts',
    score: 95,
  },
  kernel: {
    folder: 'src/kernel',
    testsOf: () => 'src/kernel/*.test.ts',
    score: 95,
  },
  conformance: {
    folder: 'src/conformance',
    // What only the tests of another module notice is found too late to be understood.
    testsOf: (file) => {
      const own = file.replace(/\.ts(:.*)?$/, '.test.ts');
      const [, folder = ''] = /^src\/conformance\/(\w+)\//.exec(file) ?? [];
      if (existsSync(own)) return own;
      return testsOfFolders[folder] ?? 'src/{conformance/checks,run}.test.ts';
    },
    score: 90,
  },
};

/** The files that CI mutates: one of each kind. */
export const quick: readonly string[] = [
  'src/formulas/losses/huber.ts',
  'src/formulas/activations/softmax.ts',
  'src/kernel/sums.ts',
  'src/conformance/estimate.ts',
];

/** The area that a file lies in. */
export function areaOf(file: string): string | undefined {
  return Object.keys(areas).find((name) => file.startsWith(`${areas[name]!.folder}/`));
}

/** The modules of an area that hold code of their own. */
export function filesOf({ folder }: Area): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/(^|\/)index\.ts$|\.(test|fixture)\.ts$/.test(path))
    .map((path) => `${folder}/${path}`)
    .sort();
}
