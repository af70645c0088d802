import type { GoldenFile } from './golden.js';
import type { Alternatives, Mistakes, Properties, Variants } from './law.js';
import type { Sampling } from './sampling/sampling.js';
import type { Gradient, Inputs, Spec, Value } from './spec.js';

/** One formula from all shelves. */
export interface Formula {
  readonly id: string;
  readonly spec: Spec;
  readonly reference: (inputs: Inputs) => Value;
  readonly gradient?: (inputs: Inputs, cotangent?: Value) => Gradient;
  readonly properties: Properties;
  readonly mistakes: Mistakes;
  readonly alternatives: Alternatives;
  readonly variants: Variants;
  /** How draws are judged, for a formula of random draws. */
  readonly sampling?: Sampling;
  readonly goldens: GoldenFile;
}
