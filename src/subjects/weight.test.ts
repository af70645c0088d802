import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/*
 * The first verdict is there a third of a second after the command. The validators of the
 * protocol and fast-check take a good part of that to load, and a module needs neither.
 */

test.each(['subjects/index.js', 'subjects/module-host.js', 'run.js', 'cli/check.js'])(
  '%s loads neither zod nor fast-check',
  (path) => {
    const built = fileURLToPath(new URL(`../../dist/src/${path}`, import.meta.url));
    const env = { ...process.env, NODE_DEBUG: 'esm' };
    const { stderr } = spawnSync(process.execPath, [built], {
      encoding: 'utf8',
      env,
      timeout: 9_000,
    });
    expect(stderr).toContain(path);
    expect(stderr).not.toMatch(/node_modules\/(zod|fast-check)\//);
  },
);
