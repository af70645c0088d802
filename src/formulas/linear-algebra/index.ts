export * from './cholesky.js';
export * from './eigen-decomposition-symmetric.js';
