import type { DeclaredScale, Spec } from '../../src/conformance/spec.js';
import type { ScaledDotProductAttentionInputs } from '../../src/formulas/attention/scaled-dot-product-attention.js';
import type { Format } from '../../src/kernel/index.js';
import { largestElement } from '../scales.js';

type Inputs = ScaledDotProductAttentionInputs;

const onlyWhereScoresAreKnown: DeclaredScale<Inputs> = {
  of: (inputs, _result, _index, format) => (areScoresKnown(inputs, format) ? 0 : Infinity),
  reason: 'scores so large that their own rounding moves the weights by factors leave them open',
  always: true,
  // In a short format such scores overflow, and weights are NaN.
  overflows: true,
};

export const spec: Spec<Inputs> = {
  id: 'attention/scaled-dot-product-attention',
  name: 'Scaled dot-product attention',
  latex: String.raw`
    O = W V, \qquad
    W_{ij} = \frac{m_{ij} e^{s_{ij}}}{\sum_k m_{ik} e^{s_{ik}}}, \qquad
    S = \frac{Q K^\top}{\sqrt{d}}
  `,
  inputs: {
    queries: { kind: 'real', shape: ['...', 'q', 'd'], special: [Number.NaN] },
    keys: { kind: 'real', shape: ['...', 's', 'd'] },
    values: { kind: 'real', shape: ['...', 's', 'v'] },
    mask: { kind: 'binary', shape: ['...', 'q', 's'], structure: 'mask', optional: true },
  },
  outputs: {
    output: {
      kind: 'real',
      shape: ['...', 'q', 'v'],
      meaning: 'the mean of the values that each query takes',
      scale: onlyWhereScoresAreKnown,
    },
    weights: {
      kind: 'real',
      shape: ['...', 'q', 's'],
      meaning: 'how much each value counts in that mean',
      min: 0,
      max: 1,
      constant: true,
      scale: {
        ...onlyWhereScoresAreKnown,
        // What is masked has no weight, whatever its score.
        of: (inputs: Inputs, result, index, format) =>
          inputs.mask?.data[index] === 0
            ? 0
            : onlyWhereScoresAreKnown.of(inputs, result, index, format),
      },
    },
  },
  differentiable: ['queries', 'keys', 'values'],
  errors: {
    shape: 'the axes are not … × q × d, … × s × d, … × s × v and … × q × s',
    domain: 'mask holds anything but 0 and 1',
    empty: 'there are no queries, keys or values',
  },
  gradientScale: {
    of: (inputs, _result, index, format) =>
      areScoresKnown(inputs, format) ? slopeBeforeItCancels(inputs, index) : Infinity,
    reason:
      'the slopes by the scores of a row are rounded before they cancel, wholly where keys are equal; and scores so large that their own rounding moves the weights by factors leave it open',
    always: true,
    overflows: true,
  },
  variants: {
    'masked-row-nan': {
      meaning: 'a query that may look nowhere has weights and an output of NaN, 0 divided by 0',
      usedBy: [
        'PyTorch scaled_dot_product_attention before 2.5 (pytorch/pytorch#131060)',
        'burn attention_fallback until tracel-ai/burn#4697',
      ],
    },
    'masked-row-uniform': {
      meaning: 'a query that may look nowhere takes the mean of all values',
      usedBy: [
        'the source document (scores of −1e9)',
        'Flax dot_product_attention (scores of finfo.min)',
      ],
    },
  },
  sources: ['ML Formulas, Neural Network Building Blocks', 'Vaswani et al. 2017'],
  errata: {
    'E000-42':
      'what is masked has a weight of 0 whatever the scores, where the document gives it a score of −1e9; a query that may look nowhere takes nothing',
  },
};

/** A rounding unit of the largest score that there can be is well below 1. */
function areScoresKnown({ queries, keys }: Inputs, { unit }: Format): boolean {
  const largest = largestElement(queries) * largestElement(keys) * Math.sqrt(keys.shape.at(-1)!);
  return unit * largest < 1 / 4;
}

/**
 * How large the terms of a slope by a query or a key can be: what the score multiplies it with,
 * times a slope by a weight. The parts of a gradient stand in the order of their names.
 */
function slopeBeforeItCancels(inputs: Inputs, index: number): number {
  const { queries, keys, values } = inputs;
  const ofWeight = (values.shape.at(-1)! * largestElement(values)) / Math.sqrt(keys.shape.at(-1)!);
  if (index < keys.data.length) return queries.shape.at(-2)! * largestElement(queries) * ofWeight;
  const isOfQuery = index < keys.data.length + queries.data.length;
  return isOfQuery ? largestElement(keys) * ofWeight : 0;
}
