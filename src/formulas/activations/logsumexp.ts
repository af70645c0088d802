import {
  logSumExp,
  type NDArray,
  ones,
  requireRows,
  sameShape,
  sizeOf,
} from '../../kernel/index.js';
import { softmax } from './softmax.js';

export interface LogsumexpInputs {
  /** Values x, of any rank; each row along the last axis becomes one number. */
  readonly x: NDArray;
}

/**
 * **Log-sum-exp**: a smooth maximum, never below the largest value.
 *
 * $$ \operatorname{LSE}(x) = \ln \sum_j e^{x_j} $$
 *
 * It lies between max x and max x + ln c for c values, and its gradient is softmax. The largest
 * value is taken out of the sum, so that nothing overflows. The sum of nothing, or of nothing
 * but −Infinity, is 0, whose logarithm is −Infinity.
 *
 * Unit: nats.
 *
 * @returns An array of the shape of `x` without its last axis: of rank 0 for a vector.
 * @throws FormulaError `shape` if `x` has no axis.
 * @see P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and
 *   softmax functions", IMA J. Numer. Anal. 41 (2021) 2311–2330
 * @example
 * logsumexp({ x: matrix([0, 0], [1000, -1000]) }); // → [0.6931471805599453, 1000]
 */
export function logsumexp({ x }: LogsumexpInputs): NDArray {
  requireRows('logsumexp', { x });

  const columns = x.shape.at(-1)!;
  const shape = x.shape.slice(0, -1);
  const totals = new Float64Array(sizeOf(shape));
  for (let row = 0; row < totals.length; row++) {
    totals[row] = logSumExp(x.data, row * columns, (row + 1) * columns);
  }
  return { shape, data: totals };
}

/**
 * Gradient of {@link logsumexp}: softmax, each row times its element g of the cotangent.
 *
 * $$ \frac{\partial}{\partial x_k} = g \, \frac{e^{x_k}}{\sum_j e^{x_j}} $$
 *
 * @param cotangent What the result is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function logsumexpGradient(
  { x }: LogsumexpInputs,
  cotangent: NDArray = ones(x.shape.slice(0, -1)),
): { x: NDArray } {
  requireRows('logsumexp', { x });

  const columns = x.shape.at(-1)!;
  const slope = new Float64Array(x.data.length);
  if (slope.length === 0) return { x: sameShape(x, slope) };
  const { data: probabilities } = softmax({ x });
  for (let i = 0; i < slope.length; i++) {
    slope[i] = cotangent.data[Math.floor(i / columns)]! * probabilities[i]!;
  }
  return { x: sameShape(x, slope) };
}
