import { type Stream, sizeOf } from '../../kernel/index.js';

/*
 * Masks: 1 where a query may look, 0 where it may not. The last two axes are queries and keys; of
 * a vector, keys alone. Only the styles of `blindMasks` let a query look nowhere, which is a
 * question of its own.
 */

/** A way to draw a mask of a shape. */
export type MaskStyle = (draws: Stream, shape: readonly number[]) => Float64Array;

/** Tells whether a query may look at a key, both counted from 0. */
type Rule = (query: number, key: number) => boolean;

const usual: Readonly<Record<string, MaskStyle>> = {
  'all ones': byMatrix(() => () => true),
  causal: byMatrix((_, queries, keys) => {
    // Where the lengths differ, the last query sees the last key.
    const ahead = Math.max(0, keys - queries);
    return (query, key) => key <= query + ahead;
  }),
  'first keys': byMatrix((draws, _, keys) => {
    // What pads a sequence stands behind it, and is as long as the others are longer.
    const length = draws.integer(1, keys);
    return (_query, key) => key < length;
  }),
  random: byMatrix((draws, queries, keys) => {
    const seen = eachOneOf(draws, queries, keys);
    return (query, key) => draws.chance(0.5) || key === seen[query];
  }),
  'one key each': byMatrix((draws, queries, keys) => {
    const seen = eachOneOf(draws, queries, keys);
    return (query, key) => key === seen[query];
  }),
  'hidden key': byMatrix((draws, _, keys) => {
    const hidden = draws.integer(0, keys - 1);
    return (_query, key) => key !== hidden || keys === 1;
  }),
  'blind query': byMatrix((draws, queries) => {
    const blind = draws.integer(0, queries - 1);
    return (query) => query !== blind;
  }),
};

/** Hides most mistakes. */
const rare: Readonly<Record<string, MaskStyle>> = {
  'all blind': byMatrix(() => () => false),
};

/** Masks by style: what is drawn in turn, and what is drawn now and then. */
export const maskStyles = { usual, rare };

/** A mask whose matrices have each a rule of its own, so that none does for another. */
function byMatrix(ruleOf: (draws: Stream, queries: number, keys: number) => Rule): MaskStyle {
  return (draws, shape) => {
    const [queries, keys] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
    const mask = new Float64Array(sizeOf(shape));
    for (let start = 0; start < mask.length; start += queries * keys) {
      const rule = ruleOf(draws, queries, keys);
      for (let i = 0; i < queries * keys; i++) {
        mask[start + i] = rule(Math.floor(i / keys), i % keys) ? 1 : 0;
      }
    }
    return mask;
  };
}

/** For each query one of the keys. */
function eachOneOf(draws: Stream, queries: number, keys: number): readonly number[] {
  return Array.from({ length: queries }, () => draws.integer(0, keys - 1));
}
