import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { listFormulas } from '../catalog.js';

/*
 * The first verdict is there a third of a second after the command. The validators of the
 * protocol and fast-check take a good part of that to load, and a module needs neither; so does
 * every file, and what is built is joined into a few.
 */

const build = fileURLToPath(new URL('../../dist/src/', import.meta.url));

function filesOfBuild(): readonly string[] {
  const paths = readdirSync(build, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith('.js'));
}

function builtFile(path: string): string {
  return readFileSync(join(build, path), 'utf8');
}

test.each(['subjects/index.js', 'subjects/module-host.js', 'run.js', 'cli/check.js'])(
  '%s loads neither zod nor fast-check',
  (path) => {
    const env = { ...process.env, NODE_DEBUG: 'esm' };
    const { stderr } = spawnSync(process.execPath, [join(build, path)], {
      encoding: 'utf8',
      env,
      timeout: 9_000,
    });
    expect(stderr).toContain(path);
    expect(stderr).not.toMatch(/node_modules\/(zod|fast-check)\//);
  },
);

test('what is built is a few files, and no module stands in two of them', () => {
  const joined = filesOfBuild().filter((path) => path.startsWith('joined'));
  expect(joined.length).toBeLessThan(24);
  // It keeps what moves results, which formulas and the judge have to share.
  const kernels = filesOfBuild().filter((path) => /function withMover\(/.test(builtFile(path)));
  expect(kernels).toEqual(['joined/kernel.js']);
});

test('every formula loads from the build', () => {
  const script = `
    import { listFormulas, loadFormula } from './index.js';
    for (const id of listFormulas()) await loadFormula(id);
    console.log(listFormulas().length);
  `;
  const words = ['--input-type=module', '--eval', script];
  const { stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', cwd: build });
  expect(stdout).toBe(`${listFormulas().length}\n`);
});
