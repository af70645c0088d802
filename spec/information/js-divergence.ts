import type { Spec } from '../../src/conformance/spec.js';
import type { JsDivergenceInputs } from '../../src/formulas/information/js-divergence.js';

export const spec: Spec<JsDivergenceInputs> = {
  id: 'information/js-divergence',
  name: 'Jensen–Shannon divergence',
  latex: String.raw`
    \operatorname{JS}(p, q) = \frac{1}{n} \sum_{i=1}^{n}
      \left[ \frac{1}{2} D(p_i \,\|\, m_i) + \frac{1}{2} D(q_i \,\|\, m_i) \right],
    \qquad m = \frac{p + q}{2}
  `,
  inputs: {
    p: { kind: 'distribution', shape: ['...', 'c'], special: [Number.NaN] },
    q: { kind: 'distribution', shape: 'p' },
  },
  output: { kind: 'real', shape: 'scalar' },
  differentiable: ['p', 'q'],
  errors: {
    shape: 'p and q differ in shape, or have no axis',
    domain: 'p or q leaves [0, 1], or has a row that does not sum to 1',
    empty: 'there are no elements',
  },
  scale: {
    of: ({ p }) => 1 + Math.log(p.shape.at(-1)!),
    reason: 'as a difference of entropies, each of up to ln c, it is rounded in their units',
  },
  variants: {
    bits: {
      meaning: 'logarithms to base 2, so that the largest divergence is 1',
      usedBy: ['Lin 1991'],
    },
    distance: {
      meaning: 'the square root of the divergence of each row, which is a metric',
      usedBy: ['SciPy spatial.distance.jensenshannon'],
    },
    'both clipped to 1e-15': {
      meaning: 'p, q and their mean are clipped to [1e-15, 1] in each Kullback–Leibler divergence',
      usedBy: ['the source document'],
    },
  },
  sources: ['ML Formulas, Loss Functions', 'Lin 1991'],
  errata: {
    'E000-01':
      'bounded by ln 2, where the document says 1, which holds in bits; its root is the metric',
    'E000-02': 'not clipped: disjoint distributions are exactly ln 2 apart',
  },
};
