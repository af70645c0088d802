import { mover } from './moves.js';

/*
 * The elementary functions that formulas compute through, so that the judge can move
 * their results. Each is the platform's own function. On V8 of Node 20 the worst of 100,000
 * arguments are off by 0.83 ulp (exp), 0.75 (expm1, atan), 0.82 (log), 0.78 (log1p), 0.79 (sin,
 * cos) and 2.05 (tanh, for |x| between 0.2 and 0.6): golden/kernel/measure.py.
 */

/** eˣ. */
export function exp(x: number): number {
  const value = Math.exp(x);
  return mover === undefined ? value : mover.transcendental(value, 0, Infinity);
}

/** eˣ − 1, exact where eˣ rounds to 1. */
export function expm1(x: number): number {
  const value = Math.expm1(x);
  return mover === undefined ? value : mover.transcendental(value, -1, Infinity);
}

/** The natural logarithm ln x. */
export function log(x: number): number {
  const value = Math.log(x);
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}

/** ln(1 + x), exact where 1 + x rounds to 1. */
export function log1p(x: number): number {
  const value = Math.log1p(x);
  return mover === undefined ? value : mover.transcendental(value, -Infinity, Infinity);
}

/** The hyperbolic tangent. */
export function tanh(x: number): number {
  const value = Math.tanh(x);
  return mover === undefined ? value : mover.transcendental(value, -1, 1);
}

/** The sine of an angle in radians. */
export function sin(x: number): number {
  const value = Math.sin(x);
  return mover === undefined ? value : mover.transcendental(value, -1, 1);
}

/** The cosine of an angle in radians. */
export function cos(x: number): number {
  const value = Math.cos(x);
  return mover === undefined ? value : mover.transcendental(value, -1, 1);
}

/** The arctangent, in radians. */
export function atan(x: number): number {
  const value = Math.atan(x);
  return mover === undefined ? value : mover.transcendental(value, -Math.PI / 2, Math.PI / 2);
}

/** √x. */
export function sqrt(x: number): number {
  const value = Math.sqrt(x);
  return mover === undefined ? value : mover.result(value);
}

/** baseᵉˣᵖᵒⁿᵉⁿᵗ. */
export function pow(base: number, exponent: number): number {
  const value = base ** exponent;
  return mover === undefined ? value : mover.result(value);
}

/**
 * 1 − baseᵉˣᵖᵒⁿᵉⁿᵗ for a base in [0, 1] and an exponent above 0, off by 1.96 ulp at worst of
 * 100,000: subtracted, 1 − 0.999² is off by 66. It moves by as much as the power would, because
 * that is what most compute.
 */
export function complementOfPower(base: number, exponent: number): number {
  const value = -Math.expm1(exponent * Math.log(base));
  if (mover === undefined) return value;
  const power = base ** exponent;
  return value + (power - mover.result(power));
}
