import { equal, exactly, rowSums } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistake,
  type Mistakes,
  type Properties,
  type Sample,
  type Variants,
} from '../../src/conformance/law.js';
import { uniformsFrom } from '../../src/conformance/sampling/draw.js';
import { maskSampling } from '../../src/conformance/sampling/mask.js';
import type { Sampling } from '../../src/conformance/sampling/sampling.js';
import type { Value } from '../../src/conformance/spec.js';
import {
  type DropoutInvertedInputs,
  dropoutInverted,
  dropoutInvertedGradient,
} from '../../src/formulas/regularisation/dropout-inverted.js';
import { type NDArray, type Stream, stream } from '../../src/kernel/index.js';
import { doublesWithItsInput, elementwise, exactlyLike, rowwise } from '../laws.js';

type Dropped = DropoutInvertedInputs;

/** How a subject's own masks are judged. */
export const sampling: Sampling = maskSampling({
  law: '0 with a probability of rate, else the input over 1 − rate',
  sample: sampleThrough(dropoutInverted),
  alternatives: {
    'kept strictly above the rate': sampleThrough(keptWhere((u, rate) => u > rate)),
    'kept below 1 − rate': sampleThrough(keptWhere((u, rate) => u < 1 - rate)),
    'from 23 random bits': sampleThrough((given) =>
      dropoutInverted({ ...given, uniforms: coarse(given.uniforms, 23) }),
    ),
    'a mask times the scale': sampleThrough(({ x, uniforms, rate = 0.5, training = true }) => {
      if (!training || rate === 0) return x;
      const scale = rate < 1 ? 1 / (1 - rate) : 0;
      return elementwise(x, (value, i) => value * (uniforms.data[i]! >= rate ? scale : 0));
    }),
  },
});

export const properties: Properties<Dropped> = [
  always('is its input outside training', async (dropout, inputs) =>
    equal(await dropout({ ...inputs, training: false }), whole(inputs.x)),
  ),
  always('is its input at rate 0', async (dropout, inputs) =>
    equal(await dropout({ ...inputs, rate: 0 }), whole(inputs.x)),
  ),
  always('is 0 at rate 1', async (dropout, inputs) => {
    const answer = await dropout({ ...inputs, rate: 1, training: true });
    return equal(answer, exactlyLike(answer, 0));
  }),
  always('gives 0 or its input over 1 − rate', async (dropout, inputs) => {
    const { x, rate = 0.5 } = inputs;
    const answer = await dropout({ ...inputs, training: true });
    const right = elementwise(x, (value, i) => (answer.values[i] === 0 ? 0 : value / (1 - rate)));
    return equal(answer, whole(right));
  }),
  always('has the mean of its input over even draws', async (dropout, _, draws) => {
    const size = 16;
    const even = Array.from({ length: size }, (_, i) => (i + 0.5) / size);
    const uniforms = { shape: [size], data: Float64Array.from(draws.shuffled(even)) };
    const level = draws.integer(1, 64) / 16;
    const same = { shape: [size], data: new Float64Array(size).fill(level) };
    const rate = draws.integer(1, size - 1) / size;
    const total = rowSums(await dropout({ x: same, uniforms, rate }));
    return equal(total, exactly(size * level, []));
  }),
  always('is the same in any order', async (dropout, inputs, draws) => {
    const { x, uniforms } = inputs;
    const order = draws.shuffled([...x.data.keys()]);
    const reordered = ({ shape, data }: NDArray): NDArray => ({
      shape,
      data: data.map((_, i) => data[order[i]!]!),
    });
    const answer = await dropout(inputs);
    const other = await dropout({ ...inputs, x: reordered(x), uniforms: reordered(uniforms) });
    return equal(other, {
      ...answer,
      values: reordered({ shape: x.shape, data: answer.values }).data,
      budget: () => reordered({ shape: x.shape, data: answer.budget() }).data,
    });
  }),
  doublesWithItsInput(),
];

function whole({ shape, data }: NDArray) {
  return exactly(data, shape);
}

// ---- other ways, and wrong ones ---------------------------------------------------------

/** How something draws that computes from uniform numbers. */
function sampleThrough(compute: (inputs: Dropped) => NDArray): Sample {
  return (inputs, draws) => {
    const { x } = inputs as { x: NDArray };
    return compute({ ...inputs, x, uniforms: uniformsFrom(draws, x.shape) });
  };
}

function coarse(uniforms: NDArray, bits: number): NDArray {
  return elementwise(uniforms, (u) => Math.floor(2 ** bits * u) / 2 ** bits);
}

/** Inverted dropout that keeps by another rule, or scales by another factor. */
function keptWhere(
  keeps: (u: number, rate: number) => boolean,
  scale: (rate: number) => number = (rate) => 1 / (1 - rate),
) {
  return ({ x, uniforms, rate = 0.5, training = true }: Dropped): NDArray => {
    if (!training) return elementwise(x, (value) => value);
    return elementwise(x, (value, i) => (keeps(uniforms.data[i]!, rate) ? value * scale(rate) : 0));
  };
}

const above = (u: number, rate: number): boolean => u >= rate;

/** The same draws for x and for its gradient. */
function linear(compute: (inputs: Dropped) => NDArray) {
  return {
    compute,
    gradient: (inputs: Dropped, cotangent: Value) => ({
      x: compute({ ...inputs, x: cotangent as NDArray }),
    }),
  };
}

/** How conventions compute that read the draws otherwise. */
export const variants: Variants<Dropped> = {
  'strictly above': linear(keptWhere((u, rate) => u > rate)),
  'kept below': linear(keptWhere((u, rate) => u < 1 - rate)),
};

/** A mistake in what is computed, and so in its gradient, and in how it draws. */
function computing(source: string, compute: (inputs: Dropped) => NDArray): Mistake<Dropped> {
  return { source, ...linear(compute), sample: sampleThrough(compute) };
}

/** A mistake in the draws that each element is given. */
function drawing(
  source: string,
  given: (uniforms: NDArray, inputs: Dropped) => NDArray,
): Mistake<Dropped> {
  return computing(source, (inputs) =>
    dropoutInverted({ ...inputs, uniforms: given(inputs.uniforms, inputs) }),
  );
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<Dropped> = {
  'scaled by 1/rate': computing(
    'lmjohns3/theanets#123',
    keptWhere(above, (rate) => 1 / rate),
  ),
  'kept what ought to be dropped': computing(
    'classic',
    keptWhere((u, rate) => u < rate),
  ),
  'rate taken for the probability of keeping': computing(
    'v-iashin/CS231n#8',
    keptWhere(
      (u, rate) => u < rate,
      (rate) => 1 / rate,
    ),
  ),
  'not scaled': computing(
    'classic',
    keptWhere(above, () => 1),
  ),
  'scaled by 1 − rate': computing(
    'classic',
    keptWhere(above, (rate) => 1 - rate),
  ),
  'scaled outside training as well': computing('classic', (inputs) => {
    const { x, rate = 0.5, training = true } = inputs;
    return training ? dropoutInverted(inputs) : elementwise(x, (value) => value * (1 - rate));
  }),
  'dropped outside training as well': computing('classic', (inputs) =>
    dropoutInverted({ ...inputs, training: true }),
  ),
  'rate ignored for one half': computing('classic', (inputs) =>
    dropoutInverted({ ...inputs, rate: 0.5 }),
  ),
  'rate 1 divides 0 by 0': computing('google/flax#2055', (inputs) => {
    const { x, uniforms, rate = 0.5, training = true } = inputs;
    if (!training) return elementwise(x, (value) => value);
    return elementwise(x, (value, i) => (value * (uniforms.data[i]! >= rate ? 1 : 0)) / (1 - rate));
  }),
  'one mask for all rows': drawing('classic', (uniforms) => {
    const columns = uniforms.shape.at(-1) ?? 1;
    return elementwise(uniforms, (_, i) => uniforms.data[i % columns]!);
  }),
  'one draw for each row': drawing('classic', (uniforms) =>
    uniforms.shape.length === 0 ? uniforms : rowwise(uniforms, (row) => row.map(() => row[0]!)),
  ),
  'one draw for the whole array': drawing('classic', (uniforms) =>
    elementwise(uniforms, () => uniforms.data[0]!),
  ),
  'a share dropped exactly': drawing('classic', (uniforms) => {
    const ranks = [...uniforms.data.keys()].sort((i, j) => uniforms.data[i]! - uniforms.data[j]!);
    const even = new Float64Array(ranks.length);
    for (const [rank, i] of ranks.entries()) even[i] = (rank + 0.5) / ranks.length;
    return { shape: uniforms.shape, data: even };
  }),
  'a share of each row dropped exactly': drawing('classic', (uniforms) =>
    uniforms.shape.length === 0
      ? uniforms
      : rowwise(uniforms, (row) => {
          const sorted = row.slice().sort();
          return row.map((u) => (sorted.indexOf(u) + 0.5) / row.length);
        }),
  ),
  'the same mask at every call': {
    source: 'PaddlePaddle/Paddle#7796',
    sample: (inputs) => sampling.sample(inputs, stream('42')),
  },
  'a generator seeded once for each row of every call': {
    source: 'classic',
    sample: (inputs, draws) =>
      sampleThrough((given) => {
        const uniforms = rowwise(given.uniforms, (row, index) => drawsOf(stream(index), row));
        return dropoutInverted({ ...given, uniforms });
      })(inputs, draws),
  },
  'gradient through a mask of its own': {
    source: 'classic',
    gradient: (inputs, cotangent) => {
      const uniforms = elementwise(inputs.uniforms, (u) => (u + 0.5) % 1);
      return dropoutInvertedGradient({ ...inputs, uniforms }, cotangent as NDArray);
    },
  },
  'gradient not scaled': {
    source: 'classic',
    gradient: (inputs, cotangent) => linear(keptWhere(above, () => 1)).gradient(inputs, cotangent),
  },
  'gradient not masked': {
    source: 'classic',
    gradient: (inputs, cotangent) =>
      linear(keptWhere((_, rate) => rate < 1)).gradient(inputs, cotangent),
  },
};

function drawsOf(draws: Stream, row: Float64Array): Float64Array {
  return row.map(() => draws.uniform());
}

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<Dropped> = {
  'a mask times the scale': ({ x, uniforms, rate = 0.5, training = true }) => {
    if (!training) return elementwise(x, (value) => value);
    const scale = rate < 1 ? 1 / (1 - rate) : 0;
    return elementwise(x, (value, i) => value * (uniforms.data[i]! < rate ? 0 : scale));
  },
  'the draw plus 1 − rate, rounded down': ({ x, uniforms, rate = 0.5, training = true }) => {
    if (!training) return elementwise(x, (value) => value);
    return elementwise(x, (value, i) => {
      const isKept = Math.floor(uniforms.data[i]! - rate) === 0;
      return isKept ? value / (1 - rate) : 0;
    });
  },
};
