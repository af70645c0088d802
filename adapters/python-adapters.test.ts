import { describe, expect, test } from 'vitest';
import { listFormulas } from '../src/catalog.js';
import { openSubject } from '../src/subjects/index.js';
import {
  failing,
  judgeLibrary,
  knownToFail,
  pathOf,
  pythonThat,
  readManifest,
} from './manifest.fixture.js';

interface PythonAdapter {
  readonly folder: string;
  /** Runs where Python has the library. */
  readonly imports: string;
  /** Words of its command, and the format judged. */
  readonly runs: readonly { readonly words: string; readonly dtype: string }[];
}

const adapters: readonly PythonAdapter[] = [
  {
    folder: 'numpy',
    // Every Python here may have another NumPy: the one that was confirmed is asked for.
    imports: `import numpy; assert numpy.__version__ == '${readManifest('numpy').version}'`,
    runs: [
      { words: '', dtype: 'float64' },
      { words: '', dtype: 'float32' },
      { words: '', dtype: 'float16' },
    ],
  },
  {
    folder: 'scipy',
    imports: 'import numpy, scipy, sklearn',
    runs: [
      { words: '', dtype: 'float64' },
      { words: '', dtype: 'float32' },
    ],
  },
  {
    folder: 'pytorch',
    imports: 'import numpy, torch',
    runs: [
      { words: '', dtype: 'float64' },
      { words: '', dtype: 'float32' },
      { words: ' bfloat16', dtype: 'bfloat16' },
    ],
  },
];

for (const { folder, imports, runs } of adapters) {
  const manifest = readManifest(folder);
  const python = pythonThat(imports);
  const command = (words: string): string =>
    `'${python}' '${pathOf(`${folder}/adapter.py`)}'${words}`;

  describe(`the adapter of ${manifest.judges}`, () => {
    const absent = `skipped: no Python here can ${imports}`;
    if (python === undefined) console.warn(`${folder}: ${absent}`);

    test.runIf(python !== undefined)(
      'offers what its manifest says, all in the catalogue',
      async () => {
        const subject = await openSubject({ command: command('') });
        const { name, formulas } = subject.description;
        await subject.close();
        expect(name).toBe(manifest.judges);
        expect([...formulas].sort()).toEqual(manifest.formulas);
        expect(listFormulas()).toEqual(expect.arrayContaining([...manifest.formulas]));
      },
    );

    for (const { words, dtype } of runs) {
      test.runIf(python !== undefined)(
        `${dtype}: fails the checks whose failures were confirmed, and no others`,
        async ({ skip }) => {
          const precision = dtype as 'float64';
          const report = await judgeLibrary({ command: command(words), dtype: precision });
          const { version } = report.subject;
          // Another version has other faults; whose they are would have to be confirmed again.
          skip(
            version !== manifest.version,
            `confirmed for ${manifest.version}, here is ${version}`,
          );
          expect(failing(report)).toEqual(knownToFail(manifest, dtype));
        },
      );
    }
  });
}
