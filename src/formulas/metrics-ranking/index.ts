export * from './roc-curve.js';
