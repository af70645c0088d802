import type { Spec } from '../../src/conformance/spec.js';
import type { TanhDerivativeInputs } from '../../src/formulas/activations/tanh-derivative.js';

export const spec: Spec<TanhDerivativeInputs> = {
  id: 'activations/tanh-derivative',
  name: 'Tanh derivative',
  latex: String.raw`1 - \tanh^2 x = \operatorname{sech}^2 x = \frac{4 e^{-2|x|}}{(1 + e^{-2|x|})^2}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'LeCun et al. 1998'],
  errata: {
    'E000-12': 'from e^(−2|x|), where 1 − tanh² x of the document is 0 above 19',
  },
};
