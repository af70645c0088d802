import {
  log,
  log1p,
  mean,
  type NDArray,
  pow,
  requireNonEmpty,
  requireNonNegative,
  requireNumber,
  requireSameShape,
  requireUnitInterval,
  rounded,
  sameShape,
} from '../../kernel/index.js';

export interface FocalLossInputs {
  /** Predicted probabilities p of the positive class, in [0, 1], of any shape. */
  readonly probability: NDArray;
  /** Observed classes y, 0 or 1, or probabilities between them, of the same shape. */
  readonly target: NDArray;
  /** Weight of the positive class, in [0, 1]; the negative one has the rest. */
  readonly alpha?: number;
  /** How strongly examples that are predicted well are discounted; at least 0. */
  readonly gamma?: number;
}

/**
 * **Focal loss**: binary cross-entropy that looks away from what is already predicted well.
 *
 * $$
 * L = -\frac{1}{n} \sum_i \left[
 *   \alpha \, y_i (1 - p_i)^\gamma \ln p_i
 *   + (1 - \alpha) (1 - y_i) \, p_i^\gamma \ln(1 - p_i)
 * \right]
 * $$
 *
 * The factor is the probability that was missing: at γ = 2 an example predicted with 0.9
 * counts a hundredth, so that a thousand easy negatives do not drown one hard positive. With
 * γ = 0 and α = 1/2 it is half the binary cross-entropy. As there, 0 ln 0 is 0.
 *
 * Unit: nats.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `probability` and `target` differ in shape.
 * @throws FormulaError `domain` if `probability`, `target` or `alpha` leaves [0, 1], or `gamma`
 *   is negative or infinite.
 * @throws FormulaError `empty` if there are no elements.
 * @see T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal Loss for Dense Object
 *   Detection", ICCV 2017, arXiv:1708.02002
 * @example
 * focalLoss({ probability: vector(0.5), target: vector(1) }); // → 0.04332169878499658
 */
export function focalLoss({
  probability,
  target,
  alpha = 0.25,
  gamma = 2,
}: FocalLossInputs): number {
  requireFocalInputs({ probability, target, alpha, gamma });

  return mean(probability.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const p = probability.data[i]!;
      const y = target.data[i]!;
      // In a short format this product may vanish.
      const positive = rounded(alpha * y);
      const negative = (1 - alpha) * (1 - y);
      // A weight of 0 counts nothing, even where the logarithm is infinite.
      if (positive !== 0) total -= positive * pow(rounded(1 - p), gamma) * log(p);
      if (negative !== 0) total -= negative * pow(p, gamma) * log1p(-p);
    }
    return total;
  });
}

/**
 * Gradient of {@link focalLoss}.
 *
 * $$
 * \frac{\partial L}{\partial p_i} = \frac{1}{n} \left[
 *   (1 - \alpha)(1 - y_i) \, d(1 - p_i) - \alpha \, y_i \, d(p_i)
 * \right],
 * \qquad d(q) = (1 - q)^\gamma \left( \frac{1}{q} - \gamma \frac{\ln q}{1 - q} \right)
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `probability`: an array of its shape.
 */
export function focalLossGradient(
  { probability, target, alpha = 0.25, gamma = 2 }: FocalLossInputs,
  cotangent = 1,
): { probability: NDArray } {
  requireFocalInputs({ probability, target, alpha, gamma });

  const slope = new Float64Array(probability.data.length);
  for (let i = 0; i < slope.length; i++) {
    const p = probability.data[i]!;
    const positive = rounded(alpha * target.data[i]!);
    const negative = (1 - alpha) * (1 - target.data[i]!);
    let total = 0;
    if (positive !== 0) total -= descent(positive, p, rounded(1 - p), log(p), gamma);
    if (negative !== 0) total += descent(negative, rounded(1 - p), p, log1p(-p), gamma);
    slope[i] = (cotangent * total) / slope.length;
  }
  return { probability: sameShape(probability, slope) };
}

/** How fast −weight (1 − q)^γ ln q falls as q rises; `missing` is 1 − q, to all its digits. */
function descent(
  weight: number,
  q: number,
  missing: number,
  logarithm: number,
  gamma: number,
): number {
  // ln q/(1 − q) is −1 in the limit of q = 1, where the power in front of it vanishes.
  const focus = gamma === 0 || missing === 0 ? 0 : (gamma * logarithm) / missing;
  const modulated = weight * pow(missing, gamma);
  // Not times 1/q, which overflows where q is subnormal.
  return modulated / q - modulated * focus;
}

function requireFocalInputs({ probability, target, alpha, gamma }: Required<FocalLossInputs>) {
  requireSameShape('focalLoss', { probability, target });
  requireNonEmpty('focalLoss', { probability });
  requireUnitInterval('focalLoss', { probability, target });
  requireNumber('focalLoss', { alpha }, 'lie in [0, 1]', (weight) => weight >= 0 && weight <= 1);
  requireNonNegative('focalLoss', { gamma });
}
