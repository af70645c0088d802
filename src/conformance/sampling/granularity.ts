import { countBound } from './binomial.js';

/** How near a draw comes to another by chance, and how often these did. */
export interface Grain {
  readonly near: number;
  readonly of: number;
  /** How many would be near by chance. */
  readonly expected: number;
  readonly p: number;
}

/**
 * Whether uniform numbers lie on a grid, repeat, or keep away from one another.
 *
 * Half of them, chosen by a hash of their places, cover [0, 1) with intervals of radius `reach`;
 * each of the others falls into the cover with exactly the probability of its length, given the
 * first half, whatever it is. So the count is binomial, and nothing need be known of the defect:
 * a coarse source hits too often, and one that never returns to a value until it has been
 * through all of them never hits.
 */
export function grainOf(uniforms: Float64Array, reach: number, slack: number): Grain {
  const [centres, others] = split(uniforms);
  centres.sort();
  let near = 0;
  for (const value of others) if (nearest(centres, value) <= reach) near++;
  const [lowest, highest] = [covered(centres, reach - slack), covered(centres, reach + slack)];
  const p = countBound({ least: near, most: near, trials: others.length, lowest, highest });
  return { near, of: others.length, expected: covered(centres, reach) * others.length, p };
}

/** By a hash, because parity would send every second draw of a source of period two one way. */
function split(uniforms: Float64Array): [Float64Array, Float64Array] {
  const halves: [number[], number[]] = [[], []];
  uniforms.forEach((value, i) => {
    halves[hashBit(i)]!.push(value);
  });
  return [Float64Array.from(halves[0]), Float64Array.from(halves[1])];
}

/** One bit of the finaliser of MurmurHash3. */
function hashBit(i: number): 0 | 1 {
  let h = Math.imul(i + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) & 1) as 0 | 1;
}

/** The distance to the nearest of sorted numbers. */
function nearest(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  const above = low < sorted.length ? sorted[low]! - value : Infinity;
  const below = low > 0 ? value - sorted[low - 1]! : Infinity;
  return Math.min(above, below);
}

/** How much of [0, 1] lies within the radius of one of the sorted centres. */
function covered(centres: Float64Array, radius: number): number {
  let total = 0;
  let end = 0;
  for (const centre of centres) {
    const high = Math.min(1, centre + radius);
    const low = Math.max(end, centre - radius);
    if (high > low) total += high - low;
    end = Math.max(end, high);
  }
  return total;
}
