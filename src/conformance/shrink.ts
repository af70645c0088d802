import fc from 'fast-check';
import type { Precision } from '../kernel/index.js';
import { inputsArbitrary } from './inputs-arbitrary.js';
import { smaller } from './smaller/index.js';
import type { Inputs, Spec } from './spec.js';

/**
 * Searches for the smallest inputs for which `holds` is false, from inputs for which it is.
 * What `holds` throws ends the search and is thrown again: fast-check would take it for a
 * failure, and go looking for the smallest inputs that break the suite.
 *
 * @returns The steps taken, each an index into `smaller`: what {@link follow} follows.
 */
export async function shrink(
  spec: Spec,
  inputs: Inputs,
  holds: (inputs: Inputs) => Promise<boolean>,
  precision: Precision = 'float64',
): Promise<{ path: readonly number[] }> {
  let thrown: { error: unknown } | undefined;
  const property = fc.asyncProperty(inputsArbitrary(spec, { precision }), async (candidate) => {
    if (thrown !== undefined) return true;
    try {
      return await holds(candidate);
    } catch (error) {
      thrown = { error };
      return true;
    }
  });
  const { counterexamplePath } = await fc.check(property, { examples: [[inputs]], numRuns: 1 });
  if (thrown !== undefined) throw thrown.error;
  // The first step is the index of the example; a subject that changed its mind has no path.
  const path = (counterexamplePath ?? '').split(':').slice(1).map(Number);
  return { path };
}

/** The inputs at the end of a path of steps; undefined if a step of it leads nowhere. */
export function follow(
  spec: Spec,
  inputs: Inputs,
  path: readonly number[],
  precision: Precision = 'float64',
): Inputs | undefined {
  let current: Inputs | undefined = inputs;
  for (const step of path) {
    if (current === undefined) return undefined;
    current = itemAt(smaller(spec, current, precision), step);
  }
  return current;
}

function itemAt<Item>(items: Iterable<Item>, index: number): Item | undefined {
  let i = 0;
  for (const item of items) {
    if (i++ === index) return item;
  }
  return undefined;
}
