import { describe, expect, test } from 'vitest';
import { listFormulas, loadFormula } from '../catalog.js';
import { FormulaError, type NDArray } from '../kernel/index.js';
import { hyphenated, type Refusal, refusalsOf } from './refusals.js';
import { complaint, specNamed, specs } from './specs.fixture.js';

const refusalNamed = (name: string, id: string): Refusal =>
  refusalsOf(specNamed(name)).find((refusal) => refusal.id === id)!;

describe.each(listFormulas().map((id) => [id]))('%s', (id) => {
  test('refuses every case, with the code that its contract declares', async () => {
    const { spec, reference } = await loadFormula(id);
    for (const refusal of refusalsOf(spec)) {
      const code = refusal.id === 'rank' ? 'shape' : refusal.id.replace(/-.*/, '');
      for (const { inputs, why } of refusal.cases) {
        let thrown: unknown;
        try {
          reference(inputs);
        } catch (error) {
          thrown = error;
        }
        expect(thrown, `${id} accepts ${why}`).toBeInstanceOf(FormulaError);
        expect((thrown as FormulaError).code, why).toBe(code);
      }
    }
  });

  test('has cases for every error that its contract declares', async () => {
    const { spec } = await loadFormula(id);
    const covered = new Set(refusalsOf(spec).map((refusal) => refusal.id.replace(/-.*/, '')));
    if (covered.delete('rank')) covered.add('shape');
    expect([...covered].sort()).toEqual(Object.keys(spec.errors).sort());
  });
});

describe('refused inputs', () => {
  test.each(specs.map(({ name }) => name))('break the contract, each of them: %s', (name) => {
    const spec = specNamed(name);
    for (const { id, cases } of refusalsOf(spec)) {
      for (const { inputs, why } of cases) {
        expect(complaint(spec, inputs), `${id}: ${why}`).toBeDefined();
      }
    }
  });

  test('are the same whenever they are asked for', () => {
    const spec = specNamed('classifier');
    expect(refusalsOf(spec)).toEqual(refusalsOf(spec));
  });

  test('have ids that are never the same, and are words joined by hyphens', () => {
    for (const spec of specs) {
      const ids = refusalsOf(spec).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
    expect(hyphenated('ignoredLabel')).toBe('ignored-label');
  });

  test('of a pair are longer, broadcast from a column, and a single element', () => {
    const { cases, always } = refusalNamed('real-pair', 'shape');
    expect(always).toBe(true);
    const shapes = cases.map(({ inputs }) => [inputs.x, inputs.y].map((a) => (a as NDArray).shape));
    expect(shapes.some(([x, y]) => x!.length === 1 && y!.length === 2 && y![1] === 1)).toBe(true);
    expect(shapes.some(([, y]) => y!.every((length) => length === 1))).toBe(true);
    expect(cases[0]!.why).toMatch(/^x of shape \[.*\] beside shape \[.*\]$/);
  });

  test.each([
    ['positive-parameter', 'domain-p', [0, -1, Number.NaN]],
    ['non-negative-parameter', 'domain-p', [-1, Number.NaN]],
    ['unit-parameter', 'domain-p', [-0.25, 1.25, Number.NaN]],
    ['positive-optional', 'domain-p', [3, 0, -1, Number.NaN]],
    ['choices', 'domain-reduction', ['nonsense']],
    ['choices', 'domain-base', ['nonsense']],
  ])('of %s are %s = %j', (name, id, values) => {
    const [parameter] = id.split('-').slice(-1);
    const { cases, always } = refusalNamed(name, id);
    expect(cases.map(({ inputs }) => inputs[parameter!])).toEqual(values);
    expect(always).toBe(false);
  });

  test('hold one forbidden element among good ones', () => {
    const { cases } = refusalNamed('unit-pair', 'domain-x');
    const elements = cases.map(({ inputs }) => (inputs.x as NDArray).data[1]);
    expect(elements).toEqual([-0.25, 1.25]);
    const labels = refusalNamed('classifier', 'domain-target').cases;
    const classes = (labels[0]!.inputs.logits as NDArray).shape[1];
    expect(labels.map(({ inputs }) => (inputs.target as NDArray).data[1])).toEqual([
      -1,
      classes,
      0.5,
    ]);
  });

  test('are not invented where nothing is forbidden', () => {
    expect(refusalsOf({ ...specNamed('real-pair'), errors: {} })).toEqual([]);
    expect(refusalNamed('real-vector', 'domain-x')).toBeUndefined();
    expect(refusalNamed('choices', 'domain-unbiased')).toBeUndefined();
    const labels = refusalNamed('labels-without-logits', 'domain-x').cases;
    expect(labels.map(({ inputs }) => (inputs.x as NDArray).data[1])).toEqual([-1, 0.5]);
  });

  test('of empty arrays have no elements in any array', () => {
    const [only] = refusalNamed('real-pair', 'empty').cases;
    expect((only!.inputs.x as NDArray).data).toHaveLength(0);
    expect((only!.inputs.y as NDArray).shape[0]).toBe(0);
  });

  test('exist where an axis has a fixed length of two', () => {
    expect(refusalNamed('matrices', 'shape').cases.length).toBeGreaterThan(3);
  });
});
