import { describe, expect, test } from 'vitest';
import { listFormulas } from '../../src/catalog.js';
import { openSubject } from '../../src/subjects/index.js';
import { failing, judgeLibrary, knownToFail, pathOf, readManifest } from '../manifest.fixture.js';

const manifest = readManifest('tfjs');
const module = pathOf('tfjs/adapter.js');

describe('the adapter of TensorFlow.js', () => {
  test('offers what its manifest says, values and gradients, all in the catalogue', async () => {
    const subject = await openSubject({ module });
    const { name, version, dtypes, formulas, gradients } = subject.description;
    await subject.close();
    expect({ name, version }).toEqual({ name: manifest.judges, version: manifest.version });
    expect(dtypes).toEqual(['float32']);
    expect([...formulas].sort()).toEqual(manifest.formulas);
    expect([...gradients].sort()).toEqual(manifest.formulas);
    expect(listFormulas()).toEqual(expect.arrayContaining([...manifest.formulas]));
  });

  test('fails the checks whose failures were confirmed, and no others', async () => {
    const report = await judgeLibrary({ module });
    expect(report.remarks).toEqual([]);
    expect(failing(report)).toEqual(knownToFail(manifest, 'float32'));
  });
});
