import {
  exp,
  log1p,
  type NDArray,
  ones,
  requireNonEmpty,
  requireRows,
  sameShape,
  sum,
} from '../../kernel/index.js';
import { softmax } from './softmax.js';

export interface LogSoftmaxInputs {
  /** Logits z, of any rank; each row along the last axis becomes a distribution. */
  readonly x: NDArray;
}

/**
 * **Log-softmax**: the logarithms of the probabilities that softmax gives.
 *
 * $$ \operatorname{logsoftmax}(z)_k = z_k - \ln \sum_j e^{z_j} $$
 *
 * Taken together because ln of softmax is −∞ where a probability underflows, 745 below the
 * largest logit. The largest is taken out of the sum, and what remains is added to the 1 it
 * leaves behind by log1p, which keeps the digits of a probability next to 1. As in softmax, a
 * row with +Infinity, or of nothing but −Infinity, gives NaN.
 *
 * Unit: nats.
 *
 * @returns An array of the shape of `x`, at most 0.
 * @throws FormulaError `shape` if `x` has no axis.
 * @throws FormulaError `empty` if there are no elements.
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and
 *   softmax functions", IMA J. Numer. Anal. 41 (2021) 2311–2330
 * @example
 * logSoftmax({ x: vector(0, -800) }); // → [0, -800]
 */
export function logSoftmax({ x }: LogSoftmaxInputs): NDArray {
  requireRows('logSoftmax', { x });
  requireNonEmpty('logSoftmax', { x });

  const columns = x.shape.at(-1)!;
  const logarithms = new Float64Array(x.data.length);
  for (let start = 0; start < logarithms.length; start += columns) {
    const row = x.data.subarray(start, start + columns);
    const at = indexOfLargest(row);
    const largest = row[at]!;
    const others = sum(columns, (low, high) => {
      let partial = 0;
      for (let k = low; k < high; k++) if (k !== at) partial += exp(row[k]! - largest);
      return partial;
    });
    // Nothing lies a finite way below an infinite logit.
    const rest = Number.isFinite(largest) ? log1p(others) : Number.NaN;
    for (let k = 0; k < columns; k++) logarithms[start + k] = row[k]! - largest - rest;
  }
  return sameShape(x, logarithms);
}

/** The first place of the largest element; NaN is never larger. */
function indexOfLargest(row: Float64Array): number {
  let at = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[at]!) at = k;
  return at;
}

/**
 * Gradient of {@link logSoftmax}, row by row: with s the probabilities and g the cotangent,
 *
 * $$ \frac{\partial}{\partial z} = g - s \sum_j g_j $$
 *
 * @param cotangent What the logarithms are multiplied by further on, of their shape.
 * @returns `x`: an array of its shape, whose rows sum to 0.
 */
export function logSoftmaxGradient(
  { x }: LogSoftmaxInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  requireRows('logSoftmax', { x });
  requireNonEmpty('logSoftmax', { x });

  const { data: probabilities } = softmax({ x });

  const columns = x.shape.at(-1)!;
  const slope = new Float64Array(x.data.length);
  for (let start = 0; start < slope.length; start += columns) {
    const total = sum(columns, (low, high) => {
      let partial = 0;
      for (let i = start + low; i < start + high; i++) partial += cotangent.data[i]!;
      return partial;
    });
    for (let i = start; i < start + columns; i++) {
      slope[i] = cotangent.data[i]! - probabilities[i]! * total;
    }
  }
  return { x: sameShape(x, slope) };
}
