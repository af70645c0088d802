import { equal } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { TanhInputs } from '../../src/formulas/activations/tanh.js';
import {
  changesAtMost,
  each,
  eachSlope,
  elementwise,
  isOdd,
  isZeroAtZero,
  neverDecreases,
  neverExceedsItsInput,
} from '../laws.js';
import { through } from '../rows.js';

export const properties: Properties<TanhInputs> = [
  isZeroAtZero(),
  isOdd(),
  neverDecreases(),
  neverExceedsItsInput(),
  changesAtMost('as fast', () => 1),
  always('of twice its input is 2t/(1 + t²), with t at its input', async (tanh, { x }) => {
    const doubled = elementwise(x, (value) => 2 * value);
    const added = through(
      await tanh({ x }),
      (t) => (2 * t) / (1 + t * t),
      (t) => (2 * (1 - t * t)) / (1 + t * t) ** 2,
    );
    return equal(await tanh({ x: doubled }), added);
  }),
];

/** The fraction of exponentials as it is written in textbooks. */
function fraction(value: number): number {
  return (Math.exp(2 * value) - 1) / (Math.exp(2 * value) + 1);
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<TanhInputs> = {
  'NaN where the exponentials overflow': {
    source: 'Forward Pass, E001-02',
    compute: each(fraction),
  },
  'NaN where sinh and cosh overflow': {
    source: 'classic',
    compute: each((value) => Math.sinh(value) / Math.cosh(value)),
  },
  'exponent not doubled, tanh of half the input': {
    source: 'classic',
    compute: each((value) => Math.tanh(value / 2)),
  },
  'sigmoid stretched but not shifted': {
    source: 'classic',
    compute: each((value) => 2 / (1 + Math.exp(-2 * value))),
  },
  'hard tanh in its place': {
    source: 'classic',
    compute: each((value) => Math.max(-1, Math.min(1, value))),
  },
  'scaled as LeCun advises, 1.7159 tanh(2x/3)': {
    source: 'classic',
    compute: each((value) => 1.7159 * Math.tanh((2 / 3) * value)),
  },
  'sign lost': {
    source: 'classic',
    compute: each((value) => Math.tanh(Math.abs(value))),
  },
  'rational approximation x (27 + x²)/(27 + 9x²), cut at ±3': {
    source: 'classic',
    compute: each((value) => {
      if (Math.abs(value) >= 3) return Math.sign(value);
      return (value * (27 + value * value)) / (27 + 9 * value * value);
    }),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(Math.tanh(value))),
  },
  'NaN taken for an end': {
    source: 'classic',
    compute: each((value) => (value < 20 ? Math.tanh(value) : 1)),
  },
  'small inputs lost to cancellation': {
    source: 'Forward Pass, E001-02',
    strict: true,
    compute: each((value) => (Math.abs(value) > 20 ? Math.sign(value) : fraction(value))),
  },
  'gradient with the input taken for the output': {
    source: 'classic',
    gradient: eachSlope((value) => 1 - value * value),
  },
  'gradient 1 − |tanh|, not squared': {
    source: 'classic',
    gradient: eachSlope((value) => 1 - Math.abs(Math.tanh(value))),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<TanhInputs> = {
  'twice the sigmoid of twice the input, minus 1': each(
    (value) => 2 / (1 + Math.exp(-2 * value)) - 1,
  ),
  'one minus two over one plus the exponential': each((value) => 1 - 2 / (Math.exp(2 * value) + 1)),
  'through expm1 of −2|x|': each((value) => {
    const loss = Math.expm1(-2 * Math.abs(value));
    return Math.sign(value) * (-loss / (2 + loss));
  }),
};
