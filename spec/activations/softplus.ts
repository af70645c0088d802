import type { Spec } from '../../src/conformance/spec.js';
import type { SoftplusInputs } from '../../src/formulas/activations/softplus.js';

export const spec: Spec<SoftplusInputs> = {
  id: 'activations/softplus',
  name: 'Softplus',
  latex: String.raw`
    \operatorname{softplus}_\beta(x) = \frac{\ln(1 + e^{\beta x})}{\beta}
      = \max(x, 0) + \frac{\ln(1 + e^{-\beta |x|})}{\beta}
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
    beta: { kind: 'positive', default: 1 },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: { domain: 'beta is not positive and finite' },
  variants: {
    'linear above 20': {
      meaning: 'x itself where beta times x is above 20, off by up to 2.1e-9 over beta',
      usedBy: ['PyTorch softplus(threshold=20)'],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Dugas et al. 2000'],
};
