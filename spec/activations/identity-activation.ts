import type { Spec } from '../../src/conformance/spec.js';
import type { IdentityActivationInputs } from '../../src/formulas/activations/identity-activation.js';

export const spec: Spec<IdentityActivationInputs> = {
  id: 'activations/identity-activation',
  name: 'Identity activation',
  latex: 'f(x) = x',
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning', 'Widrow and Hoff 1960'],
};
