import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openSubject } from './index.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

it.each([
  [{}, 'exactly one of module and command must be given'],
  [{ module: 'a', command: 'b' }, 'exactly one of module and command must be given'],
  [{ module: 'a', timeout: 0 }, 'timeout must be a number of milliseconds, got 0'],
  [{ module: 'a', timeout: 2 ** 31 }, 'timeout must be a number of milliseconds, got 2147483648'],
  [{ command: 'b', isolate: 'thread' as const }, 'isolate must be left out for a command'],
])('%o opens nothing', async (options, message) => {
  await expect(openSubject(options)).rejects.toThrow(`subject: ${message}`);
});

it('a module is opened by its path, and a program by its command', async () => {
  const options = [
    { module: fixture('sound.js') },
    { command: `${process.execPath} ${fixture('program.js')}` },
  ];
  for (const one of options) {
    const subject = await openSubject({ ...one, timeout: 20_000 });
    expect(subject.description.formulas.length).toBeGreaterThan(0);
    await subject.close();
  }
});
