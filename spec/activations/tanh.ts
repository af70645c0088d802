import type { Spec } from '../../src/conformance/spec.js';
import type { TanhInputs } from '../../src/formulas/activations/tanh.js';

export const spec: Spec<TanhInputs> = {
  id: 'activations/tanh',
  name: 'Tanh',
  latex: String.raw`\tanh x = \frac{e^{2x} - 1}{e^{2x} + 1}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: -1, max: 1 },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'LeCun et al. 1998'],
  errata: {
    'E001-02':
      'the platform’s tanh, where the fraction of the document is NaN above 355 and cancels near 0',
  },
};
