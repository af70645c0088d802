export * from './xavier-uniform.js';
