import type { Spec } from '../../src/conformance/spec.js';
import type { EluInputs } from '../../src/formulas/activations/elu.js';

export const spec: Spec<EluInputs> = {
  id: 'activations/elu',
  name: 'ELU',
  latex: String.raw`
    \operatorname{ELU}_\alpha(x) = \begin{cases}
      x                 & x > 0 \\
      \alpha (e^x - 1)  & x \le 0
    \end{cases}
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    alpha: { kind: 'non-negative', default: 1 },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {
    domain: 'alpha is not finite and at least 0',
  },
  variants: {
    CELU: {
      meaning: 'continuously differentiable: α (e^(x/α) − 1) on the left',
      usedBy: ['PyTorch celu', 'jax.nn.celu'],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Clevert, Unterthiner and Hochreiter 2016'],
  errata: {
    'E000-15': 'expm1, and on the left only, where the document loses small x and overflows',
  },
};
