import type { Spec } from '../../src/conformance/spec.js';
import type { SmoothL1Inputs } from '../../src/formulas/losses/smooth-l1.js';

export const spec: Spec<SmoothL1Inputs> = {
  id: 'losses/smooth-l1',
  name: 'Smooth L1 loss',
  latex: String.raw`
    L_\beta = \frac{1}{n} \sum_i \begin{cases}
      \frac{1}{2} e_i^2 / \beta      & |e_i| \le \beta \\
      |e_i| - \frac{1}{2} \beta      & |e_i| > \beta
    \end{cases}
    \qquad e = \hat{y} - y
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
    beta: { kind: 'positive', default: 1, seams: true },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    domain: 'beta is not positive and finite',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch smooth_l1_loss(reduction='sum')"],
    },
    'times beta': {
      meaning: 'Huber loss with delta = beta: smooth L1 times beta',
      usedBy: ['PyTorch huber_loss', 'Keras Huber'],
    },
  },
  sources: ['Girshick 2015'],
};
