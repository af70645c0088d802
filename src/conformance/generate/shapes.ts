import { type NDArray, shapesEqual } from '../../kernel/index.js';
import type { Inputs, Shape } from '../spec.js';
import type { Chooser, Options } from './chooser.js';

/** So long that an array spread evenly over ±4 meets every band of width 0.01. */
const LONG = 1024;

type Draw<Result> = (draws: Chooser['draws']) => Result;

const axisLengths: Options<Draw<number>> = {
  one: () => 1,
  two: () => 2,
  few: (draws) => draws.integer(3, 5),
  many: (draws) => draws.integer(6, 16),
};

const leadingAxes: Options<Draw<readonly number[]>> = {
  none: () => [],
  one: (draws) => [draws.integer(1, 5)],
  two: (draws) => [draws.integer(1, 3), draws.integer(1, 3)],
};

const anyShapes: Options<Draw<readonly number[]>> = {
  one: () => [1],
  few: (draws) => [draws.integer(2, 8)],
  many: (draws) => [draws.integer(9, 64)],
  full: () => [64],
  matrix: (draws) => [draws.integer(1, 8), draws.integer(1, 8)],
  tensor: (draws) => [draws.integer(1, 4), draws.integer(1, 4), draws.integer(1, 4)],
};

/** Of the arrays of a list: single numbers, and nothing at all, are arrays too. */
const listedShapes: Options<Draw<readonly number[]>> = {
  one: () => [1],
  number: () => [],
  empty: () => [0],
  few: (draws) => [draws.integer(2, 8)],
  many: (draws) => [draws.integer(9, 40)],
  matrix: (draws) => [draws.integer(1, 6), draws.integer(1, 6)],
  tensor: (draws) => [draws.integer(1, 3), draws.integer(1, 3), draws.integer(1, 3)],
};

const listLengths: Options<Draw<number>> = {
  none: () => 0,
  one: () => 1,
  two: () => 2,
  some: (draws) => draws.integer(3, 6),
};

/** Names as networks give them to their arrays. */
const listNames = ['weight1', 'bias1', 'weight2', 'bias2', 'scale', 'embedding'];

/** The lengths of the axes of one draw, by symbol. */
export class Axes {
  private readonly known = new Map<string, number>();
  private leading: readonly number[] | undefined;
  /** The arrays are long, and so are filled densely. */
  long = false;

  /** @param given The lengths that the contract draws an axis from, by symbol. */
  constructor(
    private readonly chooser: Chooser,
    private readonly given: Readonly<Record<string, readonly number[]>> = {},
  ) {}

  shapeOf(shape: Shape, drawn: Inputs): readonly number[] {
    if (shape === 'any') return this.any();
    if (typeof shape === 'string') return (drawn[shape] as NDArray).shape;
    return shape.flatMap((axis) => {
      if (typeof axis === 'number') return [axis];
      return axis === '...' ? this.leadingAxes() : [this.of(axis)];
    });
  }

  of(symbol: string): number {
    const known = this.known.get(symbol);
    if (known !== undefined) return known;
    const length = this.drawLength(symbol);
    this.known.set(symbol, length);
    return length;
  }

  private drawLength(symbol: string): number {
    const { chooser, given } = this;
    if (given[symbol] !== undefined) {
      const options = Object.fromEntries(given[symbol].map((n, i) => [`${n} (${i})`, n]));
      return chooser.choose(`axis ${symbol}`, options);
    }
    if (chooser.sometimes(`axis ${symbol}: long`, 0.03)) return chooser.draws.integer(33, 48);
    return chooser.choose(`axis ${symbol}`, axisLengths)(chooser.draws);
  }

  private leadingAxes(): readonly number[] {
    const { chooser } = this;
    this.leading ??= chooser.choose('leading axes', leadingAxes)(chooser.draws);
    return this.leading;
  }

  private any(): readonly number[] {
    const { chooser } = this;
    this.long = chooser.sometimes('size: long', 0.01);
    if (this.long) return [LONG];
    return chooser.choose('size', anyShapes)(chooser.draws);
  }

  /** The shapes of the arrays of a list, by name. */
  listed(label: string): Readonly<Record<string, readonly number[]>> {
    const { chooser } = this;
    const count = chooser.choose(`${label} number`, listLengths)(chooser.draws);
    const shapes: Record<string, readonly number[]> = {};
    for (const name of listNames.slice(0, count)) {
      shapes[name] = chooser.choose(`${label} shape`, listedShapes)(chooser.draws);
    }
    return shapes;
  }
}

/** True for a shape that another array gives away: the same name, or the same axes. */
export function sharesShape(shape: Shape, other: string, otherShape: Shape): boolean {
  if (shape === other) return true;
  if (typeof shape === 'string' || typeof otherShape === 'string') {
    return shape === otherShape && shape !== 'any' && shape !== 'list';
  }
  return shapesEqual(shape as readonly number[], otherShape as readonly number[]);
}
