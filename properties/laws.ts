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
import { type NDArray, product, type Stream } from '../src/kernel/index.js';

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
  // A loop: the builtin map of typed arrays is three times slower.
  const data = new Float64Array(array.data.length);
  for (let i = 0; i < data.length; i++) data[i] = change(array.data[i]!, i);
  return { shape: array.shape, data };
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
  return exactly(new Float64Array(values.length).fill(value), shape);
}

/** Some elements of an estimate, by their flat places, as a vector. */
export function taken(estimate: Estimate, places: readonly number[]): Estimate {
  const pick = (from: Float64Array): Float64Array =>
    Float64Array.from(places, (place) => from[place] ?? Number.NaN);
  return {
    ...estimate,
    shape: [places.length],
    values: pick(estimate.values),
    budget: () => pick(estimate.budget()),
  };
}

// ---- bends and slopes, in any argument -----------------------------------------------------

/** Any numbers beside those of an array: some equal, some a little off, some far. */
export function beside(array: NDArray, draws: Stream): NDArray {
  const unit = draws.pick([2 ** -8, 2 ** -4, 1]);
  return elementwise(array, (value) => value + unit * draws.integer(-32, 32));
}

/** Probabilities beside those of an array, certainties and the opposite among them. */
export function probabilitiesBeside(array: NDArray, draws: Stream): NDArray {
  return elementwise(array, (p) => draws.pick([p, 1 - p, 0.5, 0, 1, draws.uniform()]));
}

/** The rows of an array, each in an order of its own: distributions stay distributions. */
export function rowsReordered(array: NDArray, draws: Stream): NDArray {
  return rowwise(array, (row) => draws.shuffled([...row]));
}

/** f halfway between two points is at most halfway between its values there. */
export function isConvexIn<In>(
  name: keyof In & string,
  elsewhere: (array: NDArray, draws: Stream) => NDArray = beside,
): Law<In> {
  return convexity(`is convex in ${name}`, [name], elsewhere);
}

/** The same where two arguments go halfway together. */
export function isConvexInBoth<In>(
  one: keyof In & string,
  other: keyof In & string,
  elsewhere: (array: NDArray, draws: Stream) => NDArray = beside,
): Law<In> {
  return convexity(`is convex in ${one} and ${other} together`, [one, other], elsewhere);
}

function convexity<In>(
  sentence: string,
  names: readonly (keyof In & string)[],
  elsewhere: (array: NDArray, draws: Stream) => NDArray,
): Law<In> {
  return always(sentence, async (formula, inputs, draws) => {
    const there: Record<string, NDArray> = {};
    const between: Record<string, NDArray> = {};
    for (const name of names) {
      const here = inputs[name] as NDArray;
      const far = elsewhere(here, draws);
      there[name] = far;
      between[name] = elementwise(here, (value, i) => 0.5 * value + 0.5 * far.data[i]!);
    }
    const ends = plus(await formula(inputs), await formula({ ...inputs, ...there }));
    return atMost(await formula({ ...inputs, ...between }), times(ends, 0.5));
  });
}

/**
 * The slope of a mean loss in any element is at most c over the number of elements.
 *
 * @param sentence `changes by at most delta times the mean change of prediction`.
 */
export function changesByTheMeanAtMost<In>(
  sentence: string,
  name: keyof In & string,
  constant: (inputs: In) => number = () => 1,
): Law<In> {
  return always(sentence, async (loss, inputs, draws) => {
    const before = inputs[name] as NDArray;
    const after = beside(before, draws);
    const change = minus(await loss({ ...inputs, [name]: after }), await loss(inputs));
    const reach = average(after, before, (there, here) => Math.abs(there - here));
    const bound = exactly(constant(inputs) * reach);
    return atMost(change, bound) ?? atLeast(change, times(bound, -1));
  });
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

/**
 * f(x) − f(−x) = x, for x gated by a function that adds up to 1 with its mirror image. Asked
 * at four times the input too, because a gate closes between 10 and 40, where few inputs lie.
 */
export function isIdentityMinusMirror<In extends Activation>(): Law<In> {
  return always('minus its mirror image is the identity', async (formula, inputs, draws) => {
    const factor = draws.pick([1, 4]);
    const x = elementwise(inputs.x, (value) => factor * value);
    const difference = minus(
      await formula({ ...inputs, x }),
      await formula(mirrored({ ...inputs, x })),
    );
    return equal(difference, exactly(x.data, x.shape));
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
export function doublesWithItsInput<In extends Activation>(): Law<In> {
  return always('doubles when its input doubles', async (formula, inputs) => {
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
  return always(`changes at most ${words} as its input`, async (formula, inputs, draws) => {
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
export function isItsInputFrom<In extends Activation>(start: number): Law<In> {
  return always(`is its input from ${start} on`, async (formula, inputs) => {
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

// ---- losses of the error between a prediction and its target ------------------------------

/** The inputs of a regression loss: predictions and targets, and perhaps hyper-parameters. */
interface Regression {
  readonly prediction: NDArray;
  readonly target: NDArray;
}

/** A way of computing a mean loss, from what one error ŷ − y costs. */
export function meanCost<In extends Regression>(
  cost: (error: number, inputs: In, index: number) => number,
): (inputs: In) => number {
  return (inputs) =>
    average(inputs.prediction, inputs.target, (predicted, observed, i) =>
      cost(predicted - observed, inputs, i),
    );
}

/** A way of computing the gradient of a mean loss, from its slope at one error ŷ − y. */
export function meanSlope<In extends Regression>(
  slope: (error: number, inputs: In, index: number) => number,
): (inputs: In, cotangent: Value) => { prediction: NDArray } {
  return (inputs, cotangent) => {
    const { prediction, target } = inputs;
    const share = (cotangent as number) / prediction.data.length;
    return {
      prediction: elementwise(
        prediction,
        (value, i) => share * slope(value - target.data[i]!, inputs, i),
      ),
    };
  };
}

/** Both arrays of a regression through the same change. */
function changed<In extends Regression>(inputs: In, change: (array: NDArray) => NDArray): In {
  return { ...inputs, prediction: change(inputs.prediction), target: change(inputs.target) };
}

/** Errors c times as large cost c times as much. */
export function growsWithItsErrors<In extends Regression>(): Law<In> {
  return growsWithPower(1, 'grows by c when every error grows by c');
}

/** Errors c times as large cost c² times as much. */
export function growsWithItsErrorsSquared<In extends Regression>(): Law<In> {
  return growsWithPower(2, 'grows by c² when every error grows by c');
}

function growsWithPower<In extends Regression>(power: number, sentence: string): Law<In> {
  return always(sentence, async (loss, inputs, draws) => {
    // A power of two, so that nothing rounds; mostly far below 1, where thresholds are.
    const factor = 2 ** draws.integer(-40, 4);
    const grown = changed(inputs, (array) => elementwise(array, (value) => factor * value));
    return equal(await loss(grown), times(await loss(inputs), factor ** power));
  });
}

/** Only the error counts, not where it was made. */
export function seesOnlyTheErrors<In extends Regression>(): Law<In> {
  return always('stays the same when a number is added to both', async (loss, inputs, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    // 1024ths, so that no error is rounded away when the shift is added.
    const dyadic = changed(inputs, (array) =>
      elementwise(array, (value) => Math.round(value * 1024) / 1024),
    );
    const shifted = changed(dyadic, (array) => elementwise(array, (value) => value + shift));
    return equal(await loss(shifted), await loss(dyadic));
  });
}

/** Pairs may be shuffled, as long as prediction and target stay together. */
export function isTheSameInAnyOrder<In extends Regression>(): Law<In> {
  return always('is the same in any order of the pairs', async (loss, inputs, draws) => {
    const order = draws.shuffled([...inputs.prediction.data.keys()]);
    const shuffled = changed(inputs, (array) =>
      elementwise(array, (_, i) => array.data[order[i]!]!),
    );
    return equal(await loss(shuffled), await loss(inputs));
  });
}

/** The loss of a whole is the mean of the losses of two parts, weighted by their sizes. */
export function isTheMeanOfItsParts<In extends Regression>(): Law<In> {
  return always('is the weighted mean of the losses of two parts', async (loss, inputs, draws) => {
    const { length } = inputs.prediction.data;
    if (length < 2) return undefined;
    const cut = draws.integer(1, length - 1);
    const part = (low: number, high: number): In =>
      changed(inputs, ({ data }) => ({ shape: [high - low], data: data.slice(low, high) }));
    const first = times(await loss(part(0, cut)), cut / length);
    const rest = times(await loss(part(cut, length)), (length - cut) / length);
    return equal(await loss(inputs), plus(first, rest));
  });
}

/** A loss that is a distance: no way round a third point is shorter. */
export function obeysTheTriangleInequality<In extends Regression>(): Law<In> {
  return always('is never longer than a detour', async (loss, inputs, draws) => {
    const { prediction, target } = inputs;
    const detour = elementwise(prediction, (value, i) =>
      draws.pick([value, target.data[i]!, 0.5 * value, draws.integer(-64, 64) / 16]),
    );
    const there = await loss({ ...inputs, target: detour });
    const back = await loss({ ...inputs, prediction: detour });
    return atMost(await loss(inputs), plus(there, back));
  });
}
