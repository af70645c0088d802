import { type ArrayContext, fill, type Relation, type Style } from '../generate/context.js';
import { between, isWide } from '../generate/numbers.js';
import type { StructureMeaning } from './structure.js';

/*
 * Points in the rows of a matrix. What matters of them is how they lie to one another.
 */

const styles: Readonly<Record<string, Style>> = {
  grid: (context, draws) => fill(context, () => draws.integer(-3, 3)),
  sixteenths: (context, draws) => fill(context, () => draws.integer(-64, 64) / 16),
  uniform: (context, draws) => fill(context, () => between(draws, -10, 10)),
  identical: (context, draws) => {
    const point = context.shape.slice(-1).map(() => draws.integer(-64, 64) / 16);
    return fill(context, () => point[0]!);
  },
  clusters: (context, draws) => {
    const columns = context.shape.at(-1)!;
    const middles = Array.from({ length: 3 * columns }, () => 8 * draws.integer(-4, 4));
    const data = fill(context, () => draws.integer(-16, 16) / 16);
    for (let row = 0; row < data.length; row += columns) {
      const cluster = draws.integer(0, 2) * columns;
      for (let k = 0; k < columns; k++) data[row + k]! += middles[cluster + k]!;
    }
    return data;
  },
  offset: (context, draws) => {
    const base = draws.integer(64, 512);
    return fill(context, () => base + draws.integer(-64, 64) / 16);
  },
  // So far that a step is small beside where it leads, and a difference of squares is nothing.
  'far away': (context, draws) => {
    const base = 2 ** (isWide(context.format) ? draws.integer(16, 19) : 6);
    return fill(context, () => base + draws.integer(-64, 64) / 16);
  },
  small: (context, draws) => {
    const size = 10 ** between(draws, isWide(context.format) ? -12 : -2, -2);
    return fill(context, () => size * between(draws, -1, 1));
  },
  // Axes of different units.
  stretched: (context, draws) => {
    const columns = context.shape.at(-1)!;
    const units = Array.from({ length: columns }, () => 2 ** draws.integer(-4, 4));
    return fill(context, (i) => (units[i % columns]! * draws.integer(-64, 64)) / 16);
  },
};

/** Points beside others: centres are often chosen among the points. */
const relations: Readonly<Record<string, Relation>> = {
  'among them': (from, context, draws) => {
    const columns = context.shape.at(-1)!;
    const count = from.length / columns;
    const order = draws.shuffled(Array.from({ length: count }, (_, i) => i));
    return fill(context, (i) => {
      const row = order[Math.floor(i / columns) % count]!;
      return from[row * columns + (i % columns)]!;
    });
  },
  'near them': (from, context, draws) => {
    const columns = context.shape.at(-1)!;
    const count = from.length / columns;
    const rows = Array.from({ length: context.shape[0]! }, () => draws.integer(0, count - 1));
    return fill(context, (i) => {
      const row = rows[Math.floor(i / columns)]!;
      return from[row * columns + (i % columns)]! + draws.integer(-8, 8) / 16;
    });
  },
  'one far away': (from, context, draws) => {
    const data = relations['near them']!(from, context, draws);
    const columns = context.shape.at(-1)!;
    data.fill(1000, data.length - columns);
    return data;
  },
  free: (_, context, draws) => context.chooser.choose(context.name, styles)(context, draws),
};

/** The points that were drawn before: those of another name, with as many coordinates. */
function earlierPoints({ input, drawn, shape }: ArrayContext): Float64Array | undefined {
  for (const argument of Object.values(drawn)) {
    if (typeof argument !== 'object' || !('data' in argument)) continue;
    const other = argument as { shape: readonly number[]; data: Float64Array };
    if (input.structure === 'points' && other.shape.length === 2 && other.shape[1] === shape[1]) {
      return other.data;
    }
  }
  return undefined;
}

export const points: StructureMeaning = {
  words: 'a point in each row',
  degenerates: true,
  draw: (context) => {
    const { chooser, name } = context;
    const others = earlierPoints(context);
    if (others === undefined) return chooser.choose(name, styles)(context, chooser.draws);
    return chooser.choose(`${name} beside the points`, relations, name)(
      others,
      context,
      chooser.draws,
    );
  },
};
