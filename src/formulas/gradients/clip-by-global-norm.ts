import { type NDArray, requireNumber, rounded, sameShape, sqrt, sum } from '../../kernel/index.js';

export interface ClipByGlobalNormInputs {
  /** Gradients g under names of your own, of any shapes; none is a norm of 0. */
  readonly gradients: Readonly<Record<string, NDArray>>;
  /** The largest norm c that is left alone; at least 0, Infinity for no limit. */
  readonly maxNorm?: number;
}

/** Gradients that are no longer than allowed, and how long they were. */
export type ClippedGradients = {
  readonly clipped: Readonly<Record<string, NDArray>>;
  readonly norm: number;
};

/**
 * **Clipping by global norm**: shortens all gradients together, so that their direction stays.
 *
 * $$
 * \begin{aligned}
 *   \mathrm{clipped}_i &= g_i \, \min\!\left(1, \frac{c}{\mathrm{norm}}\right) \\
 *   \mathrm{norm} &= \sqrt{\sum_i g_i^2}
 * \end{aligned}
 * $$
 *
 * The sum runs over the elements of all arrays, as if they were one. They are divided by the
 * largest before they are squared: the square of 10²⁰⁰ overflows and that of 10⁻²⁰⁰ vanishes.
 * Gradients at the limit stay as they are. An infinite one makes the norm infinite, all finite
 * ones 0 and itself NaN; missing data makes everything NaN.
 *
 * Unit: that of `gradients`, and so of `maxNorm`.
 *
 * @returns `clipped`: arrays of the names and shapes of `gradients`. `norm`: a scalar, the norm
 *   before clipping.
 * @throws FormulaError `domain` if `maxNorm` is negative or NaN.
 * @see R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural
 *   networks", ICML (2013), Algorithm 1
 * @example
 * clipByGlobalNorm({ gradients: { weight: vector(3, 4) }, maxNorm: 2.5 }).norm; // → 5
 * clipByGlobalNorm({ gradients: { weight: vector(3, 4) }, maxNorm: 2.5 }).clipped.weight; // → [1.5, 2]
 */
export function clipByGlobalNorm({
  gradients,
  maxNorm = 1,
}: ClipByGlobalNormInputs): ClippedGradients {
  requireNumber('clipByGlobalNorm', { maxNorm }, 'be at least 0', (limit) => limit >= 0);

  const largest = largestOf(gradients);
  const root = rootOfSquares(gradients, largest);
  const norm = rounded(largest * root);
  const clipped: Record<string, NDArray> = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const data = gradient.data.slice();
    if (!(norm <= maxNorm)) {
      for (let i = 0; i < data.length; i++) data[i] = (data[i]! / largest) * (maxNorm / root);
    }
    clipped[name] = sameShape(gradient, data);
  }
  return { clipped, norm };
}

/** The largest gradient in size; NaN if one is missing. */
function largestOf(gradients: ClipByGlobalNormInputs['gradients']): number {
  let largest = 0;
  for (const { data } of Object.values(gradients)) {
    for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
  }
  return largest;
}

/** √Σ (g/largest)², between 1 and √n; 1 where the largest alone decides. */
function rootOfSquares(gradients: ClipByGlobalNormInputs['gradients'], largest: number): number {
  if (!(largest > 0 && largest < Infinity)) return 1;
  let total = 0;
  for (const { data } of Object.values(gradients)) {
    total += sum(data.length, (low, high) => {
      let partial = 0;
      for (let i = low; i < high; i++) partial += (data[i]! / largest) ** 2;
      return partial;
    });
  }
  return sqrt(total);
}
