/*
 * Inputs that find bugs. Uniform numbers find almost none; what finds them is an array with a
 * style (all large, all tied, all near a branch), arguments that degenerate together, and
 * every such ingredient taking its turn (the measurements stand in the calibration's pages).
 */

export { drawOnce, type Generator, generatorOf } from './generator.js';
export { type GeneratorOptions, isArraySpec } from './inputs.js';
export { roundInputs } from './rounding.js';
export { specialsOf } from './specials.js';
