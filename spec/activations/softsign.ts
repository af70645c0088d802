import type { Spec } from '../../src/conformance/spec.js';
import type { SoftsignInputs } from '../../src/formulas/activations/softsign.js';

export const spec: Spec<SoftsignInputs> = {
  id: 'activations/softsign',
  name: 'Softsign',
  latex: String.raw`\operatorname{softsign}(x) = \frac{x}{1 + |x|}`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: -1, max: 1 },
  differentiable: ['x'],
  errors: {},
  gradientScale: {
    of: ({ x }, _, index) => 1 / (1 + Math.abs(x.data[index]!)),
    reason: 'the quotient rule, term by term, subtracts 1/(1 + |x|) times almost 1',
  },
  sources: ['Elliott 1993', 'Glorot and Bengio 2010'],
};
