import type { Spec } from '../../src/conformance/spec.js';
import type { GeluExactInputs } from '../../src/formulas/activations/gelu-exact.js';

export const spec: Spec<GeluExactInputs> = {
  id: 'activations/gelu-exact',
  name: 'GELU',
  latex: String.raw`
    \operatorname{GELU}(x) = x \, \Phi(x) = \frac{x}{2} \operatorname{erfc}\left(-\frac{x}{\sqrt{2}}\right)
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  variants: {
    tanh: {
      meaning: 'the tanh approximation, up to 4.7e-4 away: activations/gelu-tanh',
      usedBy: [
        'the source document',
        'GPT-2',
        "PyTorch gelu(approximate='tanh')",
        'jax.nn.gelu by default',
      ],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Hendrycks and Gimpel 2016'],
  errata: {
    'E000-16': 'the document describes x Φ(x) and computes the tanh form: each has an entry here',
    'E000-17': 'at −Infinity the limit, 0 from below, where the document gives NaN',
  },
};
