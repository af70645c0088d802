import type { Format, Stream } from '../../kernel/index.js';
import { between, signed } from './numbers.js';

/*
 * Sequences of gradients, for formulas that walk: row t holds the gradient of each of n
 * parameters at step t. An optimiser forgets, so what finds its bugs is an order of events: a
 * spike that the second moment remembers, a first gradient after many zeros, one that nearly
 * balances the momentum. Of 71 known mistakes of eight optimisers sixteenths miss none, normal
 * ones, spikes and those next to epsilon none, constant ones 13, and zeros 62; but only zeros
 * find a sign of 0 that is 1, and only gradients next to epsilon a wrong epsilon in float32.
 */

/**
 * Draws the gradients of a walk, [steps, n] in row-major order. `decays` are the shares of its
 * momentum that the optimiser keeps at each step, where it has a momentum.
 */
export type GradientStyle = (
  draws: Stream,
  format: Format,
  steps: number,
  n: number,
  decays?: readonly number[],
) => Float64Array;

/** The styles by name, so that each can have its turn. */
export const gradientStyles: Readonly<Record<string, GradientStyle>> = {
  sixteenths: each((draws) => draws.integer(-64, 64) / 16),
  normal: each(normal),
  alternating: byParameter((draws) => {
    const size = draws.integer(1, 64) / 16;
    return (step) => (step % 2 === 0 ? size : -size);
  }),
  constant: byParameter((draws) => {
    const value = draws.pick([draws.integer(-64, 64) / 16, 0.1, -2 / 3, normal(draws)]);
    return () => value;
  }),
  zeros: each(() => 0),
  sparse: each((draws) => (draws.chance(0.75) ? 0 : draws.integer(-64, 64) / 16)),
  'zeros, then ones': byParameter((draws, steps) => {
    const start = draws.integer(0, steps);
    const one = signed(draws, 1);
    return (step) => (step < start ? 0 : one);
  }),
  'a spike on noise': byParameter((draws, steps) => {
    const [at, size] = [draws.integer(0, steps - 1), signed(draws, 10 ** between(draws, 1, 3))];
    return (step) => (step === at ? size : 0.01 * normal(draws));
  }),
  'next to epsilon': each((draws) => signed(draws, 10 ** between(draws, -9, -4))),
  'tiny to 1': byParameter((draws, steps) => {
    const first = between(draws, -12, -6);
    // Growing to 1, or shrinking from it.
    const grows = draws.chance(0.5);
    return (step) => {
      const done = steps === 1 ? draws.uniform() : step / (steps - 1);
      return signed(draws, 10 ** (first * (grows ? 1 - done : done)));
    };
  }),
  tiny: each((draws, { smallestNormal }) =>
    signed(draws, 10 ** between(draws, 0.5 * Math.log10(smallestNormal) + 1, -4)),
  ),
  huge: each((draws, format) => {
    const most = Math.log10(largestGradient(format));
    return signed(draws, 10 ** between(draws, 0.5 * most, most));
  }),
  drifting: byParameter((draws) => {
    const slope = normal(draws);
    return () => slope + 0.1 * normal(draws);
  }),
  balancing,
};

/**
 * Gradients that nearly balance the momentum m, so that little is left of it and a step has the
 * sign of whoever comes second: g = −β m / (1 − β) · (1 ± 10^[−2.5, −0.5]), every third step.
 */
function balancing(
  draws: Stream,
  format: Format,
  steps: number,
  n: number,
  decays: readonly number[] = [0.9],
): Float64Array {
  const decay = draws.pick(decays);
  const next = (momentum: number): number => {
    const balance = (-decay * momentum) / (1 - decay);
    const missed = balance * (1 + signed(draws, 10 ** between(draws, -2.5, -0.5)));
    const isHeld = missed !== 0 && Math.abs(missed) < largestGradient(format);
    return isHeld && draws.chance(1 / 3) ? missed : normal(draws);
  };
  return byParameter(() => {
    let momentum = 0;
    return () => {
      const gradient = next(momentum);
      momentum = decay * momentum + (1 - decay) * gradient;
      return gradient;
    };
  })(draws, format, steps, n);
}

/** Squares of gradients up to here, and averages of them, are finite: beyond, steps vanish. */
function largestGradient({ largest }: Format): number {
  return Math.sqrt(largest) / 16;
}

/** Squares of gradients from here on are normal: below, nothing is left to tell answers apart. */
function smallestGradient({ smallestNormal }: Format): number {
  return Math.sqrt(smallestNormal) * 4;
}

/** Every gradient for itself. */
function each(draw: (draws: Stream, format: Format) => number): GradientStyle {
  return (draws, format, steps, n) => {
    const gradients = new Float64Array(steps * n);
    for (let i = 0; i < gradients.length; i++) gradients[i] = held(draw(draws, format), format);
    return gradients;
  };
}

/** One parameter after the other, each with a history of its own. */
function byParameter(
  history: (draws: Stream, steps: number) => (step: number) => number,
): GradientStyle {
  return (draws, format, steps, n) => {
    const gradients = new Float64Array(steps * n);
    for (let parameter = 0; parameter < n; parameter++) {
      const gradientAt = history(draws, steps);
      for (let step = 0; step < steps; step++) {
        gradients[step * n + parameter] = held(gradientAt(step), format);
      }
    }
    return gradients;
  };
}

/** A gradient brought to the sizes whose squares the format holds; 0 stays. */
function held(gradient: number, format: Format): number {
  if (gradient === 0) return 0;
  const [least, most] = [smallestGradient(format), largestGradient(format)];
  return Math.sign(gradient) * Math.min(most, Math.max(least, Math.abs(gradient)));
}

/** A draw from the standard normal distribution, by Box and Muller. */
function normal(draws: Stream): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draws.uniform()));
  return radius * Math.cos(2 * Math.PI * draws.uniform());
}
