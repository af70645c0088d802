import type { Spec } from '../../src/conformance/spec.js';
import type { HingeLossInputs } from '../../src/formulas/losses/hinge-loss.js';

export const spec: Spec<HingeLossInputs> = {
  id: 'losses/hinge-loss',
  name: 'Hinge loss',
  latex: String.raw`L = \frac{1}{n} \sum_i \max(0, 1 - y_i f_i)`,
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
      usedBy: ['Cortes and Vapnik 1995, C times the sum of the slacks', 'LIBLINEAR (-s 3)'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Cortes and Vapnik 1995'],
  errata: {
    'E000-06': 'classes other than −1 and 1 are refused, where the document takes 0 in silence',
    'E000-10': 'shapes that differ are refused, not broadcast',
  },
};
