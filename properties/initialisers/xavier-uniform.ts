import {
  atLeast,
  atMost,
  type Estimate,
  equal,
  exactly,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistake,
  type Mistakes,
  type Properties,
  type Sample,
} from '../../src/conformance/law.js';
import { uniformsFrom } from '../../src/conformance/sampling/draw.js';
import type { Sampling } from '../../src/conformance/sampling/sampling.js';
import { uniformSampling } from '../../src/conformance/sampling/uniform.js';
import type { Inputs } from '../../src/conformance/spec.js';
import {
  type XavierUniformInputs,
  xavierUniform,
} from '../../src/formulas/initialisers/xavier-uniform.js';
import { type NDArray, type Stream, sizeOf, stream } from '../../src/kernel/index.js';
import { elementwise, exactlyLike, rowwise } from '../laws.js';

/** What the limit of a weight hangs on. */
interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
  /** The size of the receptive field, which both fans count. */
  readonly field: number;
}

function fansOf(shape: readonly number[]): Fans {
  const field = sizeOf(shape.slice(0, -2));
  return { field, fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! };
}

function limitOf(shape: readonly number[]): number {
  const { fanIn, fanOut } = fansOf(shape);
  return Math.sqrt(6 / (fanIn + fanOut));
}

const shapeOf = ({ shape }: Inputs): readonly number[] => shape as readonly number[];

/** How a subject's own draws are judged. */
export const sampling: Sampling = uniformSampling({
  law: 'uniform on [−l, l) with l = √(6/(fan-in + fan-out))',
  limit: (inputs) => limitOf(shapeOf(inputs)),
  sample: sampleThrough(xavierUniform),
  alternatives: {
    'a range stretched and shifted': sampleThrough(stretched),
    'of single precision': (inputs, draws) => {
      const limit = Math.fround(limitOf(shapeOf(inputs)));
      const width = Math.fround(2 * limit);
      return elementwise(uniformsFrom(draws, shapeOf(inputs)), (u) =>
        Math.fround(Math.fround(width * (Math.floor(u * 2 ** 24) / 2 ** 24)) - limit),
      );
    },
    'from 23 random bits': (inputs, draws) => {
      const uniforms = uniformsFrom(draws, shapeOf(inputs));
      return xavierUniform({
        uniforms: elementwise(uniforms, (u) => Math.floor(u * 2 ** 23) / 2 ** 23),
      });
    },
    'a size and a sign': (inputs, draws) => {
      const limit = limitOf(shapeOf(inputs));
      return elementwise(uniformsFrom(draws, shapeOf(inputs)), (u) =>
        draws.chance(0.5) ? limit * u : -limit * u,
      );
    },
  },
});

export const properties: Properties<XavierUniformInputs> = [
  always('stays within its limits', async (xavier, { uniforms }) => {
    const weights = await xavier({ uniforms });
    const limits = exactlyLike(weights, limitOf(uniforms.shape));
    return atMost(weights, limits) ?? atLeast(weights, times(limits, -1));
  }),
  always('is the same with fan-in and fan-out exchanged', async (xavier, { uniforms }) =>
    equal(
      await xavier({ uniforms: relabelled(uniforms) }),
      reshaped(await xavier({ uniforms }), relabelled(uniforms).shape),
    ),
  ),
  always('changes its sign when its draws are mirrored', async (xavier, { uniforms }) => {
    // 128ths, whose mirror images every format holds.
    const odd = elementwise(uniforms, (u) => (Math.floor(64 * u) + 0.5) / 64);
    const mirrored = elementwise(odd, (u) => 1 - u);
    return equal(await xavier({ uniforms: mirrored }), times(await xavier({ uniforms: odd }), -1));
  }),
  always('is the lower limit where a draw is 0', async (xavier, { uniforms }) => {
    const lowest = await xavier({ uniforms: elementwise(uniforms, () => 0) });
    return equal(lowest, exactlyLike(lowest, -limitOf(uniforms.shape)));
  }),
  always('halves when the receptive field grows fourfold', async (xavier, { uniforms }) => {
    const { shape, data } = uniforms;
    const fourfold = Float64Array.from([...data, ...data, ...data, ...data]);
    const grown = await xavier({ uniforms: { shape: [4, ...shape], data: fourfold } });
    const once = await xavier({ uniforms });
    const half = exactly(once.values.map((weight) => weight / 2));
    return equal(firstOf(grown, data.length), { ...half, budget: times(once, 0.5).budget });
  }),
  always('has variance 2/(fan-in + fan-out) over even draws', async (xavier, _, draws) => {
    const shape = draws.pick<readonly number[]>([
      [2, 4],
      [8, 3],
      [1, 16],
      [2, 2, 3, 4],
    ]);
    const size = sizeOf(shape);
    const data = Float64Array.from({ length: size }, (_, i) => ((i % 8) + 0.5) / 8);
    const weights = await xavier({ uniforms: { shape, data } });
    // Eight even steps have 63/64 of the variance of the whole range.
    const { fanIn, fanOut } = fansOf(shape);
    return equal(meanSquare(weights), exactly((63 / 64) * (2 / (fanIn + fanOut))));
  }),
];

/** The same elements with the last two lengths exchanged: other weights of the same limit. */
function relabelled({ shape, data }: NDArray): NDArray {
  return { shape: [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], data };
}

function reshaped(estimate: Estimate, shape: readonly number[]): Estimate {
  return { ...estimate, shape };
}

function firstOf(estimate: Estimate, count: number): Estimate {
  return {
    ...estimate,
    shape: [count],
    values: estimate.values.slice(0, count),
    budget: () => estimate.budget().slice(0, count),
  };
}

function meanSquare({ values, budget, unit }: Estimate): Estimate {
  const mean = (of: (i: number) => number): number =>
    values.reduce((total, _, i) => total + of(i), 0) / values.length;
  const square = mean((i) => values[i]! ** 2);
  return {
    shape: [],
    values: Float64Array.of(square),
    unit: 0,
    budget: () => {
      const room = budget();
      return Float64Array.of(
        mean((i) => (2 * Math.abs(values[i]!) + room[i]!) * room[i]!) + unit * square,
      );
    },
  };
}

// ---- other ways, and wrong ones ---------------------------------------------------------

/** How something draws that computes weights from uniform numbers. */
function sampleThrough(compute: (inputs: XavierUniformInputs) => NDArray): Sample {
  return (inputs, draws) => compute({ uniforms: uniformsFrom(draws, shapeOf(inputs)) });
}

/** The range [0, 1) stretched to its width and shifted down, as generators do. */
function stretched({ uniforms }: XavierUniformInputs): NDArray {
  const limit = limitOf(uniforms.shape);
  return elementwise(uniforms, (u) => 2 * limit * u - limit);
}

/** A mistake in how weights are computed, and so in how they are drawn. */
function computing(
  source: string,
  compute: (inputs: XavierUniformInputs) => NDArray,
): Mistake<XavierUniformInputs> {
  return { source, compute, sample: sampleThrough(compute) };
}

/** A mistake in the limit alone. */
function limitedBy(
  source: string,
  limit: (fans: Fans, shape: readonly number[]) => number,
): Mistake<XavierUniformInputs> {
  return computing(source, ({ uniforms }) => {
    const wrong = limit(fansOf(uniforms.shape), uniforms.shape);
    return elementwise(uniforms, (u) => wrong * (2 * u - 1));
  });
}

/** A mistake in how weights are drawn alone. */
function drawing(
  source: string,
  uniforms: (shape: readonly number[], draws: Stream) => NDArray,
): Mistake<XavierUniformInputs> {
  return {
    source,
    sample: (inputs, draws) => xavierUniform({ uniforms: uniforms(shapeOf(inputs), draws) }),
  };
}

/** A standard normal number for each uniform one, from pairs of them (G. E. P. Box, M. E. Muller). */
function normalsFrom({ shape, data }: NDArray): NDArray {
  const normals = data.map((u, i) => {
    const radius = Math.sqrt(-2 * Math.log1p(-u));
    return radius * Math.cos(2 * Math.PI * data[(i + 1) % data.length]!);
  });
  return { shape, data: normals };
}

/** A linear congruential generator (W. H. Press et al., "Numerical Recipes", 7.1). */
function congruential(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<XavierUniformInputs> = {
  '√2 for √3: the limit of a normal law’s variance': limitedBy(
    'classic',
    ({ fanIn, fanOut }) => Math.SQRT2 * Math.sqrt(2 / (fanIn + fanOut)),
  ),
  'standard deviation taken for the limit': limitedBy('classic', ({ fanIn, fanOut }) =>
    Math.sqrt(2 / (fanIn + fanOut)),
  ),
  'variance taken for the limit': limitedBy('classic', ({ fanIn, fanOut }) => 6 / (fanIn + fanOut)),
  'fan-in for the sum of the fans': limitedBy('classic', ({ fanIn }) => Math.sqrt(6 / fanIn)),
  'variance 1/fan-in, which is LeCun’s': limitedBy('harvard-edge/cs249r_book#1161', ({ fanIn }) =>
    Math.sqrt(3 / fanIn),
  ),
  'brackets missing around the sum of the fans': limitedBy(
    'mlverse/torch#555',
    ({ fanIn, fanOut }) => Math.sqrt(3) * Math.sqrt(2 / fanIn + fanOut),
  ),
  'receptive field forgotten': limitedBy('tensorflow/swift-apis#22', ({ fanIn, fanOut, field }) =>
    Math.sqrt((6 * field) / (fanIn + fanOut)),
  ),
  'receptive field in fan-in alone': limitedBy('Lasagne/Lasagne#772', ({ fanIn, fanOut, field }) =>
    Math.sqrt(6 / (fanIn + fanOut / field)),
  ),
  'fans read from the first two axes': limitedBy('ml-explore/mlx#456', (_, shape) =>
    Math.sqrt(6 / (sizeOf(shape.slice(2)) * (shape[0]! + shape[1]!))),
  ),
  'gain of ReLU built in': limitedBy('classic', ({ fanIn, fanOut }) =>
    Math.sqrt(12 / (fanIn + fanOut)),
  ),
  'gain of the logistic function, 4, built in': limitedBy(
    'LxMLS/lxmls-toolkit#159',
    ({ fanIn, fanOut }) => 4 * Math.sqrt(6 / (fanIn + fanOut)),
  ),
  'limit taken for the width of the range': limitedBy(
    'classic',
    ({ fanIn, fanOut }) => 0.5 * Math.sqrt(6 / (fanIn + fanOut)),
  ),
  'drawn from 0 up': computing('classic', ({ uniforms }) =>
    elementwise(uniforms, (u) => limitOf(uniforms.shape) * u),
  ),
  'a hundredth of the limit too high': computing('classic', ({ uniforms }) =>
    elementwise(uniforms, (u) => limitOf(uniforms.shape) * (2 * u - 0.99)),
  ),
  'a normal law of the right variance': computing('LBANN/lbann#316', ({ uniforms }) => {
    const { fanIn, fanOut } = fansOf(uniforms.shape);
    const deviation = Math.sqrt(2 / (fanIn + fanOut));
    return elementwise(normalsFrom(uniforms), (normal) => deviation * normal);
  }),
  'the same draws at every call': drawing('lululxvi/deepxde#2086', (shape) =>
    uniformsFrom(stream('42'), shape),
  ),
  'the same draws in every row': drawing('classic', (shape, draws) => {
    const row = uniformsFrom(draws, [shape.at(-1)!]).data;
    return rowwise({ shape, data: new Float64Array(sizeOf(shape)) }, () => row);
  }),
  'a generator seeded by the number of each row': drawing('classic', (shape, draws) => {
    const seed = Math.floor(2 ** 16 * draws.uniform());
    return rowwise({ shape, data: new Float64Array(sizeOf(shape)) }, (row, index) =>
      row.map(congruential(seed + index)),
    );
  }),
  'every draw used twice': drawing('classic', (shape, draws) => {
    const { data } = uniformsFrom(draws, shape);
    const half = Math.ceil(data.length / 2);
    return { shape, data: data.map((_, i) => data[i % half]!) };
  }),
  'draws and their mirror images': drawing('classic', (shape, draws) => {
    const uniforms = uniformsFrom(draws, shape);
    return elementwise(uniforms, (u, i) => (i % 2 === 0 ? u : 1 - uniforms.data[i - 1]!) % 1);
  }),
  '15 random bits': drawing('classic', (shape, draws) =>
    elementwise(uniformsFrom(draws, shape), (u) => Math.floor(2 ** 15 * u) / 2 ** 15),
  ),
  '8 random bits': drawing('classic', (shape, draws) =>
    elementwise(uniformsFrom(draws, shape), (u) => Math.floor(2 ** 8 * u) / 2 ** 8),
  ),
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<XavierUniformInputs> = {
  'a range stretched and shifted': stretched,
  'a uniform number of the right variance': ({ uniforms }) => {
    const { fanIn, fanOut } = fansOf(uniforms.shape);
    const deviation = Math.sqrt(2 / (fanIn + fanOut));
    return elementwise(uniforms, (u) => deviation * Math.sqrt(12) * (u - 0.5));
  },
};
