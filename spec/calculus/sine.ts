import type { Spec } from '../../src/conformance/spec.js';
import type { SineInputs } from '../../src/formulas/calculus/sine.js';

export const spec: Spec<SineInputs> = {
  id: 'calculus/sine',
  name: 'Sine',
  latex: String.raw`f(x) = \sin x`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: -1, max: 1 },
  differentiable: ['x'],
  errors: {},
  sources: ['Calculus for Machine Learning, Derivatives of common functions', 'NIST DLMF 4.14'],
  errata: {
    'E004-07': 'named sine, so that it hides no function of the language',
  },
};
