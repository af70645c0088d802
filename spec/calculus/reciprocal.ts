import type { Spec } from '../../src/conformance/spec.js';
import type { ReciprocalInputs } from '../../src/formulas/calculus/reciprocal.js';

export const spec: Spec<ReciprocalInputs> = {
  id: 'calculus/reciprocal',
  name: 'Reciprocal',
  latex: String.raw`f(x) = \frac{1}{x}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'IEEE 754-2019'],
  errata: {
    'E004-09': 'computed in floating point, where integers have no negative powers',
  },
};
