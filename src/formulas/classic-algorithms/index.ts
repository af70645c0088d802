export * from './kmeans-lloyd.js';
