/** Numbers in a slab. */
const SLAB = 4096;
/** Longer arrays are worth memory of their own. */
const LONGEST = 256;

let slab = new Float64Array(SLAB);
let used = 0;
let bytes = new Uint8Array(SLAB);
let usedBytes = 0;

/**
 * A new array of zeros that stays within the judge. Every typed array of its own is memory that
 * has to be asked for and given back, which costs more than most arrays are worth; so short ones
 * are cut from a slab, each number of which is given out once. Not for what a subject is given: a
 * slab would be sent to another thread as a whole.
 */
export function scratch(length: number): Float64Array {
  if (length > LONGEST) return new Float64Array(length);
  if (used + length > SLAB) {
    slab = new Float64Array(SLAB);
    used = 0;
  }
  const start = used;
  used += length;
  return slab.subarray(start, used);
}

/** The same, of bytes. */
export function scratchBytes(length: number): Uint8Array {
  if (length > LONGEST) return new Uint8Array(length);
  if (usedBytes + length > SLAB) {
    bytes = new Uint8Array(SLAB);
    usedBytes = 0;
  }
  const start = usedBytes;
  usedBytes += length;
  return bytes.subarray(start, usedBytes);
}
