import type { Spec } from '../../src/conformance/spec.js';
import type { XavierUniformInputs } from '../../src/formulas/initialisers/xavier-uniform.js';
import { sizeOf } from '../../src/kernel/index.js';

export const spec: Spec<XavierUniformInputs> = {
  id: 'initialisers/xavier-uniform',
  name: 'Xavier uniform',
  latex: String.raw`w = l \, (2u - 1), \qquad l = \sqrt{\frac{6}{m + n}}`,
  inputs: {
    uniforms: { kind: 'uniform', shape: ['...', 'in', 'out'], random: true },
  },
  output: { kind: 'real', shape: 'uniforms' },
  sample: { inputs: { shape: { kind: 'lengths' } } },
  errors: {
    shape: 'uniforms has fewer than two axes',
    empty: 'there are no weights',
    domain: 'a draw is not in [0, 1)',
  },
  scale: {
    of: ({ uniforms: { shape } }) =>
      Math.sqrt(6 / (sizeOf(shape.slice(0, -2)) * (shape.at(-2)! + shape.at(-1)!))),
    reason: 'through 2lu − l, next to 0 a weight is rounded in units of the limit',
    always: true,
  },
  sources: ['ML Formulas, NN blocks', 'Glorot and Bengio 2010'],
};
