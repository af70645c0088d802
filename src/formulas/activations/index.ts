export * from './gelu-exact.js';
export * from './softmax.js';
