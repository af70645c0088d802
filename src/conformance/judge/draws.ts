/**
 * Mulberry32: the judge's own draws, the same for every judgement, so that a verdict depends
 * on the question and the answer alone.
 */
export function draws(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** ±[0.5, 1): by how many rounding units, of either sign, something moves. */
export function signedUnit(draw: () => number): number {
  const unit = draw() - 0.5;
  return unit < 0 ? unit - 0.5 : unit + 0.5;
}
