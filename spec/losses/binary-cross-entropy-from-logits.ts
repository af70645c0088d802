import type { Spec } from '../../src/conformance/spec.js';
import type { BinaryCrossEntropyFromLogitsInputs } from '../../src/formulas/losses/binary-cross-entropy-from-logits.js';

export const spec: Spec<BinaryCrossEntropyFromLogitsInputs> = {
  id: 'losses/binary-cross-entropy-from-logits',
  name: 'Binary cross-entropy from logits',
  latex: String.raw`
    L = \frac{1}{n} \sum_i \left[ y_i \ln(1 + e^{-z_i}) + (1 - y_i) \ln(1 + e^{z_i}) \right]
  `,
  inputs: {
    logits: { kind: 'real', shape: 'any', special: [Number.NaN] },
    target: { kind: 'unit', shape: 'logits' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['logits'],
  errors: {
    shape: 'logits and target differ in shape',
    domain: 'target leaves [0, 1]',
    empty: 'there are no elements',
  },
  scale: {
    of: softLogits,
    reason: 'in (1 − y) z − ln σ(z), 1 − y is rounded in units of the logit: PyTorch',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch binary_cross_entropy_with_logits(reduction='sum')"],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Cox 1958'],
  errata: {
    'E000-04': 'worked from the logits, where the document clips probabilities to 1e-15',
    'E000-10': 'shapes that differ are refused, not broadcast',
    'E004-31': 'the second term carries (1 − y), with parentheses around the sum',
  },
};

/** The mean size of the finite logits whose targets are soft: for hard ones 1 − y is exact. */
function softLogits({ logits, target }: BinaryCrossEntropyFromLogitsInputs): number {
  let total = 0;
  for (let i = 0; i < logits.data.length; i++) {
    const y = target.data[i]!;
    const size = Math.abs(logits.data[i]!);
    if (y > 0 && y < 1 && size < Infinity) total += size / logits.data.length;
  }
  return total;
}
