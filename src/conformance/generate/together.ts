import type { NDArray } from '../../kernel/index.js';
import { bigCounts } from '../kinds/counts.js';
import { meaningOf } from '../kinds/index.js';
import { small } from '../kinds/reals.js';
import type { InputSpec } from '../spec.js';
import { structures } from '../structures/index.js';
import type { Chooser } from './chooser.js';
import { type ArrayContext, fill } from './context.js';

/** Degeneracies strike all arguments together: one at a time misses bugs. */
export type Together = 'free' | 'zero' | 'constant' | 'big' | 'small';

export function drawTogether(
  chooser: Chooser,
  arrays: readonly (readonly [string, InputSpec])[],
): Together {
  if (arrays.length < 2) return 'free';
  if (chooser.sometimes('together: zero', 0.04)) return 'zero';
  if (severalOf('count', arrays) && chooser.sometimes('together: big', 0.04)) return 'big';
  if (severalOf('real', arrays) && chooser.sometimes('together: small', 0.04)) return 'small';
  return chooser.sometimes('together: constant', 0.04) ? 'constant' : 'free';
}

function severalOf(wanted: string, arrays: readonly (readonly [string, InputSpec])[]): boolean {
  let count = 0;
  for (const [, { kind }] of arrays) if (kind === wanted) count += 1;
  return count > 1;
}

/** The array that degenerates with all others; undefined for one that cannot. */
export function drawAlike(
  context: ArrayContext,
  mate: NDArray | undefined,
  together: Together,
): Float64Array | undefined {
  const { input, chooser } = context;
  const { draws } = chooser;
  const { structure, kind } = input;
  if (structure !== undefined && structures[structure].degenerates !== true) return undefined;
  const meaning = meaningOf(kind);
  if (together === 'zero' && meaning.contains(0) && meaning.byRows !== true && kind !== 'label') {
    return fill(context, () => 0);
  }
  if (together === 'big' && kind === 'count') return bigCounts(context);
  if (together === 'small' && kind === 'real') return small(context);
  if (together !== 'constant' || meaning.constant === undefined) return undefined;
  const same = mate !== undefined && draws.chance(0.5);
  const value = same ? mate.data[0]! : meaning.constant(draws);
  return fill(context, () => value);
}
