import type { Spec } from '../../src/conformance/spec.js';
import type { MseInputs } from '../../src/formulas/losses/mse.js';

export const spec: Spec<MseInputs> = {
  id: 'losses/mse',
  name: 'Mean squared error',
  latex: String.raw`
    \mathrm{MSE} = \frac{1}{n} \sum_i (\hat{y}_i - y_i)^2
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch mse_loss(reduction='sum')"],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Loss functions (transcript), 1.2', 'Gauss 1823'],
  errata: {
    'E000-10': 'shapes that differ are refused, not broadcast',
    'E004-29': 'half of it is a formula of its own, half mean squared error',
  },
};
