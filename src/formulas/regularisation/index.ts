export * from './dropout-inverted.js';
