import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writePages } from './publish.js';

const folder = mkdtempSync(`${tmpdir()}/touchstone-pages-`);
const root = pathToFileURL(`${folder}/`);
afterAll(() => rmSync(folder, { recursive: true }));

test('pages are written where they changed, and taken away where their chapter is gone', () => {
  const pages = { 'README.md': 'totals', 'losses.md': 'losses' };
  expect(writePages(root, pages)).toEqual(['README.md', 'losses.md']);
  expect(writePages(root, pages)).toEqual([]);
  writeFileSync(`${folder}/calibration/losses.md`, 'edited by hand');
  expect(writePages(root, pages)).toEqual(['losses.md']);
  expect(readFileSync(`${folder}/calibration/losses.md`, 'utf8')).toBe('losses');
  expect(writePages(root, { 'README.md': 'totals' })).toEqual(['losses.md']);
  expect(readdirSync(`${folder}/calibration`)).toEqual(['README.md']);
});
