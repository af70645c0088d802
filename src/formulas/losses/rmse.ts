import {
  mean,
  type NDArray,
  requireNonEmpty,
  requireSameShape,
  sameShape,
  sqrt,
} from '../../kernel/index.js';

export interface RmseInputs {
  /** Predicted values ŷ, of any shape. */
  readonly prediction: NDArray;
  /** Observed values y, of the same shape. */
  readonly target: NDArray;
}

/**
 * **Root mean squared error**: the typical size of an error, large ones counting most.
 *
 * $$ \mathrm{RMSE} = \sqrt{\frac{1}{n} \sum_i (\hat{y}_i - y_i)^2} $$
 *
 * The Euclidean distance between prediction and target, over √n. Errors are divided by the
 * largest before they are squared: the square of 10²⁰⁰ overflows and that of 10⁻²⁰⁰ vanishes,
 * where the root of their mean is an ordinary number.
 *
 * Unit: that of `target`.
 *
 * @returns The loss, a scalar.
 * @throws FormulaError `shape` if `prediction` and `target` differ in shape.
 * @throws FormulaError `empty` if there are no elements.
 * @see J. L. Blue, "A Portable Fortran Program to Find the Euclidean Norm of a Vector",
 *   ACM Trans. Math. Softw. 4 (1978) 15–23
 * @example
 * rmse({ prediction: vector(1, 2, 0, 0), target: vector(1, 4, 0, 0) }); // → 1
 */
export function rmse({ prediction, target }: RmseInputs): number {
  requireSameShape('rmse', { prediction, target });
  requireNonEmpty('rmse', { prediction });

  const largest = largestError({ prediction, target });
  if (largest === 0 || largest === Infinity) return largest;
  const meanSquare = mean(prediction.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const error = (prediction.data[i]! - target.data[i]!) / largest;
      total += error * error;
    }
    return total;
  });
  return largest * sqrt(meanSquare);
}

/** The largest error in size; NaN if one is missing. */
function largestError({ prediction, target }: RmseInputs): number {
  let largest = 0;
  for (let i = 0; i < prediction.data.length; i++) {
    largest = Math.max(largest, Math.abs(prediction.data[i]! - target.data[i]!));
  }
  return largest;
}

/**
 * Gradient of {@link rmse}: the direction of the errors, over √n.
 *
 * $$ \frac{\partial \mathrm{RMSE}}{\partial \hat{y}_i} = \frac{\hat{y}_i - y_i}{n \, \mathrm{RMSE}} $$
 *
 * Where every error is 0 the loss has the tip of a cone, and no slope: the gradient is taken to
 * be 0, the middle of its subgradients.
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `prediction`: an array of its shape.
 */
export function rmseGradient(
  { prediction, target }: RmseInputs,
  cotangent = 1,
): { prediction: NDArray } {
  const loss = rmse({ prediction, target });

  const slope = new Float64Array(prediction.data.length);
  if (loss === 0) return { prediction: sameShape(prediction, slope) };
  for (let i = 0; i < slope.length; i++) {
    const error = prediction.data[i]! - target.data[i]!;
    slope[i] = (cotangent * (error / loss)) / slope.length;
  }
  return { prediction: sameShape(prediction, slope) };
}
