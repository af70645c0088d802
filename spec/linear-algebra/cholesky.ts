import type { Spec } from '../../src/conformance/spec.js';
import type { CholeskyInputs } from '../../src/formulas/linear-algebra/cholesky.js';

export const spec: Spec<CholeskyInputs> = {
  id: 'linear-algebra/cholesky',
  name: 'Cholesky factor',
  latex: String.raw`
    A = L L^\top \qquad
    L_{jj} = \sqrt{A_{jj} - \sum_{k<j} L_{jk}^2} \qquad
    L_{ij} = \frac{A_{ij} - \sum_{k<j} L_{ik} L_{jk}}{L_{jj}} \quad (i > j)
  `,
  inputs: {
    matrix: { kind: 'real', shape: ['n', 'n'], structure: 'positive-definite' },
  },
  lengths: { n: [1, 2, 2, 3, 3, 4, 5, 6, 8, 9, 12, 16] },
  output: { kind: 'real', shape: ['n', 'n'] },
  differentiable: ['matrix'],
  errors: {
    shape: 'matrix is not square',
    domain: 'matrix is not symmetric, or not positive definite',
    empty: 'there are no elements',
  },
  variants: {
    upper: {
      meaning: 'the transpose of the factor, U with A = Uᵀ U',
      usedBy: ['SciPy linalg.cholesky(lower=False)', 'MATLAB chol', 'R chol()'],
    },
    'lower triangle': {
      meaning:
        'a function of the lower triangle alone: the gradient has both slopes of a pair there, and 0 above',
      usedBy: ['PyTensor slinalg.Cholesky'],
    },
  },
  sources: ['ML Formulas, Probability', 'Cholesky 1910', 'Higham 2002', 'Murray 2016'],
  errata: {
    'E000-36':
      'what densities stand on: it refuses what is not positive definite, where the document inverts and takes roots of negative determinants',
    'E000-46':
      'as for densities: no distance is taken under a matrix that is not positive definite',
  },
};
