import type { Spec } from '../../src/conformance/spec.js';
import type { BinaryCrossEntropyInputs } from '../../src/formulas/losses/binary-cross-entropy.js';

export const spec: Spec<BinaryCrossEntropyInputs> = {
  id: 'losses/binary-cross-entropy',
  name: 'Binary cross-entropy',
  latex: String.raw`
    L = -\frac{1}{n} \sum_i \left[ y_i \ln p_i + (1 - y_i) \ln(1 - p_i) \right],
    \qquad 0 \ln 0 = 0
  `,
  inputs: {
    probability: { kind: 'unit', shape: 'any', special: [Number.NaN] },
    target: { kind: 'unit', shape: 'probability' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['probability'],
  errors: {
    shape: 'probability and target differ in shape',
    domain: 'probability or target leaves [0, 1]',
    empty: 'there are no elements',
  },
  scale: {
    of: () => 1,
    reason: 'ln(1 − p) loses the digits of p that 1 − p rounds away',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch binary_cross_entropy(reduction='sum')"],
    },
    'probabilities clipped to 1e-15': {
      meaning: 'probabilities are clipped to [1e-15, 1 − 1e-15] first',
      usedBy: ['the source document', 'scikit-learn log_loss before 1.2 (eps=1e-15)'],
    },
    'probabilities clipped to 1e-7': {
      meaning: 'probabilities are clipped to [1e-7, 1 − 1e-7] first',
      usedBy: ['Keras binary_crossentropy (backend.epsilon())'],
    },
    'logarithms clamped at -100': {
      meaning: 'neither logarithm is taken to be less than −100',
      usedBy: [
        'PyTorch BCELoss, "we clamp its log function outputs to be greater than or equal to -100"',
      ],
    },
    '1e-7 inside the logarithms': {
      meaning: '1e-7 is added to p and to 1 − p before their logarithms are taken',
      usedBy: ['TensorFlow.js tf.losses.logLoss (epsilon)'],
    },
  },
  sources: [
    'ML Formulas, Loss Functions',
    'Loss functions (transcript), 1.2',
    'Calculus for Machine Learning, cell 42',
    'Good 1952',
  ],
  errata: {
    'E000-04': 'not clipped: p of exactly 0 and 1 have exact losses, and float32 has no 1 − 1e-15',
    'E000-10': 'shapes that differ are refused, not broadcast',
    'E004-31': 'the second term carries (1 − y), with parentheses around the sum',
    'E004-34': '0 ln 0 is 0',
  },
};
