import type { NDArray, Stream } from '../../kernel/index.js';
import {
  type ArrayContext,
  besideMate,
  fill,
  inStyle,
  itself,
  type Relation,
  type Style,
} from '../generate/context.js';
import { between, huge, isWide, mapped, nearSeam, signed, tiny } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

const styles: Readonly<Record<string, Style>> = {
  large: (context, draws) => {
    const logLargest = Math.log(context.format.largest);
    return fill(context, () => signed(draws, between(draws, 0.98, 1.45) * logLargest));
  },
  offset: (context, draws) => {
    const base = signed(draws, 10 ** (isWide(context.format) ? draws.integer(5, 8) : 2));
    return fill(context, () => base + draws.integer(-64, 64) / 16);
  },
  constant: (context, draws) => {
    const value = draws.pick([draws.integer(-64, 64) / 16, 0.1, -2 / 3, between(draws, -10, 10)]);
    return fill(context, () => value);
  },
  zeros: (context) => fill(context, () => 0),
  ties: (context, draws) => {
    const values = [0, 1, 2].map(() => draws.integer(-64, 64) / 16);
    return fill(context, () => draws.pick(values));
  },
  integers: (context, draws) => fill(context, () => draws.integer(-10, 10)),
  'log-uniform': (context, draws) => {
    const most = isWide(context.format) ? 6 : 4;
    return fill(context, () => signed(draws, 10 ** between(draws, -8, most)));
  },
  tiny: (context, draws) => fill(context, () => signed(draws, tiny(draws, context.format))),
  huge: (context, draws) => fill(context, () => signed(draws, huge(draws, context.format))),
  sixteenths: (context, draws) => fill(context, () => draws.integer(-64, 64) / 16),
  uniform: (context, draws) => fill(context, () => between(draws, -10, 10)),
  // Where e⁻ˣ falls below a rounding of 1, gates close and approximations give way to limits.
  'closing gates': (context, draws) => {
    const gate = Math.log(1 / context.format.unit);
    return fill(context, () => signed(draws, between(draws, 0.2, 1.2) * gate));
  },
  'near one': (context, draws) => fill(context, () => signed(draws, between(draws, 0, 2))),
};

const stylesAtSeams: typeof styles = {
  ...styles,
  seams: (context, draws) => fill(context, () => nearSeam(draws, context.seams, context.format)),
};

const relations: Readonly<Record<string, Relation>> = {
  free: (_, context) => alone(itself(context)),
  same: (from) => from,
  near: (from, { format }, draws) =>
    mapped(from, (value) => value * (1 + draws.integer(-4, 4) * format.unit)),
  close: (from, _, draws) => mapped(from, (value) => value + draws.integer(-64, 64) / 16),
  permuted: (from, _, draws) => Float64Array.from(draws.shuffled([...from])),
  negated: (from) => mapped(from, (value) => -value),
  scaled: (from, _, draws) => {
    const factor = draws.pick([0.5, 2, 3, -2]);
    return mapped(from, (value) => value * factor);
  },
  'equal in places': (from, _, draws) =>
    mapped(from, (value) => (draws.chance(0.5) ? value : value + draws.integer(-16, 16) / 16)),
};

const relationsAtSeams: typeof relations = {
  ...relations,
  'at the seam': (from, { seams, format }, draws) =>
    mapped(from, (value) => value + nearSeam(draws, seams, format)),
};

function alone(context: ArrayContext): Float64Array {
  const data = inStyle(context, context.seams.length > 0 ? stylesAtSeams : styles);
  return touchedUp(context, data);
}

const TOUCHES = [0, 1, -1];

/** Some elements replaced by 0 or ±1, which styles would not meet. */
function touchedUp({ chooser, name }: ArrayContext, data: Float64Array): Float64Array {
  const { draws } = chooser;
  if (!chooser.sometimes(`${name}: touched up`, 0.3)) return data;
  return mapped(data, (value) => (draws.chance(0.15) ? draws.pick(TOUCHES) : value));
}

/** Of one size, far below 1: where squares are lost beside 1, and differences from it cancel. */
export function small(context: ArrayContext): Float64Array {
  const { draws } = context.chooser;
  const size = 10 ** between(draws, -12, -3);
  return fill(context, () => signed(draws, size * between(draws, 0.1, 1)));
}

export const real: KindMeaning = {
  words: 'real',
  contains: () => true,
  draw: (context: ArrayContext, mate: NDArray | undefined) =>
    mate === undefined
      ? alone(context)
      : besideMate(context, mate, context.seams.length > 0 ? relationsAtSeams : relations),
  dense: [-4, 4],
  constant: (draws: Stream) => draws.pick([draws.integer(-64, 64) / 16, 0.1, 1 / 3]),
  parameter: {
    negative: (draws) => -draws.integer(1, 64) / 16,
    sixteenth: (draws) => draws.integer(-64, 64) / 16,
    zero: () => 0,
  },
  moves: true,
  nudges: 'both ways',
  forbidden: () => [],
};
