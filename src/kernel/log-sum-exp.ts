import { mover } from './moves.js';

/*
 * Two stages: the largest element is taken out, and the rest added to the 1 it leaves behind by
 * log1p; so nothing overflows, and a sum next to 1 keeps its digits (P. Blanchard, D. J. Higham,
 * N. J. Higham, "Accurately computing the log-sum-exp and softmax functions", IMA J. Numer.
 * Anal. 41 (2021) 2311–2330).
 */

/** Terms added in one plain loop; longer slices are halved, so that the error grows as log n. */
const BLOCK = 128;

/** e^(x − shift) for x ≤ shift, with what the rounded difference misses. */
function shiftedExponential(x: number, shift: number): number {
  const difference = x - shift;
  if (difference < -746) return 0;
  const moved = difference - x;
  const missed = x - (difference - moved) - (shift + moved);
  const value = Math.exp(difference);
  return value + value * missed;
}

function sumOfExponentials(
  data: ArrayLike<number>,
  low: number,
  high: number,
  shift: number,
): number {
  if (high - low > BLOCK) {
    const middle = low + ((high - low) >> 1);
    return (
      sumOfExponentials(data, low, middle, shift) + sumOfExponentials(data, middle, high, shift)
    );
  }
  let sum = 0;
  for (let i = low; i < high; i++) sum += shiftedExponential(data[i]!, shift);
  return sum;
}

function hasNaN(data: ArrayLike<number>, low: number, high: number): boolean {
  for (let i = low; i < high; i++) if (Number.isNaN(data[i])) return true;
  return false;
}

function logSumExpOf(data: ArrayLike<number>, low: number, high: number): number {
  let largest = -Infinity;
  let at = low;
  for (let i = low; i < high; i++) {
    if (data[i]! > largest) {
      largest = data[i]!;
      at = i;
    }
  }
  // Infinity − Infinity would be NaN below; and the comparisons have passed over any NaN.
  if (largest === Infinity || largest === -Infinity) {
    return hasNaN(data, low, high) ? Number.NaN : largest;
  }
  const others =
    sumOfExponentials(data, low, at, largest) + sumOfExponentials(data, at + 1, high, largest);
  return largest + Math.log1p(others);
}

/**
 * ln Σ e^(xᵢ) over the elements `low` … `high − 1`; −Infinity, the logarithm of 0, where there
 * are none. NaN propagates. Within 2.5 ulp of the larger of the result and the largest
 * element: where they cancel, no more digits can be had from rounded elements.
 */
export function logSumExp(data: ArrayLike<number>, low = 0, high: number = data.length): number {
  const value = logSumExpOf(data, low, high);
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}

function logAddExpOf(a: number, b: number): number {
  // Equal infinities have no difference.
  if (a === b) return a + Math.LN2;
  const largest = Math.max(a, b);
  return largest + Math.log1p(shiftedExponential(Math.min(a, b), largest));
}

/** e^(x − shift) for x ≤ shift, without the rounding of the difference: 64 ulp at a gap of 90. */
export function shiftedExp(x: number, shift: number): number {
  const value = shiftedExponential(x, shift);
  return mover === undefined ? value : mover.transcendental(value, 0, 1);
}

/** ln(eᵃ + eᵇ), as accurate as {@link logSumExp}. */
export function logAddExp(a: number, b: number): number {
  const value = logAddExpOf(a, b);
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}
