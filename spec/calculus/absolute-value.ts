import type { Spec } from '../../src/conformance/spec.js';
import type { AbsoluteValueInputs } from '../../src/formulas/calculus/absolute-value.js';

export const spec: Spec<AbsoluteValueInputs> = {
  id: 'calculus/absolute-value',
  name: 'Absolute value',
  latex: 'f(x) = |x|',
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'Rockafellar 1970'],
  errata: {
    'E004-06': 'the gradient at the corner is 0, the middle of its subgradients',
    'E004-07': 'named absolute value, so that it hides no function of the language',
  },
};
