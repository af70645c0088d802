import type { Spec } from '../../src/conformance/spec.js';
import type { LeakyReluInputs } from '../../src/formulas/activations/leaky-relu.js';

export const spec: Spec<LeakyReluInputs> = {
  id: 'activations/leaky-relu',
  name: 'Leaky ReLU',
  latex: String.raw`
    \operatorname{LeakyReLU}_\alpha(x) = \begin{cases}
      x         & x > 0 \\
      \alpha x  & x \le 0
    \end{cases}
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, Number.NaN] },
    alpha: { kind: 'non-negative', default: 0.01 },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {
    domain: 'alpha is not finite and at least 0',
  },
  variants: {
    'alpha of 0.2 where none is given': {
      meaning: 'the same function, whose slope is 0.2 where no alpha is given',
      usedBy: [
        'TensorFlow tf.nn.leaky_relu (alpha=0.2)',
        'TensorFlow.js tf.leakyRelu (alpha = 0.2)',
      ],
    },
    'alpha of 0.3 where none is given': {
      meaning: 'the same function, whose slope is 0.3 where no alpha is given',
      usedBy: ['Keras LeakyReLU (negative_slope=0.3)'],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Maas et al. 2013'],
  errata: {
    'E000-14': 'the branches, for every alpha: max(αx, x) is another function once alpha exceeds 1',
  },
};
