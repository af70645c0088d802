import type { Precision } from '../../kernel/index.js';
import type { Inputs, Spec } from '../spec.js';
import { fewerArguments } from './arguments.js';
import { isAllowed } from './domain.js';
import { fewerAxes, fewerElements } from './elements.js';
import { simplerElements } from './numbers.js';

/*
 * What smaller means, without leaving the domain: fewer axes, fewer elements, fewer arguments,
 * simpler numbers.
 */

/** Smaller inputs of the same domain, as a subject of that precision sees it; the boldest steps first. */
export function* smaller(
  spec: Spec,
  inputs: Inputs,
  precision: Precision = 'float64',
): IterableIterator<Inputs> {
  for (const candidate of candidates(spec, inputs)) {
    if (isAllowed(spec, candidate, precision)) yield candidate;
  }
}

function* candidates(spec: Spec, inputs: Inputs): IterableIterator<Inputs> {
  yield* fewerAxes(spec, inputs);
  yield* fewerElements(spec, inputs);
  yield* fewerArguments(spec, inputs);
  yield* simplerElements(spec, inputs);
}
