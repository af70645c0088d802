export * from './binary-cross-entropy.js';
export * from './huber.js';
export * from './mae.js';
export * from './mse.js';
