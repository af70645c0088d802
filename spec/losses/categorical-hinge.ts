import type { Spec } from '../../src/conformance/spec.js';
import type { CategoricalHingeInputs } from '../../src/formulas/losses/categorical-hinge.js';

export const spec: Spec<CategoricalHingeInputs> = {
  id: 'losses/categorical-hinge',
  name: 'Categorical hinge loss',
  latex: String.raw`
    L = \frac{1}{n} \sum_{i=1}^{n} \max\left(0,\ 1 + \max_{k \ne t_i} s_{ik} - s_{i t_i}\right)
  `,
  inputs: {
    scores: { kind: 'real', shape: ['n', 'c'], special: [Number.NaN] },
    target: { kind: 'label', shape: ['n'], classes: 'c' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['scores'],
  errors: {
    shape: 'scores is not a matrix, or target has not one element for each of its rows',
    domain: 'target is not one of the columns of scores',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows instead of their mean',
      usedBy: ["Keras CategoricalHinge(reduction='sum'), but for its rivals"],
    },
    'true class among the rivals, as 0': {
      meaning:
        'the best rival is max_k (1 − y_k) s_k, which the zero of the true class keeps from being negative',
      usedBy: ['Keras categorical_hinge (keras-team/keras#8083)'],
    },
    'all rivals': {
      meaning:
        'every rival counts, not the best alone, and their sum is divided by the number of classes',
      usedBy: ['PyTorch multi_margin_loss'],
    },
  },
  sources: ['Crammer and Singer 2001'],
};
