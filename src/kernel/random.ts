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

/** The stream of a seed: J. Baagøe's Alea, the fastest of seedrandom's generators (period near 2¹¹⁶). */
export function stream(seed: string | number): Stream {
  return new Alea(String(seed));
}

/**
 * Alea, seeded by seedrandom and drawn from here: half of all that the suite does is drawing, and
 * through a closure of another module a draw costs three times as much.
 */
class Alea implements Stream {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private carry = 0;
  private isSeeded = false;

  constructor(private readonly seed: string) {}

  /** Seeding costs more than drawing, and many streams are never drawn from. */
  private start(): void {
    const { s0, s1, s2, c } = stateOf(this.seed);
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.carry = c;
    this.isSeeded = true;
  }

  uniform(): number {
    if (!this.isSeeded) this.start();
    const next = 2091639 * this.s0 + this.carry * 2 ** -32;
    this.s0 = this.s1;
    this.s1 = this.s2;
    this.carry = next | 0;
    this.s2 = next - this.carry;
    return this.s2;
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)]!;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = items.slice();
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      const item = order[i]!;
      order[i] = order[j]!;
      order[j] = item;
    }
    return order;
  }
}

let last: { readonly seed: string; readonly state: AleaState } | undefined;

/** The state at the start. Kept for the last seed: several subjects are asked the same in turn. */
function stateOf(seed: string): AleaState {
  if (last?.seed !== seed) {
    const generator = seedrandom.alea(seed, { state: true });
    last = { seed, state: generator.state() as AleaState };
  }
  return last.state;
}

interface AleaState {
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
  readonly c: number;
}
