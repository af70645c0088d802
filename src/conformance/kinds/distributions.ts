import type { Stream } from '../../kernel/index.js';
import {
  type ArrayContext,
  besideMate,
  fillRows,
  itself,
  type Relation,
} from '../generate/context.js';
import { between, mapped } from '../generate/numbers.js';
import type { KindMeaning } from './kind.js';

/** How the weights of a row are drawn, before they are divided by their sum. */
type RowStyle = (draws: Stream, row: Float64Array) => void;

const weighted =
  (weight: (draws: Stream) => number): RowStyle =>
  (draws, row) => {
    for (let i = 0; i < row.length; i++) row[i] = weight(draws);
    const total = row.reduce((sum, value) => sum + value, 0);
    if (total === 0) row[draws.integer(0, row.length - 1)] = 1;
    else for (let i = 0; i < row.length; i++) row[i]! /= total;
  };

const styles: Readonly<Record<string, RowStyle>> = {
  'one-hot': weighted(() => 0),
  zeros: weighted((draws) => (draws.chance(0.5) ? 0 : draws.uniform())),
  dyadic: (draws, row) => {
    for (let sixteenth = 0; sixteenth < 16; sixteenth++) {
      row[draws.integer(0, row.length - 1)]! += 1 / 16;
    }
  },
  uniform: weighted((draws) => draws.uniform()),
  peaked: weighted((draws) => 10 ** between(draws, -12, 0)),
  even: weighted(() => 1),
};

function drawDistributions(context: ArrayContext): Float64Array {
  const { chooser, name } = context;
  const style = chooser.choose(name, styles);
  return fillRows(context, (row) => style(chooser.draws, row));
}

const relations: Readonly<Record<string, Relation>> = {
  free: (_, context) => drawDistributions(itself(context)),
  same: (from) => from,
  near: (from, { format }, draws) => {
    // A row keeps its sum to within a hundredth in the shortest format, too.
    const units = Math.min(4, Math.floor(0.004 / format.unit));
    return mapped(from, (value) =>
      Math.min(1, value * (1 + draws.integer(-units, units) * format.unit)),
    );
  },
  permuted: (from, { shape }, draws) => {
    const columns = shape.at(-1)!;
    const data = from.slice();
    for (let start = 0; start < data.length; start += columns) {
      data.set(draws.shuffled([...data.subarray(start, start + columns)]), start);
    }
    return data;
  },
};

export const distribution: KindMeaning = {
  words: 'probabilities that sum to 1 in each row',
  contains: (value) => value >= 0 && value <= 1,
  most: 1,
  draw: (context, mate) =>
    mate === undefined ? drawDistributions(context) : besideMate(context, mate, relations),
  moves: true,
  oneStays: true,
  byRows: true,
  forbidden: () => [-0.25, 1.25],
};
