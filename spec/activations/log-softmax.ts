import type { Spec } from '../../src/conformance/spec.js';
import type { LogSoftmaxInputs } from '../../src/formulas/activations/log-softmax.js';
import { largestLogit } from '../scales.js';

export const spec: Spec<LogSoftmaxInputs> = {
  id: 'activations/log-softmax',
  name: 'Log-softmax',
  latex: String.raw`\operatorname{logsoftmax}(z)_k = z_k - \ln \sum_j e^{z_j}`,
  inputs: {
    x: { kind: 'real', shape: ['...', 'c'], special: [-Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', max: 0 },
  differentiable: ['x'],
  errors: {
    shape: 'x has no axis',
    empty: 'there are no elements',
  },
  scale: {
    of: ({ x }, _, index) => largestLogit(x, index),
    reason: 'x minus its log-sum-exp is rounded in units of the largest logit',
  },
  gradientScale: {
    of: ({ x }, _, index) => largestLogit(x, index),
    reason: 'the probabilities inside carry the error of the value',
  },
  sources: ['ML Formulas, Activation Functions', 'Blanchard, Higham and Higham 2021'],
  errata: {
    'E000-13': 'never the logarithm of softmax, which is −Infinity 745 below the largest logit',
  },
};
