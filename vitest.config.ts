import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'properties/**/*.test.ts',
      'golden/**/*.test.ts',
      'adapters/**/*.test.ts',
      'bench/**/*.test.ts',
      'mutation/survivors.test.ts',
    ],
    // One process serves all files: isolating 150 of them costs 20 seconds and guards nothing here.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      include: ['src/**/*.ts'],
      exclude: [
        '**/*.test.ts',
        '**/*.fixture.ts',
        // Run in a child process and in a worker thread alone, which tests start, and which
        // coverage does not see.
        'src/cli.ts',
        'src/subjects/module-host.ts',
      ],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 97, branches: 95 },
    },
  },
});
