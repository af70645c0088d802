import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { listFormulas } from './catalog.js';

/*
 * What the README shows is what a run prints today, and the commands that it names exist.
 */

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  scripts: Record<string, string>;
};

/** The report without the time that it took. */
function timeless(report: string): string {
  return report.replace(/, in [\d.]+ (ms|s)$/m, '').trim();
}

it('shows the report that its command prints', () => {
  const [, formulas, shown] =
    /<!-- report: (.*) -->\n```text\n([\s\S]*?)```\n<!-- \/report -->/.exec(readme) ?? [];
  const words = ['dist/src/cli.js', 'check', 'adapters/tfjs/adapter.js', ...formulas!.split(' ')];
  const { stdout } = spawnSync(process.execPath, words, {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(timeless(stdout)).toBe(timeless(shown!));
  expect(readme).toContain(`npm run check -- ${formulas}`);
});

it('names scripts that exist', () => {
  const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, script]) => script!);
  for (const script of named) expect(scripts, script).toHaveProperty(script);
});

it('names formulas that exist', () => {
  const named = [...readme.matchAll(/'((?:losses|activations|information)\/[a-z-]+)'/g)];
  for (const [, id] of named) expect(listFormulas()).toContain(id);
});

it('links to files that exist', () => {
  const linked = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path]) => path!);
  expect(linked.length).toBeGreaterThan(0);
  for (const path of linked) expect(existsSync(new URL(path, root)), path).toBe(true);
});
