import type { Spec } from '../../src/conformance/spec.js';
import type { LogSigmoidInputs } from '../../src/formulas/activations/log-sigmoid.js';

export const spec: Spec<LogSigmoidInputs> = {
  id: 'activations/log-sigmoid',
  name: 'Log-sigmoid',
  latex: String.raw`\ln \sigma(x) = -\ln(1 + e^{-x}) = \min(x, 0) - \ln(1 + e^{-|x|})`,
  inputs: {
    x: { kind: 'real', shape: 'any', special: [Infinity, -Infinity, Number.NaN] },
  },
  output: { kind: 'real', shape: 'x', max: 0 },
  differentiable: ['x'],
  errors: {},
  sources: ['Mächler 2012'],
};
