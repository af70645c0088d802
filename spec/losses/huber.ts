import type { Spec } from '../../src/conformance/spec.js';
import type { HuberInputs } from '../../src/formulas/losses/huber.js';

export const spec: Spec<HuberInputs> = {
  id: 'losses/huber',
  name: 'Huber loss',
  latex: String.raw`
    L_\delta = \frac{1}{n} \sum_i \begin{cases}
      \frac{1}{2} e_i^2                     & |e_i| \le \delta \\
      \delta (|e_i| - \frac{1}{2} \delta)   & |e_i| > \delta
    \end{cases}
    \qquad e = \hat{y} - y
  `,
  inputs: {
    prediction: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    target: { kind: 'real', shape: 'prediction' },
    delta: { kind: 'positive', default: 1, seams: true },
  },
  output: { kind: 'real', shape: 'scalar', min: 0 },
  differentiable: ['prediction'],
  errors: {
    shape: 'prediction and target differ in shape',
    domain: 'delta is not positive and finite',
    empty: 'there are no elements',
  },
  gradientScale: {
    of: ({ delta = 1, prediction }) => delta / prediction.data.length,
    reason: 'through delta times a rounded ratio, small errors are rounded in units of delta',
  },
  variants: {
    sum: {
      meaning: 'the sum over the elements instead of their mean',
      usedBy: ["PyTorch huber_loss(reduction='sum')"],
    },
    'divided by delta': {
      meaning: 'smooth L1 with beta = delta: Huber loss divided by delta',
      usedBy: ['PyTorch smooth_l1_loss'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Huber 1964'],
};
