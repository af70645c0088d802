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
  const exits: number[] = [];
  const stream = () =>
    Object.assign(new EventEmitter(), {
      isTTY,
      columns: 50,
      write: (text: string, done?: () => void) => {
        written.push(text);
        done?.();
      },
    });
  const process = Object.assign(new EventEmitter(), {
    stdout: stream(),
    stderr: stream(),
    env: {},
    exit: (code: number) => void exits.push(code),
  });
  return { world: processWorld(process as unknown as NodeJS.Process), written, process, exits };
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

describe('a process that is asked to end', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s cleans up and exits with %d', async (signal, code) => {
    const { world, process, exits } = fakeProcess(false);
    const cleaned: string[] = [];
    world.whenInterrupted(async () => void cleaned.push('one'));
    world.whenInterrupted(() => Promise.reject(new Error('what fails keeps nobody')));
    process.emit(signal);
    await expect.poll(() => exits).toEqual([code]);
    expect(cleaned).toEqual(['one']);
  });

  it('says no more, and takes away what was only shown', async () => {
    const { world, process, written, exits } = fakeProcess(true);
    world.show('one');
    process.emit('SIGINT');
    world.print('a line');
    world.complain('no');
    await expect.poll(() => exits).toEqual([130]);
    expect(written).toEqual(['one', '\r\u001b[2K']);
  });

  it('twice goes at once, whatever is left to clean up', () => {
    const { world, process, exits } = fakeProcess(false);
    world.whenInterrupted(() => new Promise(() => {}));
    process.emit('SIGINT');
    expect(exits).toEqual([]);
    process.emit('SIGTERM');
    expect(exits).toEqual([143]);
  });

  it('by the reader of a pipe that went away exits as the shell expects', async () => {
    for (const stream of ['stdout', 'stderr'] as const) {
      const { process, exits } = fakeProcess(false);
      process[stream].emit('error', Object.assign(new Error('broken'), { code: 'EPIPE' }));
      await expect.poll(() => exits).toEqual([141]);
    }
  });

  it('is not asked to by a stream that fails in another way', () => {
    const { process } = fakeProcess(false);
    const error = Object.assign(new Error('full'), { code: 'ENOSPC' });
    expect(() => process.stdout.emit('error', error)).toThrow('full');
  });
});

it('what was printed is on its way once the world is flushed', async () => {
  const { world, written } = fakeProcess(false);
  world.print('a line\n');
  await world.flush();
  expect(written).toEqual(['a line\n', '']);
});

it('modules are loaded when they are needed', async () => {
  const { world } = fakeProcess(false);
  expect((await world.catalogue()).listFormulas).toBeTypeOf('function');
  expect((await world.subjects()).openSubject).toBeTypeOf('function');
  expect(Object.keys(await world.engine())).not.toEqual([]);
  expect(Object.keys(await world.rehearsal())).not.toEqual([]);
});
