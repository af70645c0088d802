import { atMost, type Estimate, equal, exactly, times } from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import {
  type ClipByGlobalNormInputs,
  type ClippedGradients,
  clipByGlobalNorm,
} from '../../src/formulas/gradients/clip-by-global-norm.js';
import type { NDArray } from '../../src/kernel/index.js';
import { elementwise } from '../laws.js';

type Gradients = ClipByGlobalNormInputs['gradients'];

export const properties: Properties<ClipByGlobalNormInputs> = [
  always('has a norm of at most the limit afterwards', async (clip, x) => {
    const clipped = (await clip(x)).part('clipped');
    return atMost(normOf(clipped), exactly(x.maxNorm ?? 1));
  }),
  always('never lengthens a gradient', async (clip, x) => {
    const clipped = (await clip(x)).part('clipped');
    const size = { ...clipped, values: clipped.values.map(Math.abs) };
    return atMost(size, exactly(flat(x.gradients).map(Math.abs), clipped.shape));
  }),
  always('changes nothing below the limit', async (clip, x) => {
    const total = flat(x.gradients).reduce((sum, gradient) => sum + Math.abs(gradient), 0);
    const answer = await clip({ ...x, maxNorm: 2 * total });
    return equal(answer.part('clipped'), exactly(flat(x.gradients)));
  }),
  always('changes nothing at a limit of its norm', async (clip, x) => {
    // All but one gradient are 0, so that the norm is known exactly.
    const largest = flat(x.gradients).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    let isFirst = true;
    const gradients = each(x.gradients, () => {
      const value = isFirst ? -largest : 0;
      isFirst = false;
      return value;
    });
    if (isFirst) return undefined;
    const answer = await clip({ gradients, maxNorm: largest });
    return (
      equal(answer.part('clipped'), exactly(flat(gradients))) ??
      equal(answer.part('norm'), exactly(largest))
    );
  }),
  always('has the norm of gradients that are clipped to it', async (clip, x) => {
    const { values } = (await clip(x)).part('norm');
    const clipped = (await clip({ ...x, maxNorm: values[0]! / 2 })).part('clipped');
    return equal(normOf(clipped), exactly(values[0]! / 2));
  }),
  always('keeps all directions', async (clip, x) => {
    const clipped = (await clip(x)).part('clipped');
    const before = flat(x.gradients);
    const at = indexOfLargest(before);
    if (at === -1) return undefined;
    return equal(clipped, {
      ...clipped,
      values: before.map((gradient) => (gradient / before[at]!) * clipped.values[at]!),
      budget: () => {
        const room = clipped.budget();
        return before.map((gradient, i) => room[i]! + Math.abs(gradient / before[at]!) * room[at]!);
      },
    });
  }),
  always('is the same for all gradients in one array', async (clip, x) => {
    const joined = flat(x.gradients);
    if (joined.length === 0) return undefined;
    const apart = await clip(x);
    const together = await clip({
      ...x,
      gradients: { all: { shape: [joined.length], data: joined } },
    });
    return (
      equal(apart.part('norm'), together.part('norm')) ??
      equal(apart.part('clipped'), together.part('clipped'))
    );
  }),
  always('changes nothing that it has clipped', async (clip, x) => {
    const once = (await clip(x)).part('clipped');
    const before = flat(x.gradients);
    // Other shapes than asked for are no question to ask.
    if (once.values.length !== before.length) return equal(once, exactly(before));
    const gradients = refilled(x.gradients, once.values);
    return equal((await clip({ ...x, gradients })).part('clipped'), once);
  }),
  always('grows with its gradients and the limit', async (clip, x, draws) => {
    // A power of two, so that nothing rounds; below 1, so that no gradient leaves the format.
    const factor = 2 ** -draws.integer(1, 8);
    const before = await clip(x);
    const after = await clip({
      gradients: each(x.gradients, (gradient) => factor * gradient),
      maxNorm: factor * (x.maxNorm ?? 1),
    });
    return (
      equal(after.part('norm'), times(before.part('norm'), factor)) ??
      equal(after.part('clipped'), times(before.part('clipped'), factor))
    );
  }),
  always('shrinks as its gradients do, however small they get', async (clip, x) => {
    const factor = 2 ** -600;
    const shrunk = { ...x, gradients: each(x.gradients, (gradient) => factor * gradient) };
    const norm = (await clip(x)).part('norm');
    return equal((await clip(shrunk)).part('norm'), times(norm, factor));
  }),
  always('turns around with its gradients', async (clip, x) => {
    const before = await clip(x);
    const after = await clip({ ...x, gradients: each(x.gradients, (gradient) => -gradient) });
    return (
      equal(after.part('norm'), before.part('norm')) ??
      equal(after.part('clipped'), times(before.part('clipped'), -1))
    );
  }),
  always('has a norm between the largest gradient and the sum of all', async (clip, x) => {
    const norm = (await clip(x)).part('norm');
    const sizes = flat(x.gradients).map(Math.abs);
    const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
    const total = sizes.reduce((a, b) => a + b, 0);
    return atMost(exactly(largest), norm) ?? atMost(norm, exactly(total * (1 + 1e-12)));
  }),
];

/** All gradients end to end, in the order of their names. */
function flat(gradients: Gradients): Float64Array {
  const names = Object.keys(gradients).sort();
  return Float64Array.from(names.flatMap((name) => [...gradients[name]!.data]));
}

/** Gradients of the same names and shapes over other elements, in the order of {@link flat}. */
function refilled(gradients: Gradients, elements: Float64Array): Gradients {
  let start = 0;
  const filled: Record<string, NDArray> = {};
  for (const name of Object.keys(gradients).sort()) {
    const { shape, data } = gradients[name]!;
    filled[name] = { shape, data: elements.slice(start, start + data.length) };
    start += data.length;
  }
  return filled;
}

function each(gradients: Gradients, change: (gradient: number) => number): Gradients {
  return Object.fromEntries(
    Object.entries(gradients).map(([name, array]) => [name, elementwise(array, change)]),
  );
}

/** The norm of an estimate; its error is at most the norm of the errors. */
function normOf({ values, budget, unit }: Estimate): Estimate {
  return {
    shape: [],
    values: Float64Array.of(Math.hypot(...values)),
    budget: () => Float64Array.of(Math.hypot(...budget())),
    unit,
  };
}

function indexOfLargest(elements: Float64Array): number {
  let at = -1;
  for (let i = 0; i < elements.length; i++) {
    const size = Math.abs(elements[i]!);
    if (size > (at === -1 ? 0 : Math.abs(elements[at]!))) at = i;
  }
  return at;
}

// ---- other ways to clip -------------------------------------------------------------------

/** The root of the plain sum of squares over all arrays. */
function plainNorm(gradients: Gradients): number {
  return Math.sqrt(flat(gradients).reduce((total, gradient) => total + gradient * gradient, 0));
}

/** Clips by another norm, or by another factor than min(1, limit/norm). */
function clippedBy(
  normOfAll: (gradients: Gradients) => number,
  factorOf = (norm: number, limit: number): number => (norm <= limit ? 1 : limit / norm),
) {
  return ({ gradients, maxNorm = 1 }: ClipByGlobalNormInputs): ClippedGradients => {
    const norm = normOfAll(gradients);
    const factor = factorOf(norm, maxNorm);
    return { clipped: each(gradients, (gradient) => gradient * factor), norm };
  };
}

/** Clips by the right norm and another factor. */
function scaledBy(factorOf: (norm: number, limit: number) => number) {
  return clippedBy((gradients) => clipByGlobalNorm({ gradients }).norm, factorOf);
}

/** The norm of one array. */
const ofOne = (array: NDArray): number => clipByGlobalNorm({ gradients: { array } }).norm;

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<ClipByGlobalNormInputs> = {
  'NaN for gradients of 0': {
    source: 'PaddlePaddle/Paddle#30777',
    compute: scaledBy((norm, limit) => (norm <= limit ? norm / norm : limit / norm)),
  },
  'NaN where norm and limit are both 0': {
    source: 'google-deepmind/optax#1752',
    compute: ({ gradients, maxNorm = 1 }) => {
      const { norm } = clipByGlobalNorm({ gradients });
      const clipped = each(gradients, (gradient) =>
        norm < maxNorm ? gradient : (gradient / norm) * Math.min(maxNorm, norm),
      );
      return { clipped, norm };
    },
  },
  'missing data passed on beside the rest': {
    source: 'ML Formulas, E000-58',
    compute: scaledBy((norm, limit) => (limit / norm < 1 ? limit / norm : 1)),
  },
  'each array clipped by its own norm': {
    source: 'classic',
    compute: ({ gradients, maxNorm = 1 }) => {
      const clipped: Record<string, NDArray> = {};
      for (const [name, array] of Object.entries(gradients)) {
        const norm = ofOne(array);
        const factor = norm <= maxNorm ? 1 : maxNorm / norm;
        clipped[name] = elementwise(array, (gradient) => gradient * factor);
      }
      return { clipped, norm: clipByGlobalNorm({ gradients }).norm };
    },
  },
  'each gradient clipped to the limit': {
    source: 'classic',
    compute: ({ gradients, maxNorm = 1 }) => ({
      clipped: each(gradients, (gradient) => Math.max(-maxNorm, Math.min(maxNorm, gradient))),
      norm: clipByGlobalNorm({ gradients }).norm,
    }),
  },
  'norms of the arrays added': {
    source: 'classic',
    compute: clippedBy((gradients) =>
      Object.values(gradients).reduce((total, array) => total + ofOne(array), 0),
    ),
  },
  'norm of the last array': {
    source: 'classic',
    compute: clippedBy((gradients) => {
      const last = Object.values(gradients).at(-1);
      return last === undefined ? 0 : ofOne(last);
    }),
  },
  'vectors left out of the norm': {
    source: 'classic',
    compute: clippedBy(
      (gradients) =>
        clipByGlobalNorm({
          gradients: Object.fromEntries(
            Object.entries(gradients).filter(([, { shape }]) => shape.length !== 1),
          ),
        }).norm,
    ),
  },
  'brought to the limit from below as well': {
    source: 'classic',
    compute: scaledBy((norm, limit) => (norm === 0 ? 1 : limit / norm)),
  },
  'larger of 1 and the ratio': {
    source: 'classic',
    compute: scaledBy((norm, limit) => (norm === 0 ? 1 : Math.max(1, limit / norm))),
  },
  'divided by the norm, not brought to the limit': {
    source: 'classic',
    compute: scaledBy((norm, limit) => (norm <= limit ? 1 : 1 / norm)),
  },
  'divided by 1 + norm': {
    source: 'classic',
    compute: scaledBy((norm, limit) => (norm <= limit ? 1 : limit / (1 + norm))),
  },
  'root forgotten': {
    source: 'classic',
    compute: clippedBy((gradients) => plainNorm(gradients) ** 2),
  },
  'square of the limit forgotten beside squares': {
    source: 'classic',
    compute: scaledBy((norm, limit) => (norm * norm <= limit ? 1 : limit / norm)),
  },
  'largest gradient for the norm': {
    source: 'classic',
    compute: clippedBy((gradients) =>
      flat(gradients).reduce((largest, gradient) => Math.max(largest, Math.abs(gradient)), 0),
    ),
  },
  'sum of sizes for the norm': {
    source: 'classic',
    compute: clippedBy((gradients) =>
      flat(gradients).reduce((total, gradient) => total + Math.abs(gradient), 0),
    ),
  },
  'root of the mean square': {
    source: 'classic',
    compute: clippedBy((gradients) => {
      const count = Math.max(1, flat(gradients).length);
      return clipByGlobalNorm({ gradients }).norm / Math.sqrt(count);
    }),
  },
  'norm after clipping': {
    source: 'classic',
    compute: (x) => {
      const { clipped, norm } = clipByGlobalNorm(x);
      return { clipped, norm: Math.min(norm, x.maxNorm ?? 1) };
    },
  },
  'factor in the place of the norm': {
    source: 'classic',
    compute: (x) => {
      const { clipped, norm } = clipByGlobalNorm(x);
      return { clipped, norm: norm === 0 ? 1 : Math.min(1, (x.maxNorm ?? 1) / norm) };
    },
  },
  'limit of 1, whatever is asked': {
    source: 'classic',
    compute: ({ gradients }) => clipByGlobalNorm({ gradients }),
  },
  'limit of 0 taken for none': {
    source: 'classic',
    compute: ({ gradients, maxNorm = 1 }) =>
      clipByGlobalNorm({ gradients, maxNorm: maxNorm || Infinity }),
  },
  'signs lost': {
    source: 'classic',
    compute: (x) => {
      const { clipped, norm } = clipByGlobalNorm(x);
      return { clipped: each(clipped, Math.abs), norm };
    },
  },
  'gradients changed in place': {
    source: 'classic',
    compute: (x) => {
      const answer = clipByGlobalNorm(x);
      for (const [name, array] of Object.entries(x.gradients)) {
        array.data.set(answer.clipped[name]!.data);
      }
      return answer;
    },
  },
  'norm in float32': {
    source: 'classic',
    compute: clippedBy((gradients) => Math.fround(clipByGlobalNorm({ gradients }).norm)),
  },
  'squares that overflow and vanish': {
    source: 'ML Formulas, E000-58',
    strict: true,
    compute: clippedBy(plainNorm),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<ClipByGlobalNormInputs> = {
  'root of the plain sum of squares': ({ gradients, maxNorm = 1 }) => {
    const norm = plainNorm(gradients);
    // Divided before it is multiplied: a product with an infinite limit is no number.
    const clipped = each(gradients, (gradient) =>
      norm <= maxNorm ? gradient : (gradient / norm) * maxNorm,
    );
    return { clipped, norm };
  },
  'norm of the norms of the arrays': ({ gradients, maxNorm = 1 }) => {
    const norms = Object.values(gradients).map(({ data }) => Math.hypot(...data));
    const isMissing = flat(gradients).some(Number.isNaN);
    const norm = isMissing ? Number.NaN : Math.hypot(...norms);
    const factor = norm <= maxNorm ? 1 : maxNorm / norm;
    return { clipped: each(gradients, (gradient) => gradient * factor), norm };
  },
  'smaller of limit and norm, over the norm': ({ gradients, maxNorm = 1 }) => {
    const { norm } = clipByGlobalNorm({ gradients });
    if (norm === 0 || norm <= maxNorm) return { clipped: each(gradients, (g) => g), norm };
    const factor = Math.min(maxNorm, norm) / norm;
    return { clipped: each(gradients, (gradient) => gradient * factor), norm };
  },
};

/** Conventions that the contract names. */
export const variants: Variants<ClipByGlobalNormInputs> = {
  '1e-6 added to the norm': {
    compute: scaledBy((norm, limit) => {
      const factor = limit / (norm + 1e-6);
      return factor > 1 ? 1 : factor;
    }),
  },
  'NaN for an infinite norm': {
    compute: scaledBy((norm, limit) => {
      if (norm === Infinity) return Number.NaN;
      return norm <= limit ? 1 : limit / norm;
    }),
  },
};
