import type { Spec } from '../../src/conformance/spec.js';
import type { HardSigmoidInputs } from '../../src/formulas/activations/hard-sigmoid.js';

export const spec: Spec<HardSigmoidInputs> = {
  id: 'activations/hard-sigmoid',
  name: 'Hard sigmoid',
  latex: String.raw`h(x) = \max\left( 0, \min\left( 1, \frac{x + 3}{6} \right) \right)`,
  inputs: {
    x: {
      kind: 'real',
      shape: 'any',
      seams: [-3, 3],
      special: [Infinity, -Infinity, Number.NaN],
    },
  },
  output: { kind: 'real', shape: 'x', min: 0, max: 1 },
  differentiable: ['x'],
  errors: {},
  variants: {
    'slope one fifth': {
      meaning: 'clip(x/5 + 1/2, 0, 1), which reaches its ends at ±2.5',
      usedBy: ['Keras 2 hard_sigmoid', 'ONNX HardSigmoid by default (alpha = 0.2, beta = 0.5)'],
    },
  },
  sources: ['Howard et al. 2019'],
};
