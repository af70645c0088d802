import type { Spec } from '../../src/conformance/spec.js';
import type { MaeInputs } from '../../src/formulas/losses/mae.js';

export const spec: Spec<MaeInputs> = {
  id: 'losses/mae',
  name: 'Mean absolute error',
  latex: String.raw`
    \mathrm{MAE} = \frac{1}{n} \sum_i |\hat{y}_i - y_i|
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
      usedBy: ["PyTorch l1_loss(reduction='sum')"],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Boscovich 1757'],
  errata: {
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
