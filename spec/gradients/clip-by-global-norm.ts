import type { DeclaredScale, Spec } from '../../src/conformance/spec.js';
import type { ClipByGlobalNormInputs } from '../../src/formulas/gradients/clip-by-global-norm.js';

/** Of the norm, and so of whatever is divided by it. */
const vanishing: DeclaredScale<never> = {
  of: (_inputs, _result, _index, { smallestNormal, unit }) => Math.sqrt(smallestNormal) / unit,
  reason: 'squares below the smallest normal number vanish, and the root with them',
};

export const spec: Spec<ClipByGlobalNormInputs> = {
  id: 'gradients/clip-by-global-norm',
  name: 'Clipping by global norm',
  latex: String.raw`
    \begin{aligned}
      \mathrm{clipped}_i &= g_i \, \min\!\left(1, \frac{c}{\mathrm{norm}}\right) \\
      \mathrm{norm} &= \sqrt{\sum_i g_i^2}
    \end{aligned}
  `,
  inputs: {
    gradients: { kind: 'real', shape: 'list', special: [Infinity, -Infinity, Number.NaN] },
    maxNorm: { kind: 'non-negative', default: 1, special: [Infinity] },
  },
  outputs: {
    clipped: {
      kind: 'real',
      shape: 'list',
      meaning: 'the gradients, all shortened by one factor',
      scale: vanishing,
    },
    norm: {
      kind: 'real',
      shape: 'scalar',
      min: 0,
      meaning: 'their norm before that',
      scale: vanishing,
    },
  },
  errors: { domain: 'maxNorm is negative or NaN' },
  variants: {
    '1e-6 added to the norm': {
      meaning: 'the limit is divided by the norm plus 1e-6, which shortens gradients at the limit',
      usedBy: ['PyTorch torch.nn.utils.clip_grad_norm_', 'the source document'],
    },
    'NaN for an infinite norm': {
      meaning: 'every gradient becomes NaN where the norm is infinite, the finite ones as well',
      usedBy: ['TensorFlow tf.clip_by_global_norm'],
    },
  },
  sources: ['ML Formulas, Gradient Computation', 'Pascanu, Mikolov and Bengio 2013'],
  errata: {
    'E000-58':
      'gradients at the limit stay, squares neither overflow nor vanish, and what is not finite is not passed on as if it were',
  },
};
