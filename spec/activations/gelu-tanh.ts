import type { Spec } from '../../src/conformance/spec.js';
import type { GeluTanhInputs } from '../../src/formulas/activations/gelu-tanh.js';

export const spec: Spec<GeluTanhInputs> = {
  id: 'activations/gelu-tanh',
  name: 'GELU, tanh form',
  latex: String.raw`
    \operatorname{GELU}_{\tanh}(x) = \frac{x}{2} \left( 1 + \tanh u \right) = x \, \sigma(2u),
    \qquad u = \sqrt{\frac{2}{\pi}} \left( x + 0.044715 \, x^3 \right)
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  variants: {
    exact: {
      meaning: 'the exact form, up to 4.7e-4 away: activations/gelu-exact',
      usedBy: ['PyTorch gelu by default', 'Keras gelu by default', 'BERT'],
    },
    'logistic function of 1.702 x': {
      meaning: 'the coarser approximation x σ(1.702 x)',
      usedBy: ['openai/CLIP QuickGELU'],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Hendrycks and Gimpel 2016'],
  errata: {
    'E000-16': 'the document describes x Φ(x) and computes the tanh form: each has an entry here',
    'E000-17': 'at −Infinity the limit, 0 from below, where the document gives NaN',
  },
};
