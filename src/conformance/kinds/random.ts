import { fill, inStyle, type Style } from '../generate/context.js';
import { between, nearSeam, signed } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

/*
 * The draws of a random generator, which a formula takes as an argument.
 */

const uniforms: Readonly<Record<string, Style>> = {
  uniform: (context, draws) => fill(context, () => draws.uniform()),
  sixteenths: (context, draws) => fill(context, () => draws.integer(0, 15) / 16),
  zeros: (context) => fill(context, () => 0),
  // The largest draw that a generator gives must not reach the end of the interval.
  'next to one': (context) => fill(context, () => 1 - 2 * context.format.unit),
  'near an end': (context, draws) =>
    fill(context, () => {
      const distance = 10 ** between(draws, -16, -2);
      return draws.chance(0.5) ? distance : 1 - Math.max(distance, 2 * context.format.unit);
    }),
};

const uniformsAtSeams: Readonly<Record<string, Style>> = {
  ...uniforms,
  seams: (context, draws) =>
    fill(context, () => {
      const value = nearSeam(draws, context.seams, context.format);
      return value >= 0 && value < 1 ? value : draws.uniform();
    }),
};

export const uniform: KindMeaning = {
  words: 'random draws in [0, 1)',
  contains: (value) => value >= 0 && value < 1,
  draw: (context) => inStyle(context, context.seams.length > 0 ? uniformsAtSeams : uniforms),
  moves: true,
  most: 1,
  held: (nearest, _, { unit }) => Math.min(nearest, 1 - 2 * unit),
  forbidden: () => [-0.25, 1],
};

const normals: Readonly<Record<string, Style>> = {
  // Twelve uniforms less six have the right mean and variance, and nobody asks for more here.
  usual: (context, draws) =>
    fill(context, () => {
      let total = -6;
      for (let i = 0; i < 12; i++) total += draws.uniform();
      return total;
    }),
  sixteenths: (context, draws) => fill(context, () => draws.integer(-48, 48) / 16),
  zeros: (context) => fill(context, () => 0),
  tails: (context, draws) => fill(context, () => signed(draws, between(draws, 2, 8))),
};

export const normal: KindMeaning = {
  words: 'random draws from the standard normal distribution',
  contains: () => true,
  draw: (context) => inStyle(context, normals),
  moves: true,
  forbidden: () => [],
};
