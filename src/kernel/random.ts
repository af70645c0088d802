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

/** The stream of a seed: J. Baagøe's Alea (period near 2¹¹⁶), with the draws that seedrandom gives. */
export function stream(seed: string | number): Stream {
  return new Alea(String(seed));
}

/** Baagøe's hash of a text, on top of that of all that came before. */
function mash(before: number, text: string): number {
  let hash = before;
  for (let i = 0; i < text.length; i++) {
    hash += text.charCodeAt(i);
    const product = 0.02519603282416938 * hash;
    const whole = product >>> 0;
    const mixed = (product - whole) * whole;
    hash = (mixed >>> 0) + (mixed - (mixed >>> 0)) * 2 ** 32;
  }
  return hash;
}

/** A hash as a number in [0, 1). */
function fractionOf(hash: number): number {
  return (hash >>> 0) * 2 ** -32;
}

/** The difference of two numbers in [0, 1), brought back there. */
function lessIn01(left: number, right: number): number {
  return left < right ? left - right + 1 : left - right;
}

/** What every seeding begins with: the hash of three blanks. */
const BLANKS = hashOfBlanks();

function hashOfBlanks() {
  const first = mash(0xefc8249d, ' ');
  const second = mash(first, ' ');
  const hash = mash(second, ' ');
  return { s0: fractionOf(first), s1: fractionOf(second), s2: fractionOf(hash), hash };
}

/**
 * Alea, written out: half of all that the suite does is drawing, and through a closure of another
 * module a draw costs three times as much.
 */
class Alea implements Stream {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private carry = 1;
  private isSeeded = false;

  constructor(private readonly seed: string) {}

  /** Seeding costs more than drawing, and many streams are never drawn from. */
  private start(): void {
    const first = mash(BLANKS.hash, this.seed);
    const second = mash(first, this.seed);
    const third = mash(second, this.seed);
    this.s0 = lessIn01(BLANKS.s0, fractionOf(first));
    this.s1 = lessIn01(BLANKS.s1, fractionOf(second));
    this.s2 = lessIn01(BLANKS.s2, fractionOf(third));
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
