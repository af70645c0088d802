import { LN_2, polynomial, productError, scaledExponential } from './extended.js';
import { mover } from './moves.js';

/*
 * Functions of e^(−|x|), which never overflows. Every function takes all doubles, ±Infinity
 * and NaN; the errors are the worst of 100,000 arguments against 50 digits.
 */

/** ln cosh(x)/x² − 1/2 in x², from x² on, for x² in [0, 1] (golden/kernel/coefficients.py). */
const LOG_COSH = [
  -0.08333333333333331, 0.022222222222220433, -0.006746031745963319, 0.00218694885223455,
  -0.0007386029438596456, 0.0002565804360623919, -9.098886534348134e-5, 3.277607851649522e-5,
  -1.1946624116528204e-5, 4.382661442252829e-6, -1.5971663296574137e-6, 5.597099232255206e-7,
  -1.7689274895666962e-7, 4.547865307668349e-8, -8.111948227868486e-9, 7.276178933519349e-10,
];

function logisticOf(x: number): number {
  if (x < -750) return 0;
  if (!(x < 0)) return 1 / (1 + Math.exp(-x));
  // A plain quotient is off by up to 2.3 ulp here: carry what it and the sum miss.
  const growth = Math.exp(x);
  const sum = 1 + growth;
  const sumLow = growth - (sum - 1);
  const factor = 1 / sum;
  const product = factor * sum;
  const missed = 1 - product - productError(factor, sum, product);
  return scaledExponential(x, 0, factor, (missed - factor * sumLow) / sum);
}

/**
 * The logistic function σ(x) = 1/(1 + e⁻ˣ), down to the subnormals at x = −745. Within
 * 1.5 ulp.
 */
export function logistic(x: number): number {
  const value = logisticOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, 1);
}

/** ln(1 + eˣ), a smooth max(0, x). Within 1.6 ulp. */
export function softplus(x: number): number {
  const excess = Math.log1p(Math.exp(-Math.abs(x)));
  const value = x > 0 ? x + excess : excess;
  return mover === undefined ? value : mover.transcendental(value, 0, Infinity);
}

function logCoshOf(x: number): number {
  const size = Math.abs(x);
  const square = x * x;
  if (size < 1) {
    const squareLow = productError(x, x, square);
    return 0.5 * square + (0.5 * squareLow + square * square * polynomial(square, LOG_COSH));
  }
  // In this order, because |x| − ln 2 is exact while it is small.
  return size - LN_2.high + (Math.log1p(Math.exp(-2 * size)) - LN_2.low);
}

/** ln cosh x: x²/2 near 0, |x| − ln 2 far away. Within 1.1 ulp. */
export function logCosh(x: number): number {
  const value = logCoshOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, Infinity);
}

/** 4 e^(−2|x|)/(1 + e^(−2|x|))², the quotient in two parts; 1 − tanh² x where that does not cancel. */
function sechSquaredOf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) {
    const slope = Math.tanh(x);
    return 1 - slope * slope;
  }
  if (size > 380) return 0;
  const decay = Math.exp(-2 * size);
  const sum = 1 + decay;
  const sumLow = decay - (sum - 1);
  const square = sum * sum;
  const squareLow = productError(sum, sum, square) + 2 * sum * sumLow;
  const factor = 4 / square;
  const product = factor * square;
  const missed = 4 - product - productError(factor, square, product);
  return scaledExponential(-2 * size, 0, factor, (missed - factor * squareLow) / square);
}

/**
 * sech² x = 1/cosh² x, the slope of tanh, down to the subnormals at |x| = 372, where
 * 1 − tanh² x has long been 0. Within 1.3 ulp.
 */
export function sechSquared(x: number): number {
  const value = sechSquaredOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, 1);
}
