import fc from 'fast-check';

/** A property at the inputs of one run: throws where it does not hold. */
export type Demand<Drawn> = (drawn: Drawn, run: number) => Promise<void>;

/** The seed of all properties: a suite that fails does so each time. */
const SEED = 1;

/**
 * Asserts a property with fast-check. The message ends with the seed and the path that lead to
 * the smallest inputs that break it, and its cause is what was thrown there, with its stack:
 * what `fc.assert` throws from an asynchronous property has neither of the stacks.
 *
 * @param describe The smallest inputs as text.
 */
export async function hold<Drawn>(
  drawn: fc.Arbitrary<Drawn>,
  demand: Demand<Drawn>,
  describe: (drawn: Drawn) => string,
  runs: number,
): Promise<void> {
  // The number of the run seeds the draws of a property's own: smaller inputs keep them.
  const property = fc.asyncProperty(drawn, fc.noShrink(fc.nat()), demand);
  const found = await fc.check(property, { seed: SEED, numRuns: runs });
  if (!found.failed) return;
  const [smallest] = found.counterexample!;
  const { errorInstance: cause, seed, counterexamplePath: path } = found;
  const message = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `${message}\n  at ${describe(smallest)}\n  found in run ${found.numRuns}, made smaller in ${found.numShrinks} steps; fast-check { seed: ${seed}, path: '${path}' }`,
    { cause },
  );
}
