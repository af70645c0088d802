import type { Spec } from '../../src/conformance/spec.js';
import type { SigmoidInputs } from '../../src/formulas/activations/sigmoid.js';

export const spec: Spec<SigmoidInputs> = {
  id: 'activations/sigmoid',
  name: 'Sigmoid',
  latex: String.raw`\sigma(x) = \frac{1}{1 + e^{-x}} = \frac{e^x}{1 + e^x}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0, max: 1 },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'Verhulst 1838', 'Rumelhart et al. 1986'],
  errata: {
    'E000-11': 'two branches, where the document divides by 1 + e⁻ˣ, which overflows below −709',
    'E001-03': 'as E000-11',
    'E004-10': 'as E000-11',
  },
};
