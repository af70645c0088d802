import { isDecided } from '../../spec/classic-algorithms/kmeans-lloyd.js';
import {
  type Answer,
  atMost,
  type Estimate,
  equal,
  exactly,
  plus,
  times,
} from '../../src/conformance/estimate.js';
import {
  type Alternatives,
  always,
  type Mistakes,
  type Properties,
} from '../../src/conformance/law.js';
import {
  type KmeansLloydClusters,
  type KmeansLloydInputs,
  kmeansLloyd,
} from '../../src/formulas/classic-algorithms/kmeans-lloyd.js';
import { type Format, formats, type NDArray } from '../../src/kernel/index.js';
import { elementwise, rowwise, taken } from '../laws.js';
import { rowsOf, total } from '../rows.js';

/*
 * Clusters may be numbered in another order, so the laws do not look at the numbers: they compare
 * the centre that each point belongs to.
 */

export const properties: Properties<KmeansLloydInputs> = [
  always('costs what its own labels and centres cost', async (clusters, x) => {
    const answer = await clusters(x);
    const mine = assigned(answer, x.points).values;
    const costs = x.points.data.map((coordinate, i) => (coordinate - mine[i]!) ** 2);
    return equal(answer.part('inertia'), exactly(total(costs)));
  }),
  always('gives every point to the nearest of its centres', async (clusters, x) => {
    const answer = await clusters(x);
    const centres = rowsOf(arrayOf(answer.part('centres')));
    const mine = rowsOf(arrayOf(assigned(answer, x.points)));
    const points = rowsOf(x.points);
    const own = points.map((point, i) => squared(point, mine[i]!));
    const least = points.map((point) =>
      Math.min(...centres.map((centre) => squared(point, centre))),
    );
    return atMost(exactly(own), exactly(least));
  }),
  always('settles with every centre in the mean of its points', async (clusters, x) => {
    const far = both(x, (array) => elementwise(array, (value) => value + FAR));
    const format = formatOf(await clusters(x));
    // In short formats nothing can be told apart so far away.
    const asked = FAR ** 2 * format.unit < 1 && isDecided(far, format) ? far : x;
    const answer = await clusters(settled(asked));
    const labels = answer.part('labels').values;
    const points = rowsOf(asked.points);
    const own = matrixOf(
      points.map((_, i) =>
        meanOf(points.filter((_, other) => Object.is(labels[other], labels[i]))),
      ),
    );
    return equal(assigned(answer, asked.points), exactly(own.data, own.shape));
  }),
  always('stays where it has settled', async (clusters, x) => {
    const there = await clusters(settled(x));
    const again = await clusters({ ...x, centres: arrayOf(there.part('centres')), iterations: 1 });
    return sameClusters(again, there, x.points);
  }),
  always('never costs more after another step', async (clusters, x) => {
    const further = await clusters({ ...x, iterations: (x.iterations ?? 100) + 1 });
    return atMost(further.part('inertia'), (await clusters(x)).part('inertia'));
  }),
  always('makes two steps in two single ones', async (clusters, x) => {
    const first = await clusters({ ...x, iterations: 1 });
    const centres = arrayOf(first.part('centres'));
    const second = await clusters({ ...x, centres, iterations: 1 });
    return sameClusters(second, await clusters({ ...x, iterations: 2 }), x.points);
  }),
  always('has one centre in the mean of all points', async (clusters, x) => {
    const only = { ...x, centres: matrixOf([rowsOf(x.centres)[0]!]) };
    const mean = meanOf(rowsOf(x.points));
    return equal((await clusters(only)).part('centres'), exactly(mean, [1, mean.length]));
  }),
  always('costs nothing with a centre at every point', async (clusters, x) => {
    const points = withoutRepeats(onGrid(x.points));
    return equal((await clusters({ ...x, points, centres: points })).part('inertia'), exactly(0));
  }),
  always('gives a point halfway between two centres to the first', async (clusters, x) => {
    const [a, b] = twoOf(onGrid(x.points));
    const between = meanOf([a, b]);
    const points = matrixOf([a, b, between]);
    const answer = await clusters({ points, centres: matrixOf([a, b]), iterations: 1 });
    const first = meanOf([a, between]);
    // On a grid nothing rounds, and moved by a rounding the point would be on one side or the other.
    return equal(exactly(assigned(answer, points).values), exactly([...first, ...b, ...first]));
  }),
  always('leaves a centre that no point is nearest to where it is', async (clusters, x) => {
    const far = 8 * 2 ** Math.ceil(Math.log2(1 + largest(x)));
    // Of sixteen bits far away is not far, and more centres than points are refused.
    if (far > 2 ** 14 || x.centres.shape[0]! >= x.points.shape[0]!) return undefined;
    const away = new Float64Array(x.points.shape[1]!).fill(far);
    const more = await clusters({ ...x, centres: matrixOf([...rowsOf(x.centres), away]) });
    return (
      sameClusters(more, await clusters(x), x.points) ??
      equal(nearestRow(more.part('centres'), away), exactly(away))
    );
  }),
  always('moves with its points', async (clusters, x, draws) => {
    const shift = draws.integer(-64, 64) / 16;
    const shifted = both(x, (array) => elementwise(array, (value) => value + shift));
    // What is left of the shifted points, where the shift rounds them.
    const back = both(shifted, (array) => elementwise(array, (value) => value - shift));
    // Farther from the origin, a label may hang on a rounding.
    const format = formatOf(await clusters(x));
    if (!isDecided(shifted, format) || !isDecided(back, format)) return undefined;
    const moved = assigned(await clusters(shifted), x.points);
    const offset = exactly(
      moved.values.map(() => -shift),
      moved.shape,
    );
    return equal(plus(moved, offset), assigned(await clusters(back), x.points));
  }),
  always('grows with its points, and the inertia by the square', async (clusters, x, draws) => {
    // A power of two, so that nothing rounds.
    const factor = draws.pick([0.25, 4]);
    const grown = await clusters(both(x, (array) => elementwise(array, (value) => factor * value)));
    const answer = await clusters(x);
    return (
      equal(assigned(grown, x.points), times(assigned(answer, x.points), factor)) ??
      equal(grown.part('inertia'), times(answer.part('inertia'), factor ** 2))
    );
  }),
  always('turns with its points', async (clusters, x) => {
    const turned = await clusters(both(x, (array) => rowwise(array, quarterTurn)));
    const answer = assigned(await clusters(x), x.points);
    const expected = rowwise(arrayOf(answer), quarterTurn);
    return equal(assigned(turned, x.points), { ...answer, values: expected.data });
  }),
  always('is the same in any order of the points', async (clusters, x, draws) => {
    const order = draws.shuffled([...Array(x.points.shape[0]!).keys()]);
    const shuffled = await clusters({ ...x, points: inOrder(x.points, order) });
    return equal(
      assigned(shuffled, x.points),
      inOrderOf(assigned(await clusters(x), x.points), order),
    );
  }),
  always('is the same in any order of the centres', async (clusters, x, draws) => {
    const order = draws.shuffled([...Array(x.centres.shape[0]!).keys()]);
    const shuffled = await clusters({ ...x, centres: inOrder(x.centres, order) });
    return sameClusters(shuffled, await clusters(x), x.points);
  }),
];

/** So far that a share of 1e-5 of it is as long as a step. */
const FAR = 2 ** 17;

/** How finely the subject computes, by the room that its answers have: 32 rounding units. */
function formatOf({ unit }: Answer): Format {
  return { ...formats.float64, unit: unit / 32 };
}

/** The centre of each point, by its label: a matrix like the points. NaN where there is none. */
function assigned(answer: Answer, { shape }: NDArray): Estimate {
  const [count, columns] = shape as [number, number];
  const labels = answer.part('labels').values;
  const places = Array.from({ length: count }, (_, i) =>
    placesOfRow(labels[i] ?? Number.NaN, columns),
  );
  return { ...taken(answer.part('centres'), places.flat()), shape };
}

function placesOfRow(row: number, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => row * columns + column);
}

/** A violation unless every point has the same centre in both, at the same cost. */
function sameClusters(left: Answer, right: Answer, points: NDArray) {
  return (
    equal(assigned(left, points), assigned(right, points)) ??
    equal(left.part('inertia'), right.part('inertia'))
  );
}

function settled(x: KmeansLloydInputs): KmeansLloydInputs {
  return { ...x, iterations: 100 };
}

/** The row of a matrix that lies nearest to a point. */
function nearestRow(matrix: Estimate, point: Float64Array): Estimate {
  const distances = rowsOf(arrayOf(matrix)).map((row) => squared(row, point));
  const row = distances.indexOf(Math.min(...distances));
  return taken(matrix, placesOfRow(row, point.length));
}

function arrayOf({ shape, values }: Estimate): NDArray {
  return { shape, data: values };
}

function matrixOf(rows: readonly ArrayLike<number>[]): NDArray {
  const columns = rows[0]!.length;
  const data = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) data.set(row, i * columns);
  return { shape: [rows.length, columns], data };
}

function inOrder(matrix: NDArray, order: readonly number[]): NDArray {
  const rows = rowsOf(matrix);
  return matrixOf(order.map((row) => rows[row]!));
}

function inOrderOf(matrix: Estimate, order: readonly number[]): Estimate {
  const columns = matrix.shape[1]!;
  const places = order.flatMap((row) => placesOfRow(row, columns));
  return { ...taken(matrix, places), shape: matrix.shape };
}

function both(x: KmeansLloydInputs, change: (array: NDArray) => NDArray): KmeansLloydInputs {
  return { ...x, points: change(x.points), centres: change(x.centres) };
}

/** Coordinates in another order, the first with the other sign. */
function quarterTurn(row: Float64Array): Float64Array {
  const turned = row.slice().reverse();
  turned[0] = -turned[0]!;
  return turned;
}

/** The even integers from −2 to 2 for the coordinates: all distances exact, in every format. */
function onGrid(points: NDArray): NDArray {
  return elementwise(points, (value) => 2 * (Math.round(value) % 2));
}

function withoutRepeats(points: NDArray): NDArray {
  return matrixOf([...new Map(rowsOf(points).map((row) => [row.join(), row])).values()]);
}

/** Two rows that differ. */
function twoOf(points: NDArray): readonly [Float64Array, Float64Array] {
  const [first, ...others] = rowsOf(points) as [Float64Array, ...Float64Array[]];
  const other = others.find((row) => squared(row, first) > 0);
  return [first, other ?? first.map((value) => value + 2)];
}

function largest({ points, centres }: KmeansLloydInputs): number {
  return Math.max(...[...points.data, ...centres.data].map(Math.abs));
}

/** The squared distance of two points. A loop: it is most of what the alternatives do. */
function squared(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += (left[i]! - right[i]!) ** 2;
  return sum;
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(rows[0]!.length);
  for (const row of rows) for (let i = 0; i < mean.length; i++) mean[i]! += row[i]!;
  return mean.map((sum) => sum / rows.length);
}

// ---- the small change of mistakes ---------------------------------------------------------

type Rows = readonly Float64Array[];
type Labels = readonly number[];

/** What a way of clustering does at each step, and how it ends. */
interface Ways {
  readonly assign: (points: Rows, centres: Rows) => Labels;
  readonly move: (points: Rows, labels: Labels, centres: Rows) => Rows;
  readonly cost: (points: Rows, labels: Labels, centres: Rows) => number;
  /** How many steps it makes when it is asked for some. */
  readonly steps: (asked: number) => number;
  /** Tells whether the step that was just made is to be the last, and is to be taken back. */
  readonly stops: (before: Rows, after: Rows) => boolean;
}

/** The centre that is best by some measure of how far it is; the first of several. */
function nearestBy(
  distance: (point: Float64Array, centre: Float64Array) => number,
): Ways['assign'] {
  return (points, centres) =>
    points.map((point) => {
      let [nearest, least] = [0, Infinity];
      for (const [j, centre] of centres.entries()) {
        const away = distance(point, centre);
        if (away < least) [nearest, least] = [j, away];
      }
      return nearest;
    });
}

/** Every centre moved to something of its points; one without points, to something else. */
function movedTo(
  place: (members: Rows, centre: Float64Array, centres: Rows) => Float64Array,
  empty: (centre: Float64Array) => Float64Array = (centre) => centre,
): Ways['move'] {
  return (points, labels, centres) =>
    centres.map((centre, j) => {
      const members = points.filter((_, i) => labels[i] === j);
      return members.length === 0 ? empty(centre) : place(members, centre, centres);
    });
}

function costBy(cost: (point: Float64Array, centre: Float64Array) => number): Ways['cost'] {
  return (points, labels, centres) =>
    total(points.map((point, i) => cost(point, centres[labels[i]!]!)));
}

const right: Ways = {
  assign: nearestBy(squared),
  move: movedTo(meanOf),
  cost: costBy(squared),
  steps: (asked) => asked,
  stops: (before, after) => largestMove(before, after, (move) => move) === 0,
};

/** Lloyd's algorithm with some of its ways changed. */
function lloyd(changes: Partial<Ways>): (x: KmeansLloydInputs) => KmeansLloydClusters {
  const { assign, move, cost, steps, stops } = { ...right, ...changes };
  return ({ points, centres, iterations = 100 }) => {
    const rows = rowsOf(points);
    let here: Rows = rowsOf(centres);
    for (let step = 0; step < steps(iterations); step++) {
      const there = move(rows, assign(rows, here), here);
      if (stops(here, there)) break;
      here = there;
    }
    const labels = assign(rows, here);
    return clustersOf(labels, here, cost(rows, labels, here));
  };
}

function clustersOf(labels: Labels, centres: Rows, inertia: number): KmeansLloydClusters {
  return {
    labels: { shape: [labels.length], data: Float64Array.from(labels) },
    centres: matrixOf(centres),
    inertia,
  };
}

/** The right clusters with some of their parts replaced. */
function replaced(
  change: (clusters: KmeansLloydClusters, x: KmeansLloydInputs) => Partial<KmeansLloydClusters>,
): (x: KmeansLloydInputs) => KmeansLloydClusters {
  return (x) => {
    const clusters = kmeansLloyd(x);
    return { ...clusters, ...change(clusters, x) };
  };
}

/** The clusters one step before the last. */
function stepBefore({ iterations = 100, ...x }: KmeansLloydInputs): KmeansLloydClusters {
  return lloyd({ steps: (asked) => asked - 1 })({ ...x, iterations });
}

/** ‖x‖² − 2 x·μ + ‖μ‖². */
function expanded(point: Float64Array, centre: Float64Array): number {
  return squareOf(point) - 2 * dot(point, centre) + squareOf(centre);
}

function squareOf(row: Float64Array): number {
  return dot(row, row);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i++) sum += left[i]! * right[i]!;
  return sum;
}

/** The largest distance that a coordinate of a centre moves, as some measure takes it. */
function largestMove(
  before: Rows,
  after: Rows,
  measure: (move: number, size: number) => number,
): number {
  let largest = -Infinity;
  for (const [j, row] of after.entries()) {
    for (const [column, to] of row.entries()) {
      const move = measure(Math.abs(to - before[j]![column]!), Math.abs(to));
      largest = Math.max(largest, move);
    }
  }
  return largest;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Implementations met in the wild; some check must reject each one. */
export const mistakes: Mistakes<KmeansLloydInputs> = {
  'sums divided by the number of clusters': {
    source: 'classic',
    compute: lloyd({
      move: movedTo((members, _, centres) =>
        meanOf(members).map((value) => (value * members.length) / centres.length),
      ),
    }),
  },
  'mean of an empty cluster, which is NaN': {
    source: 'koraykv/unsup#1',
    compute: lloyd({ move: movedTo(meanOf, (centre) => centre.map(() => Number.NaN)) }),
  },
  'empty cluster moved to the origin': {
    source: 'jokofa/torch_kmeans#13',
    compute: lloyd({ move: movedTo(meanOf, (centre) => centre.map(() => 0)) }),
  },
  'empty cluster moved to the mean of all points': {
    source: 'classic',
    compute: lloyd({
      move: (points, labels, centres) =>
        movedTo(meanOf, () => meanOf(points))(points, labels, centres),
    }),
  },
  'empty cluster left out': {
    source: 'classic',
    compute: (x) => {
      const { labels, centres, inertia } = kmeansLloyd(x);
      const used = [...new Set(labels.data)].sort((a, b) => a - b);
      const rows = rowsOf(centres);
      const renumbered = [...labels.data].map((label) => used.indexOf(label));
      return clustersOf(
        renumbered,
        used.map((row) => rows[row]!),
        inertia,
      );
    },
  },
  'old centre counted as one of its points': {
    source: 'rust-ml/linfa#105',
    compute: lloyd({ move: movedTo((members, centre) => meanOf([...members, centre])) }),
  },
  'labels of the centres before the last step': {
    source: 'scikit-learn/scikit-learn#5231',
    compute: (x) => ({ ...kmeansLloyd(x), labels: stepBefore(x).labels }),
  },
  'inertia at the centres before the last step': {
    source: 'scikit-learn/scikit-learn#16078',
    compute: (x) => ({ ...kmeansLloyd(x), inertia: stepBefore(x).inertia }),
  },
  'inertia through ‖x‖² − 2 x·μ + ‖μ‖², which cancels': {
    source: 'uxlfoundation/scikit-learn-intelex#25',
    compute: lloyd({ cost: costBy((point, centre) => Math.max(0, expanded(point, centre))) }),
  },
  'inertia of distances, not of their squares': {
    source: 'classic',
    compute: lloyd({ cost: costBy((point, centre) => Math.sqrt(squared(point, centre))) }),
  },
  'inertia as a mean': {
    source: 'classic',
    compute: replaced(({ inertia }, { points }) => ({ inertia: inertia / points.shape[0]! })),
  },
  'inertia as a root': {
    source: 'classic',
    compute: replaced(({ inertia }) => ({ inertia: Math.sqrt(inertia) })),
  },
  'inertia about the mean of all points': {
    source: 'classic',
    compute: replaced((_, { points }) => {
      const mean = meanOf(rowsOf(points));
      return { inertia: total(rowsOf(points).map((point) => squared(point, mean))) };
    }),
  },
  'stops when no centre moves by 1e-5 of its size, and takes that back': {
    source: 'classic',
    compute: lloyd({
      stops: (before, after) =>
        largestMove(before, after, (move, size) => move - 1e-8 - 1e-5 * size) <= 0,
    }),
  },
  'stops when no centre moves by 1e-4': {
    source: 'classic',
    compute: lloyd({ stops: (before, after) => largestMove(before, after, (move) => move) < 1e-4 }),
  },
  'one step too few': {
    source: 'classic',
    compute: stepBefore,
  },
  'one step too many': {
    source: 'classic',
    compute: lloyd({ steps: (asked) => asked + 1 }),
  },
  'iterations ignored': {
    source: 'classic',
    compute: lloyd({ steps: () => 100 }),
  },
  'one step, whatever is asked': {
    source: 'classic',
    compute: lloyd({ steps: () => 1 }),
  },
  'centres moved after each point': {
    source: 'classic',
    compute: lloyd({
      move: (points, _labels, centres) => {
        const moving = centres.map((centre) => centre.slice());
        const counts = centres.map(() => 0);
        for (const point of points) {
          const [j] = right.assign([point], moving) as [number];
          counts[j]! += 1;
          moving[j] = moving[j]!.map((value, i) => value + (point[i]! - value) / counts[j]!);
        }
        return moving;
      },
    }),
  },
  'a point as near to two centres given to the last': {
    source: 'classic',
    compute: lloyd({
      assign: (points, centres) =>
        points.map((point) => {
          const distances = centres.map((centre) => squared(point, centre));
          return distances.lastIndexOf(Math.min(...distances));
        }),
    }),
  },
  'nearest by the sum of the absolute differences': {
    source: 'classic',
    compute: lloyd({
      assign: nearestBy((point, centre) =>
        total(point.map((value, i) => Math.abs(value - centre[i]!))),
      ),
    }),
  },
  'nearest by the largest difference': {
    source: 'classic',
    compute: lloyd({
      assign: nearestBy((point, centre) =>
        Math.max(...point.map((value, i) => Math.abs(value - centre[i]!))),
      ),
    }),
  },
  'nearest in the first coordinate': {
    source: 'classic',
    compute: lloyd({ assign: nearestBy((point, centre) => Math.abs(point[0]! - centre[0]!)) }),
  },
  'nearest by the sum of the differences, signs and all': {
    source: 'classic',
    compute: lloyd({
      assign: nearestBy((point, centre) =>
        Math.abs(total(point.map((value, i) => value - centre[i]!))),
      ),
    }),
  },
  'nearest by the inner product': {
    source: 'classic',
    compute: lloyd({ assign: nearestBy((point, centre) => -dot(point, centre)) }),
  },
  'nearest without the 2 of 2 x·μ': {
    source: 'classic',
    compute: lloyd({
      assign: nearestBy((point, centre) => squareOf(centre) - dot(point, centre)),
    }),
  },
  'medians for means': {
    source: 'classic',
    compute: lloyd({
      move: movedTo((members, centre) =>
        centre.map((_, column) => median(members.map((member) => member[column]!))),
      ),
    }),
  },
  'centres at the point nearest to the mean': {
    source: 'classic',
    compute: lloyd({
      move: movedTo((members) => {
        const distances = members.map((member) => squared(member, meanOf(members)));
        return members[distances.indexOf(Math.min(...distances))]!;
      }),
    }),
  },
  'centres moved half of the way': {
    source: 'classic',
    compute: lloyd({
      move: movedTo((members, centre) => meanOf([meanOf(members), centre])),
    }),
  },
  'coordinates in single precision': {
    source: 'classic',
    compute: (x) => kmeansLloyd(both(x, (array) => elementwise(array, Math.fround))),
  },
  'labels counted from 1': {
    source: 'classic',
    compute: replaced(({ labels }) => ({ labels: elementwise(labels, (label) => label + 1) })),
  },
  'centres put in order, and the labels left as they were': {
    source: 'classic',
    compute: replaced(({ centres }) => ({
      centres: matrixOf([...rowsOf(centres)].sort((a, b) => a[0]! - b[0]!)),
    })),
  },
  'every point in the first cluster': {
    source: 'classic',
    compute: lloyd({ assign: (points) => points.map(() => 0) }),
  },
  'centres written into the argument': {
    source: 'classic',
    compute: replaced(({ centres }, x) => {
      x.centres.data.set(centres.data);
      return {};
    }),
  },
};

/** Other right ways to compute it; every check must acquit each one. */
export const alternatives: Alternatives<KmeansLloydInputs> = {
  'nearest by ‖x‖² − 2 x·μ + ‖μ‖²': lloyd({ assign: nearestBy(expanded) }),
  'nearest by ½ ‖μ‖² − x·μ': lloyd({
    assign: nearestBy((point, centre) => 0.5 * squareOf(centre) - dot(point, centre)),
  }),
  'nearest by the distance itself': lloyd({
    assign: nearestBy((point, centre) => Math.sqrt(squared(point, centre))),
  }),
  'with running means': lloyd({
    move: movedTo((members) => {
      const mean = members[0]!.slice();
      for (const [i, member] of members.entries()) {
        for (let column = 0; column < mean.length; column++) {
          mean[column]! += (member[column]! - mean[column]!) / (i + 1);
        }
      }
      return mean;
    }),
  }),
  'about the mean of all points': (x) => {
    const origin = meanOf(rowsOf(x.points));
    const shifted = (by: number) => (array: NDArray) =>
      rowwise(array, (row) => row.map((value, column) => value + by * origin[column]!));
    const { labels, centres, inertia } = lloyd({})(both(x, shifted(-1)));
    return { labels, centres: shifted(1)(centres), inertia };
  },
};
