import type { Spec } from '../../src/conformance/spec.js';
import type { SeluInputs } from '../../src/formulas/activations/selu.js';

export const spec: Spec<SeluInputs> = {
  id: 'activations/selu',
  name: 'SELU',
  latex: String.raw`
    \operatorname{SELU}(x) = \lambda \begin{cases}
      x                 & x > 0 \\
      \alpha (e^x - 1)  & x \le 0
    \end{cases}
    \qquad \alpha \approx 1.67326324, \quad \lambda \approx 1.05070099
  `,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['ML Formulas, Activation Functions', 'Klambauer et al. 2017'],
  errata: {
    'E000-15': 'expm1, and on the left only, where the document loses small x and overflows',
  },
};
