import type { Spec } from '../../src/conformance/spec.js';
import type { LogsumexpInputs } from '../../src/formulas/activations/logsumexp.js';
import { largestLogit } from '../scales.js';

export const spec: Spec<LogsumexpInputs> = {
  id: 'activations/logsumexp',
  name: 'Log-sum-exp',
  latex: String.raw`\operatorname{LSE}(x) = \ln \sum_j e^{x_j}`,
  inputs: {
    x: { kind: 'real', shape: ['...', 'c'], special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: ['...'] },
  differentiable: ['x'],
  errors: {
    shape: 'x has no axis',
  },
  gradientScale: {
    of: ({ x }, result, index) => result[index]! * largestLogit(x, index),
    reason:
      'the slope through the value itself, e^(x − LSE), carries the rounding of a large value',
  },
  sources: ['ML Formulas, Activation Functions', 'Blanchard, Higham and Higham 2021'],
};
