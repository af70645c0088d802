import type { Format } from '../../kernel/index.js';
import { type ArrayContext, fill, inStyle, type Style } from '../generate/context.js';
import { smallWholes } from './classes.js';
import type { KindMeaning } from './kind.js';

const styles: Readonly<Record<string, Style>> = {
  zeros: (context) => fill(context, () => 0),
  small: (context, draws) => fill(context, () => draws.integer(0, 60)),
  few: (context, draws) => fill(context, () => draws.integer(0, 3)),
  big: (context) => bigCounts(context),
  mixed: (context, draws) => {
    const most = mostCounted(context.format);
    return fill(context, () => Math.min(most, draws.pick([0, 1, 2, 7, 60, 1000])));
  },
};

/** Counts among which small ones vanish. */
export function bigCounts(context: ArrayContext): Float64Array {
  const most = mostCounted(context.format);
  const { draws } = context.chooser;
  return fill(context, () => draws.integer(Math.min(1000, most / 2), most));
}

/** Beyond 1/u the format skips integers. */
function mostCounted(format: Format): number {
  return Math.min(1e6, 1 / format.unit);
}

export const count: KindMeaning = {
  words: 'whole numbers from 0',
  contains: (value) => Number.isInteger(value) && value >= 0,
  draw: (context) => inStyle(context, styles),
  constant: (draws) => draws.integer(1, 60),
  parameter: smallWholes,
  moves: 'in arrays',
  exact: true,
  forbidden: () => [-1, 0.5],
};
