export * from './js-divergence.js';
export * from './kl-divergence.js';
