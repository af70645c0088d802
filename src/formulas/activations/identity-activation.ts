import { type NDArray, ones, product, sameShape } from '../../kernel/index.js';

export interface IdentityActivationInputs {
  /** Pre-activations x, of any shape. */
  readonly x: NDArray;
}

/**
 * **Identity activation**: passes everything on unchanged.
 *
 * $$ f(x) = x $$
 *
 * The output layer of a regression: the network may answer any number. The answer is a copy, so
 * that writing into one array leaves the other alone.
 *
 * Unit: that of `x`.
 *
 * @returns An array of the shape of `x`.
 * @see B. Widrow, M. E. Hoff, "Adaptive Switching Circuits", 1960 IRE WESCON Convention
 *   Record, Part 4, 96–104
 * @example
 * identityActivation({ x: vector(-1, 0, 2.5) }); // → [-1, 0, 2.5]
 */
export function identityActivation({ x }: IdentityActivationInputs): NDArray {
  return sameShape(x, x.data.slice());
}

/**
 * Derivative of {@link identityActivation}: 1 everywhere.
 *
 * $$ f'(x) = 1 $$
 *
 * @returns An array of the shape of `x`.
 */
export function identityActivationDerivative({ x }: IdentityActivationInputs): NDArray {
  return ones(x.shape);
}

/**
 * Gradient of {@link identityActivation}: the cotangent itself.
 *
 * @param cotangent What the output is multiplied by further on, of its shape.
 * @returns `x`: an array of its shape.
 */
export function identityActivationGradient(
  { x }: IdentityActivationInputs,
  cotangent: NDArray = ones(x.shape),
): { x: NDArray } {
  return { x: product(cotangent, identityActivationDerivative({ x })) };
}
