/*
 * Bounds on how far the statistics of n honest draws stray, proved for every n: none rests on
 * a limit theorem, so a threshold of 10⁻¹⁰ means what it says. They cost little: at the
 * threshold that of the whole distribution exceeds the exact tail by 3 %.
 */

/**
 * The largest distance between the distribution of n draws and their law: P. Massart, "The
 * Tight Constant in the Dvoretzky–Kiefer–Wolfowitz Inequality", Ann. Probab. 18 (1990).
 */
export function distanceBound(n: number, distance: number): number {
  return Math.min(1, 2 * Math.exp(-2 * n * distance * distance));
}

/**
 * The mean of n draws of a strictly sub-Gaussian law, one whose moments grow no faster than
 * those of a normal law of its variance; uniform and normal laws are (J. Arbel, O. Marchal,
 * H. D. Nguyen, ESAIM: Probability and Statistics 24 (2020)).
 */
export function meanBound(n: number, offset: number, variance: number): number {
  return Math.min(1, 2 * Math.exp((-n * offset * offset) / (2 * variance)));
}

/** That the largest of n uniform draws is at most `largest`. */
export function endBound(n: number, largest: number): number {
  return Math.min(1, largest) ** n;
}

/** Beyond it e^t nears the end of the doubles; a bound holds for every t, and needs no better. */
const LARGEST_T = 512;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The mean of n draws of a law by its cumulant generating function: H. Chernoff's
 * e^(−n (t m − K(t))), which holds for every t of the right sign, at nearly the best one.
 */
export function chernoffBound(
  n: number,
  mean: number,
  lawMean: number,
  cumulant: (t: number) => number,
): number {
  const sign = Math.sign(mean - lawMean);
  const rate = (t: number): number => sign * t * mean - cumulant(sign * t);
  let [low, high] = [0, LARGEST_T];
  for (let step = 0; step < 60; step++) {
    const inner = high - GOLDEN * (high - low);
    const outer = low + GOLDEN * (high - low);
    if (rate(inner) < rate(outer)) low = inner;
    else high = outer;
  }
  return Math.min(1, 2 * Math.exp(-n * Math.max(0, rate(low))));
}

/** ln E e^(t z²) for z uniform on [−1, 1], through series of positive terms alone. */
export function squareCumulant(t: number): number {
  let term = 1;
  let total = 1;
  for (let k = 1; term > total * Number.EPSILON; k++) {
    // For t < 0, Kummer's transformation: e^t Σ (−2t)ᵏ / (1 · 3 ⋯ (2k + 1)).
    term *= t < 0 ? (-2 * t) / (2 * k + 1) : (t * (2 * k - 1)) / (k * (2 * k + 1));
    total += term;
  }
  return Math.min(0, t) + Math.log(total);
}
