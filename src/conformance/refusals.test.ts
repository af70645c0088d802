import { describe, expect, test } from 'vitest';
import { listFormulas, loadFormula } from '../catalog.js';
import { FormulaError, type NDArray } from '../kernel/index.js';
import { hyphenated, type Refusal, refusalsOf } from './refusals.js';
import type { Inputs, Kind, Spec } from './spec.js';
import { complaint, specNamed, specs } from './specs.fixture.js';
import { allArrays } from './values.js';

const shapeOf = (inputs: Inputs, name: string): readonly number[] =>
  (inputs[name] as NDArray).shape;
const specWith = (inputs: Spec['inputs'], errors = specNamed('real-pair').errors): Spec => ({
  ...specNamed('real-pair'),
  inputs,
  errors,
});

const refusalNamed = (name: string, id: string): Refusal =>
  refusalsOf(specNamed(name)).find((refusal) => refusal.id === id)!;

describe.each(listFormulas().map((id) => [id]))('%s', (id) => {
  test('refuses every case, with the code that its contract declares', async () => {
    const { spec, reference } = await loadFormula(id);
    for (const refusal of refusalsOf(spec)) {
      const isOfShape = refusal.id === 'rank' || refusal.id === 'stack';
      const code = isOfShape ? 'shape' : refusal.id.replace(/-.*/, '');
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
    for (const id of ['rank', 'stack']) if (covered.delete(id)) covered.add('shape');
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

  test('read as sentences; only shapes that do not match are refused at every level', () => {
    expect(
      refusalsOf(specNamed('positive-rows')).map(({ id, sentence, always }) => [
        id,
        sentence,
        always,
      ]),
    ).toEqual([
      ['shape', 'refuses shapes that do not match', true],
      ['rank', 'refuses a number where it needs an axis', false],
      ['domain-x', 'refuses x outside its domain', false],
      ['domain-y', 'refuses y outside its domain', false],
      ['empty', 'refuses empty arrays', false],
    ]);
  });

  test('are those that the contract declares an error for', () => {
    const idsFor = (errors: Spec['errors']): string[] =>
      refusalsOf({ ...specNamed('positive-pair'), errors }).map(({ id }) => id);
    expect(idsFor({})).toEqual([]);
    expect(idsFor({ shape: 'shapes differ' })).toEqual(['shape']);
    expect(idsFor({ domain: 'not positive' })).toEqual(['domain-x', 'domain-y']);
    expect(idsFor({ empty: 'no elements' })).toEqual(['empty']);
  });

  test.each(specs.map(({ name }) => name))('fill the shape that they claim: %s', (name) => {
    for (const { cases } of refusalsOf(specNamed(name))) {
      for (const { inputs, why } of cases) {
        for (const argument of allArrays(inputs)) {
          const size = argument.shape.reduce((product, length) => product * length, 1);
          expect(argument.data, why).toHaveLength(size);
        }
      }
    }
  });

  test('differ from inputs that are finite, with three elements or more on every axis', () => {
    const seen: number[] = [];
    for (let i = 0; i < 30; i++) {
      const spec = specWith({
        x: { kind: 'real', shape: ['n', 'c'], special: [-Infinity] },
        y: { kind: 'positive', shape: ['c'] },
      });
      const [only] = refusalsOf({ ...spec, id: `test/${i}` }).find(
        ({ id }) => id === 'domain-y',
      )!.cases;
      expect((only!.inputs.x as NDArray).data.every(Number.isFinite)).toBe(true);
      seen.push(...shapeOf(only!.inputs, 'x'), ...shapeOf(only!.inputs, 'y'));
    }
    // No more than needed, either.
    expect(Math.min(...seen)).toBe(3);
  });

  test('of a pair are longer, broadcast from a column, and a single element', () => {
    const { cases } = refusalNamed('real-pair', 'shape');
    const longer = (shape: readonly number[]) => [shape[0]! + 1, ...shape.slice(1)];
    const usual = shapeOf(cases[2]!.inputs, 'x');
    const n = usual.reduce((product, length) => product * length, 1);
    const shapes = cases.map(({ inputs }) => [shapeOf(inputs, 'x'), shapeOf(inputs, 'y')]);
    expect(shapes).toEqual([
      [longer(usual), usual],
      [[n], [n, 1]],
      [usual, usual.map(() => 1)],
      [usual, longer(usual)],
    ]);
    expect(cases.map(({ why }) => why)).toEqual([
      `x of shape [${longer(usual)}] beside shape [${usual}]`,
      `x of shape [${n}] beside y of shape [${n},1]`,
      `y of shape [${usual.map(() => 1)}] beside x of shape [${usual}]`,
      `y of shape [${longer(usual)}] beside shape [${usual}]`,
    ]);
  });

  test('of axes have one too many, in front or behind', () => {
    const spec = specWith({
      x: { kind: 'real', shape: ['n'] },
      y: { kind: 'real', shape: ['m'] },
    });
    const { cases } = refusalsOf(spec).find(({ id }) => id === 'shape')!;
    const n = (cases[0]!.inputs.x as NDArray).data.length;
    const ofX = cases.filter(({ why }) => why.startsWith('x'));
    expect(ofX.map(({ why }) => why)).toEqual([`x of shape [1,${n}]`, `x of shape [${n},1]`]);
    expect(ofX.map(({ inputs }) => shapeOf(inputs, 'x'))).toEqual([
      [1, n],
      [n, 1],
    ]);
  });

  test('of a single array are no stack, which many take, though the contract does not', () => {
    const refusals = refusalsOf(specWith({ x: { kind: 'real', shape: ['n'] } }));
    const { cases, always } = refusals.find(({ id }) => id === 'stack')!;
    const n = (cases[0]!.inputs.x as NDArray).data.length;
    expect(cases.map(({ why }) => why)).toEqual([`x of shape [1,${n}]`]);
    expect(always).toBe(false);
    const { cases: others } = refusals.find(({ id }) => id === 'shape')!;
    expect(others.map(({ why }) => why)).toEqual([`x of shape [${n},1]`]);
  });

  test('of a number have no axis, where one means something', () => {
    const { cases } = refusalNamed('real-rows', 'rank');
    expect(cases.map(({ why }) => why)).toEqual(['a number for x', 'a number for y']);
    expect(shapeOf(cases[1]!.inputs, 'y')).toEqual([]);
    expect(shapeOf(cases[1]!.inputs, 'x')).not.toEqual([]);
    const anyAxes = refusalsOf(specWith({ x: { kind: 'real', shape: ['...'] } }));
    expect(anyAxes.map(({ id }) => id)).not.toContain('rank');
  });

  test.each<[Exclude<Kind, 'real' | 'choice'>, readonly number[]]>([
    ['positive', [-1]],
    ['non-negative', [-1]],
    ['unit', [-0.25, 1.25]],
    ['distribution', [-0.25, 1.25]],
    ['log-probability', [0.5]],
    ['sign', [0, 0.5]],
    ['binary', [0.5, -1]],
    ['label', [-1, 0.5]],
    ['count', [-1, 0.5]],
  ])('of %s elements hold one of %j', (kind, values) => {
    const { cases } = refusalNamed(`${kind}-vector`, 'domain-x');
    expect(cases.map(({ inputs }) => (inputs.x as NDArray).data[1])).toEqual(values);
    expect(cases.map(({ why }) => why)).toEqual(values.map((v) => `x with an element ${v}`));
  });

  test('leave out what the contract gives an answer for', () => {
    const spec = specWith({ x: { kind: 'count', shape: 'any', special: [-1] } });
    const { cases } = refusalsOf(spec).find(({ id }) => id === 'domain-x')!;
    expect(cases.map(({ inputs }) => (inputs.x as NDArray).data[1])).toEqual([0.5]);
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
    expect(cases.map(({ why }) => why)).toEqual(values.map((value) => `${parameter} = ${value}`));
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
      0.5,
      classes,
    ]);
  });

  test('of labels hold the first that is none, wherever the axis of the classes stands', () => {
    const spec = specWith({
      logits: { kind: 'real', shape: ['c', 'n'] },
      target: { kind: 'label', shape: ['n'], classes: 'c' },
    });
    const { cases } = refusalsOf(spec).find(({ id }) => id === 'domain-target')!;
    const [classes] = shapeOf(cases[0]!.inputs, 'logits');
    const elements = cases.map(({ inputs }) => (inputs.target as NDArray).data[1]);
    expect(elements).toEqual([-1, 0.5, classes]);
  });

  test('are not invented where nothing is forbidden', () => {
    expect(refusalNamed('real-vector', 'domain-x')).toBeUndefined();
    expect(refusalNamed('choices', 'domain-unbiased')).toBeUndefined();
    const mixed = specWith({ mode: { kind: 'choice', choices: [true, 'auto'] } });
    expect(refusalsOf(mixed).map(({ id }) => id)).toContain('domain-mode');
    const labels = refusalNamed('labels-without-logits', 'domain-x').cases;
    expect(labels.map(({ inputs }) => (inputs.x as NDArray).data[1])).toEqual([-1, 0.5]);
  });

  test('of empty arrays have no elements in any array', () => {
    const [only] = refusalNamed('real-pair', 'empty').cases;
    expect(only!.why).toBe('no elements');
    expect((only!.inputs.x as NDArray).data).toHaveLength(0);
    expect((only!.inputs.y as NDArray).shape[0]).toBe(0);
    const [other] = refusalNamed('unit-parameter', 'empty').cases;
    expect(other!.inputs.p).toEqual(expect.any(Number));
  });

  test('exist where an axis has a fixed length of two', () => {
    expect(refusalNamed('matrices', 'shape').cases.length).toBeGreaterThan(3);
  });
});
