import { fill, inStyle, type Style } from '../generate/context.js';
import { between } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

const styles: Readonly<Record<string, Style>> = {
  uniform: (context, draws) => fill(context, () => -10 * draws.uniform()),
  sixteenths: (context, draws) => fill(context, () => -draws.integer(0, 64) / 16),
  'log-uniform': (context, draws) => fill(context, () => -(10 ** between(draws, -8, 3))),
  zeros: (context) => fill(context, () => 0),
  ties: (context, draws) => {
    const values = [0, 1].map(() => -draws.integer(0, 64) / 16);
    return fill(context, () => draws.pick(values));
  },
};

export const logProbability: KindMeaning = {
  words: 'logarithms of probabilities',
  contains: (value) => value <= 0,
  draw: (context) => inStyle(context, styles),
  constant: (draws) => -draws.pick([draws.integer(1, 64) / 16, 0.1, 1 / 3]),
  moves: true,
  forbidden: () => [0.5],
};
