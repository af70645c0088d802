import { type Parts, polynomial, productError, scaledExponential } from './extended.js';
import { mover } from './moves.js';

/*
 * The error function and the normal distribution, after W. J. Cody, "Rational Chebyshev
 * Approximation for the Error Function", Math. Comp. 23 (1969) 631–637, and M. M. Shepherd and
 * J. G. Laframboise, "Chebyshev Approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞", Math.
 * Comp. 36 (1981) 249–253. The coefficients are our own: golden/kernel/coefficients.py.
 * Every function takes all doubles, ±0, ±Infinity and NaN; the errors are the worst of 100,000
 * arguments against 50 digits.
 */

/** erf(x)/x − 1 in x², for x² in [0, 1/4]. */
const ERF_EXCESS = [
  0.1283791670955126, -0.3761263890318375, 0.1128379167095487, -0.02686617064499972,
  0.0052239776220169365, -0.0008548326510724796, 0.00012055286202005714, -1.4923003368152099e-5,
  1.637123442577e-6, -1.462091340945175e-7,
];

/** (1 + 2x) exp(x²) erfc(x) in q = (x − 4)/(x + 4), for x in [0.46875, ∞): the constant … */
const SCALED_ERFC_CONSTANT: Parts = { high: 1.2329951186255526, low: -4.6234721808905395e-17 };
/** … and the coefficients from q on. */
const SCALED_ERFC = [
  -0.1396211168405625, 0.015379652102620047, 0.0680970542546912, -0.10103906603632612,
  0.09373283499841069, -0.06633036581160268, 0.03716751553635566, -0.01619773406678659,
  0.005031969989108869, -0.000757773211291297, -0.0001992567586571951, 0.00015062125821252158,
  -2.4398990201841393e-5, -1.1220565983428677e-5, 5.709251856871908e-6, 2.904435896044009e-7,
  -8.248224878364721e-7, 7.966297960698274e-8, 1.0969041027113442e-7, -2.259950592316545e-8,
  -1.409513987749405e-8, 4.2816630391917e-9, 1.3350667706730788e-9, -5.364597966860839e-10,
];

const TWO_OVER_ROOT_PI = 1.1283791670955126;
const ROOT_HALF: Parts = { high: 0.7071067811865476, low: -4.833646656726457e-17 };
/** 1/√(2π), the top of the bell curve. */
const BELL_TOP: Parts = { high: 0.3989422804014327, low: -2.49232720227773e-17 };

/** Where the series gives way to the tail: before 1 − erf x loses a bit. */
const TAIL_START = 0.46875;
/** Beyond these arguments erfc and the bell curve are less than half the smallest double. */
const ERFC_END = 28;
const BELL_END = 39;

/** erfc(x + xLow) · scale for x in [0.46875, 28], where (x + xLow)² = square + squareLow. */
function erfcTail(
  x: number,
  xLow: number,
  square: number,
  squareLow: number,
  scale: number,
): number {
  const q = (x - 4) / (x + 4);
  const step = q * polynomial(q, SCALED_ERFC);
  const top = SCALED_ERFC_CONSTANT.high + step;
  const topLow = SCALED_ERFC_CONSTANT.high - top + step + SCALED_ERFC_CONSTANT.low;

  const bottom = 2 * x + 1;
  const bottomLow = 2 * x - bottom + 1;
  const ratio = top / bottom;
  const product = ratio * bottom;
  const missed = top - product - productError(ratio, bottom, product);
  // The last term is the slope of exp(x²) erfc(x) times what x misses.
  const ratioLow =
    (missed - ratio * bottomLow + topLow) / bottom + xLow * (2 * x * ratio - TWO_OVER_ROOT_PI);

  return scaledExponential(-square, -squareLow, ratio * scale, ratioLow * scale);
}

function erfcBeyond(x: number, scale: number): number {
  const square = x * x;
  return erfcTail(x, 0, square, productError(x, x, square), scale);
}

function erfOf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.5) return x + x * polynomial(x * x, ERF_EXCESS);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - erfcBeyond(size, 1));
}

function erfcOf(x: number): number {
  if (x > ERFC_END) return 0;
  if (x >= TAIL_START) return erfcBeyond(x, 1);
  return 1 - erfOf(x);
}

function normalCdfOf(x: number): number {
  const size = Math.abs(x);
  if (size > BELL_END) return x < 0 ? 0 : 1;
  const scaled = size * ROOT_HALF.high;
  const scaledLow = productError(size, ROOT_HALF.high, scaled) + size * ROOT_HALF.low;
  if (scaled < TAIL_START) {
    const half =
      0.5 * scaled + 0.5 * (scaledLow + scaled * polynomial(scaled * scaled, ERF_EXCESS));
    return x < 0 ? 0.5 - half : 0.5 + half;
  }
  const square = size * size;
  const error = productError(size, size, square);
  if (x < 0) return erfcTail(scaled, scaledLow, square / 2, error / 2, 0.5);
  return 1 - erfcTail(scaled, scaledLow, square / 2, error / 2, 0.5);
}

function normalPdfOf(x: number): number {
  const size = Math.abs(x);
  if (size > BELL_END) return 0;
  const square = size * size;
  const error = productError(size, size, square);
  return scaledExponential(-square / 2, -error / 2, BELL_TOP.high, BELL_TOP.low);
}

/** The error function erf x = 2/√π ∫₀ˣ e^(−t²) dt. Within 1.0 ulp. */
export function erf(x: number): number {
  const value = erfOf(x);
  return mover === undefined ? value : mover.transcendental(value, -1, 1);
}

/**
 * The complementary error function erfc x = 1 − erf x, down to the subnormals at x = 27.
 * Within 1.4 ulp.
 */
export function erfc(x: number): number {
  const value = erfcOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, 2);
}

/**
 * The standard normal distribution function Φ(x) = erfc(−x/√2)/2. Within 1.7 ulp, down to
 * the subnormals at x = −38: x/√2 and x² are carried in two parts, because Φ multiplies a
 * relative error of its argument by x².
 */
export function normalCdf(x: number): number {
  const value = normalCdfOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, 1);
}

/** The standard normal density φ(x) = e^(−x²/2)/√(2π). Within 1.0 ulp. */
export function normalPdf(x: number): number {
  const value = normalPdfOf(x);
  return mover === undefined ? value : mover.transcendental(value, 0, BELL_TOP.high);
}
