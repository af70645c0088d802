import type { Spec } from '../../src/conformance/spec.js';
import type { PoissonNegativeLogLikelihoodInputs } from '../../src/formulas/losses/poisson-negative-log-likelihood.js';

export const spec: Spec<PoissonNegativeLogLikelihoodInputs> = {
  id: 'losses/poisson-negative-log-likelihood',
  name: 'Poisson negative log-likelihood',
  latex: String.raw`
    L = \frac{1}{n} \sum_i \left[ \lambda_i - k_i \ln \lambda_i + \ln k_i! \right],
    \qquad 0 \ln 0 = 0
  `,
  inputs: {
    rate: { kind: 'non-negative', shape: 'any', special: [Number.NaN] },
    target: { kind: 'count', shape: 'rate' },
    full: { kind: 'choice', choices: [false, true], default: false },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['rate'],
  errors: {
    shape: 'rate and target differ in shape',
    domain: 'a rate is negative or infinite, or a target is not a count',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch poisson_nll_loss(reduction='sum')"],
    },
    'Stirling approximation': {
      meaning: 'ln k! is taken to be k ln k − k + ln(2πk)/2 above 1, and 0 up to there',
      usedBy: [
        'TensorFlow tf.nn.log_poisson_loss(compute_full_loss=True)',
        'PyTorch poisson_nll_loss(log_input=True, full=True)',
      ],
    },
    'Stirling approximation, 1e-8 inside the logarithm': {
      meaning: '1e-8 is added to the rate inside the logarithm, and ln k! is Stirling’s',
      usedBy: ['PyTorch poisson_nll_loss(log_input=False, eps=1e-8)'],
    },
    '1e-7 inside the logarithm': {
      meaning: '1e-7 is added to the rate inside the logarithm',
      usedBy: ['Keras poisson (backend.epsilon())'],
    },
  },
  sources: ['Nelder and Wedderburn 1972'],
};
