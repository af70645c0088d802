import type { Stream } from '../../kernel/index.js';
import { type ArrayContext, fill, inStyle, type Style } from '../generate/context.js';
import { between, isWide, mapped, nearSeam } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

const styles: Readonly<Record<string, Style>> = {
  'log-uniform': (context, draws) => {
    const most = isWide(context.format) ? 6 : 4;
    return fill(context, () => 10 ** between(draws, -8, most));
  },
  integers: (context, draws) => fill(context, () => draws.integer(1, 12)),
  sixteenths: (context, draws) => fill(context, () => draws.integer(1, 64) / 16),
  constant: (context, draws) => {
    const value = draws.integer(1, 64) / 16;
    return fill(context, () => value);
  },
};

const seams: Readonly<Record<string, Style>> = {
  seams: (context, draws) =>
    fill(context, () => Math.abs(nearSeam(draws, context.seams, context.format))),
};

const zeros: Readonly<Record<string, Style>> = {
  zeros: (context) => fill(context, () => 0),
  'some zeros': (context, draws) =>
    fill(context, () => (draws.chance(0.5) ? 0 : draws.integer(1, 64) / 16)),
};

const stylesAtSeams = { ...styles, ...seams };
const stylesWithZeros = { ...styles, ...zeros };
const stylesWithBoth = { ...styles, ...seams, ...zeros };

function drawPositives(context: ArrayContext): Float64Array {
  const data = inStyle(context, context.seams.length > 0 ? stylesAtSeams : styles);
  return mapped(data, (value) => (value === 0 ? 1 : value));
}

function drawNonNegatives(context: ArrayContext): Float64Array {
  return inStyle(context, context.seams.length > 0 ? stylesWithBoth : stylesWithZeros);
}

const parameter: KindMeaning['parameter'] & {} = {
  one: () => 1,
  sixteenth: (draws) => draws.integer(1, 64) / 16,
  'log-uniform': (draws) => 10 ** between(draws, -2, 2),
};

const constant = (draws: Stream): number => draws.pick([draws.integer(1, 64) / 16, 0.1, 1 / 3]);

export const positive: KindMeaning = {
  words: 'positive',
  contains: (value) => value > 0,
  draw: drawPositives,
  dense: [0, 8],
  constant,
  parameter,
  moves: true,
  // 1e-8 is positive, and 0 in float16.
  held: (nearest, value, { smallestNormal }) =>
    nearest === 0 && value > 0 ? smallestNormal : nearest,
  forbidden: (_, isArray) => (isArray ? [-1] : [0, -1, Number.NaN]),
};

export const nonNegative: KindMeaning = {
  words: 'at least 0',
  contains: (value) => value >= 0,
  draw: drawNonNegatives,
  dense: [0, 8],
  constant,
  parameter: { ...parameter, zero: () => 0 },
  moves: true,
  nudges: 'up',
  forbidden: (_, isArray) => (isArray ? [-1] : [-1, Number.NaN]),
};
