export * from './confusion-counts.js';
