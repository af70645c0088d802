import type { Spec } from '../../src/conformance/spec.js';
import type { CategoricalCrossEntropyInputs } from '../../src/formulas/losses/categorical-cross-entropy.js';

export const spec: Spec<CategoricalCrossEntropyInputs> = {
  id: 'losses/categorical-cross-entropy',
  name: 'Categorical cross-entropy',
  latex: String.raw`L = -\frac{1}{n} \sum_{i=1}^{n} \sum_k y_{ik} \ln p_{ik}, \qquad 0 \ln 0 = 0`,
  inputs: {
    probability: { kind: 'distribution', shape: ['n', 'c'], special: [Number.NaN] },
    target: { kind: 'distribution', shape: 'probability' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['probability'],
  errors: {
    shape: 'probability is not a matrix, or target differs in shape',
    domain: 'probability or target leaves [0, 1]',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows instead of their mean',
      usedBy: ["Keras CategoricalCrossentropy(reduction='sum')"],
    },
    'probabilities clipped to 1e-15': {
      meaning: 'probabilities are clipped to [1e-15, 1] first',
      usedBy: ['the source document'],
    },
    'probabilities clipped to 1e-7': {
      meaning: 'rows are divided by their sum and clipped to [1e-7, 1 − 1e-7] first',
      usedBy: ['Keras categorical_crossentropy (backend.epsilon())'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Good 1952'],
  errata: {
    'E000-03': 'a certain prediction that comes true costs 0, not −0',
    'E000-07': 'the mean over the rows, as the code has it, where the comment says sum',
  },
};
