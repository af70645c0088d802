import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionName, listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks } from '../src/conformance/calibration.js';
import { checksOf } from '../src/conformance/checks.js';
import { Session } from '../src/conformance/session.js';
import * as kernel from '../src/kernel/index.js';
import { referenceSubject } from '../src/subjects/impostors.js';
import { exhibited, waiting } from './museum.js';

/*
 * The suite tests itself: that no formula is missing from a shelf, that its prose agrees with
 * its code, and that its checks acquit its own references. What they reject, and whom else they
 * acquit, is in `acquittals.test.ts` and `rejections.test.ts`.
 */

const root = new URL('../', import.meta.url);
const source = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const formulas = await Promise.all(listFormulas().map(loadFormula));

/** Modules under a folder that are formulas: a chapter, then a name. */
function shelf(folder: string, extension: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension) && path.includes('/') && !path.includes('.test.'))
    .map((path) => path.slice(0, -extension.length))
    .filter((id) => !id.endsWith('/index') && !/^(kernel|notebooks|__pycache__)/.test(id))
    .sort();
}

describe('shelves', () => {
  const ids = [...listFormulas()];

  it('hold the same formulas', () => {
    expect(shelf('src/formulas', '.ts')).toEqual(ids);
    expect(shelf('properties', '.ts')).toEqual(ids);
    expect(shelf('golden', '.py')).toEqual(ids);
    expect(shelf('golden', '.json')).toEqual(ids);
  });

  it('are exported through their chapters', async () => {
    const exported = (await import('../src/index.js')) as Record<string, unknown>;
    for (const id of ids) expect(exported[functionName(id)], id).toBeTypeOf('function');
  });
});

describe.each(formulas.map((formula) => [formula.id, formula] as const))('%s', (id, formula) => {
  const { spec, goldens, mistakes, properties } = formula;
  const text = source(`src/formulas/${id}.ts`);

  it('has one id on every shelf', () => {
    expect(spec.id).toBe(id);
    expect(goldens.formula).toBe(id);
    expect(formula.reference).toBeTypeOf('function');
    expect(formula.gradient === undefined).toBe(spec.differentiable === undefined);
  });

  it('has the same mathematics in its contract as in its documentation', () => {
    expect(documentedLatex(text)).toBe(squeezed(spec.latex));
  });

  it('has an example that runs', () => {
    const examples = [...text.matchAll(/\* @example\n((?: \* .+\n)+)/g)];
    expect(examples.length).toBeGreaterThan(0);
    for (const [, block] of examples) {
      for (const line of block!.split('\n').filter((row) => row.includes('// →'))) {
        const [code, promised] = line.replace(/^ \* /, '').split('; // → ') as [string, string];
        expect(printed(evaluate(code, formula)), code).toBe(promised);
      }
    }
  });

  it('documents every error that it declares, and pins each', () => {
    const documented = [...text.matchAll(/@throws FormulaError `(\w+)`/g)].map(([, code]) => code);
    const declared = Object.keys(spec.errors).sort();
    expect([...new Set(documented)].sort()).toEqual(declared);
    const pinned = new Set(goldens.cases.flatMap((golden) => golden.error ?? []));
    expect([...pinned].sort()).toEqual(declared);
  });

  it('is described in sentences', () => {
    const sentences = properties.map(({ sentence }) => sentence);
    const whys = goldens.cases.map(({ why }) => why);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of [...sentences, ...whys, ...Object.keys(mistakes)]) {
      expect(sentence.length, sentence).toBeLessThan(80);
      expect(sentence, sentence).not.toMatch(/\bshould\b|\.$/);
    }
  });

  it('has laws, a mistake, and differs from each variant that its contract names', () => {
    expect(properties.length).toBeGreaterThan(0);
    expect(Object.keys(mistakes).length).toBeGreaterThan(0);
    expect(Object.keys(formula.variants).sort()).toEqual(Object.keys(spec.variants ?? {}).sort());
  });

  // In float64, and strictly, `references.test.ts` asks: only it holds the tails of all formulas.
  it.each(['float32', 'float16', 'bfloat16'] as const)(
    'acquits its reference in %s',
    async (precision) => {
      const subject = referenceSubject(formula, precision);
      const { rejections } = await tryChecks(formula, subject, { seed: 1, precision, runs: 50 });
      expect(Object.fromEntries(rejections)).toEqual({});
    },
  );
});

describe('museum', () => {
  it.each(Object.entries(exhibited))(
    '%s is a mistake or a variant of its formula',
    (_, [id, name]) => {
      const formula = formulas.find((one) => one.id === id)!;
      expect([...Object.keys(formula.mistakes), ...Object.keys(formula.variants)]).toContain(name);
    },
  );

  it('lists every record once', () => {
    const records = [...Object.keys(exhibited), ...Object.values(waiting).flat()];
    expect(new Set(records).size).toBe(records.length);
    expect(records.length).toBe(104);
  });
});

it('no check id is lost or made twice', () => {
  const ids = formulas.flatMap((formula) => {
    const options = { precision: 'float64', strict: true, seed: 1 } as const;
    return checksOf(new Session(formula, referenceSubject(formula), options)).map(({ id }) => id);
  });
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z]+(\/[\p{L}\p{N}-]+)*$/u);
});

/** A Python with mpmath, if this machine has one. */
const python = [process.env.PYTHON, 'python3', '/usr/bin/python3'].find((command) => {
  try {
    if (command === undefined) return false;
    execFileSync(command, ['-c', 'import mpmath'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

it.skipIf(python === undefined)(
  `every golden is what its oracle gives${python === undefined ? ' (skipped: no Python with mpmath)' : ''}`,
  () => {
    const oracle = new URL('golden/oracle.py', root).pathname;
    const output = execFileSync(python!, ['-B', oracle, '--print'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const lines = output.trimEnd().split('\n');
    expect(lines.length).toBe(formulas.length);
    for (const line of lines) {
      const [id, golden] = JSON.parse(line) as [string, string];
      expect(
        source(`golden/${id}.json`) === golden,
        `golden/${id}.json is what its oracle gives`,
      ).toBe(true);
    }
  },
);

/** The first display formula of a module's documentation, without its comment stars. */
function documentedLatex(text: string): string {
  const [, latex = ''] = /\$\$([\s\S]*?)\$\$/.exec(text) ?? [];
  return squeezed(latex.replace(/^ \*/gm, ''));
}

function squeezed(latex: string): string {
  return latex.replace(/\s+/g, ' ').trim();
}

/** Runs a line of an example with the formula and the kernel in scope. */
function evaluate(code: string, formula: { id: string; reference: unknown }): unknown {
  const scope = { ...kernel, [functionName(formula.id)]: formula.reference };
  return new Function(...Object.keys(scope), `return ${code}`)(...Object.values(scope));
}

/** As examples write results: numbers, arrays as nested lists, and parts by name. */
function printed(value: unknown): string {
  if (kernel.isNDArray(value)) return nested(kernel.toNested(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return nested(value as kernel.Nested);
  }
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${printed(part)}`);
  return `{ ${parts.join(', ')} }`;
}

function nested(value: kernel.Nested): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return `[${value.map(nested).join(', ')}]`;
}
