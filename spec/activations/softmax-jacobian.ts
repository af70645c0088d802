import type { Spec } from '../../src/conformance/spec.js';
import type { SoftmaxJacobianInputs } from '../../src/formulas/activations/softmax-jacobian.js';

export const spec: Spec<SoftmaxJacobianInputs> = {
  id: 'activations/softmax-jacobian',
  name: 'Softmax Jacobian',
  latex: String.raw`J_{ij} = \frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j)`,
  inputs: {
    probability: { kind: 'distribution', shape: ['c'], special: [Number.NaN] },
  },
  output: { kind: 'real', shape: ['c', 'c'], min: -1, max: 1 },
  differentiable: ['probability'],
  errors: {
    shape: 'probability is not a vector',
    domain: 'probability leaves [0, 1] or does not sum to 1',
    empty: 'there are no elements',
  },
  sources: ['ML Formulas, Activation Functions', 'Bridle 1990'],
  errata: {
    'E000-39': 'softmax has no elementwise derivative: this full matrix takes its place',
  },
};
