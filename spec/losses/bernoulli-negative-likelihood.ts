import type { Spec } from '../../src/conformance/spec.js';
import type { BernoulliNegativeLikelihoodInputs } from '../../src/formulas/losses/bernoulli-negative-likelihood.js';

export const spec: Spec<BernoulliNegativeLikelihoodInputs> = {
  id: 'losses/bernoulli-negative-likelihood',
  name: 'Negative Bernoulli likelihood',
  latex: String.raw`L = -\prod_i p_i^{y_i} (1 - p_i)^{1 - y_i}`,
  inputs: {
    probability: { kind: 'unit', shape: 'any', special: [Number.NaN] },
    target: { kind: 'binary', shape: 'probability' },
  },
  output: { kind: 'real', shape: 'scalar', min: -1, max: 0 },
  differentiable: ['probability'],
  errors: {
    shape: 'probability and target differ in shape',
    domain: 'probability leaves [0, 1], or target is not 0 or 1',
    empty: 'there are no elements',
  },
  scale: {
    of: (_, [likelihood]) => (likelihood === 0 ? 0 : likelihood! * Math.log(Math.abs(likelihood!))),
    reason: 'through a sum of logarithms, the exponent is rounded in units of itself',
  },
  sources: ['Calculus for Machine Learning, sigmoid neuron', 'Fisher 1922'],
  errata: {
    'E004-11': 'the likelihood and its logarithm share their argmax, not their maximum',
  },
};
