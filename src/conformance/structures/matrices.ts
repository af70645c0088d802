import type { NDArray } from '../../kernel/index.js';
import type { ArrayContext } from '../generate/context.js';
import {
  hasStructure,
  type MatrixStructure,
  matrixFamilies,
  movesTogether,
} from '../generate/matrices.js';
import type { StructureMeaning } from './structure.js';

/** How often a matrix is drawn from a family that hides most mistakes. */
const RARELY = 0.06;

function matrixStructure(
  structure: MatrixStructure,
  words: string,
  more: Pick<StructureMeaning, 'broken'> = {},
): StructureMeaning {
  const { usual, rare } = matrixFamilies[structure];
  return {
    words,
    draw: ({ name, chooser, format, shape }: ArrayContext) => {
      const rarely = chooser.sometimes(`${name}: a simple matrix`, RARELY);
      const family = rarely ? chooser.choose(`${name} simple`, rare) : chooser.choose(name, usual);
      return family(chooser.draws, format, shape.at(-2)!, shape.at(-1)!);
    },
    holds: (array) => hasStructure(structure, array),
    // Whole rows of equal share move together; what does not has no leaders.
    ...(movesTogether(structure, [1, 1]) === undefined
      ? {}
      : { leaders: (shape) => movesTogether(structure, shape)! }),
    ...more,
  };
}

/** The matrix with an element that is not that of its mirror image. */
function askew({ shape, data }: NDArray): { readonly why: string; readonly array: NDArray } {
  const broken = data.slice();
  broken[1]! += 1;
  return { why: 'a matrix that is not symmetric', array: { shape, data: broken } };
}

export const symmetric = matrixStructure('symmetric', 'symmetric', { broken: askew });

export const positiveDefinite = matrixStructure(
  'positive-definite',
  'symmetric and positive definite',
  {
    broken: ({ shape, data }) => ({
      why: 'a matrix that is not positive definite',
      array: { shape, data: data.map((value) => -value) },
    }),
  },
);

export const fullRank = matrixStructure('full-rank', 'of full rank');
export const rankDeficient = matrixStructure('rank-deficient', 'of less than full rank');
