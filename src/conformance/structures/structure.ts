import type { NDArray } from '../../kernel/index.js';
import type { ArrayContext } from '../generate/context.js';

/** What a structure means: to whoever draws, shrinks, moves, forbids and describes. */
export interface StructureMeaning {
  /** In a few words. */
  readonly words: string;
  /** An array that has the structure; absent where the kind alone draws it. */
  readonly draw?: (context: ArrayContext, mate: NDArray | undefined) => Float64Array;
  /** True for arrays that have it. */
  readonly holds?: (array: NDArray) => boolean;
  /**
   * For every element, the first of those that are one number, or move as one: the mirror image
   * in a symmetric matrix. Absent where each is for itself.
   */
  readonly leaders?: (shape: readonly number[]) => Int32Array;
  /** All elements may degenerate to 0 or to one value, together with other arrays. */
  readonly degenerates?: true;
  /** An array of the same shape that breaks it, and in which way. */
  readonly broken?: (array: NDArray) => { readonly why: string; readonly array: NDArray };
}
