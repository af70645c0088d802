import { atan, type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface ArctangentInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Arctangent**: a sigmoid from −π/2 to π/2 that approaches its ends like 1/x.
 *
 * $$ f(x) = \arctan x $$
 *
 * The angle whose tangent is x. Close to x near 0; its slope falls off slower than that of tanh.
 *
 * Unit: radians.
 *
 * @returns An array of the shape of `x`, between −π/2 and π/2.
 * @see J. Kamruzzaman, S. M. Aziz, "A Note on Activation Function in Multilayer Feedforward
 *   Learning", Proc. IJCNN (2002) 519–523
 * @example
 * arctangent({ x: vector(-1, 0, Infinity) }); // → [-0.7853981633974483, 0, 1.5707963267948966]
 */
export function arctangent({ x }: ArctangentInputs): NDArray {
  const output = new Float64Array(x.data.length);
  for (let i = 0; i < output.length; i++) output[i] = atan(x.data[i]!);
  return sameShape(x, output);
}

/**
 * Derivative of {@link arctangent}, element by element: the squared cosine of the angle.
 *
 * $$ \frac{d}{dx} \arctan x = \frac{1}{1 + x^2} $$
 *
 * @returns An array of the shape of `x`.
 */
export function arctangentDerivative({ x }: ArctangentInputs): NDArray {
  const slope = new Float64Array(x.data.length);
  for (let i = 0; i < slope.length; i++) {
    const value = x.data[i]!;
    const square = value * value;
    // Where x² overflows the slope is a subnormal, and the 1 beside x² long lost.
    slope[i] = square < Infinity ? 1 / (1 + square) : 1 / value / value;
  }
  return sameShape(x, slope);
}

/**
 * Gradient of {@link arctangent}: the cotangent times the derivative.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function arctangentGradient(
  { x }: ArctangentInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, arctangentDerivative({ x })) };
}
