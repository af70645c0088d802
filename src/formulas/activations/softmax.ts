import {
  type NDArray,
  ones,
  requireNonEmpty,
  requireRows,
  sameShape,
  shiftedExp,
  sum,
} from '../../kernel/index.js';

export interface SoftmaxInputs {
  /** Logits z, of any rank; each row along the last axis becomes a distribution. */
  readonly x: NDArray;
}

/**
 * **Softmax**: turns a row of logits into probabilities.
 *
 * $$ \operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}} $$
 *
 * Only differences of logits matter, so the largest is subtracted first: no exponential
 * overflows, and the sum is at least 1. A row with +Infinity, or of nothing but −Infinity,
 * has no limit and gives NaN.
 *
 * Unit: none, a probability.
 *
 * @returns An array of the shape of `x`, each row in [0, 1] with sum 1.
 * @throws FormulaError `shape` if `x` has no axis.
 * @throws FormulaError `empty` if there are no elements.
 * @see J. S. Bridle, "Probabilistic Interpretation of Feedforward Classification Network
 *   Outputs", Neurocomputing, NATO ASI Series 68 (1990) 227–236
 * @example
 * softmax({ x: vector(0, 0, 0, 0) }); // → [0.25, 0.25, 0.25, 0.25]
 */
export function softmax({ x }: SoftmaxInputs): NDArray {
  requireRows('softmax', { x });
  requireNonEmpty('softmax', { x });

  const columns = x.shape.at(-1)!;
  const probabilities = new Float64Array(x.data.length);
  for (let start = 0; start < x.data.length; start += columns) {
    const row = x.data.subarray(start, start + columns);
    let largest = -Infinity;
    for (let k = 0; k < columns; k++) largest = Math.max(largest, row[k]!);
    const total = sum(columns, (low, high) => {
      let partial = 0;
      for (let k = low; k < high; k++) {
        partial += probabilities[start + k] = shiftedExp(row[k]!, largest);
      }
      return partial;
    });
    for (let k = 0; k < columns; k++) probabilities[start + k]! /= total;
  }
  return sameShape(x, probabilities);
}

/**
 * Gradient of {@link softmax}, row by row: with s the probabilities and g the cotangent,
 *
 * $$ \frac{\partial}{\partial z} = s \odot (g - \langle s, g \rangle) $$
 *
 * @param cotangent What the probabilities are multiplied by further on, of their shape.
 * @returns `x`: an array of its shape, whose rows sum to 0.
 */
export function softmaxGradient(
  { x }: SoftmaxInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  const { data: probabilities } = softmax({ x });

  const columns = x.shape.at(-1)!;
  const slope = new Float64Array(x.data.length);
  for (let start = 0; start < slope.length; start += columns) {
    const average = sum(columns, (low, high) => {
      let partial = 0;
      for (let i = start + low; i < start + high; i++) {
        partial += probabilities[i]! * cotangent.data[i]!;
      }
      return partial;
    });
    for (let i = start; i < start + columns; i++) {
      slope[i] = probabilities[i]! * (cotangent.data[i]! - average);
    }
  }
  return { x: sameShape(x, slope) };
}
