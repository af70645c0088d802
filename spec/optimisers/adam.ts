import type { Spec } from '../../src/conformance/spec.js';
import type { AdamInputs } from '../../src/formulas/optimisers/adam.js';

export const spec: Spec<AdamInputs> = {
  id: 'optimisers/adam',
  name: 'Adam',
  latex: String.raw`
    \begin{aligned}
      m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
      v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
      \theta_t &= \theta_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}
      \qquad \hat{m}_t = \frac{m_t}{1 - \beta_1^t}
      \qquad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
    \end{aligned}
  `,
  inputs: {
    parameters: { kind: 'real', shape: ['n'] },
    gradients: {
      kind: 'real',
      shape: ['steps', 'n'],
      structure: 'steps',
      special: [Infinity, -Infinity, Number.NaN],
    },
    learningRate: { kind: 'non-negative', default: 1e-3 },
    // Below 1, where nothing is ever learned and the correction is 0/0; 1 − 2⁻¹⁰ is above 0.999.
    beta1: { kind: 'unit', default: 0.9, max: 1 - 2 ** -10 },
    beta2: { kind: 'unit', default: 0.999, max: 1 - 2 ** -10 },
    epsilon: { kind: 'positive', default: 1e-8 },
  },
  // One step says nothing of what is remembered: 19 of 71 mistakes of optimisers need a second.
  lengths: { steps: [1, 2, 3, 10, 10, 30], n: [1, 2, 3, 5] },
  endurance: { steps: 10_000 },
  alone: true,
  output: { kind: 'real', shape: 'gradients' },
  errors: {
    shape: 'gradients are not a matrix with a column for each parameter',
    domain:
      'learningRate is negative, epsilon is not positive, either is infinite, or beta1 or beta2 is not in [0, 1)',
    empty: 'there are no parameters or no steps',
  },
  variants: {
    'epsilon-hat': {
      meaning:
        'epsilon is added to the root of the mean square before that is corrected, as the paper does at the end of its section 2',
      usedBy: [
        'Keras Adam ("epsilon hat")',
        'TensorFlow tf.compat.v1.train.AdamOptimizer',
        "scikit-learn MLPClassifier (solver='adam')",
      ],
    },
    'epsilon-in-root': {
      meaning: 'epsilon is added under the root, to the mean square',
      usedBy: ['optax adam (eps=0, eps_root=epsilon)'],
    },
    'no-bias-correction': {
      meaning: 'the running means are used as they are, held back by their start at 0',
      usedBy: ['MLX Adam (bias_correction=False, its default)', 'BERT AdamWeightDecayOptimizer'],
    },
  },
  sources: ['ML Formulas, Optimisers', 'Kingma and Ba 2015'],
  errata: {
    'E000-20':
      'the first step is η g/(|g| + ε): below ε it shrinks; NaN stays with its parameter for ever, and a square that overflows stops it',
  },
};
