import {
  FormulaError,
  type NDArray,
  requireNonEmpty,
  requireUniforms,
  sameShape,
  sizeOf,
  sqrt,
} from '../../kernel/index.js';

export interface XavierUniformInputs {
  /**
   * Random draws u in [0, 1), one for each weight, in the layout of the weights: the axes of a
   * receptive field, if there are any, then fan-in, then fan-out.
   */
  readonly uniforms: NDArray;
}

/**
 * **Xavier uniform**: first weights that neither swell nor fade from layer to layer.
 *
 * $$
 * w = l \, (2u - 1), \qquad l = \sqrt{\frac{6}{m + n}}
 * $$
 *
 * With m inputs and n outputs, a weight has the variance l²/3 = 2/(m + n), a compromise: 1/m
 * would keep the variance of what flows forwards, 1/n that of the slopes on their way back. A
 * weight of a convolution is met at every place of its receptive field, so both fans count it.
 *
 * Unit: none, a weight.
 *
 * @returns An array of the shape of `uniforms`, in [−l, l).
 * @throws FormulaError `shape` if `uniforms` has fewer than two axes.
 * @throws FormulaError `empty` if there are no weights.
 * @throws FormulaError `domain` if a draw is not in [0, 1).
 * @see X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
 *   networks", AISTATS 9 (2010) 249–256, equation 16
 * @example
 * xavierUniform({ uniforms: matrix([0, 0.75, 0.5, 0.25, 0.125]) }); // → [[-1, 0.5, 0, -0.5, -0.75]]
 */
export function xavierUniform({ uniforms }: XavierUniformInputs): NDArray {
  requireTwoAxes('xavierUniform', uniforms);
  requireNonEmpty('xavierUniform', { uniforms });
  requireUniforms('xavierUniform', { uniforms });

  const [fanIn, fanOut] = fansOf(uniforms.shape);
  const limit = sqrt(6 / (fanIn + fanOut));
  const weights = new Float64Array(uniforms.data.length);
  for (let i = 0; i < weights.length; i++) weights[i] = limit * (2 * uniforms.data[i]! - 1);
  return sameShape(uniforms, weights);
}

/** How many inputs a weight of this shape meets, and how many outputs. */
function fansOf(shape: readonly number[]): [fanIn: number, fanOut: number] {
  const receptiveField = sizeOf(shape.slice(0, -2));
  return [receptiveField * shape.at(-2)!, receptiveField * shape.at(-1)!];
}

function requireTwoAxes(formula: string, uniforms: NDArray): void {
  const { shape } = uniforms;
  if (shape.length >= 2) return;
  throw new FormulaError(
    'shape',
    `${formula}: uniforms must have axes for fan-in and fan-out, got [${shape}]`,
  );
}
