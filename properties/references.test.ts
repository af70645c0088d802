import { describe, expect, it } from 'vitest';
import { type Formula, functionName, listFormulas, loadFormula } from '../src/catalog.js';
import { tryChecks, tryTogether } from '../src/conformance/calibration.js';
import { drawOnce, isArraySpec } from '../src/conformance/generate/index.js';
import { decodeGradient, decodeInputs, decodeValue } from '../src/conformance/golden.js';
import { nearestForm } from '../src/conformance/judge/free.js';
import { refusalsOf } from '../src/conformance/refusals.js';
import {
  type Argument,
  type Gradient,
  type Inputs,
  outputsOf,
  type Parts,
  type Structure,
  type Value,
} from '../src/conformance/spec.js';
import {
  allArrays,
  arraysIn,
  type Flat,
  flatten,
  isArray,
  isParts,
  withArrays,
  withNumbers,
} from '../src/conformance/values.js';
import { formats, type NDArray, sizeOf, stream } from '../src/kernel/index.js';
import { alternativeSubject, referenceSubject } from '../src/subjects/impostors.js';
import { conventions } from './conventions.js';

/*
 * The references themselves, which no library is asked to resemble in all of this: they agree
 * with their oracles to the last places, refuse in full sentences, keep to their arguments, and
 * follow the conventions that they document where any answer would be right.
 *
 * Mutants of a reference are tried on these tests, so each loads the one formula it speaks of.
 */

describe.each(listFormulas())('%s', (id) => {
  it('refuses what its goldens and its contract say it refuses', async () => {
    const { spec, goldens, reference, gradient } = await loadFormula(id);
    const sentence = new RegExp(`^${functionName(id)}: \\w+ must .+, got [^.]*(\\.\\d[^.]*)*$`);
    const refused = goldens.cases.flatMap(({ id: why, error, inputs }) =>
      error === undefined ? [] : [{ why, code: error, inputs: decodeInputs(spec, inputs) }],
    );
    for (const refusal of refusalsOf(spec)) {
      const code = refusal.id.replace(/-.*/, '').replace(/^(rank|stack)$/, 'shape');
      for (const { why, inputs } of refusal.cases) refused.push({ why, code, inputs });
    }
    for (const operation of gradient === undefined ? [reference] : [reference, gradient]) {
      for (const { why, code, inputs } of refused) {
        expect(() => operation(inputs), why).toThrow(expect.objectContaining({ code }));
        expect(() => operation(inputs), why).toThrow(sentence);
      }
    }
  });

  it('agrees with its oracle to the last places', async () => {
    const { spec, goldens, reference, gradient } = await loadFormula(id);
    for (const { id: name, inputs: encoded, error, ...golden } of goldens.cases) {
      if (error !== undefined) continue;
      const inputs = decodeInputs(spec, encoded);
      const right = decodeValue(spec, golden.output ?? 'NaN');
      const answer = asPinned(spec, reference(inputs), right);
      expect(errorAt(`${id}/${name}`, answer, flatten(right)), name).toBeLessThanOrEqual(1);
      if (golden.gradient === undefined || gradient === undefined) continue;
      const slopes = gradient(inputs, decodeValue(spec, golden.cotangent!));
      const key = `${id}/${name}/gradient`;
      const pinned = flatten(decodeGradient(golden.gradient));
      expect(errorAt(key, flatten(slopes), pinned), key).toBeLessThanOrEqual(1);
    }
  });

  it('is acquitted, and its alternatives by it', async () => {
    const formula = await loadFormula(id);
    const strictly = { seed: 1, first: true, strict: true };
    const reference = await tryChecks(formula, referenceSubject(formula), strictly);
    const plainly = { seed: 1, first: true, runs: 60 };
    const alternatives = await tryTogether(formula, alternativesOf(formula), plainly);
    for (const { rejections, session } of [reference, ...alternatives]) {
      expect(Object.fromEntries(rejections), session.subject.description.name).toEqual({});
    }
  });

  it('agrees with its alternatives on long inputs', async () => {
    const { spec, reference, alternatives } = await loadFormula(id);
    for (const inputs of longInputs(spec)) {
      const right = flatten(reference(inputs)).data;
      for (const [name, compute] of Object.entries(alternatives)) {
        const got = flatten(compute(inputs)).data;
        expect(got.length).toBe(right.length);
        right.forEach((value, i) => {
          if (got[i] === value) return;
          expect(Math.abs(got[i]! - value), name).toBeLessThan(1e-6 * Math.abs(value) + 1e-9);
        });
      }
    }
  });

  it('has the slope of its value', async () => {
    const formula = await loadFormula(id);
    if (formula.gradient === undefined) return;
    const inputs = [...longInputs(formula.spec), ...smoothInputs(formula.spec, 20)];
    const compared = inputs.filter((at, i) => slopesAgree(formula, at, i)).length;
    expect(compared).toBeGreaterThan(0);
  });

  it('takes a cotangent of ones where none is given', async () => {
    const { spec, reference, gradient } = await loadFormula(id);
    if (gradient === undefined) return;
    for (const inputs of smoothInputs(spec, 5)) {
      const one = withNumbers(weighable(spec, reference(inputs)), () => 1);
      expect(gradient(inputs)).toEqual(gradient(inputs, one));
    }
  });

  it('reads nothing beyond the end of its arguments, and gives none of them back', async () => {
    const { spec, reference, gradient } = await loadFormula(id);
    for (const inputs of smoothInputs(spec, 5)) {
      const fenced = Object.fromEntries(
        Object.entries(inputs).map(([name, argument]) => [name, withArrays(argument, fence)]),
      );
      const answers = [reference(fenced), gradient === undefined ? 0 : gradient(fenced)];
      for (const array of answers.flatMap(arraysOf)) {
        expect(allArrays(fenced).some((argument) => sharesData(argument, array))).toBe(false);
      }
    }
  });
});

describe('where any answer would be right', () => {
  it.each(conventions)('$formula: $convention', async ({ formula: id, at, value, gradient }) => {
    const formula = await loadFormula(id);
    const inputs = decodeInputs(formula.spec, at);
    if (value !== undefined) {
      expect(formula.reference(inputs)).toEqual(decodeValue(formula.spec, value));
    }
    if (gradient !== undefined) {
      expect(formula.gradient!(inputs)).toEqual(decodeGradient(gradient));
    }
  });
});

// ---- the last places ----------------------------------------------------------------------

/** Gaps between doubles that a reference may be off at a golden case. */
const LAST_PLACES = 6;

/** Cases whose answer is a difference: the size of the terms whose last places are lost. */
const CANCELLING: Readonly<Record<string, number>> = {
  'activations/gelu-exact/at-the-minimum/gradient': 0.1,
  'activations/gelu-tanh/at-the-minimum/gradient': 0.1,
  'activations/log-softmax/last-axis-of-three/gradient': 1,
  'activations/logsumexp/near-zero': 1,
  'activations/mish/at-the-minimum/gradient': 0.1,
  'activations/mish/around-zero/gradient': 1,
  'activations/mish/matrix/gradient': 1,
  'activations/softmax/far-tail/gradient': 1,
  'activations/softmax/rows/gradient': 1,
  'activations/swish/at-the-minimum/gradient': 0.1,
  'attention/scaled-dot-product-attention/ordinary/gradient': 1,
  'attention/scaled-dot-product-attention/masked/gradient': 1,
  'attention/scaled-dot-product-attention/one-column/gradient': 2,
  'attention/scaled-dot-product-attention/equal-keys/gradient': 2,
  'attention/scaled-dot-product-attention/causal/gradient': 2,
  'attention/scaled-dot-product-attention/best-key-hidden/gradient': 1,
  'attention/scaled-dot-product-attention/stack/gradient': 4,
  'attention/scaled-dot-product-attention/heads/gradient': 1,
  'attention/scaled-dot-product-attention/large-scores/gradient': 16,
  'attention/scaled-dot-product-attention/negative-scores/gradient': 8,
  'attention/scaled-dot-product-attention/sum-overflows/gradient': 128,
  'attention/scaled-dot-product-attention/far-tail/gradient': 1,
  'information/kl-divergence/near': 1e-8,
  'linear-algebra/cholesky/hilbert': 1,
  'linear-algebra/eigen-decomposition-symmetric/dense': 1,
  'linear-algebra/eigen-decomposition-symmetric/graded': 1,
  'linear-algebra/eigen-decomposition-symmetric/ones': 3,
  'linear-algebra/eigen-decomposition-symmetric/path': 3,
  'losses/poisson-negative-log-likelihood/large-counts': 1e7,
  'losses/triplet/missed/gradient': 1,
  'optimisers/adam/descent': 1,
  'optimisers/adam/large-epsilon': 1,
  'optimisers/adam/no-memory': 1,
};

/** Cases where the last place of the input moves the answer by more than that. */
const STEEP: Readonly<Record<string, number>> = {
  'activations/gelu-tanh/left-tail': 300,
  'activations/gelu-tanh/left-tail/gradient': 310,
  'activations/gelu-tanh/sweep-left': 300,
  'activations/gelu-tanh/sweep-left/gradient': 210,
  'gradients/numerical-gradient/default-step': 1e5,
  'gradients/numerical-gradient/integers': 1e5,
  'gradients/numerical-gradient/small-step': 2 ** 24,
  'linear-algebra/cholesky/hilbert/gradient': 250,
  'losses/focal-loss/large-gamma': 8,
  'losses/focal-loss/large-gamma/gradient': 8,
};

/**
 * An answer without the parts that are not pinned, of which others would be as right, in the form
 * nearest to what is: an eigenvector may point either way.
 */
function asPinned(spec: Formula['spec'], answer: Value, right: Value): Flat {
  const pinned = isParts(right)
    ? Object.fromEntries(Object.keys(right).map((name) => [name, (answer as Parts)[name]!]))
    : answer;
  return nearestForm({ outputs: outputsOf(spec) }, flatten(right), flatten(pinned));
}

/** The worst error in gaps between doubles, as a fraction of those that are allowed. */
function errorAt(key: string, got: Flat, wanted: Flat): number {
  expect(got.parts).toEqual(wanted.parts);
  let worst = 0;
  wanted.data.forEach((value, i) => {
    if (Object.is(got.data[i], value) || got.data[i] === value) return;
    const difference = Math.abs(got.data[i]! - value);
    // Subnormal numbers have no last place to speak of.
    if (difference < 2 ** -1022) return;
    const size = Math.max(Math.abs(value), CANCELLING[key] ?? 0);
    const gap = 2 ** (Math.floor(Math.log2(size)) - 52);
    const error = difference / gap / (STEEP[key] ?? LAST_PLACES);
    worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
  });
  return worst;
}

// ---- inputs -------------------------------------------------------------------------------

function alternativesOf(formula: Formula) {
  return Object.entries(formula.alternatives).map(([name, compute]) =>
    alternativeSubject(formula, name, compute),
  );
}

/** Drawn inputs of moderate size, on which nothing overflows and differences mean something. */
function smoothInputs(spec: Formula['spec'], count: number): Inputs[] {
  const found: Inputs[] = [];
  for (let i = 0; found.length < count && i < 2000; i++) {
    const inputs = drawOnce(spec, stream(`${spec.id}/smooth/${i}`), {
      precision: 'float64',
      finite: true,
    });
    const numbers = Object.values(inputs).flatMap((argument) =>
      typeof argument === 'object'
        ? arraysIn(argument).flatMap(({ data }) => [...data])
        : [Number(argument) || 0],
    );
    const moderate = numbers.every((x) => x === 0 || (Math.abs(x) > 1e-2 && Math.abs(x) < 30));
    if (moderate && numbers.length < 200) found.push(inputs);
  }
  return found;
}

/** Longer than the blocks that sums are added in. */
const LONG = 300;

/** What an array still is when it is repeated along an axis. */
const REPEATABLE: readonly (Structure | undefined)[] = [undefined, 'mask', 'points', 'steps'];

/** Smooth inputs repeated along each axis that has no fixed length. */
function longInputs(spec: Formula['spec']): Inputs[] {
  if (Object.values(spec.inputs).some(({ structure }) => !REPEATABLE.includes(structure)))
    return [];
  const inputs = smoothInputs(spec, 40).find(isVaried);
  if (inputs === undefined) return [];
  const symbols = new Set(
    Object.values(spec.inputs).flatMap(({ shape }) =>
      Array.isArray(shape) ? shape.filter((axis) => typeof axis === 'string') : ['any'],
    ),
  );
  return [...symbols]
    .map((symbol) => repeated(spec, inputs, symbol))
    .filter((longer) => spec.asks?.(longer, formats.float64) !== false);
}

/** True if every axis has several elements, and no array is equal to another. */
function isVaried(inputs: Inputs): boolean {
  const arrays = allArrays(inputs);
  const distinct = new Set(arrays.map(({ data }) => data.join()));
  const isBroad = arrays.every(({ shape }) => shape.every((length) => length > 1));
  return isBroad && distinct.size === arrays.length;
}

function repeated(spec: Formula['spec'], inputs: Inputs, symbol: string): Inputs {
  const axesOf = (shape: unknown): readonly unknown[] => {
    if (Array.isArray(shape)) return shape;
    if (shape === 'any') return ['any'];
    return typeof shape === 'string' && spec.inputs[shape] !== undefined
      ? axesOf(spec.inputs[shape]!.shape)
      : [];
  };
  const longer = Object.entries(inputs).map(([name, argument]) => {
    const input = spec.inputs[name]!;
    if (!isArray(argument) || !isArraySpec(input)) return [name, argument];
    const axes = axesOf(input.shape);
    if (!axes.includes(symbol)) return [name, argument];
    // Where no leading axis was drawn, there is one row.
    const isMissing = symbol === '...' && argument.shape.length < axes.length;
    const shape = isMissing ? [1, ...argument.shape] : argument.shape;
    // What stands before the last axes can be one axis as well as many.
    const axis = symbol === '...' ? 0 : shape.length - axes.length + axes.indexOf(symbol);
    return [name, repeatAlong({ ...argument, shape }, axis, input.kind === 'distribution')];
  });
  return Object.fromEntries(longer) as Inputs;
}

/** What lies along an axis, again and again; a distribution still sums to 1. */
function repeatAlong({ shape, data }: NDArray, axis: number, isDistribution: boolean): NDArray {
  const length = shape[axis]!;
  const times = Math.ceil(LONG / Math.max(1, length));
  const share = isDistribution && axis === shape.length - 1 ? times : 1;
  const block = sizeOf(shape.slice(axis));
  const elements: number[] = [];
  for (let start = 0; start < data.length; start += block) {
    const once = data.subarray(start, start + block);
    for (let time = 0; time < times; time++) {
      for (const element of once) elements.push(element / share);
    }
  }
  return { shape: shape.with(axis, length * times), data: Float64Array.from(elements) };
}

// ---- slopes -------------------------------------------------------------------------------

/**
 * Compares the slope in a random direction with differences of the value. False where that says
 * nothing: at a kink, beside the edge of the domain.
 */
function slopesAgree({ spec, reference, gradient }: Formula, at: Inputs, number: number): boolean {
  const draws = stream(`${spec.id}/slope/${number}`);
  const cotangent = withNumbers(weighable(spec, reference(at)), () => 2 * draws.uniform() - 1);
  const weights = flatten(cotangent).data;
  const along = Object.fromEntries(
    spec.differentiable!.map((name) => {
      const { data } = at[name] as NDArray;
      return [name, data.map((x) => (2 * draws.uniform() - 1) * Math.max(0.1, Math.abs(x)))];
    }),
  );
  const moved = (step: number): number => {
    const inputs: Record<string, Argument> = { ...at };
    for (const [name, direction] of Object.entries(along)) {
      const { shape, data } = at[name] as NDArray;
      inputs[name] = { shape, data: data.map((x, i) => x + step * direction[i]!) };
    }
    const value = flatten(weighable(spec, reference(inputs))).data;
    return value.reduce((total, element, i) => total + weights[i]! * element, 0);
  };
  const step = 1e-5;
  let sides: [number, number];
  try {
    const middle = moved(0);
    sides = [(moved(step) - middle) / step, (middle - moved(-step)) / step];
  } catch {
    return false;
  }
  const [right, left] = sides;
  const scale = Math.max(1e-2, Math.abs(right), Math.abs(left));
  if (!(Math.abs(right - left) < 2e-4 * scale)) return false;
  const slopes = gradient!(at, cotangent);
  let slope = 0;
  for (const [name, direction] of Object.entries(along)) {
    slopes[name]!.data.forEach((element, i) => {
      slope += element * direction[i]!;
    });
  }
  expect(Math.abs(slope - (right + left) / 2)).toBeLessThan(2e-4 * scale);
  return true;
}

/** The parts of an answer that a gradient is taken through. */
function weighable(spec: Formula['spec'], value: Value): Value {
  if (!isParts(value)) return value;
  const outputs = outputsOf(spec);
  const parts = Object.entries(value).filter(([name]) => outputs[name]?.constant !== true);
  return Object.fromEntries(parts);
}

// ---- fences -------------------------------------------------------------------------------

/** An array that throws when an element is asked for that it does not have. */
function fence(array: NDArray): NDArray {
  const data = new Proxy(array.data, {
    get: (target, key) => {
      if (typeof key === 'string' && /^-?\d+$/.test(key) && !(Number(key) in target)) {
        throw new RangeError(`element ${key} of ${target.length}`);
      }
      const found = Reflect.get(target, key, target) as unknown;
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  return { shape: array.shape, data };
}

/** The arrays of an answer, whatever its parts. */
function arraysOf(answer: Value | Gradient): readonly NDArray[] {
  if (isArray(answer)) return [answer];
  return isParts(answer) ? Object.values(answer).flatMap((part) => arraysOf(part as Value)) : [];
}

function sharesData({ data }: NDArray, other: NDArray): boolean {
  return data === other.data || data.buffer === other.data.buffer;
}
