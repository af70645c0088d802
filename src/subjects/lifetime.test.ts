import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openModule } from './module.js';
import { openProcess } from './process.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** A process that was ended keeps its id until the system has buried it, which may take seconds. */
const patience = { timeout: 20_000, interval: 100 };

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

const translator = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

test.each([
  ['exits', undefined],
  ['fails', undefined],
  ['is interrupted', 'SIGINT'],
  ['is terminated', 'SIGTERM'],
  ['loses its terminal', 'SIGHUP'],
] as const)('nothing is left running when the suite %s', async (how, signal) => {
  const suite = spawn(
    process.execPath,
    ['--import', translator, fixture('suite.fixture.ts'), how],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [said] = (await once(suite.stdout, 'data')) as [Buffer];
  const programs = said.toString().trim().split(' ').map(Number);
  expect(programs).toHaveLength(2);
  if (signal !== undefined) suite.kill(signal);
  const [, endedBy] = await once(suite, 'exit');
  expect(endedBy).toBe(signal ?? null);
  await expect.poll(() => programs.filter(isRunning), patience).toEqual([]);
});

test('nothing is left running when a program is closed, or does not end by itself', async () => {
  const command = `'${process.execPath}' '${fixture('endless.js')}'`;
  const subject = await openProcess(command, { timeout: 200 });
  const programs = subject.description.name.split(' ').map(Number);
  expect(programs.filter(isRunning)).toHaveLength(2);
  await subject.close();
  await expect.poll(() => programs.filter(isRunning), patience).toEqual([]);

  const staying = await openProcess(`'${process.execPath}' '${fixture('program.js')}' stays`, {
    timeout: 200,
  });
  const began = performance.now();
  await staying.close();
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('nothing listens any more when every subject is closed', async () => {
  const before = process.listenerCount('SIGINT');
  const subject = await openModule(fixture('sound.js'), { timeout: 200, isolate: 'process' });
  expect(process.listenerCount('SIGINT')).toBe(before + 1);
  await subject.close();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
