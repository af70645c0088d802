import type { Spec } from '../../src/conformance/spec.js';
import type { ExponentialInputs } from '../../src/formulas/calculus/exponential.js';

export const spec: Spec<ExponentialInputs> = {
  id: 'calculus/exponential',
  name: 'Exponential',
  latex: 'f(x) = e^x',
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'NIST DLMF 4.2'],
};
