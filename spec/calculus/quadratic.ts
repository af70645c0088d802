import type { Spec } from '../../src/conformance/spec.js';
import type { QuadraticInputs } from '../../src/formulas/calculus/quadratic.js';

export const spec: Spec<QuadraticInputs> = {
  id: 'calculus/quadratic',
  name: 'Square',
  latex: 'f(x) = x^2',
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'NIST DLMF 1.4'],
  errata: {
    'E004-09': 'computed in floating point, where integers of the document overflow',
  },
};
