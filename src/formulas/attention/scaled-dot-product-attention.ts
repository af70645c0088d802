import {
  matrixProduct,
  type NDArray,
  ones,
  product,
  productOfTransposed,
  productWithTransposed,
  requireAxes,
  requireBinary,
  requireNonEmpty,
  rounded,
  sameShape,
  shiftedExp,
  sqrt,
  sum,
} from '../../kernel/index.js';

export interface ScaledDotProductAttentionInputs {
  /** What is looked for: queries Q, … × q × d. */
  readonly queries: NDArray;
  /** What there is to find: keys K, … × s × d. */
  readonly keys: NDArray;
  /** What is had from finding it: values V, … × s × v. */
  readonly values: NDArray;
  /** Which query may look at which key, … × q × s: 1 where it may, 0 where not. */
  readonly mask?: NDArray;
}

/** What a query takes from the values, and how much of each. */
export type Attention = {
  /** … × q × v. */
  readonly output: NDArray;
  /** … × q × s. */
  readonly weights: NDArray;
};

/**
 * **Scaled dot-product attention**: every query takes a mean of the values, each weighted by how
 * well its key matches.
 *
 * $$
 * O = W V, \qquad
 * W_{ij} = \frac{m_{ij} e^{s_{ij}}}{\sum_k m_{ik} e^{s_{ik}}}, \qquad
 * S = \frac{Q K^\top}{\sqrt{d}}
 * $$
 *
 * The dot product of two vectors of d independent entries of variance 1 has variance d; divided by
 * √d it has variance 1, so that the softmax keeps its slope however wide the vectors are. The mask
 * m is 1 where a query may look and 0 where it may not, and without one it may look everywhere;
 * what is masked has a weight of exactly 0, whatever its score. A query that may look nowhere
 * takes nothing: its weights and its output are 0.
 *
 * Unit: that of `values`; the weights have none.
 *
 * @returns `output`, … × q × v, and `weights`, … × q × s, whose rows sum to 1, or to 0 for a query
 *   that may look nowhere.
 * @throws FormulaError `shape` if the arrays do not have the axes … × q × d, … × s × d, … × s × v
 *   and … × q × s.
 * @throws FormulaError `domain` if `mask` holds anything but 0 and 1.
 * @throws FormulaError `empty` if there are no queries, keys or values.
 * @see A. Vaswani et al., "Attention Is All You Need", NeurIPS 30 (2017) 5998–6008
 * @example
 * scaledDotProductAttention({ queries: matrix([0]), keys: matrix([1], [2]), values: matrix([10], [20]) }).output; // → [[15]]
 */
export function scaledDotProductAttention(inputs: ScaledDotProductAttentionInputs): Attention {
  const { queries, keys, values, mask } = inputs;
  requireAttention(inputs);

  const weights = shares(scores(queries, keys), mask);
  return { output: matrixProduct(weights, values), weights };
}

/**
 * Gradient of the output of {@link scaledDotProductAttention}; none is taken through the weights
 * that are returned beside it. With G the cotangent of the output,
 *
 * $$
 * \frac{\partial}{\partial V} = W^\top G, \qquad
 * \frac{\partial}{\partial Q} = \frac{D K}{\sqrt{d}}, \qquad
 * \frac{\partial}{\partial K} = \frac{D^\top Q}{\sqrt{d}}, \qquad
 * D = W \odot (G V^\top - r), \quad r_i = \sum_j W_{ij} (G V^\top)_{ij}
 * $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `queries`, `keys`, `values`: arrays of their shapes.
 */
export function scaledDotProductAttentionGradient(
  inputs: ScaledDotProductAttentionInputs,
  cotangent?: { readonly output: NDArray },
): { queries: NDArray; keys: NDArray; values: NDArray } {
  const { queries, keys, values } = inputs;
  const { output, weights } = scaledDotProductAttention(inputs);
  const ofOutput = cotangent?.output ?? ones(output.shape);

  const ofScores = softmaxSlopes(weights, productWithTransposed(ofOutput, values));
  return {
    queries: scaled(matrixProduct(ofScores, keys), keys),
    keys: scaled(productOfTransposed(ofScores, queries), keys),
    values: productOfTransposed(weights, ofOutput),
  };
}

/** How well each query matches each key: Q Kᵀ / √d. */
function scores(queries: NDArray, keys: NDArray): NDArray {
  return scaled(productWithTransposed(queries, keys), keys);
}

/** Divided by √d, d the width of a key. */
function scaled(array: NDArray, keys: NDArray): NDArray {
  const root = sqrt(keys.shape.at(-1)!);
  return sameShape(
    array,
    array.data.map((element) => element / root),
  );
}

/**
 * The softmax of each row over what its query may look at. The largest of those scores is
 * subtracted first, so that no exponential overflows, and their sum is at least 1.
 */
function shares({ shape, data }: NDArray, mask: NDArray | undefined): NDArray {
  const columns = shape.at(-1)!;
  const isSeen = (i: number): boolean => mask?.data[i] !== 0;
  const weights = new Float64Array(data.length);
  for (let start = 0; start < data.length; start += columns) {
    let largest = -Infinity;
    for (let i = start; i < start + columns; i++) {
      if (isSeen(i)) largest = Math.max(largest, data[i]!);
    }
    if (largest === -Infinity) continue;
    const total = sum(columns, (low, high) => {
      let partial = 0;
      for (let i = start + low; i < start + high; i++) {
        if (isSeen(i)) partial += weights[i] = shiftedExp(data[i]!, largest);
      }
      return partial;
    });
    // Weights that are computed again from the logarithm of the sum, as FlashAttention's backward
    // pass does, carry a rounding of that: of the size of the largest score.
    const again = shiftedExp(largest, rounded(largest));
    for (let i = start; i < start + columns; i++) weights[i] = (weights[i]! * again) / total;
  }
  return { shape, data: weights };
}

/** Slopes by the scores, from those by the weights: W ⊙ (slope − the mean slope of the row). */
function softmaxSlopes(weights: NDArray, slopes: NDArray): NDArray {
  const columns = weights.shape.at(-1)!;
  const terms = product(weights, slopes).data;
  const data = new Float64Array(terms.length);
  for (let start = 0; start < terms.length; start += columns) {
    const average = sum(columns, (low, high) => {
      let partial = 0;
      for (let i = start + low; i < start + high; i++) partial += terms[i]!;
      return partial;
    });
    for (let i = start; i < start + columns; i++) {
      data[i] = weights.data[i]! * (slopes.data[i]! - average);
    }
  }
  return sameShape(weights, data);
}

function requireAttention({ queries, keys, values, mask }: ScaledDotProductAttentionInputs): void {
  requireNonEmpty('scaledDotProductAttention', { queries, keys, values });
  requireAxes(
    'scaledDotProductAttention',
    { queries, keys, values, mask },
    {
      queries: ['...', 'q', 'd'],
      keys: ['...', 's', 'd'],
      values: ['...', 's', 'v'],
      mask: ['...', 'q', 's'],
    },
  );
  if (mask !== undefined) requireBinary('scaledDotProductAttention', { mask });
}
