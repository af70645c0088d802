import type { Spec } from '../../src/conformance/spec.js';
import type { SoftmaxInputs } from '../../src/formulas/activations/softmax.js';
import { largestLogit } from '../scales.js';

export const spec: Spec<SoftmaxInputs> = {
  id: 'activations/softmax',
  name: 'Softmax',
  latex: String.raw`\operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}}`,
  inputs: {
    x: { kind: 'real', shape: ['...', 'c'], special: [-Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0, max: 1 },
  differentiable: ['x'],
  errors: {
    shape: 'x has no axis',
    empty: 'there are no elements',
  },
  scale: {
    of: ({ x }, result, index) => result[index]! * largestLogit(x, index),
    reason: 'through log-softmax, the logarithm is rounded in units of the largest logit',
  },
  gradientScale: {
    of: ({ x }, _, index) => largestLogit(x, index),
    reason: 'the probabilities inside carry the error of the value',
  },
  sources: ['ML Formulas, Activation Functions', 'Bridle 1990'],
  errata: {
    'E000-13': 'a row with +Infinity, or of nothing but −Infinity, gives NaN: no limit exists',
    'E001-01': 'the largest logit is subtracted, where the document exponentiates the raw ones',
    'E001-04': 'softmax runs along the last axis, so a column of one-element rows gives ones',
  },
};
