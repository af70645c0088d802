export { listFormulas, loadFormula } from './catalog.js';
export type { Report } from './conformance/report.js';
export type { Gradient, Inputs, Spec, Value } from './conformance/spec.js';
export type { Subject } from './conformance/subject.js';
export * from './formulas/activations/index.js';
export * from './formulas/attention/index.js';
export * from './formulas/calculus/index.js';
export * from './formulas/classic-algorithms/index.js';
export * from './formulas/gradients/index.js';
export * from './formulas/information/index.js';
export * from './formulas/initialisers/index.js';
export * from './formulas/linear-algebra/index.js';
export * from './formulas/losses/index.js';
export * from './formulas/metrics-classification/index.js';
export * from './formulas/metrics-ranking/index.js';
export * from './formulas/optimisers/index.js';
export * from './formulas/regularisation/index.js';
export * as kernel from './kernel/index.js';
export {
  type ErrorCode,
  FormulaError,
  fromNested,
  isNDArray,
  matrix,
  type NDArray,
  type Nested,
  ndarray,
  toNested,
  vector,
} from './kernel/index.js';
export { type RunOptions as ConformOptions, run as conform } from './run.js';
export { directSubject, type OpenOptions, openSubject } from './subjects/index.js';
