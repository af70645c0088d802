import { z } from 'zod';

/** A number as the JSON report writes it: what JSON has no number for is a word. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]);

const count = z.int().min(0);

const failure = z.strictObject({
  message: z.string().describe('What went wrong, in a sentence.'),
  expected: z.string().optional(),
  got: z.string().optional(),
  inputs: z
    .record(z.string(), z.unknown())
    .describe('The arguments of the smallest failing call; arrays are nested lists.'),
  call: z.string().describe("The failing call as a line in the subject's own language."),
  path: z
    .string()
    .optional()
    .describe('What --path replays; absent for pinned cases, which every run repeats.'),
});

const check = z.strictObject({
  id: z.string().describe('Never changes, so that a baseline can name it.'),
  kind: z.enum(['golden', 'agreement', 'law', 'gradient', 'sample', 'refusal', 'hygiene']),
  sentence: z.string(),
  outcome: z
    .enum(['passed', 'failed', 'errored', 'unsupported', 'excepted', 'stale'])
    .describe(
      'errored: could not be judged. excepted: failed, as the baseline says. stale: passed, though the baseline says that it fails.',
    ),
  runs: count.describe('How many calls or cases were judged.'),
  worst: number.optional().describe('The worst error as a fraction of the budget.'),
  notes: z.array(z.string()).describe('Findings that are not failures.'),
  error: z.string().optional().describe('Why an errored check could not be judged.'),
  failure: failure.optional(),
});

const diagnosis = z.strictObject({
  kind: z.enum(['variant', 'mistake', 'trait']),
  operation: z.enum(['value', 'gradient', 'sample']),
  name: z.string(),
  source: z.string().optional(),
  agrees: count,
  of: count.describe('How many inputs tell this diagnosis from the formula.'),
});

const formula = z.strictObject({
  id: z.string(),
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'errored', 'unsupported']),
  variant: z.string().optional().describe('The convention that the subject declares.'),
  diagnoses: z.array(diagnosis),
  checks: z.array(check),
});

/** The JSON report, as `schema/report.schema.json` publishes it. */
export const reportSchema = z
  .strictObject({
    suite: z.strictObject({ name: z.literal('touchstone'), version: z.string() }),
    subject: z.strictObject({
      name: z.string(),
      version: z.string(),
      language: z.string(),
      command: z.string().describe('How it was named on the command line.'),
    }),
    level: z.enum(['smoke', 'standard', 'exhaustive']),
    strict: z.boolean(),
    dtype: z.enum(['float64', 'float32', 'float16', 'bfloat16']),
    seed: z.int(),
    counts: z.strictObject({
      planned: count,
      passed: count,
      failed: count,
      errored: count,
      unsupported: count,
      excepted: count,
      stale: count,
    }),
    verdict: z.enum(['conformant', 'conformant-with-exceptions', 'not-conformant']),
    milliseconds: z
      .number()
      .min(0)
      .describe('The only part that differs between runs of one seed.'),
    remarks: z.array(z.string()).describe('About the subject, where no single check is touched.'),
    formulas: z.array(formula),
  })
  .meta({ title: 'Touchstone report' });

/** The published schema, as the text of `schema/report.schema.json`. */
export function publishedSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema), undefined, 2)}\n`;
}
