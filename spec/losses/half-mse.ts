import type { Spec } from '../../src/conformance/spec.js';
import type { HalfMseInputs } from '../../src/formulas/losses/half-mse.js';

export const spec: Spec<HalfMseInputs> = {
  id: 'losses/half-mse',
  name: 'Half mean squared error',
  latex: String.raw`
    L = \frac{1}{2n} \sum_i (\hat{y}_i - y_i)^2
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
      meaning: 'half the sum of the squares instead of half their mean',
      usedBy: ['TensorFlow tf.nn.l2_loss(prediction - target)'],
    },
  },
  sources: ['Calculus for Machine Learning, cell 35', 'Bishop 2006'],
  errata: {
    'E000-10': 'shapes that differ are refused, not broadcast',
    'E004-26': 'the gradient is the vector (ŷ − y)/n, neither summed over the samples nor doubled',
    'E004-29': 'called half mean squared error, where the document prints it as the whole',
  },
};
