import { describe, expect, it } from 'vitest';
import { columns } from '../reporters/text.js';
import { checkOptionTable } from './check-options.js';
import { runIn } from './fake-world.fixture.js';
import { help } from './help.js';
import { subjectOptionTable } from './subject-options.js';

describe('help', () => {
  it.each(Object.entries(help))('of %s fits on a screen and ends with an example', (_, text) => {
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => columns(line) > 80)).toEqual([]);
    expect(text).toMatch(/\nExample\n {2}npx touchstone \w+/);
  });

  it('names every option that there is, and no other', () => {
    const options = (text: string): string[] =>
      [...new Set(text.match(/--[a-z]+/g) ?? [])].map((option) => option.slice(2)).sort();
    expect(options(help.check)).toEqual(Object.keys(checkOptionTable).sort());
    expect(options(help.doctor)).toEqual(Object.keys(subjectOptionTable).sort());
    expect(options(help.show)).toEqual(['latex']);
    expect(options(help.list)).toEqual([]);
  });

  it.each(['check', 'doctor', 'list', 'show'] as const)(
    'comes for %s in either order',
    async (name) => {
      for (const words of [
        [name, '--help'],
        ['help', name],
        [name, 'a', '-h'],
      ]) {
        expect(await runIn({}, ...words)).toMatchObject({
          code: 0,
          output: help[name],
          events: [],
        });
      }
    },
  );

  it('comes as a complaint where nothing was asked', async () => {
    expect(await runIn({})).toMatchObject({ code: 2, complaint: help.touchstone, output: '' });
    expect(await runIn({}, '--help')).toMatchObject({ code: 0, output: help.touchstone });
  });
});

describe('the version', () => {
  it('is told without loading a subject or the engine', async () => {
    const { code, output, events } = await runIn({}, '--version');
    expect({ code, output, events }).toEqual({ code: 0, output: '0.1.0\n', events: ['catalogue'] });
  });
});

describe('a word that is no command', () => {
  it.each([
    ['chek', 'touchstone: there is no command chek; did you mean check?'],
    ['toString', 'touchstone: there is no command toString; see touchstone --help'],
    ['./mine.js', 'touchstone: to judge ./mine.js, write touchstone check ./mine.js'],
    [
      '--seed',
      'touchstone: there is no option --seed here; name a command first, see touchstone --help',
    ],
  ])('is refused: %s', async (word, sentence) => {
    expect(await runIn({}, word)).toMatchObject({
      code: 2,
      complaint: `${sentence}\n`,
      output: '',
    });
  });
});

describe('list', () => {
  it('prints ids alone, one a line', async () => {
    const { code, output } = await runIn({}, 'list', 'losses/*');
    expect({ code, output }).toEqual({
      code: 0,
      output: 'losses/huber\nlosses/mean-squared-error\n',
    });
    expect((await runIn({}, 'list')).output.split('\n')).toHaveLength(4);
  });

  it.each([
    [['x/*'], 'touchstone list: no formula matches x/*; touchstone list names them all'],
    [['--all'], 'touchstone list: there is no option --all; see touchstone list --help'],
  ])('refuses %s', async (words, sentence) => {
    expect(await runIn({}, 'list', ...words)).toMatchObject({
      code: 2,
      complaint: `${sentence}\n`,
    });
  });
});

describe('a defect of the suite itself', () => {
  it('is called one, with its trace, and judges nobody', async () => {
    const run = async (): Promise<never> => {
      throw new TypeError('x is not a function');
    };
    const { code, complaint, events } = await runIn({ run }, 'check', 'package.json.js-less');
    expect(code).toBe(2);
    expect(complaint).toMatch(
      /^touchstone: this is a defect of touchstone, please report it\nTypeError/,
    );
    expect(events.at(-1)).toBe('close');
  });
});
