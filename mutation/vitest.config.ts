import { defineConfig } from 'vitest/config';

/** For Stryker: the tests of one area, which a mutant of it is tried on. */
export default defineConfig({
  test: {
    include: [process.env.MUTATION_TESTS ?? 'properties/references.test.ts'],
    isolate: false,
    testTimeout: 30_000,
  },
});
