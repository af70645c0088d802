import type { Spec } from '../../src/conformance/spec.js';
import type { CrossEntropyFromLogitsInputs } from '../../src/formulas/losses/cross-entropy-from-logits.js';
import { largestElement, largestLogit } from '../scales.js';

export const spec: Spec<CrossEntropyFromLogitsInputs> = {
  id: 'losses/cross-entropy-from-logits',
  name: 'Cross-entropy from logits',
  latex: String.raw`
    L = -\frac{1}{|K|} \sum_{i \in K} \sum_{k=1}^{c} w_{ik} \ln \operatorname{softmax}(z_i)_k,
    \qquad w_{ik} = (1 - \varepsilon) [k = t_i] + \frac{\varepsilon}{c}
  `,
  inputs: {
    logits: { kind: 'real', shape: ['n', 'c'], special: [-Infinity, Number.NaN] },
    target: { kind: 'label', shape: ['n'], classes: 'c', special: ['ignoredLabel'] },
    labelSmoothing: { kind: 'unit', default: 0 },
    ignoredLabel: { kind: 'choice', choices: [-100, 0, 2], default: -100 },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['logits'],
  errors: {
    shape: 'logits is not a matrix, or target has not one element for each of its rows',
    domain:
      'target is neither a column of logits nor ignoredLabel, labelSmoothing leaves [0, 1], or ignoredLabel is not an integer',
    empty: 'there are no elements',
  },
  scale: {
    of: ({ logits }) => largestElement(logits),
    reason: 'log-sum-exp minus a logit is rounded in units of the largest logit',
  },
  gradientScale: {
    of: ({ logits }, _, index) => largestLogit(logits, index),
    reason: 'the probabilities inside carry the error of the value',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows that are kept instead of their mean',
      usedBy: ["PyTorch cross_entropy(reduction='sum')"],
    },
    'smoothing over the other classes': {
      meaning: 'the true class keeps 1 − ε, and each of the others gets ε/(c − 1)',
      usedBy: ['fairseq label_smoothed_cross_entropy (eps_i = epsilon / (lprobs.size(-1) - 1))'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Szegedy et al. 2015'],
  errata: {
    'E000-13': 'never the logarithm of softmax, which is −Infinity 745 below the largest logit',
  },
};
