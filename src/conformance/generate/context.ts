import { type Format, type NDArray, type Stream, sizeOf } from '../../kernel/index.js';
import type { InputSpec, Inputs } from '../spec.js';
import type { Chooser } from './chooser.js';

/** What an array is drawn from. */
export interface ArrayContext {
  /** The name of the input, which labels the choices. */
  readonly name: string;
  readonly input: InputSpec;
  readonly shape: readonly number[];
  readonly chooser: Chooser;
  readonly format: Format;
  /** Where elements change branch. */
  readonly seams: readonly number[];
  /** How many classes labels count. */
  readonly classes: number;
  /** The arrays are long, and so are filled densely. */
  readonly long: boolean;
  /** What was drawn already: hyper-parameters, and the arrays before this one. */
  readonly drawn: Inputs;
  /** What the contract says of all inputs. */
  readonly specs: Readonly<Record<string, InputSpec>>;
}

/** A way to fill an array. Styles stand in tables made once: a draw that makes closures is slow. */
export type Style = (context: ArrayContext, draws: Stream) => Float64Array;

/** A way to fill an array beside another of its kind and shape, which bugs like to meet close. */
export type Relation = (from: Float64Array, context: ArrayContext, draws: Stream) => Float64Array;

/** A new array of the context's shape, element by element. */
export function fill(context: ArrayContext, element: (index: number) => number): Float64Array {
  const data = new Float64Array(sizeOf(context.shape));
  for (let i = 0; i < data.length; i++) data[i] = element(i);
  return data;
}

/** A new array of the context's shape, row by row along the last axis. */
export function fillRows(
  context: ArrayContext,
  fillRow: (row: Float64Array) => void,
): Float64Array {
  const data = new Float64Array(sizeOf(context.shape));
  const columns = context.shape.at(-1)!;
  for (let start = 0; start < data.length; start += columns) {
    fillRow(data.subarray(start, start + columns));
  }
  return data;
}

/** The array in a style that is chosen. */
export function inStyle(
  context: ArrayContext,
  styles: Readonly<Record<string, Style>>,
): Float64Array {
  const { chooser, name } = context;
  return chooser.choose(name, styles)(context, chooser.draws);
}

/** The array in a relation to its mate that is chosen; `free` is the kind's own styles. */
export function besideMate(
  context: ArrayContext,
  mate: NDArray,
  relations: Readonly<Record<string, Relation>>,
): Float64Array {
  const { chooser, name } = context;
  const relation = chooser.choose(`${name} beside its mate`, relations, `${name} itself`);
  return relation(mate.data, context, chooser.draws);
}

/** The context under the label of what an array is when it resembles no other. */
export function itself(context: ArrayContext): ArrayContext {
  return { ...context, name: `${context.name} itself` };
}
