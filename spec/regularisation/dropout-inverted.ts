import type { InputSpec, Spec } from '../../src/conformance/spec.js';
import type { DropoutInvertedInputs } from '../../src/formulas/regularisation/dropout-inverted.js';

const x: InputSpec = { kind: 'real', shape: 'any' };
const rate: InputSpec = { kind: 'unit', default: 0.5, seams: true, compared: true };
const training: InputSpec = { kind: 'choice', choices: [true, false], default: true };

export const spec: Spec<DropoutInvertedInputs> = {
  id: 'regularisation/dropout-inverted',
  name: 'Inverted dropout',
  latex: String.raw`
    y = \begin{cases}
      \dfrac{x}{1 - p}  & u \ge p \\
      0                 & u < p
    \end{cases}
  `,
  inputs: {
    x,
    uniforms: { kind: 'uniform', shape: 'x', random: true, compared: true },
    rate,
    training,
  },
  output: { kind: 'real', shape: 'x' },
  sample: { inputs: { x, rate, training } },
  differentiable: ['x'],
  errors: {
    shape: 'x and uniforms differ in shape',
    domain: 'rate is not in [0, 1], or a draw not in [0, 1)',
  },
  variants: {
    'strictly above': {
      meaning: 'keeps what draws more than the rate: also at rate 0 a draw of 0 is dropped',
      usedBy: ['ML Formulas, Regularisation', 'Caffe dropout_layer.cu'],
    },
    'kept below': {
      meaning: 'keeps what draws less than 1 − rate: the draws are read the other way round',
      usedBy: ['JAX jax.random.bernoulli', 'CS231n, Neural Networks Part 2'],
    },
  },
  sources: ['ML Formulas, Regularisation', 'Srivastava et al. 2014, section 10'],
  errata: {
    'E000-26':
      'draws are an argument, kept from the rate on, so that a rate of 0 keeps a draw of 0; a rate of 1 gives zeros, where the document divides 0 by 0',
  },
};
