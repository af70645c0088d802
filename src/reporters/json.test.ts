import { describe, expect, it } from 'vitest';
import { jsonReport } from './json.js';
import { sampleReport } from './sample-report.fixture.js';
import { publishedSchema, reportSchema } from './schema.js';

/** The same report with the fields of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, key === 'inputs' ? field : reversed(field)]),
  );
}

describe('JSON report', () => {
  it('obeys the published schema', () => {
    expect(reportSchema.safeParse(JSON.parse(jsonReport(sampleReport))).error).toBeUndefined();
  });

  it('is refused by the schema once a field is missing, unknown or of another type', () => {
    const { seed: _seed, ...withoutSeed } = JSON.parse(jsonReport(sampleReport));
    expect(reportSchema.safeParse(withoutSeed).success).toBe(false);
    expect(reportSchema.safeParse({ ...withoutSeed, seed: 1, mood: 'good' }).success).toBe(false);
    expect(reportSchema.safeParse({ ...withoutSeed, seed: '1' }).success).toBe(false);
  });

  it('loses nothing but what JSON has no number for, which it says in words', () => {
    const parsed = JSON.parse(jsonReport(sampleReport));
    const [huber] = parsed.formulas;
    expect(huber.checks[2].worst).toBe('Infinity');
    expect(huber.checks[1].failure.inputs).toEqual({
      prediction: ['-0', 0],
      target: ['NaN', 2],
      delta: 1,
    });
    const plain = structuredClone(sampleReport) as object;
    expect(parsed).toEqual(
      JSON.parse(
        JSON.stringify(plain, (_key, value) => {
          if (Object.is(value, -0)) return '-0';
          return value === Infinity ? 'Infinity' : value;
        }),
      ),
    );
  });

  it('is the same text in whatever order the report was put together', () => {
    expect(jsonReport(reversed(sampleReport) as typeof sampleReport)).toBe(
      jsonReport(sampleReport),
    );
  });

  it('says what it is about before the formulas', () => {
    expect(Object.keys(JSON.parse(jsonReport(sampleReport)))).toEqual([
      'suite',
      'subject',
      'level',
      'strict',
      'dtype',
      'seed',
      'counts',
      'verdict',
      'milliseconds',
      'remarks',
      'formulas',
    ]);
  });

  it('has its schema in the package; vitest -u writes it anew', async () => {
    await expect(publishedSchema()).toMatchFileSnapshot('../../schema/report.schema.json');
  });
});
