import type { Spec } from '../../src/conformance/spec.js';
import type { RocCurveInputs } from '../../src/formulas/metrics-ranking/roc-curve.js';

export const spec: Spec<RocCurveInputs> = {
  id: 'metrics-ranking/roc-curve',
  name: 'ROC curve',
  latex: String.raw`
    \mathrm{FPR}(t) = \frac{\#\{i : s_i \ge t, y_i = 0\}}{\#\{i : y_i = 0\}}
    \qquad
    \mathrm{TPR}(t) = \frac{\#\{i : s_i \ge t, y_i = 1\}}{\#\{i : y_i = 1\}}
  `,
  inputs: {
    target: { kind: 'binary', shape: ['n'] },
    score: { kind: 'score', shape: ['n'] },
  },
  lengths: { n: [2, 3, 4, 6, 9, 14, 20, 33, 48] },
  asks: ({ target }) => target.data.includes(0) && target.data.includes(1),
  outputs: {
    falsePositiveRate: {
      kind: 'real',
      shape: ['points'],
      meaning: 'share of the negatives that score at least the threshold',
      min: 0,
      max: 1,
      scale: {
        of: () => 1,
        reason: 'as 1 less the share of the negatives below the threshold, it is rounded beside 1',
      },
    },
    truePositiveRate: {
      kind: 'real',
      shape: ['points'],
      meaning: 'share of the positives that score at least the threshold',
      min: 0,
      max: 1,
    },
    thresholds: {
      kind: 'real',
      shape: ['points'],
      meaning: 'infinity, then every distinct score from the highest down',
    },
  },
  errors: {
    shape: 'target is not a vector, or score differs from it in shape',
    domain: 'a label is neither 0 nor 1, a class is missing, or a score is not finite',
    empty: 'there are no elements',
  },
  variants: {
    'between equal steps dropped': {
      meaning: 'a point is dropped where the step to it adds what the step from it adds',
      usedBy: ['scikit-learn roc_curve, its default since 1.3'],
    },
    'first threshold 1 above the highest score': {
      meaning: 'the threshold of (0, 0) is the highest score plus 1',
      usedBy: ['scikit-learn roc_curve(drop_intermediate=False) until 1.2'],
    },
    'between equal steps dropped, first threshold 1 above the highest score': {
      meaning: 'points between equal steps are dropped, and the highest score plus 1 gives (0, 0)',
      usedBy: ['scikit-learn roc_curve, its default until 1.2'],
    },
    'first threshold 1': {
      meaning: 'the threshold of (0, 0) is 1, as for scores that are probabilities',
      usedBy: ['torchmetrics binary_roc(thresholds=None), for scores in [0, 1]'],
    },
  },
  sources: ['ML Formulas, Evaluation Metrics', 'Fawcett 2006'],
};
