import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../reporters/sample-report.fixture.js';
import type { RunOptions } from '../run.js';
import { runIn } from './fake-world.fixture.js';

let folder: string;
let mine: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-check-'));
  mine = join(folder, 'mine.js');
  writeFileSync(mine, '');
  writeFileSync(join(folder, 'mine.py'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('check', () => {
  it('streams to the console and ends with the verdict as exit code', async () => {
    const right = sampleReport.formulas[2]!;
    const run = async (_subject: unknown, options: RunOptions = {}) => {
      options.onFormula?.(right);
      return { ...sampleReport, verdict: 'conformant', formulas: [right] } as typeof sampleReport;
    };
    const { code, output, events } = await runIn({ run }, 'check', mine);
    expect(code).toBe(0);
    expect(output).toContain('my-library 1.2.0 · float64 · standard level · seed 1');
    expect(output.match(/losses\/mean-squared-error +right/g)).toHaveLength(1);
    expect(output).toContain('conformant, in 1.2 s');
    expect(events).toEqual(['catalogue', 'subjects', 'open', 'engine', 'close']);
  });

  it('shows what is under way until it is over', async () => {
    const [first, , second] = sampleReport.formulas;
    const run = async (_subject: unknown, options: RunOptions = {}) => {
      for (const formula of [first!, second!]) options.onFormula?.(formula);
      return sampleReport;
    };
    const offers = { formulas: [first!.id, second!.id] };
    const { shown } = await runIn({ run, offers }, 'check', mine);
    expect(shown[0]).toBe('touchstone starts …');
    expect(shown[1]).toBe(`${mine} starts …`);
    expect(shown.slice(2)).toEqual([`${first!.id}, 1 of 2 …`, `${second!.id}, 2 of 2 …`, '']);
  });

  it('passes on what was asked, and nothing that was not', async () => {
    let asked: RunOptions = {};
    const run = async (_subject: unknown, options: RunOptions = {}) => {
      asked = options;
      return sampleReport;
    };
    const words = [
      ...['--level', 'smoke', '--strict', '--seed', '7', '--path', '12:0:3', '--reporter', 'json'],
      ...['--dtype', 'float32', '--timeout', '50', '--isolate', 'process'],
    ];
    const { opened } = await runIn({ run }, 'check', mine, 'losses/huber', ...words);
    const { onFormula: _onFormula, ...rest } = asked;
    expect(rest).toEqual({
      formulas: ['losses/huber'],
      level: 'smoke',
      strict: true,
      seed: 7,
      path: '12:0:3',
      command: `${mine} --dtype float32 --timeout 50 --isolate process`,
    });
    expect(opened).toEqual([{ module: mine, dtype: 'float32', timeout: 50, isolate: 'process' }]);

    await runIn({ run }, 'check', '--command', 'python3 "my file.py"', '--reporter', 'json');
    expect(asked).not.toHaveProperty('path');
    expect(asked).toMatchObject({ level: 'standard', strict: false, seed: 1 });
    expect(asked.command).toBe(`--command 'python3 "my file.py"'`);
  });

  it.each([
    ['conformant', 0],
    ['conformant-with-exceptions', 0],
    ['not-conformant', 1],
  ] as const)('ends for %s with %i', async (verdict, code) => {
    const run = async () => ({ ...sampleReport, verdict });
    expect(await runIn({ run }, 'check', mine, '--reporter', 'json')).toMatchObject({ code });
  });

  it('never passes a run in which nothing ran', async () => {
    const none = {
      passed: 0,
      failed: 0,
      errored: 0,
      excepted: 0,
      stale: 0,
      planned: 9,
      unsupported: 9,
    };
    const run = async () => ({ ...sampleReport, counts: none, verdict: 'conformant' as const });
    expect(await runIn({ run }, 'check', mine)).toMatchObject({ code: 2 });
  });

  it('remarks on misspelt formulas, which would pass for formulas not offered', async () => {
    const offers = { formulas: ['losses/huber', 'losses/meanSquaredErorr'] };
    const { output } = await runIn({ offers }, 'check', mine, '--reporter', 'json');
    expect(JSON.parse(output).remarks).toContain(
      'losses/meanSquaredErorr is not in the catalogue; did you mean losses/mean-squared-error?',
    );
  });
});

describe('check refuses with exit code 2 and a remedy', () => {
  const refused: readonly (readonly [words: readonly string[], sentence: string])[] = [
    [
      [],
      'no subject is named; name a module (touchstone check ./mine.js) or a program (--command "python3 mine.py")',
    ],
    [['FILE', '--baseline', 'x'], 'there is no option --baseline; see touchstone check --help'],
    [['FILE', '--shard=1/2'], 'there is no option --shard; see touchstone check --help'],
    [['FILE', '--lvel', 'smoke'], 'there is no option --lvel; did you mean --level?'],
    [['FILE', '-s'], 'there is no option -s; see touchstone check --help'],
    [['FILE', '--seed'], '--seed needs a value; see touchstone check --help'],
    [['FILE', '--seed', '-1'], '--seed needs a value; see touchstone check --help'],
    [['FILE', '--seed=-1'], '--seed must be a whole number from 0 to 2147483647, got -1'],
    [['FILE', '--seed', '1.5'], '--seed must be a whole number from 0 to 2147483647, got 1.5'],
    [['FILE', '--strict=yes'], '--strict takes no value; see touchstone check --help'],
    [['FILE', '--level', 'high'], '--level must be smoke, standard or exhaustive, got high'],
    [
      ['FILE', '--dtype', 'double'],
      '--dtype must be float64, float32, float16 or bfloat16, got double',
    ],
    [['FILE', '--timeout', '0'], '--timeout must be a whole number from 1 to 2147483647, got 0'],
    [['FILE', '--isolate', 'jail'], '--isolate must be process or thread, got jail'],
    [
      ['--command', 'x', '--isolate', 'process'],
      '--isolate is for modules; a --command is a process of its own already',
    ],
    [['--command', ' '], '--command must name a program, as in --command "python3 adapter.py"'],
    [['FILE', '--command', 'x'], 'name one subject, FILE or --command, not both'],
    [
      ['FILE', '--path', '1;2', 'losses/huber'],
      '--path must be numbers with colons between them, as a report prints it (12:0:3), got 1;2',
    ],
    [
      ['FILE', '--path', '1:2', 'losses/*'],
      '--path replays one formula, and 2 are chosen; name the one, as the replay line does',
    ],
    [['FILE', '--reporter', 'xml'], '--reporter must be console, json or junit, got xml'],
    [['FILE', '--reporter', 'json='], '--reporter json= names no file; write json=report.txt'],
    [
      ['FILE', '--reporter', 'json', '--reporter', 'console'],
      '--reporter json and console both write to standard output; give one of them a file of its own (console=FILE)',
    ],
    [
      ['FILE', '--reporter', 'json=FOLDER/no/a'],
      'FOLDER/no/a cannot be written (its folder does not exist); name a file in a folder that exists and is yours',
    ],
    [
      ['FILE', '--reporter', 'json=FOLDER'],
      'FOLDER is a folder; a report needs the name of a file',
    ],
    [
      ['FILE', '--reporter', 'json=/dev/null'],
      '/dev/null is not a file; a report needs the name of a file',
    ],
    [['FILE', 'losses/hubr'], 'no formula matches losses/hubr; did you mean losses/huber?'],
    [['FILE', 'huber'], 'no formula matches huber; did you mean losses/huber?'],
    [
      ['FILE', 'losses/*', 'optimisers/*'],
      'no formula matches optimisers/*; touchstone list names them all',
    ],
    [['./no.js'], `./no.js does not exist; check the path, from ${process.cwd()}`],
    [['FOLDER'], 'FOLDER is a folder; name the module file in it'],
    [
      ['FOLDER/mine.py'],
      'FOLDER/mine.py is not a JavaScript module; write --command "python3 FOLDER/mine.py"',
    ],
    [
      ['python3 mine'],
      'python3 mine is not a module; if it is a program, write --command "python3 mine"',
    ],
    [
      ['losses/huber'],
      'losses/huber names a formula; name the subject first (touchstone check ./mine.js losses/huber)',
    ],
  ];

  it.each(refused)('%s', async (words, sentence) => {
    const real = (text: string): string => text.replace('FILE', mine).replace('FOLDER', folder);
    const every = (text: string): string =>
      text.replaceAll(/FILE(?!\))/g, mine).replaceAll('FOLDER', folder);
    const { code, output, complaint, events } = await runIn({}, 'check', ...words.map(real));
    expect(complaint).toBe(`touchstone check: ${every(sentence)}\n`);
    expect({ code, output, events }).toEqual({ code: 2, output: '', events: ['catalogue'] });
  });

  it.each([
    [
      { startFails: 'subject: it must load, got a syntax error' },
      'touchstone: subject: it must load, got a syntax error',
    ],
    [
      { offers: { formulas: [] } },
      'touchstone check: my-library offers no formula; list them in its "formulas", under ids from touchstone list',
    ],
    [
      { offers: { formulas: ['activations/gelu'] } },
      'touchstone check: my-library offers none of the formulas asked for; see what it offers with touchstone doctor my-package',
    ],
  ])('a subject that cannot be judged: %#', async (circumstances, sentence) => {
    const { code, output, complaint } = await runIn(
      circumstances,
      'check',
      'my-package',
      'losses/*',
    );
    expect({ code, output, complaint }).toEqual({
      code: 2,
      output: '',
      complaint: `${sentence}\n`,
    });
  });
});

describe('report files', () => {
  it('are written beside the console, and nothing else is left in the folder', async () => {
    const before = readdirSync(folder);
    const [json, junit, text] = ['a.json', 'a.xml', 'a.txt'].map((name) => join(folder, name));
    const files = [`json=${json}`, `junit=${junit}`, `console=${text}`];
    const words = ['console', ...files].flatMap((reporter) => ['--reporter', reporter]);
    const { code, output } = await runIn({}, 'check', mine, ...words);
    expect(code).toBe(1);
    expect(output).toContain('not conformant');
    expect(JSON.parse(readFileSync(json!, 'utf8')).verdict).toBe('not-conformant');
    expect(readFileSync(junit!, 'utf8')).toMatch(/^<\?xml/);
    expect(readFileSync(text!, 'utf8')).toContain('Next: ');
    expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([
      'a.json',
      'a.txt',
      'a.xml',
    ]);
  });

  it('keep what they held when the run fails', async () => {
    const file = join(folder, 'kept.json');
    writeFileSync(file, 'before');
    const run = async (): Promise<never> => {
      throw new Error('no');
    };
    await runIn({ run }, 'check', mine, '--reporter', `json=${file}`);
    expect(readFileSync(file, 'utf8')).toBe('before');
  });

  it('are written through a link, which stays one', async () => {
    const target = join(folder, 'target.json');
    const link = join(folder, 'link.json');
    writeFileSync(target, '');
    symlinkSync(target, link);
    await runIn({}, 'check', mine, '--reporter', `json=${link}`);
    expect(JSON.parse(readFileSync(target, 'utf8')).verdict).toBe('not-conformant');
  });
});
