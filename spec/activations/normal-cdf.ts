import type { Spec } from '../../src/conformance/spec.js';
import type { NormalCdfInputs } from '../../src/formulas/activations/normal-cdf.js';

export const spec: Spec<NormalCdfInputs> = {
  id: 'activations/normal-cdf',
  name: 'Normal distribution function',
  latex: String.raw`
    \Phi(x) = \frac{1}{\sqrt{2\pi}} \int_{-\infty}^x e^{-t^2/2} \, dt
      = \frac{1}{2} \operatorname{erfc}\left(-\frac{x}{\sqrt{2}}\right)
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0, max: 1 },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'Bliss 1934', 'Cody 1969'],
};
