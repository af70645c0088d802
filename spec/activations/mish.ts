import type { Spec } from '../../src/conformance/spec.js';
import type { MishInputs } from '../../src/formulas/activations/mish.js';

export const spec: Spec<MishInputs> = {
  id: 'activations/mish',
  name: 'Mish',
  latex: String.raw`\operatorname{mish}(x) = x \tanh\left( \ln(1 + e^x) \right)`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'Misra 2020'],
  errata: {
    'E000-17': 'at −Infinity the limit, 0 from below, where the document gives NaN',
  },
};
