import type { Spec } from '../../src/conformance/spec.js';
import type { ReluInputs } from '../../src/formulas/activations/relu.js';

export const spec: Spec<ReluInputs> = {
  id: 'activations/relu',
  name: 'ReLU',
  latex: String.raw`\operatorname{ReLU}(x) = \max(0, x)`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', min: 0 },
  differentiable: ['x'],
  errors: {},
  variants: {
    'capped at 6': {
      meaning: 'ReLU6, min(max(0, x), 6)',
      usedBy: ['MobileNet', 'PyTorch relu6', 'TensorFlow tf.nn.relu6', 'jax.nn.relu6'],
    },
  },
  sources: ['ML Formulas, Activation Functions', 'Nair and Hinton 2010'],
  errata: {
    'E000-18': 'NaN propagates through the value and through the gradient',
  },
};
