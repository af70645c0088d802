import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The command as it is installed: `npm test` builds it first. */
const command = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));

let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(() => {
  if (!existsSync(command)) throw new Error('the command is not built; run npm run build first');
  folder = mkdtempSync(join(tmpdir(), 'touchstone-cli-'));
  const subject = (body: string): string => `
    const huber = ({ prediction, target, delta = 1 }) => { ${body} };
    export default { name: 'mine', version: '1', formulas: { 'losses/huber': huber } };`;
  writeFileSync(file('wrong.mjs'), subject('return 0.5;'));
  writeFileSync(file('endless.mjs'), subject('for (;;);'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

/** Runs the command; `meddle` is told of the first output. */
function touchstone(
  words: readonly string[],
  meddle: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => {
    if (output === '') meddle(child);
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, output, complaint }));
  });
}

describe('the touchstone command', () => {
  it('tells its version', async () => {
    const { code, output } = await touchstone(['--version']);
    expect(code).toBe(0);
    expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('judges a module, without colours where nobody looks', async () => {
    const { code, output, complaint } = await touchstone([
      'check',
      file('wrong.mjs'),
      'losses/huber',
    ]);
    expect({ code, complaint }).toEqual({ code: 1, complaint: '' });
    expect(output).toMatch(/^✗ losses\/huber {2}wrong /m);
    expect(output).toMatch(
      /^ {4}replay {5}npx touchstone check \S+ losses\/huber --seed 1 --path 0/m,
    );
    expect(output).not.toContain('\u001b');
  });

  it('says the same thing twice, apart from the time', async () => {
    const words = ['check', file('wrong.mjs'), 'losses/huber', '--reporter', 'json'];
    const withoutTime = ({ output }: Ended): string => output.replace(/"milliseconds": .*/, '');
    expect(withoutTime(await touchstone(words))).toBe(withoutTime(await touchstone(words)));
  });

  it('replays a failure from the line that the report prints', async () => {
    const first = await touchstone(['check', file('wrong.mjs'), 'losses/huber']);
    const [, replay] = first.output.match(/replay +npx touchstone (.*)/)!;
    const second = await touchstone(replay!.split(' '));
    const call = /call +.*/;
    expect(second.code).toBe(1);
    expect(second.output.match(call)?.[0]).toBe(first.output.match(call)![0]);
  });

  it('ends at once, and writes no report, when it is interrupted', async () => {
    const report = `json=${file('never.json')}`;
    const words = ['check', file('endless.mjs'), '--timeout', '60000'];
    const reporters = ['--reporter', 'console', '--reporter', report];
    const started = performance.now();
    const { code } = await touchstone([...words, ...reporters], (child) => child.kill('SIGINT'));
    expect(code).toBe(130);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(readdirSync(folder)).not.toContain('never.json');
  });

  it('goes quietly when its reader has gone', async () => {
    const words = ['check', file('endless.mjs'), '--timeout', '200'];
    const { code, complaint } = await touchstone(words, (child) => child.stdout!.destroy());
    expect({ code, complaint }).toEqual({ code: 141, complaint: '' });
  });
});
