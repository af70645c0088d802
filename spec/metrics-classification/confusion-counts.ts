import type { Spec } from '../../src/conformance/spec.js';
import type { ConfusionCountsInputs } from '../../src/formulas/metrics-classification/confusion-counts.js';

export const spec: Spec<ConfusionCountsInputs> = {
  id: 'metrics-classification/confusion-counts',
  name: 'Confusion counts',
  latex: String.raw`
    \begin{aligned}
      TP &= \#\{i : \hat{y}_i = 1, y_i = 1\} & FP &= \#\{i : \hat{y}_i = 1, y_i = 0\} \\
      FN &= \#\{i : \hat{y}_i = 0, y_i = 1\} & TN &= \#\{i : \hat{y}_i = 0, y_i = 0\}
    \end{aligned}
  `,
  inputs: {
    target: { kind: 'binary', shape: 'any' },
    prediction: { kind: 'binary', shape: 'target' },
  },
  outputs: {
    truePositive: {
      kind: 'count',
      shape: 'scalar',
      meaning: 'positives that were predicted',
      min: 0,
    },
    trueNegative: {
      kind: 'count',
      shape: 'scalar',
      meaning: 'negatives that were predicted',
      min: 0,
    },
    falsePositive: {
      kind: 'count',
      shape: 'scalar',
      meaning: 'negatives predicted to be positive',
      min: 0,
    },
    falseNegative: {
      kind: 'count',
      shape: 'scalar',
      meaning: 'positives predicted to be negative',
      min: 0,
    },
  },
  errors: {
    shape: 'target and prediction differ in shape',
    domain: 'a label is neither 0 nor 1',
  },
  variants: {
    'class 0 positive': {
      meaning: 'the first class is the positive one: class 0 for 1, and 1 for 0',
      usedBy: [
        "yardstick 1.x, whose event_level is 'first' by default",
        'caret confusionMatrix, whose positive class is the first level by default',
      ],
    },
  },
  sources: ['ML Formulas, Evaluation Metrics', 'Fawcett 2006'],
  errata: {
    'E000-30': 'labels other than 0 and 1 are refused, where the document drops them in silence',
  },
};
