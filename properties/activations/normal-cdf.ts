import { atLeast, plus, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import type { NormalCdfInputs } from '../../src/formulas/activations/normal-cdf.js';
import { erf, erfc } from '../../src/kernel/index.js';
import {
  changesAtMost,
  complementsItsMirrorImage,
  each,
  eachSlope,
  elementwise,
  isAt,
  neverDecreases,
} from '../laws.js';
import { logarithmOf } from '../rows.js';

/** 1/√(2π), the top of the bell curve and the steepest slope. */
const BELL_TOP = 0.3989422804014327;

export const properties: Properties<NormalCdfInputs> = [
  complementsItsMirrorImage(),
  isAt('is one half at 0', 0, 0.5),
  neverDecreases(),
  changesAtMost('0.399 times as fast', () => BELL_TOP),
  always('has a logarithm that lies above its chords', async (cdf, { x }, draws) => {
    const reach = draws.integer(1, 64) / 16;
    const logarithmAt = async (shift: number) =>
      logarithmOf(await cdf({ x: elementwise(x, (value) => value + shift) }));
    const ends = plus(await logarithmAt(-reach), await logarithmAt(reach));
    return atLeast(await logarithmAt(0), times(ends, 0.5));
  }),
];

/** The bell curve as it is written in textbooks. */
function bell(value: number): number {
  return BELL_TOP * Math.exp(-0.5 * value * value);
}

/** Formula 26.2.17 of Abramowitz and Stegun, after Hastings. */
function hastings(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = bell(value) * series;
  return value < 0 ? tail : 1 - tail;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<NormalCdfInputs> = {
  'density in its place': {
    source: 'classic',
    compute: each(bell),
  },
  'upper tail in its place': {
    source: 'classic',
    compute: each((value) => 0.5 * erfc(value / Math.SQRT2)),
  },
  'argument of erf not divided by √2': {
    source: 'classic',
    compute: each((value) => 0.5 * erfc(-value)),
  },
  'erf neither shifted nor halved': {
    source: 'classic',
    compute: each((value) => erf(value / Math.SQRT2)),
  },
  'logistic approximation σ(1.702 x)': {
    source: 'classic',
    compute: each((value) => 1 / (1 + Math.exp(-1.702 * value))),
  },
  'Abramowitz and Stegun 26.2.17, right to 7.5e-8': {
    source: 'classic',
    compute: each(hastings),
  },
  'cut off beyond ±6': {
    source: 'classic',
    compute: each((value) => {
      if (Math.abs(value) > 6) return value < 0 ? 0 : 1;
      return 0.5 * erfc(-value / Math.SQRT2);
    }),
  },
  'clipped to [1e-7, 1 − 1e-7]': {
    source: 'classic',
    compute: each((value) => Math.max(1e-7, Math.min(1 - 1e-7, 0.5 * erfc(-value / Math.SQRT2)))),
  },
  'answer in float32': {
    source: 'classic',
    compute: each((value) => Math.fround(0.5 * erfc(-value / Math.SQRT2))),
  },
  'NaN taken for a large number': {
    source: 'classic',
    compute: each((value) => (value < 9 ? 0.5 * erfc(-value / Math.SQRT2) : 1)),
  },
  'left tail lost to 1 + erf': {
    source: 'classic',
    strict: true,
    compute: each((value) => 0.5 * (1 + erf(value / Math.SQRT2))),
  },
  'gradient without 1/√(2π)': {
    source: 'classic',
    gradient: eachSlope((value) => Math.exp(-0.5 * value * value)),
  },
  'gradient with the exponent not halved': {
    source: 'classic',
    gradient: eachSlope((value) => BELL_TOP * Math.exp(-value * value)),
  },
  'gradient of the density': {
    source: 'classic',
    gradient: eachSlope((value) => (Math.abs(value) === Infinity ? 0 : -value * bell(value))),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<NormalCdfInputs> = {
  'through erfc': each((value) => 0.5 * erfc(-value / Math.SQRT2)),
  'through erf, which loses the tail': each((value) => 0.5 * (1 + erf(value / Math.SQRT2))),
  // G. Marsaglia, "Evaluating the Normal Distribution", J. Stat. Softw. 11 (2004).
  'through the series x + x³/3 + x⁵/15 + … times the density': each((value) => {
    if (Math.abs(value) > 9) return value < 0 ? 0 : 1;
    let term = value;
    let series = value;
    for (let odd = 3; Math.abs(term) > 1e-20 * Math.abs(series); odd += 2) {
      term *= (value * value) / odd;
      series += term;
    }
    return Math.max(0, Math.min(1, 0.5 + bell(value) * series));
  }),
};
