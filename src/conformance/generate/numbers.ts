import type { Format, Stream } from '../../kernel/index.js';

/*
 * The numbers that inputs are made of.
 */

export function between(draws: Stream, low: number, high: number): number {
  return low + (high - low) * draws.uniform();
}

export function signed(draws: Stream, value: number): number {
  return draws.chance(0.5) ? value : -value;
}

/** True for formats with the exponents of float32 or more. */
export function isWide(format: Format): boolean {
  return format.largest > 1e30;
}

/** Beyond the integers of 32 bits, though squares of such numbers still add up to a finite sum. */
export function huge(draws: Stream, format: Format): number {
  const most = Math.floor(Math.log2(format.largest) / 2) - 12;
  return 2 ** draws.integer(Math.min(27, most), most);
}

/** Far below 1, down to the smallest normal number of the format. */
export function tiny(draws: Stream, format: Format): number {
  return 10 ** between(draws, Math.log10(format.smallestNormal), -4);
}

/** On a seam, a rounding or two beside it, or a little way off. */
export function nearSeam(draws: Stream, seams: readonly number[], format: Format): number {
  const seam = draws.pick(seams);
  const away = draws.integer(0, 3);
  if (away === 0) return seam;
  if (away === 1) return seam * (1 + draws.integer(-4, 4) * format.unit);
  if (away === 2) return seam + between(draws, -0.02, 0.02);
  return seam + draws.integer(-8, 8) / 16;
}

/** Elements through `change`. A loop: the builtin map of typed arrays is three times slower. */
export function mapped(from: Float64Array, change: (value: number) => number): Float64Array {
  const to = new Float64Array(from.length);
  for (let i = 0; i < to.length; i++) to[i] = change(from[i]!);
  return to;
}
