import type { Spec } from '../../src/conformance/spec.js';
import type { KlDivergenceInputs } from '../../src/formulas/information/kl-divergence.js';

export const spec: Spec<KlDivergenceInputs> = {
  id: 'information/kl-divergence',
  name: 'Kullback–Leibler divergence',
  latex: String.raw`
    D(p \,\|\, q) = \frac{1}{n} \sum_{i=1}^{n} \sum_k p_{ik} \ln \frac{p_{ik}}{q_{ik}},
    \qquad 0 \ln \frac{0}{q} = 0
  `,
  inputs: {
    p: { kind: 'distribution', shape: ['...', 'c'], special: [Number.NaN] },
    q: { kind: 'distribution', shape: 'p' },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['q'],
  errors: {
    shape: 'p and q differ in shape, or have no axis',
    domain: 'p or q leaves [0, 1], or has a row that does not sum to 1',
    empty: 'there are no elements',
  },
  variants: {
    sum: {
      meaning: 'the sum over the rows instead of their mean',
      usedBy: ["PyTorch kl_div(reduction='sum')"],
    },
    'mean over elements': {
      meaning: 'the mean over all elements instead of over rows: smaller by the number of outcomes',
      usedBy: ["PyTorch kl_div(reduction='mean') (pytorch/pytorch#2259)"],
    },
    bits: {
      meaning: 'logarithms to base 2',
      usedBy: ['SciPy entropy(p, q, base=2)'],
    },
    'both clipped to 1e-15': {
      meaning: 'p and q are clipped to [1e-15, 1] first',
      usedBy: ['the source document'],
    },
    'both clipped to 1e-7': {
      meaning: 'p and q are clipped to [1e-7, 1] first',
      usedBy: ['Keras kl_divergence (backend.epsilon())'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Kullback and Leibler 1951'],
  errata: {
    'E000-02':
      'not clipped, which made it negative: 0 ln 0 is 0, p where q is 0 costs Infinity, and rows that do not sum to 1 are refused',
  },
};
