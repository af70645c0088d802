import type { Spec } from '../../src/conformance/spec.js';
import type { ReluDerivativeInputs } from '../../src/formulas/activations/relu-derivative.js';

export const spec: Spec<ReluDerivativeInputs> = {
  id: 'activations/relu-derivative',
  name: 'Derivative of ReLU',
  latex: String.raw`
    \operatorname{ReLU}'(x) = \begin{cases}
      1    & x > 0 \\
      s_0  & x = 0 \\
      0    & x < 0
    \end{cases}
  `,
  inputs: {
    x: {
      kind: 'real',
      shape: 'any',
      seams: [0],
      special: [Infinity, -Infinity, Number.NaN],
    },
    atZero: { kind: 'choice', choices: [0, 0.5, 1], default: 0 },
  },
  output: { kind: 'real', shape: 'x', min: 0, max: 1 },
  errors: {
    domain: 'atZero is not 0, 0.5 or 1',
  },
  variants: {
    'undefined at 0': {
      meaning: 'NaN at 0, where ReLU has no derivative',
      usedBy: ['Calculus for Machine Learning, d_relu'],
    },
  },
  sources: [
    'ML Formulas, Activation Functions',
    'Calculus for Machine Learning',
    'Bertoin et al. 2021',
  ],
  errata: {
    'E000-18': 'NaN propagates, where the document gives 0',
    'E004-06': 'one slope at 0, 0 unless another is asked for; NaN there is a variant',
  },
};
