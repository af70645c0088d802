import type { Spec } from '../../src/conformance/spec.js';
import type { LogCoshInputs } from '../../src/formulas/losses/log-cosh.js';

export const spec: Spec<LogCoshInputs> = {
  id: 'losses/log-cosh',
  name: 'Log-cosh loss',
  latex: String.raw`
    L = \frac{1}{n} \sum_i \ln \cosh(\hat{y}_i - y_i)
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    empty: 'there are no elements',
  },
  sources: ['ML Formulas, Loss Functions', 'Green 1990'],
  errata: {
    'E000-05':
      'computed so that it neither overflows nor loses small errors; far away |e| − ln 2, not |e|',
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
