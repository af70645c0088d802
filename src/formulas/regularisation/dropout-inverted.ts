import {
  type NDArray,
  ones,
  requireNumber,
  requireSameShape,
  requireUniforms,
  sameShape,
} from '../../kernel/index.js';

export interface DropoutInvertedInputs {
  /** Activations x, of any shape. */
  readonly x: NDArray;
  /** Random draws u in [0, 1), one for each activation. */
  readonly uniforms: NDArray;
  /** The probability p of dropping an activation, in [0, 1]. */
  readonly rate?: number;
  /** False when the network is used, not trained: then nothing is dropped. */
  readonly training?: boolean;
}

/**
 * **Inverted dropout**: drops activations at random while a network is trained.
 *
 * $$
 * y = \begin{cases}
 *   \dfrac{x}{1 - p}  & u \ge p \\
 *   0                 & u < p
 * \end{cases}
 * $$
 *
 * What is kept grows by 1/(1 − p), so that the mean stays x and nothing need be scaled when the
 * network is used: then, as at rate 0, it is the identity. At rate 1 no draw is kept, and the
 * scale, which would be infinite, is never met.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @throws FormulaError `shape` if `x` and `uniforms` differ in shape.
 * @throws FormulaError `domain` if `rate` is not in [0, 1], or a draw not in [0, 1).
 * @see N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: A
 *   Simple Way to Prevent Neural Networks from Overfitting", JMLR 15 (2014) 1929–1958, section 10
 * @example
 * dropoutInverted({ x: vector(1, 2, 3), uniforms: vector(0.1, 0.5, 0.9) }); // → [0, 4, 6]
 */
export function dropoutInverted(inputs: DropoutInvertedInputs): NDArray {
  return dropped(inputs, inputs.x);
}

/**
 * Gradient of {@link dropoutInverted}: the cotangent, dropped and scaled by the same draws.
 *
 * $$
 * \frac{\partial}{\partial x} = \begin{cases}
 *   \dfrac{g}{1 - p}  & u \ge p \\
 *   0                 & u < p
 * \end{cases}
 * $$
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function dropoutInvertedGradient(
  inputs: DropoutInvertedInputs,
  cotangent: NDArray = ones(inputs.x.shape),
): { x: NDArray } {
  return { x: dropped(inputs, cotangent) };
}

/** Any array of the shape of x, dropped and scaled: dropout is linear, and so is its own slope. */
function dropped(
  { x, uniforms, rate = 0.5, training = true }: DropoutInvertedInputs,
  values: NDArray,
): NDArray {
  requireSameShape('dropoutInverted', { x, uniforms });
  requireNumber('dropoutInverted', { rate }, 'lie in [0, 1]', (p) => p >= 0 && p <= 1);
  requireUniforms('dropoutInverted', { uniforms });

  const kept = new Float64Array(values.data.length);
  for (let i = 0; i < kept.length; i++) {
    const value = values.data[i]!;
    if (!training) kept[i] = value;
    else kept[i] = uniforms.data[i]! >= rate ? value / (1 - rate) : 0;
  }
  return sameShape(x, kept);
}
