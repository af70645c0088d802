import type { Spec } from '../../src/conformance/spec.js';
import type { CubicInputs } from '../../src/formulas/calculus/cubic.js';

export const spec: Spec<CubicInputs> = {
  id: 'calculus/cubic',
  name: 'Cube',
  latex: 'f(x) = x^3',
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'NIST DLMF 1.4'],
  errata: {
    'E004-09': 'computed in floating point, where integers of the document overflow',
  },
};
