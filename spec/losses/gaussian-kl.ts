import type { Spec } from '../../src/conformance/spec.js';
import type { GaussianKlInputs } from '../../src/formulas/losses/gaussian-kl.js';

export const spec: Spec<GaussianKlInputs> = {
  id: 'losses/gaussian-kl',
  name: 'Gaussian KL divergence',
  latex: String.raw`
    L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_d \left[ \mu_{id}^2 + \sigma_{id}^2 - \ln \sigma_{id}^2 - 1 \right]
  `,
  inputs: {
    mean: { kind: 'real', shape: ['n', 'd'], special: [Infinity, -Infinity, Number.NaN] },
    logVariance: { kind: 'real', shape: 'mean', special: [-Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['mean', 'logVariance'],
  errors: {
    shape: 'mean is not a matrix, or logVariance differs in shape',
    empty: 'there are no elements',
  },
  scale: {
    of: ({ mean }) => mean.shape[1]!,
    reason: 'e^x − x − 1, summed as it is written, is rounded in units of 1 in each dimension',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows instead of their mean',
      usedBy: ['PyTorch examples, vae/main.py, loss_function'],
    },
  },
  sources: ['Kingma and Welling 2013'],
};
