export * from './absolute-value.js';
export * from './cubic.js';
export * from './exponential.js';
export * from './quadratic.js';
export * from './reciprocal.js';
export * from './sine.js';
