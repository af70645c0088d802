import type { Spec } from '../../src/conformance/spec.js';
import type { SquaredHingeLossInputs } from '../../src/formulas/losses/squared-hinge-loss.js';

export const spec: Spec<SquaredHingeLossInputs> = {
  id: 'losses/squared-hinge-loss',
  name: 'Squared hinge loss',
  latex: String.raw`L = \frac{1}{n} \sum_i \max(0, 1 - y_i f_i)^2`,
  inputs: {
    scores: {
      kind: 'real',
      shape: 'any',
      seams: [-1, 1],
      special: [Infinity, -Infinity, Number.NaN],
    },
    target: { kind: 'sign', shape: 'scores' },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['scores'],
  errors: {
    shape: 'scores and target differ in shape',
    domain: 'target holds anything but −1 and 1',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ['LIBLINEAR (-s 1, -s 2)'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Cortes and Vapnik 1995', 'Tang 2013'],
  errata: {
    'E000-06': 'classes other than −1 and 1 are refused, where the document takes 0 in silence',
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
