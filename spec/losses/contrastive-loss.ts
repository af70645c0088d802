import type { Spec } from '../../src/conformance/spec.js';
import type { ContrastiveLossInputs } from '../../src/formulas/losses/contrastive-loss.js';

export const spec: Spec<ContrastiveLossInputs> = {
  id: 'losses/contrastive-loss',
  name: 'Contrastive loss',
  latex: String.raw`
    L = \frac{1}{n} \sum_i \begin{cases}
      d_i^2              & y_i = 1 \\
      \max(0, m - d_i)^2 & y_i = 0
    \end{cases}
  `,
  inputs: {
    distance: { kind: 'non-negative', shape: 'any', special: [Number.NaN] },
    target: { kind: 'binary', shape: 'distance' },
    margin: { kind: 'positive', default: 1, seams: true },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['distance'],
  errors: {
    shape: 'distance and target differ in shape',
    domain: 'distance is negative, target is not 0 or 1, or margin is not positive and finite',
    empty: 'there are no elements',
  },
  variants: {
    halved: {
      meaning: 'half of each square',
      usedBy: ['Sentence Transformers ContrastiveLoss'],
    },
    'halved, with 1 for dissimilar': {
      meaning: 'half of each square, and a target of 1 marks a dissimilar pair',
      usedBy: ['Hadsell et al. 2006, for each pair'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Hadsell et al. 2006'],
  errata: {
    'E000-09': 'as in the document, 1 means similar and nothing is halved; negative d is refused',
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
