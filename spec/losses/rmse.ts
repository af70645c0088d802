import type { Spec } from '../../src/conformance/spec.js';
import type { RmseInputs } from '../../src/formulas/losses/rmse.js';

export const spec: Spec<RmseInputs> = {
  id: 'losses/rmse',
  name: 'Root mean squared error',
  latex: String.raw`
    \mathrm{RMSE} = \sqrt{\frac{1}{n} \sum_i (\hat{y}_i - y_i)^2}
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
  scale: {
    of: (_inputs, _result, _index, { smallestNormal, unit }) => Math.sqrt(smallestNormal) / unit,
    reason: 'squares below the smallest normal number vanish, and the root with them',
  },
  variants: {
    'columns averaged': {
      meaning: 'the mean over the columns of the root mean squared error of each',
      usedBy: ["scikit-learn root_mean_squared_error (multioutput='uniform_average')"],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Blue 1978'],
  errata: {
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
