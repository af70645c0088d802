import type { DeclaredScale, Spec } from '../../src/conformance/spec.js';
import {
  functionsById,
  type NumericalGradientInputs,
} from '../../src/formulas/gradients/numerical-gradient.js';

/** What an omitted step means. */
const STEP = 1e-5;

/** Rounding of the whole sum and of the point itself, divided by the step. */
const scale: DeclaredScale<never> = {
  of: (inputs: NumericalGradientInputs, _result, index, { largest }) => {
    const total = sizeOfTerms(inputs);
    const step = inputs.step ?? STEP;
    // Where the sum overflows, on the way or divided first, nothing can be said.
    if (total / Math.min(1, 2 * step) > largest / 64) return Infinity;
    return (total + Math.abs(inputs.x.data[index]!) + 20) / step;
  },
  reason:
    'rounding of the whole sum is divided by the step, and so is that of a point, which turns a sine by as much',
  always: true,
  overflows: true,
};

export const spec: Spec<NumericalGradientInputs> = {
  id: 'gradients/numerical-gradient',
  name: 'Numerical gradient',
  latex: String.raw`
    \frac{F(x + h e_i) - F(x - h e_i)}{2h} \qquad F(x) = \sum_j f(x_j)
  `,
  inputs: {
    function: {
      kind: 'function',
      choices: [
        'calculus/absolute-value',
        'calculus/cubic',
        'calculus/exponential',
        'calculus/quadratic',
        'calculus/reciprocal',
        'calculus/sine',
      ],
    },
    x: { kind: 'real', shape: 'any', special: [Number.NaN] },
    step: { kind: 'positive', default: STEP },
  },
  output: { kind: 'real', shape: 'x', scale },
  errors: { domain: 'function is unknown, or step is not positive and finite' },
  sources: ['ML Formulas, Gradient Computation', 'Fornberg 1988'],
  errata: {
    'E000-56':
      'x is copied and stays as it is, and integers are floating-point numbers like others',
    'E000-57':
      'the step is an argument; its default is near the best for doubles, and at a kink the mean of both slopes comes out',
  },
};

/** The largest sum of sizes of terms, Σ |f|, on either side; added up once for all coordinates. */
function sizeOfTerms(inputs: NumericalGradientInputs): number {
  const before = known.get(inputs);
  if (before !== undefined) return before;
  const { function: id, x, step = STEP } = inputs;
  const sizeAt = (by: number): number => {
    const data = x.data.map((value) => value + by);
    const terms = functionsById[id]!({ x: { shape: x.shape, data } }).data;
    return terms.reduce((sum, term) => sum + Math.abs(term), 0);
  };
  const size = Math.max(sizeAt(0), sizeAt(step), sizeAt(-step));
  known.set(inputs, size);
  return size;
}

const known = new WeakMap<NumericalGradientInputs, number>();
