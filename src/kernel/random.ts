import seedrandom from 'seedrandom';

/** A reproducible stream of random numbers: the same seed gives the same draws, for ever. */
export interface Stream {
  /** A double in [0, 1). */
  uniform(): number;
  /** An integer in [low, high], both included. */
  integer(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item;
  /** The items in random order, as a new list. */
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** The stream of a seed: seedrandom's Alea, the fastest of its generators (period near 2¹¹⁶). */
export function stream(seed: string | number): Stream {
  let source: (() => number) | undefined;
  // Seeding costs more than drawing, and many streams are never drawn from.
  const uniform = (): number => {
    source ??= seedrandom.alea(String(seed));
    return source();
  };
  const integer = (low: number, high: number): number =>
    low + Math.floor(uniform() * (high - low + 1));
  return {
    uniform,
    integer,
    chance: (probability) => uniform() < probability,
    pick: (items) => items[integer(0, items.length - 1)]!,
    shuffled: (items) => {
      const order = [...items];
      for (let i = order.length - 1; i > 0; i--) {
        const j = integer(0, i);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
}
