import { countBound } from './binomial.js';
import type { Pairs } from './pairs.js';

/** What each draw says in one bit, and where rounding may have turned it. */
export interface Coins {
  readonly bits: Uint8Array;
  readonly doubtful: Uint8Array;
  /** Which share of the bits is 1. */
  readonly share: number;
}

/** Whether each uniform number is at least one half: a fair coin. */
export function coinsOf(uniforms: Float64Array, slack: number): Coins {
  const bits = new Uint8Array(uniforms.length);
  const doubtful = new Uint8Array(uniforms.length);
  for (let i = 0; i < bits.length; i++) {
    bits[i] = uniforms[i]! >= 0.5 ? 1 : 0;
    doubtful[i] = Math.abs(uniforms[i]! - 0.5) <= slack ? 1 : 0;
  }
  return { bits, doubtful, share: shareOfOnes(bits) };
}

/** Bits of which none is in doubt. */
export function certainBits(bits: Uint8Array): Coins {
  return { bits, doubtful: new Uint8Array(bits.length), share: shareOfOnes(bits) };
}

function shareOfOnes(bits: Uint8Array): number {
  let ones = 0;
  for (const bit of bits) ones += bit;
  return ones / bits.length;
}

/** How many pairs there are, how many of them agree, and of how many that is in doubt. */
export interface Agreements {
  readonly same: number;
  readonly doubtful: number;
  readonly of: number;
  /** How many would agree if nothing but the shares of the two bits were known. */
  readonly expected: number;
}

/** Counts the pairs whose bits agree: the first taken from one array, the second from the other. */
export function agreements(left: Coins, right: Coins, families: readonly Pairs[]): Agreements {
  let [same, doubtful, of] = [0, 0, 0];
  for (const { first, step, count, distance } of families) {
    of += Math.max(0, count);
    for (let k = 0; k < count; k++) {
      const [i, j] = [first + k * step, first + k * step + distance];
      if (left.bits[i] === right.bits[j]) same++;
      if (left.doubtful[i] === 1 || right.doubtful[j] === 1) doubtful++;
    }
  }
  const [p, q] = [left.share, right.share];
  return { same, doubtful, of, expected: of * (p * q + (1 - p) * (1 - q)) };
}

/** The sum of counts that were made apart. */
export function together(counts: readonly Agreements[]): Agreements {
  let [same, doubtful, of, expected] = [0, 0, 0, 0];
  for (const count of counts) {
    same += count.same;
    doubtful += count.doubtful;
    of += count.of;
    expected += count.expected;
  }
  return { same, doubtful, of, expected };
}

/** How likely independent draws agree, or differ, so often, where a pair agrees so often. */
export function agreementBound(
  { same, doubtful, of }: Agreements,
  lowest: number,
  highest: number,
): number {
  return countBound({
    least: same - doubtful,
    most: same + doubtful,
    trials: of,
    lowest,
    highest,
  });
}

/**
 * How likely fair coins agree, or differ, so often. Where they are not fair something else is
 * wrong, and what would follow from that is not held against their independence; a wider range
 * of probabilities only makes the bound larger.
 */
export function fairBound(agreed: Agreements): number {
  const share = agreed.of === 0 ? 0.5 : agreed.expected / agreed.of;
  return agreementBound(agreed, Math.min(0.5, share), Math.max(0.5, share));
}
