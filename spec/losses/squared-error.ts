import type { Spec } from '../../src/conformance/spec.js';
import type { SquaredErrorInputs } from '../../src/formulas/losses/squared-error.js';

export const spec: Spec<SquaredErrorInputs> = {
  id: 'losses/squared-error',
  name: 'Squared error',
  latex: String.raw`
    \ell_i = (\hat{y}_i - y_i)^2
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
  },
  output: { kind: 'real', shape: 'prediction', min: 0 },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    empty: 'there are no elements',
  },
  variants: {
    halved: {
      meaning: 'half the square, whose slope is the error itself',
      usedBy: ['Optax l2_loss, "0.5 * (predictions - targets)^2"'],
    },
  },
  sources: [
    'Calculus for Machine Learning, Single-neuron model',
    'Mastering Vector Calculus, Mathematical Foundations',
    'Legendre 1805',
  ],
  errata: {
    'E002-03':
      'the gradient is that of the formula, 2 (ŷ − y) and so −2 (y − xᵀθ) x in the weights',
  },
};
