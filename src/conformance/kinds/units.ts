import {
  type ArrayContext,
  besideMate,
  fill,
  inStyle,
  itself,
  type Relation,
  type Style,
} from '../generate/context.js';
import { between, mapped, tiny } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

const styles: Readonly<Record<string, Style>> = {
  uniform: (context, draws) => fill(context, () => draws.uniform()),
  sixteenths: (context, draws) => fill(context, () => draws.integer(0, 16) / 16),
  'near an end': (context, draws) =>
    fill(context, () => {
      const distance = 10 ** between(draws, -16, -7);
      return draws.chance(0.5) ? distance : 1 - distance;
    }),
  ends: (context, draws) => fill(context, () => draws.integer(0, 1)),
  tiny: (context, draws) => fill(context, () => tiny(draws, context.format)),
  mixed: (context, draws) =>
    fill(context, () => draws.pick([0, 1, 0.5, draws.uniform(), 10 ** between(draws, -12, -1)])),
};

/** Probabilities beside probabilities: targets are often classes, and sometimes predicted exactly. */
const relations: Readonly<Record<string, Relation>> = {
  free: (_, context) => inStyle(itself(context), styles),
  classes: (_, context, draws) => fill(context, () => draws.integer(0, 1)),
  same: (from) => from,
  complement: (from) => mapped(from, (value) => 1 - value),
  'equal in places': (from, _, draws) =>
    mapped(from, (value) => (draws.chance(0.5) ? value : draws.uniform())),
};

export const unit: KindMeaning = {
  words: 'in [0, 1]',
  contains: (value) => value >= 0 && value <= 1,
  most: 1,
  draw: (context: ArrayContext, mate) =>
    mate === undefined ? inStyle(context, styles) : besideMate(context, mate, relations),
  dense: [0, 1],
  constant: (draws) => draws.pick([draws.integer(1, 15) / 16, 0.1, 1 / 3]),
  parameter: {
    zero: () => 0,
    one: () => 1,
    half: () => 0.5,
    'near one': (draws) => draws.pick([0.9, 0.99, 0.999]),
    uniform: (draws) => draws.uniform(),
    sixteenth: (draws) => draws.integer(1, 15) / 16,
  },
  moves: true,
  oneStays: true,
  forbidden: (_, isArray) => (isArray ? [-0.25, 1.25] : [-0.25, 1.25, Number.NaN]),
};
