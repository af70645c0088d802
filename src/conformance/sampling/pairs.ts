/*
 * Which draws of an array are compared to see that they do not hang together.
 *
 * For fair coins, the agreements along any chain of neighbours are fair coins again, and
 * independent of one another: so each count of them is binomial. For others the agreements are
 * independent only where no draw belongs to two pairs.
 */

/** Pairs of positions at one distance, their first members in even steps. */
export interface Pairs {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  readonly distance: number;
}

/** Families of pairs, each by what it says of two draws: `next to one another`. */
export interface Neighbours {
  /** Families counted as a whole. */
  readonly pooled: Readonly<Record<string, readonly Pairs[]>>;
  /** Families of which each member is counted alone: a defect of one column drowns in all. */
  readonly alone: Readonly<Record<string, readonly Pairs[]>>;
}

const NEXT = 'next to one another';
const BELOW = 'in neighbouring rows';
const HALFWAY = 'half the array apart';
const ROW = 'next to one another in one row';
const COLUMN = 'below one another in one column';

/** Chains of neighbours, for fair coins. */
export function chains(shape: readonly number[]): Neighbours {
  const { columns, rows, size } = layout(shape);
  return {
    pooled: {
      [NEXT]: [{ first: 0, step: 1, count: size - 1, distance: 1 }],
      [BELOW]: [{ first: 0, step: 1, count: size - columns, distance: columns }],
      [HALFWAY]: halfway(size),
    },
    alone: {
      [ROW]: upTo(rows, (row) => ({
        first: row * columns,
        step: 1,
        count: columns - 1,
        distance: 1,
      })),
      [COLUMN]: upTo(columns, (column) => ({
        first: column,
        step: columns,
        count: rows - 1,
        distance: columns,
      })),
    },
  };
}

/** Disjoint pairs of neighbours, for draws whose two outcomes differ in probability. */
export function disjointPairs(shape: readonly number[]): Neighbours {
  const { columns, rows, size } = layout(shape);
  const half = (length: number): number => Math.floor(length / 2);
  const rowPairs = (start: number): Pairs[] =>
    upTo(half(rows - start), (pair) => ({
      first: (start + 2 * pair) * columns,
      step: 1,
      count: columns,
      distance: columns,
    }));
  return {
    pooled: {
      [NEXT]: [{ first: 0, step: 2, count: half(size), distance: 1 }],
      [`${NEXT}, the second and third`]: [
        { first: 1, step: 2, count: half(size - 1), distance: 1 },
      ],
      [BELOW]: rowPairs(0),
      [`${BELOW}, the second and third`]: rowPairs(1),
      [HALFWAY]: halfway(size),
    },
    alone: {
      [ROW]: upTo(rows, (row) => ({
        first: row * columns,
        step: 2,
        count: half(columns),
        distance: 1,
      })),
      [COLUMN]: upTo(columns, (column) => ({
        first: column,
        step: 2 * columns,
        count: half(rows),
        distance: columns,
      })),
    },
  };
}

/** Every element with the one at its place in another array. */
export function samePlaces(size: number): readonly Pairs[] {
  return [{ first: 0, step: 1, count: size, distance: 0 }];
}

function halfway(size: number): readonly Pairs[] {
  const half = Math.floor(size / 2);
  return [{ first: 0, step: 1, count: half, distance: half }];
}

function layout(shape: readonly number[]): { columns: number; rows: number; size: number } {
  const size = shape.reduce((product, length) => product * length, 1);
  const columns = shape.at(-1) ?? 1;
  return { columns, rows: size / columns, size };
}

function upTo<Item>(count: number, item: (i: number) => Item): Item[] {
  return Array.from({ length: count }, (_, i) => item(i));
}
