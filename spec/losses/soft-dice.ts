import type { Spec } from '../../src/conformance/spec.js';
import type { SoftDiceInputs } from '../../src/formulas/losses/soft-dice.js';

export const spec: Spec<SoftDiceInputs> = {
  id: 'losses/soft-dice',
  name: 'Soft Dice loss',
  latex: String.raw`
    L = 1 - \frac{2 \sum_i p_i t_i + s}{\sum_i p_i + \sum_i t_i + s}
      = \frac{\sum_i \left[ p_i (1 - t_i) + t_i (1 - p_i) \right]}{\sum_i p_i + \sum_i t_i + s}
  `,
  inputs: {
    probability: { kind: 'unit', shape: 'any', special: [Number.NaN] },
    target: { kind: 'unit', shape: 'probability' },
    smoothing: { kind: 'positive', default: 1 },
  },
  // No promised bounds: 1 minus a ratio that rounds above 1 is honest, and below 0.
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['probability'],
  errors: {
    shape: 'probability and target differ in shape',
    domain: 'probability or target leaves [0, 1], or smoothing is not positive and finite',
    empty: 'there are no elements',
  },
  scale: {
    of: () => 1,
    reason: '1 minus the ratio, as most libraries compute it, is rounded in units of 1',
  },
  variants: {
    'squares below': {
      meaning: 'sums of squares below: Σ p² + Σ t² + s',
      usedBy: [
        'Milletari et al. 2016 (V-Net), without smoothing',
        'MONAI DiceLoss(squared_pred=True)',
      ],
    },
  },
  sources: ['Dice 1945', 'Milletari et al. 2016'],
};
