import type { Spec } from '../../src/conformance/spec.js';
import type { SwishInputs } from '../../src/formulas/activations/swish.js';

export const spec: Spec<SwishInputs> = {
  id: 'activations/swish',
  name: 'Swish',
  latex: String.raw`\operatorname{swish}(x) = x \, \sigma(x) = \frac{x}{1 + e^{-x}}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: [
    'ML Formulas, Activation Functions',
    'Elfwing, Uchibe and Doya 2018',
    'Ramachandran, Zoph and Le 2017',
  ],
  errata: {
    'E000-17': 'at −Infinity the limit, 0 from below, where the document gives NaN',
  },
};
