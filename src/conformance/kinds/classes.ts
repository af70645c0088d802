import { fill, inStyle, type Style } from '../generate/context.js';
import type { KindMeaning, ParameterStyles } from './kind.js';

/*
 * What names a class: two of them by a sign or a bit, many by a label.
 */

const twoValued = (low: number, high: number): Readonly<Record<string, Style>> => ({
  both: (context, draws) => fill(context, () => draws.pick([low, high])),
  [`all ${low}`]: (context) => fill(context, () => low),
  [`all ${high}`]: (context) => fill(context, () => high),
});

const signs = twoValued(-1, 1);
const bits = twoValued(0, 1);

export const sign: KindMeaning = {
  words: '−1 or 1',
  contains: (value) => value === 1 || value === -1,
  draw: (context) => inStyle(context, signs),
  forbidden: () => [0, 0.5],
};

export const binary: KindMeaning = {
  words: '0 or 1',
  contains: (value) => value === 0 || value === 1,
  draw: (context) => inStyle(context, bits),
  forbidden: () => [0.5, -1],
};

const labels: Readonly<Record<string, Style>> = {
  all: (context, draws) => fill(context, () => draws.integer(0, context.classes - 1)),
  'single class': (context, draws) => {
    const label = draws.integer(0, context.classes - 1);
    return fill(context, () => label);
  },
  'first and last': (context, draws) => fill(context, () => draws.pick([0, context.classes - 1])),
  'absent class': (context, draws) => {
    const { classes } = context;
    const absent = draws.integer(0, classes - 1);
    return fill(context, () => (absent + draws.integer(1, Math.max(1, classes - 1))) % classes);
  },
};

/** Small whole numbers, as hyper-parameters. */
export const smallWholes: ParameterStyles = {
  zero: () => 0,
  small: (draws) => draws.integer(1, 5),
};

export const label: KindMeaning = {
  words: 'class labels, from 0',
  contains: (value) => Number.isInteger(value) && value >= 0,
  draw: (context) => inStyle(context, labels),
  parameter: smallWholes,
  exact: true,
  forbidden: () => [-1, 0.5],
};
