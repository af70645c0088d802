import type { Spec } from '../../src/conformance/spec.js';
import type { NllLossInputs } from '../../src/formulas/losses/nll-loss.js';

export const spec: Spec<NllLossInputs> = {
  id: 'losses/nll-loss',
  name: 'Negative log-likelihood loss',
  latex: String.raw`L = -\frac{1}{n} \sum_{i=1}^{n} \ln P_{i, t_i}`,
  inputs: {
    logProbability: {
      kind: 'log-probability',
      shape: ['n', 'c'],
      special: [-Infinity, Number.NaN],
    },
    target: { kind: 'label', shape: ['n'], classes: 'c' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['logProbability'],
  errors: {
    shape: 'logProbability is not a matrix, or target has not one element for each of its rows',
    domain: 'logProbability exceeds 0, or target is not one of its columns',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows instead of their mean',
      usedBy: ["PyTorch nll_loss(reduction='sum')"],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Fisher 1922'],
  errata: {
    'E000-07': 'the mean over the rows, as the code has it, where the comment says sum',
  },
};
