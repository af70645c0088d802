export * from './elementary.js';
export * from './errors.js';
export { rounded } from './moves.js';
export * from './ndarray.js';
export * from './precision.js';
export * from './random.js';
export * from './sums.js';
