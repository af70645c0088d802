import { fill, inStyle, type Style } from '../generate/context.js';
import { between, isWide, signed, tiny } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

/*
 * Scores are only compared, and comparing is exact in every format. So they never move; and what
 * matters of them is which are equal: ties and near ties make up half of all arrays.
 */

const styles: Readonly<Record<string, Style>> = {
  uniform: (context, draws) => fill(context, () => draws.uniform()),
  logits: (context, draws) => fill(context, () => between(draws, -10, 10)),
  'log-uniform': (context, draws) => {
    const most = isWide(context.format) ? 6 : 4;
    return fill(context, () => signed(draws, 10 ** between(draws, -8, most)));
  },
  tiny: (context, draws) => fill(context, () => signed(draws, tiny(draws, context.format))),
  ties: (context, draws) => {
    const values = [0, 1, 2].map(() => draws.integer(0, 16) / 16);
    return fill(context, () => draws.pick(values));
  },
  sixteenths: (context, draws) => fill(context, () => draws.integer(0, 16) / 16),
  'all tied': (context, draws) => {
    const value = draws.pick([0.5, 0, 0.1, draws.uniform()]);
    return fill(context, () => value);
  },
  'near ties': (context, draws) => {
    const values = [0, 1].map(() => draws.uniform());
    const { unit } = context.format;
    return fill(context, () => draws.pick(values) * (1 + 2 * unit * draws.integer(-1, 1)));
  },
  // Equal on paper, and not in floating point.
  'sums of tenths': (context, draws) => fill(context, () => draws.pick([0.3, 0.1 + 0.2, 0.5])),
};

export const score: KindMeaning = {
  words: 'real, only compared',
  contains: () => true,
  draw: (context) => inStyle(context, styles),
  constant: (draws) => draws.pick([0, 0.5, draws.integer(-64, 64) / 16]),
  forbidden: () => [],
};
