import { logarithm, type Parts, polynomial } from './extended.js';
import { mover } from './moves.js';

/*
 * The logarithm of the gamma function: polynomials about its zeros at 1 and 2 and its minimum
 * between them (coefficients: golden/kernel/coefficients.py), the recurrence up to 8, and
 * Stirling's series beyond (NIST Digital Library of Mathematical Functions, 5.11.1). The errors
 * are the worst of 100,000 arguments against 50 digits.
 */

/** ln Γ(1 + e)/e for e in [−1/4, 1/4]: the constant −γ in parts, and the rest. */
const NEAR_ONE_CONSTANT: Parts = { high: -0.5772156649015329, low: -2.6385124890567535e-18 };
const NEAR_ONE = [
  0.8224670334241132, -0.4006856343865118, 0.2705808084277659, -0.20738555103704062,
  0.1695571770053663, -0.14404989539914775, 0.12550966822194634, -0.11133437795839286,
  0.10009956412404496, -0.09094888038181492, 0.0833489549978705, -0.07707008935287715,
  0.07156378295603441, -0.06454275198836362, 0.06047931883873459, -0.076102724597224,
  0.07198296711703481,
];

/** ln Γ(3/2 + e) for e in [−1/4, 1/4]. */
const NEAR_MINIMUM = [
  -0.12078223763524522, 0.03648997397857653, 0.46740110027233966, -0.1381327740390564,
  0.058712126416770156, -0.028952081888204487, 0.01543548416961521, -0.008622603998319755,
  0.004965728853037259, -0.0029209667836465245, 0.0017450332606850476, -0.001055026249883388,
  0.0006437726262611913, -0.000393885373198391, 0.00024368309474267566, -0.00016921254148073332,
  0.00010582129400058809,
];

/** ln Γ(2 + e)/e for e in [−1/4, 1/2]: the constant 1 − γ in parts, and the rest. */
const NEAR_TWO_CONSTANT: Parts = { high: 0.42278433509846713, low: 4.9046946588316e-18 };
const NEAR_TWO = [
  0.3224670334241132, -0.06735230105319805, 0.020580808427785754, -0.0073855510286848,
  0.0028905103306234585, -0.0011927539107169025, 0.000509669529008515, -0.00022315480179108306,
  9.945747595707572e-5, -4.4925295495177624e-5, 2.050603909075447e-5, -9.448239980847604e-6,
  4.401747176774683e-6, -2.033222002556283e-6, 8.146857411328497e-7, -1.9137481138931194e-7,
];

/** Stirling's coefficients B₂ⱼ/(2j(2j − 1)), of the odd powers of 1/k. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
];

/** (1 + ln 2π)/2. */
const STIRLING_CONSTANT = 1.4189385332046727;

/** (constant + e · rest) · e, carrying what the sum misses into the product. */
function aboutZero(e: number, constant: Parts, rest: readonly number[]): number {
  const step = e * polynomial(e, rest);
  const slope = constant.high + step;
  return e * slope + e * (constant.high - slope + step + constant.low);
}

/** ln Γ(k + 1) for k ≥ −1/4. In terms of k, because k + 1 may not be a double. */
function logFactorialOf(k: number): number {
  if (k < 0.25) return aboutZero(k, NEAR_ONE_CONSTANT, NEAR_ONE);
  if (k < 0.75) return polynomial(k - 0.5, NEAR_MINIMUM);
  if (k < 1.5) return aboutZero(k - 1, NEAR_TWO_CONSTANT, NEAR_TWO);
  if (k < 7) return byRecurrence(k);
  return byStirling(k);
}

/** k! = k (k − 1) … (r + 1) · r! with r in [3/4, 7/4). */
function byRecurrence(k: number): number {
  let rest = k;
  let product = 1;
  while (rest >= 1.5) {
    product *= rest;
    rest -= 1;
  }
  const { high, low } = logarithm(product);
  return high + (logFactorialOf(rest) + low);
}

/** (k + 1/2)(ln k − 1) + (1 + ln 2π)/2 + 1/(12k) − …: every term but the first is small. */
function byStirling(k: number): number {
  if (k === Infinity) return Infinity;
  const { high, low } = logarithm(k);
  const slope = high - 1;
  const slopeLow = high - slope - 1 + low;
  const tail = polynomial(1 / (k * k), STIRLING) / k;
  return (k + 0.5) * slope + ((k + 0.5) * slopeLow + (STIRLING_CONSTANT + tail));
}

function logGammaOf(x: number): number {
  if (!(x >= 0)) return Number.NaN;
  if (x === 0) return Infinity;
  // Above the integers that are doubles x − 1 rounds, but by then ln Γ no longer sees it.
  if (x >= 0.75) return logFactorialOf(x - 1);
  const { high, low } = logarithm(x);
  return logFactorialOf(x) - low - high;
}

/**
 * ln Γ(x) for x ≥ 0, Infinity at 0; NaN for negative x, where Γ changes its sign. Within
 * 1.7 ulp, next to the zeros at 1 and 2 too.
 */
export function logGamma(x: number): number {
  const value = logGammaOf(x);
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}

/**
 * ln k! = ln Γ(k + 1) for real k ≥ 0; NaN for negative k. Within 1.7 ulp; unlike
 * `logGamma(k + 1)` also where k + 1 rounds.
 */
export function logFactorial(k: number): number {
  const value = k >= 0 ? logFactorialOf(k) : Number.NaN;
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}
