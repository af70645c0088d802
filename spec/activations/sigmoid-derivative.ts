import type { Spec } from '../../src/conformance/spec.js';
import type { SigmoidDerivativeInputs } from '../../src/formulas/activations/sigmoid-derivative.js';

export const spec: Spec<SigmoidDerivativeInputs> = {
  id: 'activations/sigmoid-derivative',
  name: 'Sigmoid derivative',
  latex: String.raw`\sigma'(x) = \sigma(x) \, \sigma(-x) = \frac{e^{-|x|}}{(1 + e^{-|x|})^2}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'Rumelhart et al. 1986'],
  errata: {
    'E000-11': 'from e^(−|x|), where 1 − σ(x) of the document is 0 above 37, and the bell not even',
    'E004-32': 'the chain rule keeps its derivative sign: the slope is σ(x) σ(−x), not σ(x)',
  },
};
