import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { isWatched, processWorld, takesColor, widthOf } from './process-world.js';

describe('takesColor', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal: %s, with %j: %s', (isTTY, env, colored) => {
    expect(takesColor({ isTTY }, env)).toBe(colored);
  });
});

describe('widthOf', () => {
  it('asks the terminal, then the environment, and stays readable', () => {
    expect(widthOf({ columns: 100 }, { COLUMNS: '60' })).toBe(100);
    expect(widthOf({}, { COLUMNS: '60' })).toBe(60);
    expect(widthOf({}, {})).toBe(80);
    expect(widthOf({}, { COLUMNS: 'wide' })).toBe(80);
    expect([widthOf({ columns: 10 }, {}), widthOf({ columns: 400 }, {})]).toEqual([40, 120]);
  });
});

describe('isWatched', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { CI: 'true' }, false],
    [true, { CI: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal: %s, with %j: %s', (isTTY, env, watched) => {
    expect(isWatched({ isTTY }, env)).toBe(watched);
  });
});

/** A process whose streams write into one text, as a terminal shows them. */
function fakeProcess(isTTY: boolean) {
  const written: string[] = [];
  const stream = () =>
    Object.assign(new EventEmitter(), {
      isTTY,
      columns: 50,
      write: (text: string) => written.push(text),
    });
  const process = Object.assign(new EventEmitter(), {
    stdout: stream(),
    stderr: stream(),
    env: {},
  });
  return { world: processWorld(process as unknown as NodeJS.Process), written };
}

describe('what is shown while something is under way', () => {
  it('gives way to what is printed, and to what is shown next', () => {
    const { world, written } = fakeProcess(true);
    world.show('one');
    world.show('two');
    world.print('a line\n');
    world.print('another\n');
    world.show('three');
    world.show('');
    expect(written).toEqual([
      'one',
      '\r\u001b[2K',
      'two',
      '\r\u001b[2K',
      'a line\n',
      'another\n',
      'three',
      '\r\u001b[2K',
      '',
    ]);
  });

  it('gives way to a complaint', () => {
    const { world, written } = fakeProcess(true);
    world.show('one');
    world.complain('no');
    expect(written).toEqual(['one', '\r\u001b[2K', 'no']);
  });

  it('stays on one line', () => {
    const { world, written } = fakeProcess(true);
    world.show('x'.repeat(80));
    expect(written[0]).toHaveLength(49);
  });

  it('is nothing in a file or a pipe', () => {
    const { world, written } = fakeProcess(false);
    world.show('one');
    world.print('a line\n');
    expect(written).toEqual(['a line\n']);
  });
});
