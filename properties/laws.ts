import {
  atLeast,
  atMost,
  type Estimate,
  equal,
  exactly,
  minus,
  plus,
  rowSums,
  times,
} from '../src/conformance/estimate.js';
import { always, type Law, type Variant } from '../src/conformance/law.js';
import type { Gradient, Value } from '../src/conformance/spec.js';
import { type NDArray, product } from '../src/kernel/index.js';

/*
 * Laws that many formulas share, and the small change of mistakes and alternatives.
 */

/** No value is below 0. */
export function isNonNegative<In>(): Law<In> {
  return always('is never negative', async (formula, x) => {
    const answer = await formula(x);
    return atLeast(answer, exactlyLike(answer, 0));
  });
}

/** Two arguments may change places. */
export function isSymmetric<In>(one: keyof In & string, other: keyof In & string): Law<In> {
  return always(`is the same with ${one} and ${other} exchanged`, async (formula, x) =>
    equal(await formula(x), await formula({ ...x, [one]: x[other], [other]: x[one] })),
  );
}

/** Equal arguments give 0. */
export function isZeroWhereEqual<In>(one: keyof In & string, other: keyof In & string): Law<In> {
  return always(`is 0 where ${one} and ${other} are equal`, async (formula, x) => {
    const answer = await formula({ ...x, [one]: x[other] });
    return equal(answer, exactlyLike(answer, 0));
  });
}

/** An array of the same shape, each element through `change`. */
export function elementwise(
  array: NDArray,
  change: (value: number, index: number) => number,
): NDArray {
  return { shape: array.shape, data: array.data.map(change) };
}

/** The plain mean over pairs of elements, added from left to right as most libraries do. */
export function average(
  left: NDArray,
  right: NDArray,
  term: (left: number, right: number, index: number) => number,
): number {
  let total = 0;
  for (let i = 0; i < left.data.length; i++) total += term(left.data[i]!, right.data[i]!, i);
  return total / left.data.length;
}

/** The variant of a mean loss that adds instead of averaging over the elements of `over`. */
export function sumVariant<In, Of extends Gradient>(
  loss: (inputs: In) => number,
  gradient: (inputs: In, cotangent?: number) => Of,
  over: keyof In & string,
): Variant<In> {
  const count = (x: In): number => (x[over] as NDArray).data.length;
  return {
    compute: (x) => loss(x) * count(x),
    gradient: (x, cotangent) => gradient(x, (cotangent as number) * count(x)),
  };
}

/** An array of the same shape, each row along the last axis through `change`. */
export function rowwise(
  array: NDArray,
  change: (row: Float64Array, index: number) => ArrayLike<number>,
): NDArray {
  const columns = array.shape.at(-1)!;
  const data = new Float64Array(array.data.length);
  for (let start = 0; start < data.length; start += columns) {
    data.set(change(array.data.slice(start, start + columns), start / columns), start);
  }
  return { shape: array.shape, data };
}

/** One number known exactly, in the shape of an estimate. */
export function exactlyLike({ shape, values }: Estimate, value: number): Estimate {
  return exactly(
    values.map(() => value),
    shape,
  );
}

// ---- functions of one array, element by element ------------------------------------------

/** The inputs of an activation: pre-activations, and perhaps hyper-parameters. */
interface Activation {
  readonly x: NDArray;
}

/** A way of computing an activation, from how it computes one element. */
export function each<In extends Activation>(
  activation: (value: number, inputs: In, index: number) => number,
): (inputs: In) => NDArray {
  return (inputs) => elementwise(inputs.x, (value, i) => activation(value, inputs, i));
}

/** A way of computing the gradient of an activation, from its slope at one element. */
export function eachSlope<In extends Activation>(
  slope: (value: number, inputs: In, index: number) => number,
): (inputs: In, cotangent: Value) => { x: NDArray } {
  const slopes = each(slope);
  return (inputs, cotangent) => ({ x: product(cotangent as NDArray, slopes(inputs)) });
}

/** 0 is kept. */
export function isZeroAtZero<In extends Activation>(): Law<In> {
  return always('is 0 at 0', async (formula, inputs) => {
    const answer = await formula({ ...inputs, x: elementwise(inputs.x, () => 0) });
    return equal(answer, exactlyLike(answer, 0));
  });
}

/** f(x) − f(−x) = x, for x gated by a function that adds up to 1 with its mirror image. */
export function isIdentityMinusMirror<In extends Activation>(): Law<In> {
  return always('minus its mirror image is the identity', async (formula, inputs) => {
    const { x } = inputs;
    const mirrored = { ...inputs, x: elementwise(x, (value) => -value) };
    return equal(minus(await formula(inputs), await formula(mirrored)), exactly(x.data, x.shape));
  });
}

/** No value is below the least one. */
export function neverFallsBelow<In extends Activation>(least: number): Law<In> {
  return always('never falls below its one minimum', async (formula, inputs) => {
    const answer = await formula(inputs);
    return atLeast(answer, exactlyLike(answer, least));
  });
}

/** f(2x) = 2 f(x). */
export function doublesWithItsArgument<In extends Activation>(): Law<In> {
  return always('doubles when its argument doubles', async (formula, inputs) => {
    const doubled = { ...inputs, x: elementwise(inputs.x, (value) => 2 * value) };
    return equal(await formula(doubled), times(await formula(inputs), 2));
  });
}

/** x < y gives f(x) ≤ f(y). */
export function neverDecreases<In extends Activation>(): Law<In> {
  return always('never decreases', async (formula, inputs, draws) => {
    const step = draws.integer(1, 64) / 16;
    const further = { ...inputs, x: elementwise(inputs.x, (value) => value + step) };
    return atLeast(await formula(further), await formula(inputs));
  });
}

/**
 * |f(y) − f(x)| ≤ c |y − x|.
 *
 * @param words How fast that is, for the sentence: `twice as fast`.
 */
export function changesAtMost<In extends Activation>(
  words: string,
  constant: (inputs: In) => number,
): Law<In> {
  return always(`changes at most ${words} as its argument`, async (formula, inputs, draws) => {
    const { x } = inputs;
    const step = draws.integer(1, 64) / 16;
    const further = elementwise(x, (value) => value + step);
    const change = minus(await formula({ ...inputs, x: further }), await formula(inputs));
    const reach = elementwise(further, (value, i) => constant(inputs) * (value - x.data[i]!));
    const bound = exactly(reach.data, reach.shape);
    return atMost(change, bound) ?? atLeast(change, times(bound, -1));
  });
}

/** f halfway between two points is at most halfway between its values there. */
export function isConvex<In extends Activation>(): Law<In> {
  return always('lies below its chords', async (formula, inputs, draws) => {
    const reach = draws.integer(1, 128) / 16;
    const at = (shift: number): In => ({
      ...inputs,
      x: elementwise(inputs.x, (value) => value + shift),
    });
    const ends = plus(await formula(at(-reach)), await formula(at(reach)));
    return atMost(await formula(inputs), times(ends, 0.5));
  });
}

/** f(x) = x so far right that nothing else is left. */
export function isItsArgumentFrom<In extends Activation>(start: number): Law<In> {
  return always(`is its argument from ${start} on`, async (formula, inputs) => {
    const right = elementwise(inputs.x, (value) => start + Math.abs(value));
    return equal(await formula({ ...inputs, x: right }), exactly(right.data, right.shape));
  });
}

/** f(x) = 0 so far left that nothing else is left. */
export function vanishesFrom<In extends Activation>(start: number): Law<In> {
  return always(`is 0 from ${start} down`, async (formula, inputs) => {
    const left = elementwise(inputs.x, (value) => start - Math.abs(value));
    const answer = await formula({ ...inputs, x: left });
    return equal(answer, exactlyLike(answer, 0));
  });
}

/** One value at one point: `isAt('is one half at 0', 0, 0.5)`. */
export function isAt<In extends Activation>(
  sentence: string,
  point: number,
  value: number,
): Law<In> {
  return always(sentence, async (formula, inputs) => {
    const answer = await formula({ ...inputs, x: elementwise(inputs.x, () => point) });
    return equal(answer, exactlyLike(answer, value));
  });
}

/** Odd: point symmetry about the origin. */
export function isOdd<In extends Activation>(): Law<In> {
  return always('changes its sign with its input', async (formula, inputs) =>
    equal(await formula(mirrored(inputs)), times(await formula(inputs), -1)),
  );
}

/** Even: symmetry about the vertical axis. */
export function isEven<In extends Activation>(): Law<In> {
  return always('is the same for an input of the other sign', async (formula, inputs) =>
    equal(await formula(mirrored(inputs)), await formula(inputs)),
  );
}

/** A distribution function of a symmetric distribution. */
export function complementsItsMirrorImage<In extends Activation>(): Law<In> {
  return always('and its mirror image add up to 1', async (formula, inputs) => {
    const total = plus(await formula(inputs), await formula(mirrored(inputs)));
    return equal(total, exactlyLike(total, 1));
  });
}

/** Neither sign makes it larger than what went in. */
export function neverExceedsItsInput<In extends Activation>(): Law<In> {
  return always('never exceeds its input in size', async (formula, inputs) => {
    const answer = await formula(inputs);
    const size = { ...answer, values: answer.values.map(Math.abs) };
    return atMost(size, exactly(inputs.x.data.map(Math.abs), inputs.x.shape));
  });
}

/**
 * The area under a bell that falls like e^(−|x|/width). The trapezoidal rule errs
 * by e^(−2π a/h) where a, the distance of the nearest pole, is π times the width (L. N.
 * Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385–458): e^(−79) for a quarter of it.
 */
export function enclosesArea<In extends Activation>(
  sentence: string,
  area: number,
  width: number,
): Law<In> {
  return always(sentence, async (formula, inputs, draws) => {
    const step = width / 4;
    const offset = (draws.integer(0, 15) * step) / 16;
    const grid = Float64Array.from({ length: 321 }, (_, i) => (i - 160) * step + offset);
    const heights = await formula({ ...inputs, x: { shape: [grid.length], data: grid } });
    return equal(times(rowSums(heights), step), exactly(area));
  });
}

function mirrored<In extends Activation>(inputs: In): In {
  return { ...inputs, x: elementwise(inputs.x, (element) => -element) };
}
