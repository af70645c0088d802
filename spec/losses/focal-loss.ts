import type { Spec } from '../../src/conformance/spec.js';
import type { FocalLossInputs } from '../../src/formulas/losses/focal-loss.js';

export const spec: Spec<FocalLossInputs> = {
  id: 'losses/focal-loss',
  name: 'Focal loss',
  latex: String.raw`
    L = -\frac{1}{n} \sum_i \left[
      \alpha \, y_i (1 - p_i)^\gamma \ln p_i
      + (1 - \alpha) (1 - y_i) \, p_i^\gamma \ln(1 - p_i)
    \right]
  `,
  inputs: {
    probability: { kind: 'unit', shape: 'any', special: [Number.NaN] },
    target: { kind: 'unit', shape: 'probability' },
    alpha: { kind: 'unit', default: 0.25 },
    gamma: { kind: 'non-negative', default: 2 },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['probability'],
  errors: {
    shape: 'probability and target differ in shape',
    domain: 'probability, target or alpha leaves [0, 1], or gamma is negative or infinite',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["torchvision sigmoid_focal_loss(reduction='sum')"],
    },
    'without class weights': {
      meaning: 'alpha is not used: both classes have weight 1',
      usedBy: ['Keras binary_focal_crossentropy (apply_class_balancing=False)'],
    },
    'one factor for soft targets': {
      meaning:
        'weight and factor are taken of the mixture p y + (1 − p)(1 − y), and multiply the whole cross-entropy',
      usedBy: [
        'torchvision sigmoid_focal_loss',
        'Keras binary_focal_crossentropy(apply_class_balancing=True)',
      ],
    },
    'probabilities clipped to 1e-15': {
      meaning: 'probabilities are clipped to [1e-15, 1 − 1e-15] first',
      usedBy: ['the source document'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Lin et al. 2017'],
  errata: {
    'E000-04': 'not clipped: p of exactly 0 and 1 have exact losses, and float32 has no 1 − 1e-15',
    'E000-08': 'both classes are in the formula, where the comment of the document has one',
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
