import {
  atMost,
  type Estimate,
  equal,
  exactly,
  minus,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  type Ask,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import { type AdamInputs, type AdamRates, adam } from '../../src/formulas/optimisers/adam.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise } from '../laws.js';

export const properties: Properties<AdamInputs> = [
  always('goes η g / (|g| + ε) at its first step', async (formula, x) => {
    const { learningRate, epsilon } = ratesOf(x);
    const first = { ...x, gradients: rows(x.gradients, 0, 1) };
    const step = elementwise(
      first.gradients,
      (gradient) => (learningRate * gradient) / (Math.abs(gradient) + epsilon),
    );
    return equal(await moved(formula, first), times(exactly(step.data, step.shape), -1));
  }),
  always('goes as far at every step of a constant gradient', async (formula, x) => {
    const { columns, gradients } = matrixOf(x);
    const constant = elementwise(gradients, (_, i) => gradients.data[i % columns]!);
    const walked = await moved(formula, { ...x, gradients: constant });
    const { learningRate, epsilon } = ratesOf(x);
    const expected = elementwise(constant, (gradient, i) => {
      const steps = 1 + Math.floor(i / columns);
      return (-steps * learningRate * gradient) / (Math.abs(gradient) + epsilon);
    });
    return equal(walked, exactly(expected.data, expected.shape));
  }),
  always('stays until a gradient is not 0', async (formula, x) => {
    const still = { ...x, gradients: elementwise(x.gradients, () => 0) };
    return equal(await formula(still), startOf(still));
  }),
  always('begins a longer walk with the shorter one', async (formula, x, draws) => {
    const { steps, columns } = matrixOf(x);
    const cut = draws.integer(1, steps);
    const whole = await formula(x);
    const start = await formula({ ...x, gradients: rows(x.gradients, 0, cut) });
    return equal(start, part(whole, cut * columns, start.shape));
  }),
  always('moves each parameter by its own gradients alone', async (formula, x, draws) => {
    const { columns, steps } = matrixOf(x);
    const column = draws.integer(0, columns - 1);
    const alone = {
      ...x,
      parameters: { shape: [1], data: x.parameters.data.slice(column, column + 1) },
      gradients: {
        shape: [steps, 1],
        data: x.gradients.data.filter((_, i) => i % columns === column),
      },
    };
    const together = await formula(x);
    return equal(await formula(alone), {
      ...together,
      shape: [steps, 1],
      values: together.values.filter((_, i) => i % columns === column),
      budget: () => together.budget().filter((_, i) => i % columns === column),
    });
  }),
  always('goes the same way when gradients and epsilon grow by c', async (formula, x, draws) => {
    // A power of two, so that nothing rounds.
    const factor = 2 ** draws.integer(-3, 3);
    const grown = {
      ...x,
      gradients: elementwise(x.gradients, (gradient) => factor * gradient),
      epsilon: factor * ratesOf(x).epsilon,
    };
    return equal(await formula(grown), await formula(x));
  }),
  always('goes the other way for gradients of the other sign', async (formula, x) => {
    const mirrored = { ...x, gradients: elementwise(x.gradients, (gradient) => -gradient) };
    return equal(await moved(formula, mirrored), times(await moved(formula, x), -1));
  }),
  always('goes the same way from everywhere', async (formula, x, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    const elsewhere = { ...x, parameters: elementwise(x.parameters, () => shift) };
    return equal(await moved(formula, elsewhere), await moved(formula, x));
  }),
  always('goes twice as far at twice the learning rate', async (formula, x) => {
    const { learningRate } = ratesOf(x);
    const faster = { ...x, learningRate: 2 * learningRate };
    return equal(await moved(formula, faster), times(await moved(formula, x), 2));
  }),
  always('never goes farther than Cauchy and Schwarz allow', async (formula, x) => {
    const walked = await moved(formula, x);
    const { columns } = matrixOf(x);
    const reach = reaches(x);
    const bound = walked.values.map((_, i) => reach[Math.floor(i / columns)]!);
    const size = { ...walked, values: walked.values.map(Math.abs) };
    return atMost(size, exactly(bound, walked.shape));
  }),
];

function ratesOf({
  learningRate = 1e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: AdamInputs): AdamRates {
  return { learningRate, beta1, beta2, epsilon };
}

function matrixOf({ gradients }: AdamInputs) {
  return { gradients, steps: gradients.shape[0]!, columns: gradients.shape[1]! };
}

function rows({ shape, data }: NDArray, low: number, high: number): NDArray {
  const columns = shape[1]!;
  return { shape: [high - low, columns], data: data.slice(low * columns, high * columns) };
}

function part(whole: Estimate, length: number, shape: readonly number[]): Estimate {
  return {
    ...whole,
    shape,
    values: whole.values.slice(0, length),
    budget: () => whole.budget().slice(0, length),
  };
}

/** The parameters before the first step, once for each step. */
function startOf({ parameters, gradients }: AdamInputs): Estimate {
  const start = gradients.data.map((_, i) => parameters.data[i % parameters.data.length]!);
  return exactly(start, gradients.shape);
}

/** How far each parameter has come after each step. */
async function moved(formula: Ask<AdamInputs>, x: AdamInputs): Promise<Estimate> {
  return minus(await formula(x), startOf(x));
}

/**
 * How far a parameter can have come after each step. By Cauchy and Schwarz, the sum of weights
 * β₁ᵏ times gradients is at most the root of Σ (β₁²/β₂)ᵏ times that of Σ β₂ᵏ g².
 */
function reaches(x: AdamInputs): Float64Array {
  const { learningRate, beta1, beta2 } = ratesOf(x);
  const { steps } = matrixOf(x);
  const reach = new Float64Array(steps);
  let [weights, squares, ratios, walked] = [0, 0, 0, 0];
  for (let age = 0; age < steps; age++) {
    weights += beta1 ** age;
    squares += beta2 ** age;
    // Without a memory of squares the last gradient may be as small as it likes beside the mean.
    ratios += age === 0 ? 1 : beta2 === 0 ? Infinity : (beta1 ** 2 / beta2) ** age;
    walked += learningRate === 0 ? 0 : learningRate * (Math.sqrt(ratios * squares) / weights);
    // The bound itself is rounded.
    reach[age] = walked * (1 + 1e-12);
  }
  return reach;
}

// ---- other ways to walk -------------------------------------------------------------------

/** What a wrong or other Adam remembers of one parameter. */
interface Memory {
  m: number;
  v: number;
}

type Step = (
  memory: Memory,
  gradient: number,
  rates: AdamRates,
  t: number,
  parameter: number,
) => number;

/** A trajectory of steps that are taken off the parameters, each with a memory of its own. */
function walk(step: Step): (x: AdamInputs) => NDArray {
  return (x) => {
    const { columns } = matrixOf(x);
    const memories = Array.from(x.parameters.data, (): Memory => ({ m: 0, v: 0 }));
    const at = x.parameters.data.slice();
    return elementwise(x.gradients, (gradient, i) => {
      const [column, t] = [i % columns, 1 + Math.floor(i / columns)];
      at[column]! -= step(memories[column]!, gradient, ratesOf(x), t, at[column]!);
      return at[column]!;
    });
  };
}

/** A walk whose means are remembered as they are meant to be. */
function walkBy(stepOf: (memory: Memory, rates: AdamRates, t: number) => number) {
  return walk((memory, gradient, rates, t) => {
    remember(memory, gradient, rates);
    return stepOf(memory, rates, t);
  });
}

function remember(memory: Memory, gradient: number, { beta1, beta2 }: AdamRates): void {
  memory.m = beta1 * memory.m + (1 - beta1) * gradient;
  memory.v = beta2 * memory.v + (1 - beta2) * gradient * gradient;
}

/** The step of two corrected means. */
function corrected(m: number, v: number, { learningRate, epsilon }: AdamRates): number {
  return (learningRate * m) / (Math.sqrt(v) + epsilon);
}

/** A walk with other corrections than 1 − βᵗ, which divide the means. */
function correctedBy(correction: (beta: number, t: number) => number) {
  return walkBy(({ m, v }, rates, t) =>
    corrected(m / correction(rates.beta1, t), v / correction(rates.beta2, t), rates),
  );
}

/** A walk whose means are remembered otherwise. */
function remembering(
  otherwise: (memory: Memory, gradient: number, rates: AdamRates, t: number) => void,
) {
  return walk((memory, gradient, rates, t) => {
    otherwise(memory, gradient, rates, t);
    const { m, v } = memory;
    return corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t), rates);
  });
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<AdamInputs> = {
  'means multiplied by their corrections': {
    source: 'karpathy/convnetjs#70',
    compute: correctedBy((beta, t) => 1 / (1 - beta ** t)),
  },
  'corrected by 1 − β, as if every step were the first': {
    source: 'eriklindernoren/ML-From-Scratch#35',
    compute: correctedBy((beta) => 1 - beta),
  },
  'epsilon subtracted': {
    source: 'tensorflow/tensorflow#61411',
    compute: walkBy(({ m, v }, rates, t) =>
      corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t), {
        ...rates,
        epsilon: -rates.epsilon,
      }),
    ),
  },
  'time that begins at 2': {
    source: 'tensorflow/tensorflow#35444',
    compute: correctedBy((beta, t) => 1 - beta ** (t + 1)),
  },
  'time that begins at 0': {
    source: 'classic',
    compute: correctedBy((beta, t) => 1 - beta ** (t - 1)),
  },
  'time that passes with every parameter': {
    source: 'flashlight/flashlight#143',
    compute: (x) => {
      let passed = 0;
      return walkBy(({ m, v }, rates) => {
        passed++;
        return corrected(m / (1 - rates.beta1 ** passed), v / (1 - rates.beta2 ** passed), rates);
      })(x);
    },
  },
  'corrections kept in the means': {
    source: 'frgfm/Holocron#1',
    compute: walk((memory, gradient, rates, t) => {
      remember(memory, gradient, rates);
      memory.m /= 1 - rates.beta1 ** t;
      memory.v /= 1 - rates.beta2 ** t;
      return corrected(memory.m, memory.v, rates);
    }),
  },
  'corrections exchanged, √(1 − β₁ᵗ) over 1 − β₂ᵗ': {
    source: 'apache/mxnet#13754',
    compute: walkBy(({ m, v }, rates, t) =>
      corrected(m / (1 - rates.beta2 ** t), v / (1 - rates.beta1 ** t), rates),
    ),
  },
  'corrected by βᵗ for 1 − βᵗ': {
    source: 'kozistr/AdaBound-tensorflow#3',
    compute: walkBy(({ m, v }, rates, t) =>
      corrected(m / (1 - rates.beta1 ** t), v / rates.beta2 ** t, rates),
    ),
  },
  'only the mean corrected': {
    source: 'classic',
    compute: walkBy(({ m, v }, rates, t) => corrected(m / (1 - rates.beta1 ** t), v, rates)),
  },
  'only the mean square corrected': {
    source: 'classic',
    compute: walkBy(({ m, v }, rates, t) => corrected(m, v / (1 - rates.beta2 ** t), rates)),
  },
  'correction of the mean square outside the root': {
    source: 'classic',
    compute: walkBy(({ m, v }, rates, t) =>
      corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t) ** 2, rates),
    ),
  },
  'betas exchanged': {
    source: 'classic',
    compute: (x) => {
      const { beta1, beta2 } = ratesOf(x);
      return adam({ ...x, beta1: beta2, beta2: beta1 });
    },
  },
  'one beta for both means': {
    source: 'classic',
    compute: (x) => adam({ ...x, beta2: ratesOf(x).beta1 }),
  },
  'β and 1 − β exchanged': {
    source: 'classic',
    compute: remembering((memory, gradient, { beta1, beta2 }) => {
      memory.m = (1 - beta1) * memory.m + beta1 * gradient;
      memory.v = (1 - beta2) * memory.v + beta2 * gradient * gradient;
    }),
  },
  'means that begin with the first gradient': {
    source: 'PennyLaneAI/pennylane#1928',
    compute: remembering((memory, gradient, rates, t) => {
      if (t > 1) remember(memory, gradient, rates);
      else [memory.m, memory.v] = [gradient, gradient * gradient];
    }),
  },
  'gradients summed, not averaged': {
    source: 'classic',
    compute: remembering((memory, gradient, { beta1, beta2 }) => {
      memory.m = beta1 * memory.m + gradient;
      memory.v = beta2 * memory.v + gradient * gradient;
    }),
  },
  'mean square of the mean, not of the gradient': {
    source: 'classic',
    compute: remembering((memory, gradient, { beta1, beta2 }) => {
      memory.m = beta1 * memory.m + (1 - beta1) * gradient;
      memory.v = beta2 * memory.v + (1 - beta2) * memory.m ** 2;
    }),
  },
  'mean size for the mean square': {
    source: 'classic',
    compute: remembering((memory, gradient, { beta1, beta2 }) => {
      memory.m = beta1 * memory.m + (1 - beta1) * gradient;
      memory.v = beta2 * memory.v + (1 - beta2) * Math.abs(gradient);
    }),
  },
  'variance about the mean, as AdaBelief has it': {
    source: 'classic',
    compute: remembering((memory, gradient, { beta1, beta2 }) => {
      memory.m = beta1 * memory.m + (1 - beta1) * gradient;
      memory.v = beta2 * memory.v + (1 - beta2) * (gradient - memory.m) ** 2;
    }),
  },
  'largest mean square so far, as AMSGrad has it': {
    source: 'classic',
    compute: (x) => {
      const largest = new Map<Memory, number>();
      return walk((memory, gradient, rates, t) => {
        remember(memory, gradient, rates);
        const most = Math.max(largest.get(memory) ?? 0, memory.v);
        largest.set(memory, most);
        return corrected(memory.m / (1 - rates.beta1 ** t), most / (1 - rates.beta2 ** t), rates);
      })(x);
    },
  },
  'mean square before this gradient': {
    source: 'classic',
    compute: walk((memory, gradient, rates, t) => {
      const before = t === 1 ? (1 - rates.beta2) * gradient ** 2 : memory.v;
      remember(memory, gradient, rates);
      const past = Math.max(1, t - 1);
      return corrected(
        memory.m / (1 - rates.beta1 ** t),
        before / (1 - rates.beta2 ** past),
        rates,
      );
    }),
  },
  'gradient in the place of its mean': {
    source: 'classic',
    compute: (x) => adam({ ...x, beta1: 0 }),
  },
  'looking ahead, as Nadam does': {
    source: 'classic',
    compute: walk((memory, gradient, rates, t) => {
      remember(memory, gradient, rates);
      const { beta1, beta2 } = rates;
      const ahead = (beta1 * memory.m + (1 - beta1) * gradient) / (1 - beta1 ** t);
      return corrected(ahead, memory.v / (1 - beta2 ** t), rates);
    }),
  },
  'root forgotten': {
    source: 'classic',
    compute: walkBy(
      ({ m, v }, { learningRate, beta1, beta2, epsilon }, t) =>
        (learningRate * m) / (1 - beta1 ** t) / (v / (1 - beta2 ** t) + epsilon),
    ),
  },
  'epsilon forgotten': {
    source: 'classic',
    compute: walkBy(({ m, v }, rates, t) =>
      v === 0
        ? 0
        : corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t), {
            ...rates,
            epsilon: 0,
          }),
    ),
  },
  'epsilon as the least root': {
    source: 'classic',
    compute: walkBy(
      ({ m, v }, { learningRate, beta1, beta2, epsilon }, t) =>
        (learningRate * m) / (1 - beta1 ** t) / Math.max(Math.sqrt(v / (1 - beta2 ** t)), epsilon),
    ),
  },
  'epsilon of 1e-7, whatever is asked': {
    source: 'classic',
    compute: (x) => adam({ ...x, epsilon: 1e-7 }),
  },
  'learning rate of 1e-3, whatever is asked': {
    source: 'classic',
    compute: (x) => adam({ ...x, learningRate: 1e-3 }),
  },
  'steps added, so that it climbs': {
    source: 'classic',
    compute: (x) => adam({ ...x, gradients: elementwise(x.gradients, (gradient) => -gradient) }),
  },
  'a hundredth of the parameters added to their gradients': {
    source: 'classic',
    compute: walk((memory, gradient, rates, t, parameter) => {
      remember(memory, gradient + 0.01 * parameter, rates);
      const { m, v } = memory;
      return corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t), rates);
    }),
  },
  'decayed by a hundredth, as AdamW does': {
    source: 'classic',
    compute: walk((memory, gradient, rates, t, parameter) => {
      remember(memory, gradient, rates);
      const { m, v } = memory;
      const step = corrected(m / (1 - rates.beta1 ** t), v / (1 - rates.beta2 ** t), rates);
      return step + 0.01 * rates.learningRate * parameter;
    }),
  },
  'one mean square for all parameters': {
    source: 'classic',
    compute: (x) => {
      const { columns, steps } = matrixOf(x);
      const { beta2 } = ratesOf(x);
      const squares = new Float64Array(steps);
      let v = 0;
      for (let step = 0; step < steps; step++) {
        const row = x.gradients.data.subarray(step * columns, (step + 1) * columns);
        const square = row.reduce((total, gradient) => total + gradient * gradient, 0) / columns;
        squares[step] = v = beta2 * v + (1 - beta2) * square;
      }
      return walk((memory, gradient, rates, t) => {
        remember(memory, gradient, rates);
        const shared = squares[t - 1]! / (1 - rates.beta2 ** t);
        return corrected(memory.m / (1 - rates.beta1 ** t), shared, rates);
      })(x);
    },
  },
  'parameters before each step instead of after it': {
    source: 'classic',
    compute: (x) => {
      const { columns } = matrixOf(x);
      const after = adam(x);
      return elementwise(after, (_, i) =>
        i < columns ? x.parameters.data[i]! : after.data[i - columns]!,
      );
    },
  },
  'every step from the first parameters': {
    source: 'classic',
    compute: (x) => {
      const { columns } = matrixOf(x);
      const after = adam(x).data;
      return elementwise(x.gradients, (_, i) => {
        const start = x.parameters.data[i % columns]!;
        return i < columns ? after[i]! : start + after[i]! - after[i - columns]!;
      });
    },
  },
  'parameters changed in place': {
    source: 'classic',
    compute: (x) => {
      const answer = adam(x);
      x.parameters.data.set(answer.data.slice(-x.parameters.data.length));
      return answer;
    },
  },
  'means rounded to float32': {
    source: 'classic',
    compute: remembering((memory, gradient, rates) => {
      remember(memory, gradient, rates);
      memory.m = Math.fround(memory.m);
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<AdamInputs> = {
  'powers of the betas by running products': (x) => {
    const powers = new Map<Memory, [number, number]>();
    return walk((memory, gradient, rates) => {
      remember(memory, gradient, rates);
      const [first, second] = powers.get(memory) ?? [1, 1];
      const [power1, power2] = [first * rates.beta1, second * rates.beta2];
      powers.set(memory, [power1, power2]);
      return corrected(memory.m / (1 - power1), memory.v / (1 - power2), rates);
    })(x);
  },
  'corrections in the learning rate, and in epsilon': walkBy(({ m, v }, rates, t) => {
    const root = Math.sqrt(1 - rates.beta2 ** t);
    const rate = (rates.learningRate * root) / (1 - rates.beta1 ** t);
    return (rate * m) / (Math.sqrt(v) + rates.epsilon * root);
  }),
  'root corrected, not the mean square': walkBy(({ m, v }, rates, t) => {
    const root = Math.sqrt(v) / Math.sqrt(1 - rates.beta2 ** t);
    return (rates.learningRate / (1 - rates.beta1 ** t)) * (m / (root + rates.epsilon));
  }),
  'means moved towards the gradient': remembering((memory, gradient, { beta1, beta2 }) => {
    // As `lerp` does it, from whichever end is nearer.
    const weight = 1 - beta1;
    memory.m =
      weight < 0.5
        ? memory.m + weight * (gradient - memory.m)
        : gradient - (gradient - memory.m) * beta1;
    memory.v = memory.v * beta2 + gradient * gradient * (1 - beta2);
  }),
  'means as sums of weighted gradients': (x) => {
    const { columns } = matrixOf(x);
    const step = (i: number): number => {
      const rates = ratesOf(x);
      const sum = (beta: number, power: number): number => {
        let [total, weights] = [0, 0];
        for (let at = i % columns; at <= i; at += columns) {
          const weight = beta ** ((i - at) / columns);
          total += weight * x.gradients.data[at]! ** power;
          weights += weight;
        }
        return total / weights;
      };
      return corrected(sum(rates.beta1, 1), sum(rates.beta2, 2), rates);
    };
    const at = x.parameters.data.slice();
    return elementwise(x.gradients, (_, i) => (at[i % columns]! -= step(i)));
  },
};

/** Conventions that the contract names. */
export const variants: Variants<AdamInputs> = {
  'epsilon-hat': {
    compute: walkBy(({ m, v }, { learningRate, beta1, beta2, epsilon }, t) => {
      const rate = (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      return (rate * m) / (Math.sqrt(v) + epsilon);
    }),
  },
  'epsilon-in-root': {
    compute: walkBy(
      ({ m, v }, { learningRate, beta1, beta2, epsilon }, t) =>
        (learningRate * m) / (1 - beta1 ** t) / Math.sqrt(v / (1 - beta2 ** t) + epsilon),
    ),
  },
  'no-bias-correction': {
    compute: walkBy(({ m, v }, rates) => corrected(m, v, rates)),
  },
};
