import { describe, expect, test } from 'vitest';
import { formats, stream } from '../../kernel/index.js';
import { Chooser } from '../generate/chooser.js';
import { roundInputs } from '../generate/index.js';
import { drawInputs } from '../generate/inputs.js';
import { refusalsOf } from '../refusals.js';
import { smaller } from '../smaller/index.js';
import type { InputSpec, Kind, Spec } from '../spec.js';
import { hasStructure, structures } from '../structures/index.js';
import { allArrays } from '../values.js';
import { kinds } from './index.js';

/*
 * Every kind and every structure has all that whoever draws, shrinks, moves, rounds, forbids and
 * describes asks of it: what is missing in a table fails here, and not in a formula.
 */

const words: readonly Kind[] = ['choice', 'lengths', 'function'];
const numeric = (Object.keys(kinds) as Kind[]).filter((kind) => !words.includes(kind));

function specOf(input: InputSpec): Spec {
  return {
    id: 'test/kind',
    name: 'Kind',
    latex: '',
    inputs: { x: input },
    output: { kind: 'real', shape: 'scalar' },
    errors: { domain: 'outside' },
    sources: [],
  };
}

describe.each(Object.entries(kinds))('the kind %s', (_, meaning) => {
  test('is described in a few words', () => {
    expect(meaning.words).toMatch(/^[−\p{L}0-9][^.]*$/u);
    expect(meaning.words.length).toBeLessThan(60);
  });
});

describe.each(numeric)('arrays of kind %s', (kind) => {
  const { contains, constant, dense, most = Infinity } = kinds[kind];
  const spec = specOf({ kind, shape: ['n', 'c'] });
  const drawn = Array.from({ length: 60 }, (_, i) =>
    drawInputs(spec, new Chooser(stream(`${kind}/${i}`)), { precision: 'float64' }),
  );

  test('are drawn, alike and densely too, inside the domain', () => {
    for (const inputs of drawn) {
      for (const { data } of allArrays(inputs)) expect([...data].every(contains)).toBe(true);
    }
    const draws = stream(kind);
    if (constant !== undefined) expect(contains(constant(draws))).toBe(true);
    for (const end of dense ?? []) expect(contains(end) || end === 0).toBe(true);
  });

  test('stay inside it when they are rounded and made smaller', () => {
    for (const precision of Object.keys(formats) as (keyof typeof formats)[]) {
      for (const inputs of drawn) {
        const rounded = roundInputs(spec, inputs, precision);
        for (const { data } of allArrays(rounded)) {
          expect([...data].every((x) => contains(x) && x <= most)).toBe(true);
        }
      }
    }
    for (const inputs of drawn.slice(0, 5)) {
      for (const [i, candidate] of [...smaller(spec, inputs)].entries()) {
        if (i > 100) break;
        for (const { data } of allArrays(candidate)) expect([...data].every(contains)).toBe(true);
      }
    }
  });

  test('are forbidden what does not belong to the kind', () => {
    for (const { cases } of refusalsOf(spec)) {
      for (const { inputs } of cases) {
        const [array] = allArrays(inputs);
        expect([...array!.data].every(contains)).toBe(false);
      }
    }
  });
});

describe.each(Object.entries(structures))('the structure %s', (name, meaning) => {
  const square = meaning.leaders !== undefined || meaning.broken !== undefined;
  const shape = square ? ['n', 'n'] : ['m', 'n'];
  const kind = name === 'mask' ? 'binary' : 'real';
  const spec = specOf({ kind, shape, structure: name as keyof typeof structures });

  test('is described, drawn and kept by what is smaller', () => {
    expect(meaning.words.length).toBeGreaterThan(5);
    for (let i = 0; i < 40; i++) {
      const inputs = drawInputs(spec, new Chooser(stream(`${name}/${i}`)), {
        precision: 'float64',
      });
      for (const array of allArrays(inputs)) {
        // A matrix of one number has the rank that it has; one that is nearly singular is drawn,
        // and what is smaller must be definite by a margin.
        const isExempt = array.data.length === 1 || name === 'positive-definite';
        if (!isExempt) expect(hasStructure(spec.inputs.x!.structure, array)).toBe(true);
      }
      for (const [step, candidate] of [...smaller(spec, inputs)].entries()) {
        if (step > 30) break;
        for (const array of allArrays(candidate)) {
          expect(hasStructure(spec.inputs.x!.structure, array)).toBe(true);
        }
      }
    }
  });

  test('is broken where it is forbidden to be', () => {
    if (meaning.broken === undefined) return;
    const inputs = drawInputs(spec, new Chooser(stream(`${name}/whole`)), { precision: 'float64' });
    const [array] = allArrays(inputs);
    if (array!.data.length < 2) return;
    expect(hasStructure(spec.inputs.x!.structure, meaning.broken(array!).array)).toBe(false);
  });
});
