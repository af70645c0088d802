import {
  mean,
  type NDArray,
  requireBinary,
  requireElements,
  requireNonEmpty,
  requirePositive,
  requireSameShape,
  sameShape,
} from '../../kernel/index.js';

export interface ContrastiveLossInputs {
  /** Distances d between the embeddings of pairs, at least 0, of any shape. */
  readonly distance: NDArray;
  /** What is known of each pair: 1 similar, 0 dissimilar; of the same shape. */
  readonly target: NDArray;
  /** How far apart dissimilar pairs should be; positive, in the unit of `distance`. */
  readonly margin?: number;
}

/**
 * **Contrastive loss**: pulls similar pairs together and pushes dissimilar ones a margin apart.
 *
 * $$
 * L = \frac{1}{n} \sum_i \begin{cases}
 *   d_i^2              & y_i = 1 \\
 *   \max(0, m - d_i)^2 & y_i = 0
 * \end{cases}
 * $$
 *
 * Without the margin m the dissimilar pairs could be pushed apart without end. Each pair has
 * one term, not the sum y d² + (1 − y) max(0, m − d)²: far apart, it would be 0 · ∞.
 *
 * Unit: that of `distance`, squared.
 *
 * @returns The mean loss, a scalar.
 * @throws FormulaError `shape` if `distance` and `target` differ in shape.
 * @throws FormulaError `domain` if `distance` is negative, `target` is not 0 or 1, or `margin`
 *   is not positive and finite.
 * @throws FormulaError `empty` if there are no elements.
 * @see R. Hadsell, S. Chopra, Y. LeCun, "Dimensionality Reduction by Learning an Invariant
 *   Mapping", CVPR 2006, 1735–1742
 * @example
 * contrastiveLoss({ distance: vector(0.5, 0.5), target: vector(1, 0), margin: 2 }); // → 1.25
 */
export function contrastiveLoss({ distance, target, margin = 1 }: ContrastiveLossInputs): number {
  requireContrastiveInputs({ distance, target, margin });

  return mean(distance.data.length, (low, high) => {
    let total = 0;
    for (let i = low; i < high; i++) {
      const d = distance.data[i]!;
      const fault = target.data[i] === 1 ? d : Math.max(0, margin - d);
      total += fault * fault;
    }
    return total;
  });
}

/**
 * Gradient of {@link contrastiveLoss}.
 *
 * $$
 * \frac{\partial L}{\partial d_i} = \frac{2}{n} \begin{cases}
 *   d_i               & y_i = 1 \\
 *   -\max(0, m - d_i) & y_i = 0
 * \end{cases}
 * $$
 *
 * @param cotangent What the loss is multiplied by further on; 1 for the gradient itself.
 * @returns `distance`: an array of its shape.
 */
export function contrastiveLossGradient(
  { distance, target, margin = 1 }: ContrastiveLossInputs,
  cotangent = 1,
): { distance: NDArray } {
  requireContrastiveInputs({ distance, target, margin });

  const slope = new Float64Array(distance.data.length);
  for (let i = 0; i < slope.length; i++) {
    const d = distance.data[i]!;
    const pull = target.data[i] === 1 ? d : -Math.max(0, margin - d);
    slope[i] = (cotangent * 2 * pull) / slope.length;
  }
  return { distance: sameShape(distance, slope) };
}

function requireContrastiveInputs({ distance, target, margin }: Required<ContrastiveLossInputs>) {
  requireSameShape('contrastiveLoss', { distance, target });
  requireNonEmpty('contrastiveLoss', { distance });
  requireElements('contrastiveLoss', { distance }, 'be at least 0', (d) => !(d < 0));
  requireBinary('contrastiveLoss', { target });
  requirePositive('contrastiveLoss', { margin });
}
