import type { Draws } from './sampling.js';

/** `less than once in 10^30`. */
export function oddsInWords(p: number): string {
  // Beyond the smallest double it is only known to be less.
  const exponent = p < 1e-300 ? 300 : Math.floor(-Math.log10(p));
  return `less than once in 10^${exponent}`;
}

/** `2,048 draws of shape [16, 128]`; of several calls, `8,196 draws`. */
export function drawsInWords(draws: readonly Draws[]): string {
  const count = draws.reduce((total, { answer }) => total + answer.data.length, 0);
  const shapes = new Set(draws.map(({ answer }) => answer.shape.join(', ')));
  const shape = shapes.size === 1 ? ` of shape [${[...shapes][0]}]` : '';
  return `${grouped(count)} draws${shape}`;
}

/** `8,196`. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** Three digits, which is what so many draws can tell. */
export function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
