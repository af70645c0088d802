import {
  type NDArray,
  ones,
  requireNonEmpty,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface SquaredErrorInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Squared error**: the squared distance between each prediction and its target.
 *
 * $$ \ell_i = (\hat{y}_i - y_i)^2 $$
 *
 * The loss of one sample, before any mean or sum is taken: least squares is the fit that makes
 * their sum smallest. The square of an error above 1.34 × 10¹⁵⁴ overflows.
 *
 * Unit: that of `target`, squared.
 *
 * @returns An array of the shape of `prediction`, of elements of at least 0.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see A.-M. Legendre, "Nouvelles méthodes pour la détermination des orbites des comètes"
 *   (1805), appendix "Sur la méthode des moindres quarrés"
 * @example
 * squaredError({ prediction: vector(1, 2), target: vector(1, 4) }); // → [0, 4]
 */
export function squaredError({ prediction, target }: SquaredErrorInputs): NDArray {
  requireSameShape('squaredError', { prediction, target });
  requireNonEmpty('squaredError', { prediction });

  const squares = new Float64Array(prediction.data.length);
  for (let i = 0; i < squares.length; i++) {
    const error = prediction.data[i]! - target.data[i]!;
    squares[i] = error * error;
  }
  return sameShape(prediction, squares);
}

/**
 * Gradient of {@link squaredError}.
 *
 * $$ \frac{\partial \ell_i}{\partial \hat{y}_i} = 2 (\hat{y}_i - y_i) $$
 *
 * @param cotangent What each square is multiplied by further on, of the shape of `prediction`.
 * @returns `prediction`: an array of its shape.
 */
export function squaredErrorGradient(
  { prediction, target }: SquaredErrorInputs,
  cotangent: NDArray = ones(prediction.shape),
): { prediction: NDArray } {
  requireSameShape('squaredError', { prediction, target });
  requireNonEmpty('squaredError', { prediction });

  const slope = new Float64Array(prediction.data.length);
  for (let i = 0; i < slope.length; i++) {
    slope[i] = cotangent.data[i]! * 2 * (prediction.data[i]! - target.data[i]!);
  }
  return { prediction: sameShape(prediction, slope) };
}
