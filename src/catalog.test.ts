import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionName, listFormulas, loadFormula, matchFormulas, suiteVersion } from './catalog.js';
import { slug } from './conformance/slug.js';

describe.each(listFormulas().map((id) => [id]))('%s', (id) => {
  test('stands on every shelf, under one name', async () => {
    const formula = await loadFormula(id);
    expect(formula.spec.id).toBe(id);
    expect(formula.goldens.formula).toBe(id);
    expect(formula.reference).toBeTypeOf('function');
    expect(formula.reference.name).toBe(functionName(id));
  });

  test('has a gradient if and only if its contract says so', async () => {
    const { gradient, spec } = await loadFormula(id);
    expect(gradient !== undefined).toBe(spec.differentiable !== undefined);
  });

  test('has sentences that are different as ids, too', async () => {
    const { properties } = await loadFormula(id);
    const slugs = properties.map(({ sentence }) => slug(sentence));
    expect(new Set(slugs).size).toBe(slugs.length);
  });

  test('computes the variants that its contract names', async () => {
    const { variants, spec } = await loadFormula(id);
    expect(Object.keys(variants).sort()).toEqual(Object.keys(spec.variants ?? {}).sort());
  });
});

describe('the catalogue', () => {
  test('lists ids in order, without what stands beside the chapters', () => {
    const ids = listFormulas();
    expect(ids).toEqual([...ids].sort());
    expect(ids).toContain('losses/huber');
    expect(ids).not.toContain('scales');
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
  });

  test('matches ids as they are, and * for any run of characters', () => {
    expect(matchFormulas(['losses/huber'])).toEqual(['losses/huber']);
    expect(matchFormulas(['losses/hub*', '*/softmax'])).toEqual([
      'activations/softmax',
      'losses/huber',
    ]);
    expect(matchFormulas(['*'])).toEqual(listFormulas());
    expect(matchFormulas(['huber', 'losses/hube.', 'losses/huber$'])).toEqual([]);
    expect(matchFormulas([])).toEqual([]);
  });

  test('does not load what it does not list', async () => {
    await expect(loadFormula('losses/nothing')).rejects.toThrow(
      new RangeError('catalogue: formula must exist, got losses/nothing'),
    );
    await expect(loadFormula('../kernel/index')).rejects.toThrow(RangeError);
  });

  test('names functions as their ids say', () => {
    expect(functionName('losses/binary-cross-entropy')).toBe('binaryCrossEntropy');
    expect(functionName('losses/smooth-l1')).toBe('smoothL1');
    expect(functionName('metrics/f-1-score')).toBe('f1Score');
  });

  test('has the version of the package', () => {
    const manifest = new URL('../package.json', import.meta.url);
    expect(existsSync(manifest)).toBe(true);
    expect(suiteVersion()).toBe(JSON.parse(readFileSync(manifest, 'utf8')).version);
  });
});
