import type { Spec } from '../../src/conformance/spec.js';
import type { ArctangentInputs } from '../../src/formulas/activations/arctangent.js';

export const spec: Spec<ArctangentInputs> = {
  id: 'activations/arctangent',
  name: 'Arctangent',
  latex: String.raw`f(x) = \arctan x`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['Kamruzzaman and Aziz 2002'],
};
