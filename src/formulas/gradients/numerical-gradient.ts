import {
  FormulaError,
  type NDArray,
  requirePositive,
  rounded,
  sameShape,
} from '../../kernel/index.js';
import {
  absoluteValue,
  cubic,
  exponential,
  quadratic,
  reciprocal,
  sine,
} from '../calculus/index.js';

export interface NumericalGradientInputs {
  /** The id of the function f of chapter `calculus`, which works element by element. */
  readonly function: string;
  /** Where the gradient is taken, of any shape. */
  readonly x: NDArray;
  /** Step h to either side; positive, in the unit of `x`. */
  readonly step?: number;
}

/** The functions that a gradient can be taken of, by id. */
export const functionsById: Readonly<Record<string, (inputs: { x: NDArray }) => NDArray>> = {
  'calculus/absolute-value': absoluteValue,
  'calculus/cubic': cubic,
  'calculus/exponential': exponential,
  'calculus/quadratic': quadratic,
  'calculus/reciprocal': reciprocal,
  'calculus/sine': sine,
};

/**
 * **Numerical gradient**: by how much a function changes from one side to the other, coordinate
 * by coordinate.
 *
 * $$
 * \frac{F(x + h e_i) - F(x - h e_i)}{2h} \qquad F(x) = \sum_j f(x_j)
 * $$
 *
 * The difference of both sides is exact for parabolas, and off by h² f‴/6 else; of one side it is
 * off by h f″/2. A step far below 10⁻⁵ loses more to rounding than it gains. At a kink it is the
 * mean of the slopes on both sides. Terms that do not move cancel, but one that is not finite
 * makes F, and every difference of it, NaN.
 *
 * Unit: that of f, over that of `x`.
 *
 * @returns An array of the shape of `x`, which stays as it is.
 * @throws FormulaError `domain` if `function` is unknown, or `step` is not positive and finite.
 * @see B. Fornberg, "Generation of Finite Difference Formulas on Arbitrarily Spaced Grids",
 *   Math. Comp. 51 (1988) 699–706
 * @example
 * numericalGradient({ function: 'calculus/quadratic', x: vector(1, -3), step: 0.5 }); // → [2, -6]
 */
export function numericalGradient({
  function: id,
  x,
  step = 1e-5,
}: NumericalGradientInputs): NDArray {
  const f = functionsById[id];
  if (f === undefined) {
    throw new FormulaError(
      'domain',
      `numericalGradient: function must be the id of one that is known, got ${id}`,
    );
  }
  requirePositive('numericalGradient', { step });

  // Element by element, so that the terms of all coordinates are had in three calls.
  const at = f({ x }).data;
  const above = f({ x: shifted(x, step) }).data;
  const below = f({ x: shifted(x, -step) }).data;
  const gaps = at.reduce((count, term) => count + (Number.isFinite(term) ? 0 : 1), 0);
  const gradient = new Float64Array(at.length);
  for (let i = 0; i < gradient.length; i++) {
    const others = Number.isFinite(at[i]!) ? gaps : gaps - 1;
    gradient[i] = others > 0 ? Number.NaN : (above[i]! - below[i]!) / (2 * step);
  }
  return sameShape(x, gradient);
}

function shifted(x: NDArray, by: number): NDArray {
  const data = new Float64Array(x.data.length);
  for (let i = 0; i < data.length; i++) data[i] = rounded(x.data[i]! + by);
  return sameShape(x, data);
}
