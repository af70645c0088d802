import type { Spec } from '../../src/conformance/spec.js';
import type { HardSwishInputs } from '../../src/formulas/activations/hard-swish.js';

export const spec: Spec<HardSwishInputs> = {
  id: 'activations/hard-swish',
  name: 'Hard swish',
  latex: String.raw`
    \operatorname{hardswish}(x) = x \, h(x),
    \qquad h(x) = \max\left( 0, \min\left( 1, \frac{x + 3}{6} \right) \right)
  `,
  inputs: {
    x: {
      kind: 'real',
      shape: 'any',
      seams: [-3, 3],
      special: [Infinity, -Infinity, Number.NaN],
    },
  },
  output: { kind: 'real', shape: 'x' },
  differentiable: ['x'],
  errors: {},
  sources: ['Howard et al. 2019'],
};
