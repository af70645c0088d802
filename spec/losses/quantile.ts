import type { Spec } from '../../src/conformance/spec.js';
import type { QuantileInputs } from '../../src/formulas/losses/quantile.js';

export const spec: Spec<QuantileInputs> = {
  id: 'losses/quantile',
  name: 'Quantile loss',
  latex: String.raw`
    L_\tau = \frac{1}{n} \sum_i \begin{cases}
      \tau \, (y_i - \hat{y}_i)         & \hat{y}_i \le y_i \\
      (1 - \tau) \, (\hat{y}_i - y_i)   & \hat{y}_i > y_i
    \end{cases}
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
    quantile: { kind: 'unit', default: 0.5 },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    domain: 'quantile leaves [0, 1]',
    empty: 'there are no elements',
  },
  variants: {
    doubled: {
      meaning: 'twice the loss, which at one half is the mean absolute error',
      usedBy: ['GluonTS QuantileLoss', 'Deep Java Library QuantileL1Loss'],
    },
  },
  sources: ['Koenker and Bassett 1978'],
};
