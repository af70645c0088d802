import { type NDArray, requireNumber, sameShape } from '../../kernel/index.js';

export interface ReluDerivativeInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
  /** The slope taken at the kink, of the many that fit there: 0, 0.5 or 1. */
  readonly atZero?: number;
}

/**
 * **Derivative of ReLU**: 1 where the unit is on, 0 where it is off.
 *
 * $$
 * \operatorname{ReLU}'(x) = \begin{cases}
 *   1    & x > 0 \\
 *   s_0  & x = 0 \\
 *   0    & x < 0
 * \end{cases}
 * $$
 *
 * There is no derivative at 0, where every slope from 0 to 1 lies below the curve. Networks are
 * trained with 0 there; a central difference measures one half.
 *
 * Unit: none.
 *
 * @returns An array of the shape of `x`, of zeros and ones, and `atZero` at the zeros.
 * @throws FormulaError `domain` if `atZero` is not 0, 0.5 or 1.
 * @see D. Bertoin, J. Bolte, S. Gerchinovitz, E. Pauwels, "Numerical influence of ReLU'(0) on
 *   backpropagation", NeurIPS 34 (2021)
 * @example
 * reluDerivative({ x: vector(-2, 0, 3) }); // → [0, 0, 1]
 */
export function reluDerivative({ x, atZero = 0 }: ReluDerivativeInputs): NDArray {
  requireNumber('reluDerivative', { atZero }, 'be 0, 0.5 or 1', (slope) =>
    [0, 0.5, 1].includes(slope),
  );

  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) slope[i] = slopeAt(x.data[i]!, atZero);
  return sameShape(x, slope);
}

function slopeAt(value: number, atZero: number): number {
  if (value > 0) return 1;
  if (value < 0) return 0;
  return value === 0 ? atZero : Number.NaN;
}
