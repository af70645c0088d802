import { logFactorial } from '../../kernel/index.js';

/*
 * Exact probabilities of counts: no normal approximation, whose tails are wrong by orders of
 * magnitude where they matter here. A tail is summed term by term, outward from its largest.
 */

/** The probability of exactly k successes in n trials of probability p. */
export function binomial(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  const ways = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** The probability of at least k successes. */
export function upperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  if (k <= n * p) return 1 - lowerTail(k - 1, n, p);
  let term = binomial(k, n, p);
  let total = 0;
  for (let j = k; j <= n && term > total * Number.EPSILON; j++) {
    total += term;
    term *= ((n - j) / (j + 1)) * (p / (1 - p));
  }
  return Math.min(1, total);
}

/** The probability of at most k successes. */
export function lowerTail(k: number, n: number, p: number): number {
  return k > n * p ? 1 - upperTail(k + 1, n, p) : upperTail(n - k, n, 1 - p);
}

/** A count of which rounding may have turned some, of trials whose probability it may have moved. */
export interface Count {
  readonly least: number;
  readonly most: number;
  readonly trials: number;
  readonly lowest: number;
  readonly highest: number;
}

/** A bound on the probability that a count strays, to either side, as far as this one did. */
export function countBound({ least, most, trials, lowest, highest }: Count): number {
  const above = upperTail(least, trials, highest);
  const below = lowerTail(most, trials, lowest);
  return Math.min(1, 2 * Math.min(above, below));
}
