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

/** The stream of a seed: J. Baagøe's Alea, whose period is near 2¹¹⁶. */
export function stream(seed: string | number): Stream {
  return new Alea(String(seed));
}

class Alea implements Stream {
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private carry = 1;
  private isSeeded = false;

  constructor(private readonly words: string) {}

  /** Seeding costs more than drawing, and many streams are never drawn from. */
  private seed(): void {
    this.isSeeded = true;
    let n = 0xefc8249d;
    // One hash of the words, and Baagøe's seeding of that.
    let low = 0x811c9dc5;
    let high = 0x41c6ce57;
    for (let i = 0; i < this.words.length; i++) {
      const code = this.words.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x5f356495);
    }
    const short = String.fromCharCode(low & 0xffff, low >>> 16, high & 0xffff, high >>> 16);
    const mash = (text: string): number => {
      for (let i = 0; i < text.length; i++) {
        n += text.charCodeAt(i);
        let h = 0.02519603282416938 * n;
        n = h >>> 0;
        h -= n;
        h *= n;
        n = h >>> 0;
        h -= n;
        n += h * 0x100000000;
      }
      return (n >>> 0) * 2.3283064365386963e-10;
    };
    const below = (value: number): number => (value < 0 ? value + 1 : value);
    this.s0 = mash(' ');
    this.s1 = mash(' ');
    this.s2 = mash(' ');
    this.s0 = below(this.s0 - mash(short));
    this.s1 = below(this.s1 - mash(short));
    this.s2 = below(this.s2 - mash(short));
  }

  uniform(): number {
    if (!this.isSeeded) this.seed();
    const t = 2091639 * this.s0 + this.carry * 2.3283064365386963e-10;
    this.s0 = this.s1;
    this.s1 = this.s2;
    this.carry = t | 0;
    this.s2 = t - this.carry;
    return this.s2;
  }

  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.uniform() * items.length)]!;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = items.slice();
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(this.uniform() * (i + 1));
      const item = order[i]!;
      order[i] = order[j]!;
      order[j] = item;
    }
    return order;
  }
}
