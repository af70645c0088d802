import { describe, expect, it } from 'vitest';
import { maskSampling } from '../conformance/sampling/mask.js';
import { columns } from '../reporters/text.js';
import { fakeFormula, runIn } from './fake-world.fixture.js';
import { page } from './show.js';

describe('show', () => {
  it('explains a formula on a page', async () => {
    const { code, output, events } = await runIn({}, 'show', 'losses/huber');
    expect({ code, events }).toEqual({ code: 0, events: ['catalogue'] });
    expect(`\n${output}`).toMatchInlineSnapshot(`
      "
      Huber loss  losses/huber

        L = 1/n ∑ᵢ ⎧ ½ eᵢ²            |eᵢ| ≤ δ
                   ⎩ δ (|eᵢ| − ½ δ)   |eᵢ| > δ

      Inputs
        prediction  real, of any shape, also -0, NaN and the value of delta
        target      real, of the shape of prediction
        delta       positive, at most 10, default 1
        reduction   one of 'mean' or 'none', default 'mean'

      Output
        real, a number, at least 0

      Gradient
        with respect to prediction

      Errors
        shape   prediction and target differ in shape
        domain  delta is not positive

      Laws
        Huber loss is never negative

      Variants
        sum  the sum instead of the mean; used by A library and another

      Known mistakes
        no half delta off the line (classic)

      Where the documents err
        E000-01  the document forgets the half

      Sources
        Huber 1964

      Pinned values: 3; one of them
        huber({ prediction: [-0, 0], target: [0.5, 3] })
        → 1.3125
      "
    `);
  });

  it('takes the last part of an id for the whole', async () => {
    expect(await runIn({}, 'show', 'huber')).toEqual(await runIn({}, 'show', 'losses/huber'));
  });

  it('prints LaTeX where it is asked for, or where text would bend it', async () => {
    const { output } = await runIn({}, 'show', 'huber', '--latex');
    expect(output).toMatch(/^L = \\frac\{1\}\{n\} [^\n]*\n {2}\\frac/);
    const spec = { ...fakeFormula.spec, latex: String.raw`\mystery{x}` };
    expect(page({ ...fakeFormula, spec }, { color: false, width: 80 })).toContain(
      '  \\mystery{x}\n',
    );
  });

  it('prints LaTeX where the text is too wide for the terminal', () => {
    const latex = String.raw`\alpha + \beta + \gamma + \delta + \alpha + \beta + \gamma + \delta + \alpha + \beta`;
    const spec = { ...fakeFormula.spec, latex };
    expect(page({ ...fakeFormula, spec }, { color: false, width: 80 })).toContain('α + β');
    expect(page({ ...fakeFormula, spec }, { color: false, width: 30 })).toContain(
      '\\alpha + \\beta',
    );
  });

  it('says what the draws of a subject must be like', () => {
    const sampling = maskSampling({ law: '0 or x', sample: () => 0, alternatives: {} });
    const sample = {
      inputs: { x: { kind: 'real', shape: 'any' }, rate: { kind: 'unit' } },
    } as const;
    const drawn = { ...fakeFormula, spec: { ...fakeFormula.spec, sample }, sampling };
    const lines = page(drawn, { color: false, width: 80 }).split('\n');
    const start = lines.indexOf('Draws of its own');
    expect(lines.slice(start + 1, start + 3)).toEqual([
      '  asked for with x and rate: 0 or x',
      `  ${fakeFormula.spec.name} keeps all at rate 0 and outside training`,
    ]);
    expect(page(fakeFormula, { color: false, width: 80 })).not.toContain('Draws');
  });

  it('keeps to the width of the terminal', () => {
    const lines = page(fakeFormula, { color: false, width: 50 }).split('\n');
    expect(lines.filter((line) => columns(line) > 50 && !line.includes('huber({'))).toEqual([]);
  });

  it.each([
    [[], 'touchstone show: no formula is named; touchstone list names them all'],
    [['huber', 'gelu'], 'touchstone show: one formula at a time; gelu is one word too many'],
    [['hubr'], 'touchstone show: there is no formula hubr; did you mean losses/huber?'],
  ])('refuses %j', async (words, sentence) => {
    expect(await runIn({}, 'show', ...words)).toMatchObject({
      code: 2,
      complaint: `${sentence}\n`,
    });
  });
});
