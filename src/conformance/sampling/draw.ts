import { type NDArray, type Stream, sizeOf } from '../../kernel/index.js';
import type { Sample } from '../law.js';
import type { Inputs } from '../spec.js';
import type { Draws } from './sampling.js';

/** Uniform random numbers in the shape asked for: what a formula that draws takes as an argument. */
export function uniformsFrom(draws: Stream, shape: readonly number[]): NDArray {
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = draws.uniform();
  return { shape, data };
}

/** What a way of drawing answers to these calls, one after another. */
export function drawsBy(sample: Sample, calls: readonly Inputs[], draws: Stream): readonly Draws[] {
  return calls.map((inputs) => ({ inputs, answer: sample(inputs, draws) as NDArray }));
}
