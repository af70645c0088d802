import type { NDArray } from '../../kernel/index.js';
import type { Structure } from '../spec.js';
import { masks } from './masks.js';
import { fullRank, positiveDefinite, rankDeficient, symmetric } from './matrices.js';
import { permutation, sorted } from './orders.js';
import { points } from './points.js';
import { steps } from './steps.js';
import type { StructureMeaning } from './structure.js';

/** What each structure means. A new structure is a module, and a line here. */
export const structures: Readonly<Record<Structure, StructureMeaning>> = {
  symmetric,
  'positive-definite': positiveDefinite,
  'full-rank': fullRank,
  'rank-deficient': rankDeficient,
  sorted,
  permutation,
  mask: masks,
  steps,
  points,
};

/** For every element the first of those that it moves with; undefined where each is for itself. */
export function movesTogether(
  structure: Structure | undefined,
  shape: readonly number[],
): Int32Array | undefined {
  return structure === undefined ? undefined : structures[structure].leaders?.(shape);
}

/** True for an array that has the structure, or of which none is asked. */
export function hasStructure(structure: Structure | undefined, array: NDArray): boolean {
  return structure === undefined || structures[structure].holds?.(array) !== false;
}
