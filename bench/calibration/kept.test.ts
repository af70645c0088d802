import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { hashOf, keep, keptOf, sourcesOf } from './kept.js';
import type { Calibration } from './measure.js';

/*
 * On a copy of the files that the calibration of a formula hangs on, which may be changed.
 */

const id = 'losses/huber';
const effort = { seeds: 20, acquittals: 200 };
const here = new URL('../../', import.meta.url);
const folder = mkdtempSync(`${tmpdir()}/touchstone-kept-`);
const shelf = { root: pathToFileURL(`${folder}/`), effort };
const sources = sourcesOf(here, id);
for (const path of sources) {
  mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
  cpSync(fileURLToPath(new URL(path, here)), `${folder}/${path}`);
}
afterAll(() => rmSync(folder, { recursive: true }));

/** What holds while a file has one more line than it has. */
function whileChanged<Result>(path: string, look: () => Result): Result {
  const file = `${folder}/${path}`;
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, `${before}\n`);
  const result = look();
  writeFileSync(file, before);
  return result;
}

describe('the hash of a calibration', () => {
  test('is the same as long as nothing changes', () => {
    expect(hashOf(shelf, id)).toBe(hashOf(shelf, id));
    expect(sourcesOf(shelf.root, id)).toEqual(sources);
  });

  test('changes with every file that the calibration hangs on', () => {
    const before = hashOf(shelf, id);
    for (const path of sources) {
      expect(
        whileChanged(path, () => hashOf(shelf, id)),
        path,
      ).not.toBe(before);
    }
    expect(hashOf(shelf, id)).toBe(before);
  });

  test('changes with a module that is added to the engine, and with the effort', () => {
    const before = hashOf(shelf, id);
    writeFileSync(`${folder}/src/conformance/added.ts`, '');
    expect(hashOf(shelf, id)).not.toBe(before);
    rmSync(`${folder}/src/conformance/added.ts`);
    expect(hashOf({ ...shelf, effort: { seeds: 3, acquittals: 5 } }, id)).not.toBe(before);
  });

  test.each([
    ['src/formulas/losses/huber.ts'],
    ['spec/losses/huber.ts'],
    ['properties/losses/huber.ts'],
    ['golden/losses/huber.json'],
    ['golden/losses/huber.py'],
    ['properties/laws.ts'],
    ['src/kernel/sums.ts'],
    ['src/conformance/checks.ts'],
    ['src/subjects/impostors.ts'],
    ['src/subjects/direct.ts'],
    ['bench/calibration/measure.ts'],
    ['bench/float32-hooks.js'],
  ])('hangs on %s', (path) => {
    expect(sources).toContain(path);
  });

  test('hangs on what the formula shares with others', () => {
    expect(sourcesOf(here, 'losses/mae')).toContain('src/formulas/losses/rmse.ts');
    expect(sourcesOf(here, 'activations/softmax')).toContain('spec/scales.ts');
    expect(sources).not.toContain('src/formulas/losses/rmse.ts');
  });
});

test('a calibration is told again until something changes', () => {
  const calibration = { id, checks: [] } as unknown as Calibration;
  expect(keptOf(shelf, id)).toBeUndefined();
  keep(shelf, hashOf(shelf, id), calibration);
  expect(keptOf(shelf, id)).toEqual(calibration);
  expect(keptOf({ ...shelf, effort: { seeds: 3, acquittals: 5 } }, id)).toBeUndefined();
  expect(whileChanged(`spec/${id}.ts`, () => keptOf(shelf, id))).toBeUndefined();
});
