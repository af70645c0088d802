export * from './clip-by-global-norm.js';
export * from './numerical-gradient.js';
