export * from './scaled-dot-product-attention.js';
